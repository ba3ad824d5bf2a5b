// The real process, killed at its points one by one: before and after each write and removal of its folders, before each batch
// and after each step. Then weft boot: the host is exactly the old one or exactly the new one, its good file says which, and
// nothing is left to do. A seed picks the points, WEFT_LONG=1 takes all of them.

using System.Globalization;
using System.Text.Json;
using Weft.RandomHosts;

namespace Weft.Kernel.Tests;

[Trait("makes", "deaths")] // It makes labs too, and takes as long as all others that do: it runs beside them.
public sealed class DeathTests(ITestOutputHelper output)
{
    private const string Nics = "host: kvm\nnics: {eth0: {}, eth1: {}}\n";
    private const string Layout = Nics + "bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.5.1/24]}}\nroutes: [{to: 198.51.100.0/24, via: 10.0.5.9}]\n";
    private const string Mode = Nics + "bonds: {bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 50, xmit_hash_policy: layer3+4}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.5.1/24]}}\nroutes: [{to: 198.51.100.0/24, via: 10.0.5.9}]\n";
    private const string Other = Nics + "vlans: {eth0.7: {link: eth0, id: 7}}\nbridges: {br0: {ports: [eth1], addresses: [10.0.6.1/24]}, br7: {ports: [eth0.7], mtu: 1400, addresses: [10.0.5.1/24, \"2001:db8::1/64\"]}}\nroutes: [{to: 198.51.100.0/24, via: 10.0.5.9}]\n";

    /// <summary>Of each row in a run that is not long: together thirty.</summary>
    private const int Picked = 3;

    private const string Prelude = """
        way() { if [ $1 = there ]; then from=$old to=$new; else from=$new to=$old; fi; }
        gone() { for i in $(seq 200); do kill -0 $1 2>/dev/null || return 0; sleep 0.05; done; echo "process $1 is still there"; return 1; }
        # The change, by a process that may be told where to die; with a confirmation where the row has one.
        change() {
          rm -f points
          code=0; WEFT_POINTS=points WEFT_DIE_AT=$1 weft apply -q $confirm $to >out 2>&1 || code=$?
          [ -n "$confirm" ] && [ $code = 0 ] && { weft confirm >>out 2>&1 || code=$?; }
          holder=$(cat $(find /run/weft -name lock.holder) 2>/dev/null | cut -d' ' -f1); [ -z "$holder" ] || gone $holder
        }
        point() {
          way $1; folder=$(folder)
          change $2
          section $1-$2; echo "hit $(wc -l <points) $(tail -n 1 points)"; echo "exit $code"
          grep -q 'signal 9' out && echo killed
          [ -e $folder/journal.json ] && echo left journal
          code=0; weft boot >boot 2>&1 || code=$?; echo "boot $code"; [ $code = 0 ] || cat boot
          settle; state >now
          cmp -s now $from.state && echo host old; cmp -s now $to.state && echo host new
          cmp -s $folder/good.yaml $from && echo good old; cmp -s $folder/good.yaml $to && echo good new
          cmp -s now $from.state || cmp -s now $to.state || { diff now $from.state; echo; diff now $to.state; cat boot; } || true
          [ -e $folder/journal.json ] && echo journal
          weft plan $folder/good.yaml; echo "status $(weft status --json)"
          cmp -s $folder/good.yaml $from || weft apply -q $from
        }

        """;

