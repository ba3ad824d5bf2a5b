// The real process, killed by a signal that it cannot catch while it changes the host: every command says so afterwards,
// none goes on as if nothing were, and weft rollback puts back exactly what was there.

using System.Text;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class KilledTests
{
    private const string Before = "host: kvm\nnics: {eth0: {}}\nnetworks:\n  first: {link: eth0, vlan: 5, addresses: [10.0.5.1/24]}\n";

    [Fact]
    public void A_killed_change_is_seen_by_every_command_and_rolled_back()
    {
        var file = LabRun.File("before.yaml", Before);
        var many = new StringBuilder(Before);
        for (var vlan = 100; vlan < 350; vlan++)
            many.Append($"  n{vlan}: {{link: eth0, vlan: {vlan}, addresses: [10.1.{vlan - 100}.1/32]}}\n");
        var changed = LabRun.File("changed.yaml", many.ToString());
        var run = LabRun.Good(file, $$"""
            folder=$(dirname $(find /var/lib/weft -name ledger.json))
            state() { ip -o -d link | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/[a-z_]*_timer *[0-9.]*//g' | sort; ip -o addr | cut -d' ' -f2-9 | sort; ip route; cat /proc/sys/net/ipv6/conf/default/disable_ipv6; }
            state >/tmp/before
            for wait in {{string.Join(' ', Waits)}}; do
              weft apply {{changed}} >/tmp/out 2>&1 &
              for i in $(seq 1000); do [ -e $folder/journal.json ] && break; sleep 0.01; done
              sleep $wait; kill -9 $!; wait $! 2>/dev/null || true
              section killed-$wait; [ -e $folder/journal.json ] && echo left || echo finished; ip -o link | wc -l
              section plan-$wait; weft plan {{file}} 2>&1 >/dev/null || true
              section show-$wait; weft show 2>&1 >/dev/null || true
              section apply-$wait; weft apply {{file}} 2>&1 || echo exit $?
              section rollback-$wait; weft rollback 2>&1; echo exit $?
              state >/tmp/after; diff /tmp/before /tmp/after && echo same
              [ -e $folder/journal.json ] && echo journal || echo no journal
              section again-$wait; weft rollback 2>&1; weft plan {{file}}
              weft apply -q {{file}}
            done
            section foreign; echo nonsense >$folder/journal.json; weft apply {{changed}} 2>&1 || echo exit $?; weft rollback 2>&1 || echo exit $?; cat $folder/journal.json
            """);
        var left = Waits.Where(wait => run.Section($"killed-{wait}").Contains("left", StringComparison.Ordinal)).ToList();
        left.ShouldContain("0");
        foreach (var wait in left)
        {
            run.Section($"plan-{wait}").ShouldContain("neither finished nor undone");
            run.Section($"show-{wait}").ShouldContain("neither finished nor undone");
            run.Section($"apply-{wait}").ShouldContain("run weft rollback");
            run.Section($"apply-{wait}").ShouldContain("exit 1");
            run.Section($"rollback-{wait}").ShouldContain("the host is as it was before the change");
            run.Section($"rollback-{wait}").ShouldContain("exit 0");
            run.Section($"rollback-{wait}").ShouldContain("same");
            run.Section($"rollback-{wait}").ShouldContain("no journal");
            run.Section($"again-{wait}").ShouldContain("Nothing to undo");
            run.Section($"again-{wait}").ShouldContain("Nothing to do");
        }
        run.Section("foreign").ShouldContain("damaged or of another version");
        run.Section("foreign").ShouldContain("nonsense");
    }

    /// <summary>How long after the journal is there, in seconds; late ones may find the change done.</summary>
    private static readonly string[] Waits = ["0", "0.05", "0.15"];
}
