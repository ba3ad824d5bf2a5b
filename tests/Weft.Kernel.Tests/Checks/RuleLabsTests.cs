// What the kernel takes and what breaks later, shown: the hosts of both examples of each rule, all in one lab, and what a script sees on them.

using System.Globalization;
using System.Text;
using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Kernel.Tests.Checks;

[Trait("makes", "labs")]
public sealed class RuleLabsTests(ITestOutputHelper output)
{
    /// <summary>How many scripts run at once: most wait, and there is one processor.</summary>
    private const int AtOnce = 8;

    public static TheoryData<string> Shown => [.. RuleLabs.All.Keys];

    private static readonly Lazy<LabRun> Lab = new(Run);

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_host_of_the_bad_example_shows_what_breaks_and_that_of_the_good_one_does_not(string id)
    {
        var lab = RuleLabs.All[id];
        foreach (var bad in new[] { true, false })
            Errors(lab.File(id, "host", bad)).ShouldBeEmpty($"{id}, {(bad ? "allowed" : "good")}");
        if (!lab.ByHand)
            Errors(lab.File(id, "host", true), allowed: false).ShouldAllBe(rule => rule == id);
        foreach (var bad in new[] { true, false })
            output.WriteLine($"{(bad ? "bad" : "good")}: {Seen(id, bad)} {Lab.Value.Section($"{Name(id, bad)} besides")}");
        Seen(id, bad: true).ShouldBe(lab.Bad, $"the bad host\n{Lab.Value.Errors}");
        Seen(id, bad: false).ShouldBe(lab.Good, $"the good host\n{Lab.Value.Errors}");
    }

    [Fact]
    public void A_loop_multiplies_one_frame_and_a_bond_in_its_place_does_not()
    {
        var file = new RuleLab("", "", "");
        var files = new[] { true, false }.Select(bad => LabRun.File($"{bad}.yaml", file.File(RuleLabs.Loop, bad ? "bad" : "good", bad) + "\n")).ToArray();
        var run = LabRun.Good(files[0], """
            ends() { while read -r host nic box port; do [ "$host $nic" != "$1 eth1" ] || ip -n $box link set $port $2; done </run/lab/cables; }
            for h in bad good; do ends $h down; done
            ip netns exec bad weft apply $WEFT_LAB_FILE_1 >&2; ip netns exec good weft apply $WEFT_LAB_FILE_2 >&2
            frames() { ip netns exec $h cat /sys/class/net/eth0/statistics/rx_packets; }
            for h in bad good; do
              ip -n $h link set br0 up; ip -n $h addr add 192.0.2.5/24 dev br0; sleep 1
              before=$(frames)
              ends $h up
              ip netns exec $h ping -c 3 -W 1 192.0.2.9 >/dev/null &
              # The bridges forward up to a second after the carrier is there.
              for n in $(seq 20); do sleep 0.1; [ $(($(frames) - before)) -lt 1000 ] || break; done
              ends $h down
              section $h; echo $(($(frames) - before))
              wait
            done
            """, bare: true, others: [files[1]]);
        var (bad, good) = (Count("bad"), Count("good"));
        output.WriteLine($"bad: {bad} frames, good: {good}");
        bad.ShouldBeGreaterThan(1000);
        good.ShouldBeLessThan(50);

        int Count(string side) => int.Parse(run.Section(side), CultureInfo.InvariantCulture);
    }

    private static LabRun Run()
    {
        var folder = LabRun.Folder();
        var files = new List<string>();
        var script = new StringBuilder($"cd $(mktemp -d)\n{RuleLabs.Script}\n");
        foreach (var ((id, lab), at) in RuleLabs.All.Select((row, at) => (row, at)))
        {
            foreach (var bad in new[] { true, false })
            {
                var name = Name(id, bad);
                files.Add(Path.Combine(folder, $"{name}.yaml"));
                File.WriteAllText(files[^1], lab.File(id, name, bad));
                script.Append($"( h={name} b={(bad ? "1" : "")} good='{lab.Good.Split(',')[0]}, a partner'; names\n{lab.Script}\n) >{name}.log 2>{name}.errors &\n");
            }
            if (at % (AtOnce / 2) == AtOnce / 2 - 1)
                script.Append("wait\n");
        }
        script.Append("wait\n");
        foreach (var id in RuleLabs.All.Keys)
            foreach (var name in new[] { Name(id, true), Name(id, false) })
                script.Append($"section {name}; cat {name}.log\nsection '{name} besides'; cat {name}/seen {name}.errors 2>/dev/null\n");
        return LabRun.Of(files[0], script.ToString(), seconds: 400, others: files.Skip(1));
    }

    private static string Seen(string id, bool bad) => Lab.Value.Section(Name(id, bad)).ReplaceLineEndings(", ");

    /// <summary>A host's name: the switch's end of its cables has it too, and the kernel has 15 bytes for that.</summary>
    private static string Name(string id, bool bad) => $"{(bad ? "bad" : "good")}{RuleLabs.All.Keys.ToList().IndexOf(id)}";

    private static IEnumerable<string> Errors(string text, bool allowed = true)
    {
        var reading = HostFile.Read("host.yaml", allowed ? text : text.Replace("weft: allow", "allow", StringComparison.Ordinal));
        return reading.Findings.Concat(Checker.Look(reading.Host!)).Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Rule);
    }
}