    public static TheoryData<string, bool> Changes => new()
    {
        { "kvm-10gbe", false }, { "kvm-active-backup", false }, { "vlan-under-bond", false }, { "three-vlans", false }, { "networks", false },
        { "mode", false }, { "layout", false }, { "mode", true }, { "layout", true }, { "three-vlans", true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Wherever_it_dies_a_host_is_the_old_one_or_the_new_one_after_boot(string change, bool isConfirmed)
    {
        var (old, next) = change switch
        {
            "mode" => (LabRun.File("old.yaml", Layout), LabRun.File("new.yaml", Mode)),
            "layout" => (LabRun.File("old.yaml", Layout), LabRun.File("new.yaml", Other)),
            _ => (LabRun.File("old.yaml", change == "networks" ? Nics.Replace("}}", "}, eth2: {}, eth3: {}}", StringComparison.Ordinal) : Nics), LabRun.Example(change)),
        };
        var seed = Seeds.First + (ulong)Changes.ToList().FindIndex(row => row.Data == (change, isConfirmed));
        output.WriteLine($"seed {seed}");
        var dice = new Random((int)(seed % int.MaxValue));
        var isLong = Environment.GetEnvironmentVariable("WEFT_LONG") == "1";
        var points = isLong ? "$(seq 0 $((count - 1)))" : string.Join(' ', Enumerable.Range(0, Picked).Select(_ => $"$(({dice.Next(1 << 20)} % count))"));
        var ways = isLong ? ["there", "back"] : new[] { dice.Next(2) == 0 ? "there" : "back" };
        var run = LabRun.Good(next, Prelude + $$"""
            old={{old}} new=new.yaml confirm="{{(isConfirmed ? "--confirm 60s" : "")}}"
            cp {{next}} $new
            weft apply -q $new; settle; state >$new.state
            for way in back there; do
              way $way; change none; [ $code = 0 ] || cat out; settle; state >now; wc -l <points >count-$way; section count-$way; cat count-$way; cat points
              if [ $way = back ]; then mv now $old.state; else diff $new.state now; fi
            done
            for way in {{string.Join(' ', ways)}}; do
              way $way; cmp -s $(folder)/good.yaml $from || weft apply -q $from
              count=$(cat count-$way); for n in {{points}}; do point $way $n; done
            done
            section end
            """, bare: true, seconds: isLong ? 3000 : 300);
        Judge(run, isConfirmed, output);
    }

    private static void Judge(LabRun run, bool isConfirmed, ITestOutputHelper output)
    {
        var (old, fresh) = (0, 0);
        foreach (var name in run.Output.Split('\n').Where(line => line.StartsWith("@@ there-", StringComparison.Ordinal) || line.StartsWith("@@ back-", StringComparison.Ordinal)).Select(line => line[3..]).Distinct())
        {
            var said = run.Section(name);
            var lines = said.Split('\n');
            var at = int.Parse(name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);
            lines[0].ShouldStartWith($"hit {at + 1} ", customMessage: said);
            var count = int.Parse(run.Section($"count-{name[..name.IndexOf('-', StringComparison.Ordinal)]}").Split('\n')[0], CultureInfo.InvariantCulture);
            // Who watches until the end sees the death; else it shows by the points that were not passed any more.
            (lines.Contains("killed") || (isConfirmed && at < count - 1) || at == count - 1).ShouldBeTrue(said);
            lines.ShouldContain("boot 0", said);
            var isNew = lines.Contains("host new");
            lines.ShouldContain(isNew ? "good new" : "host old", said);
            if (!isNew)
                lines.ShouldContain("good old", said);
            lines.ShouldNotContain("journal", said);
            said.ShouldContain("Nothing to do");
            using var status = JsonDocument.Parse(lines.Last(line => line.StartsWith("status ", StringComparison.Ordinal))[7..]);
            status.RootElement.GetProperty("drift").GetInt32().ShouldBe(0, said);
            if (isNew || lines.Contains("left journal"))
                status.RootElement.GetProperty("last").GetProperty("outcome").GetString().ShouldBe(isNew ? "applied" : "rolled_back", said);
            (old, fresh) = isNew ? (old, fresh + 1) : (old + 1, fresh);
            output.WriteLine($"{name} {lines[0]}: {(isNew ? "new" : "old")}");
        }
        output.WriteLine($"{old} ended as before, {fresh} as after");
        (old + fresh).ShouldBeGreaterThan(0);
    }
}
