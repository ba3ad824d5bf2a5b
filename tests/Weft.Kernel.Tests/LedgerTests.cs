// A ledger that cannot be relied on: cut off, of another version, of another boot. What the file still declares is adopted, what
// left it stays, and nothing is removed on the word of such a ledger.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class LedgerTests
{
    private const string Both = """
        host: kvm
        nics: {eth0: {}}
        networks:
          kept: {link: eth0, vlan: 5, addresses: [10.0.5.1/24]}
          left: {link: eth0, vlan: 6, addresses: [10.0.6.1/24]}
        """;

    [Fact]
    public void A_ledger_that_is_damaged_or_of_another_version_or_boot_removes_nothing()
    {
        var both = LabRun.File("both.yaml", Both);
        var one = LabRun.File("one.yaml", Both[..Both.IndexOf("  left", StringComparison.Ordinal)]);
        var run = LabRun.Good(both, $"""
            ledger=$(folder)/ledger.json
            cp $ledger good
            for spoiled in damaged version boot; do
              case $spoiled in
                damaged) head -c 200 good >$ledger ;;
                version) sed 's/"version": 1/"version": 99/' good >$ledger ;;
                boot) sed 's/"epoch": "[^"]*"/"epoch": "another boot"/' good >$ledger ;;
              esac
              cmp -s good $ledger && echo "not spoiled" && exit 9
              section $spoiled; weft plan {one}
              section $spoiled-applied; weft apply {one} 2>&1; ip -br link show br6; ip -br addr show br6; ip -br link show eth0.6
            done
            cp good $ledger
            section good; weft plan {one}
            """);
        foreach (var spoiled in new[] { "damaged", "version", "boot" })
        {
            run.Section(spoiled).ShouldMatch("adopt +bridge br5");
            run.Section(spoiled).ShouldNotContain("remove");
            run.Section($"{spoiled}-applied").ShouldContain("10.0.6.1/24");
            run.Section($"{spoiled}-applied").ShouldContain("eth0.6@eth0");
        }
        run.Section("damaged-applied").ShouldContain("ledger-ignored");
        run.Section("version-applied").ShouldContain("ledger-ignored");
        run.Section("good").ShouldMatch("remove +bridge br6");
    }

    [Fact]
    public void What_stands_in_the_way_of_the_lock_or_the_ledger_is_told_as_what_it_is()
    {
        var both = LabRun.File("both.yaml", Both);
        var run = LabRun.Good(both, $"""
            ledger=$(folder)/ledger.json
            section folder; cp $ledger good; rm $ledger; mkdir $ledger; weft plan {both} 2>&1; rmdir $ledger; cp good $ledger
            section large; truncate -s 65M $ledger; weft plan {both} 2>&1; cp good $ledger
            runtime=$(dirname $(find /run/weft -name lock))
            mount -t tmpfs none $runtime -o size=4k; head -c 100000 /dev/zero >$runtime/fill || true
            section full; weft apply {both} 2>&1
            mount -o remount,ro $runtime
            section read-only; weft apply {both} 2>&1 || true
            umount $runtime
            section good; weft plan {both}
            """);
        run.Section("folder").ShouldContain("ledger-ignored");
        run.Section("large").ShouldContain("more than 64 MiB");
        run.Section("full").ShouldContain("Nothing to do");
        run.Section("read-only").ShouldContain("Read-only file system");
        run.Section("read-only").ShouldNotContain("another weft");
        run.Section("good").ShouldContain("Nothing to do");
    }
}
