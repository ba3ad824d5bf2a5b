// What a plan says of blinks is true: a ping every 10 ms goes through the change, and no pause in its replies is longer than
// the plan said. A busy machine pauses by itself, so the best of three tries counts; a plan that says too little fails all three.

using System.Globalization;
using System.Text.Json.Nodes;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class BlinkTests(ITestOutputHelper output)
{
    private const string Base = """
        host: kvm
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.100: {link: bond0, id: 100}
        bridges:
          br100: {ports: [bond0.100], addresses: [10.1.0.11/24]}
        guests:
          web1: {nics: [{bridge: br100, addresses: [10.1.0.100/24]}]}
        cabling:
          eth0: {switch: leaf, vlans: [100], group: Po1, lacp: active}
          eth1: {switch: leaf, vlans: [100], group: Po1, lacp: active}
        switches:
          leaf: {addresses: {100: 10.1.0.1/24}}

        """;

    private static readonly string Plain = Base.Replace(", group: Po1, lacp: active", "", StringComparison.Ordinal);
    private static readonly string Slow = Base.Replace("active-backup, miimon: 100", "802.3ad, miimon: 100, lacp_rate: slow", StringComparison.Ordinal);

    private static readonly string OnNic = """
        host: kvm
        nics: {eth0: {addresses: [10.1.0.11/24]}}
        cabling:
          eth0: {switch: leaf, native: 100}
        switches:
          leaf: {addresses: {100: 10.1.0.1/24}}

        """;

    private static readonly string OnBridge = OnNic.Replace("eth0: {addresses: [10.1.0.11/24]}}", "eth0: {}}\nbridges: {br0: {ports: [eth0], addresses: [10.1.0.11/24]}}", StringComparison.Ordinal);
    private static readonly string OnBond = OnNic.Replace("eth0: {addresses: [10.1.0.11/24]}}", "eth0: {}}\nbonds: {bond0: {ports: [eth0], mode: active-backup, miimon: 100, addresses: [10.1.0.11/24]}}", StringComparison.Ordinal);

    /// <summary>What changes; from and to; who pings; whose blink the plan tells.</summary>
    public static TheoryData<string, string, string, string, string> Changes => new()
    {
        { "a bond's mode", Plain, Plain.Replace("active-backup", "balance-xor", StringComparison.Ordinal).Replace("bonds:\n", "bonds:\n  # weft: allow static-bond-without-lag because what is tried is the change\n", StringComparison.Ordinal), "web1", "web1" },
        { "lacp_rate", Slow, Slow.Replace("slow", "fast", StringComparison.Ordinal), "web1", "web1" },
        { "a port leaves", Plain, Plain.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal), "web1", "web1" },
        { "a VLAN's name", Plain, Plain.Replace("bond0.100", "tenants", StringComparison.Ordinal), "web1", "web1" },
        { "a bridge listens first", Slow.Replace("ports: [bond0.100]", "stp: true, ports: [bond0.100]", StringComparison.Ordinal), Slow.Replace("ports: [bond0.100]", "stp: true, ports: [bond0.100]", StringComparison.Ordinal).Replace("slow", "fast", StringComparison.Ordinal), "web1", "web1" },
        { "an address moves to a bridge", OnNic, OnBridge, "", "10.1.0.11/24 dev eth0" },
        { "and back", OnBridge, OnNic, "", "10.1.0.11/24 dev br0" },
        { "an address moves to a bond", OnNic, OnBond, "", "10.1.0.11/24 dev eth0" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Nothing_blinks_for_longer_than_the_plan_said(string what, string from, string to, string who, string whose)
    {
        var told = new List<string>();
        for (var tried = 0; tried < 3; tried++)
        {
            var (pause, most) = Tried(from, to, who, whose);
            told.Add($"{pause} ms, at most {most} ms said");
            output.WriteLine($"{what}: {told[^1]}");
            if (pause <= most)
                return;
        }
        Assert.Fail($"{what}: {string.Join("; ", told)}");
    }

    /// <summary>The longest pause between two replies, and the longest that the plan says of one step.</summary>
    private static (int Pause, int Most) Tried(string from, string to, string who, string whose)
    {
        var file = LabRun.File("to.yaml", to);
        var run = LabRun.Good(LabRun.File("from.yaml", from), $$"""
            settle
            for bridge in $(ls -d /sys/class/net/*/bridge); do echo 400 >$bridge/forward_delay; done # Somebody is impatient: 4 s, of the 15 that are usual.
            {{(who.Length > 0 ? $"ip netns exec {who} " : "")}}ping -n -D -i 0.01 10.1.0.1 >ping.log 2>/dev/null &
            ping=$!
            replies() { grep -c 'bytes from' ping.log || true; }
            # Once they come without a pause: a bridge may listen first.
            for _ in $(seq 900); do [ "$(replies)" -ge 100 ] && break; sleep 0.1; done
            section plan; weft plan --json {{file}} || true
            echo; before=$(replies)
            section apply; weft apply {{file}}
            after=$(replies)
            for _ in $(seq 900); do [ "$(replies)" -ge $((after + 200)) ] && break; sleep 0.1; done
            section ping; echo "$before"; grep 'bytes from' ping.log | tail -n +$before | sed 's/^\[\([0-9.]*\)\].*/\1/'
            kill -INT $ping; wait $ping || true
            """, seconds: 240);
        var lines = run.Section("ping").Split('\n');
        var times = lines.Skip(1).Select(line => decimal.Parse(line, CultureInfo.InvariantCulture)).ToList();
        times.Count.ShouldBeGreaterThan(150, "the replies did not come back");
        var pause = (int)(times.Zip(times.Skip(1), (one, next) => next - one).Max() * 1000);
        var said = JsonNode.Parse(run.Section("plan"))!["steps"]!.AsArray().SelectMany(step => step!["disturbs"]!.AsArray()).Where(one => (string?)one!["object"] == whose && (string?)one["kind"] == "blinks").Select(one => (int?)one!["at_most_ms"]).ToList();
        said.ShouldNotBeEmpty($"the plan does not say that {whose} blinks: {run.Section("plan")}");
        said.ShouldAllBe(most => most != null);
        return (pause, said.Max()!.Value);
    }
}
