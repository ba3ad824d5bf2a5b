// Which port each flow takes on a bond of a file: mode by mode, with ports down, and how even that is called.

using Weft.Spec;
using Weft.Twin.Flows;
using Weft.Twin.Hashing;
using static Weft.Twin.Tests.Hashing.Bytes;

namespace Weft.Twin.Tests.Flows;

public sealed class FlowTableTests
{
    private const string Nics = "nics: {eth0: {}, eth1: {}, eth2: {}}\n";

    private static readonly Flow Tcp = new(Frame(0x0800, Ip4(6), Ports(40000, 443)), -1), Arp = new(FrameTo("ff:ff:ff:ff:ff:ff", 0x0806, new byte[28]), -1);
    private static readonly Flow Multicast = new(FrameTo("01:00:5e:00:00:fb", 0x0800, Ip4(17), Ports(5353, 5353)), -1), Igmp = new(FrameTo("01:00:5e:00:00:16", 0x0800, Ip4(2)), -1);
    private static readonly Flow Neighbour = new(Frame(0x86dd, Ip6(58), Icmp(135, 0, 0)), -1), Udp6 = new(Frame(0x86dd, Ip6(17), Ports(5000, 53)), -1), Lldp = new(FrameTo("01:80:c2:00:00:0e", 0x88cc, [2, 7]), -1);

    private static BondSending Sending(string bond, params string[] down)
    {
        var host = HostFile.Read("host.yaml", $"{Nics}bonds: {{bond0: {{ports: [eth0, eth1, eth2], {bond}}}}}\n").Host!;
        return BondSending.Of(host, host.Find("bond0")!, down)!;
    }

    private static string?[] Own(BondSending sending, params Flow[] flows)
    {
        var table = new FlowTable(sending, KernelVersion.Linux61, [.. flows]);
        return [.. Enumerable.Range(0, flows.Length).Select(flow => table.Own(flow).Port)];
    }

    [Theory]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4", nameof(Chooser.Hash), nameof(XmitPolicy.Layer34))]
    [InlineData("mode: balance-xor, miimon: 100", nameof(Chooser.Hash), nameof(XmitPolicy.Layer2))]
    [InlineData("mode: balance-xor, miimon: 100, xmit_hash_policy: default", nameof(Chooser.Hash), nameof(XmitPolicy.Layer2))]
    [InlineData("miimon: 100", nameof(Chooser.Turn), nameof(XmitPolicy.Layer2))]
    [InlineData("mode: broadcast", nameof(Chooser.Copies), nameof(XmitPolicy.Layer2))]
    [InlineData("mode: active-backup", nameof(Chooser.Active), nameof(XmitPolicy.Layer2))]
    [InlineData("mode: balance-tlb", nameof(Chooser.Load), nameof(XmitPolicy.Layer2))]
    [InlineData("mode: balance-tlb, tlb_dynamic_lb: false, xmit_hash_policy: encap2+3", nameof(Chooser.HashOrActive), nameof(XmitPolicy.Encap23))]
    [InlineData("mode: balance-alb, tlb_dynamic_lb: false", nameof(Chooser.HashOrActive), nameof(XmitPolicy.Layer2))]
    public void A_mode_has_its_way_of_choosing(string bond, string choosing, string hashing)
    {
        var (sending, chooser, policy) = (Sending(bond), Enum.Parse<Chooser>(choosing), Enum.Parse<XmitPolicy>(hashing));
        (sending.Chooser, sending.Policy).ShouldBe((chooser, policy));
        sending.Usable.ShouldBe(["eth0", "eth1", "eth2"]);
        (sending.Instead is null).ShouldBe(chooser == Chooser.Hash);
        new FlowTable(sending, KernelVersion.Linux61, [Tcp]).Own(0).Port.ShouldBe(chooser switch { Chooser.Hash or Chooser.HashOrActive => sending.Usable[(int)(XmitHash.Of(Tcp.Frame.Span, -1, policy, KernelVersion.Linux61) % 3)], Chooser.Active => "eth0", _ => null });
    }

    [Fact]
    public void The_port_is_the_hash_modulo_the_ports_that_are_left_in_the_files_order()
    {
        // E3: 0x52d2723c is 0, 1 and 0 modulo 2, 3 and 4.
        Own(Sending("mode: 802.3ad, xmit_hash_policy: layer3+4"), Tcp).ShouldBe(["eth1"]);
        Own(Sending("mode: 802.3ad, xmit_hash_policy: layer3+4", "eth0"), Tcp).ShouldBe(["eth1"]);
        Own(Sending("mode: 802.3ad, xmit_hash_policy: layer3+4", "eth1"), Tcp).ShouldBe(["eth0"]);
        Own(Sending("mode: 802.3ad, xmit_hash_policy: layer3+4", "eth1", "eth2"), Tcp).ShouldBe(["eth0"]);
        var none = Sending("mode: 802.3ad", "eth0", "eth1", "eth2");
        Own(none, Tcp).ShouldBe([null]);
        none.Instead.ShouldBe("bond0 has no port to send over: every frame is dropped");
    }

    [Fact]
    public void A_port_that_the_file_keeps_down_or_that_LACP_leaves_out_is_not_used()
    {
        const string text = """
            nics: {eth0: {}, eth1: {up: false}, eth2: {}, eth3: {}}
            bonds: {bond0: {ports: [eth0, eth1, eth2, eth3], mode: 802.3ad}}
            cabling: {eth0: {switch: a, group: 1, speed: 10G}, eth1: {switch: a, group: 1, speed: 10G}, eth2: {switch: a, group: 1, speed: 1G}, eth3: {switch: a, group: 1, speed: 10G}}
            switches: {a: {}}

            """;
        var host = HostFile.Read("host.yaml", text).Host!;
        var sending = BondSending.Of(host, host.Find("bond0")!, [])!;
        sending.Usable.ShouldBe(["eth0", "eth3"]);
        sending.Idle["eth1"].ShouldBe("down in the file");
        sending.Idle["eth2"].ShouldBe("not in the active aggregator");
    }

    [Fact]
    public void Balancing_without_load_hashes_only_what_it_balances()
    {
        Flow[] flows = [Tcp, Arp, Multicast, Igmp, Neighbour, Udp6, Lldp];
        string Hashed(Flow flow) => new[] { "eth0", "eth1", "eth2" }[XmitHash.Of(flow.Frame.Span, -1, XmitPolicy.Layer34, KernelVersion.Linux61) % 3];
        const string bond = "tlb_dynamic_lb: false, xmit_hash_policy: layer3+4, primary: eth2";
        Own(Sending($"mode: balance-tlb, {bond}"), flows).ShouldBe([Hashed(Tcp), "eth2", "eth2", "eth2", "eth2", Hashed(Udp6), "eth2"]);
        Own(Sending($"mode: balance-alb, {bond}"), flows).ShouldBe([Hashed(Tcp), null, Hashed(Multicast), "eth2", "eth2", Hashed(Udp6), "eth2"]);
    }

    [Fact]
    public void The_active_port_is_the_primary_while_it_is_up()
    {
        Own(Sending("mode: active-backup, primary: eth1"), Tcp, Arp).ShouldBe(["eth1", "eth1"]);
        Own(Sending("mode: active-backup, primary: eth1", "eth1"), Tcp).ShouldBe(["eth0"]);
    }

    [Fact]
    public void A_bond_whose_mode_was_refused_has_no_answer()
    {
        var host = HostFile.Read("host.yaml", $"{Nics}bonds: {{bond0: {{ports: [eth0], mode: balance-xro}}}}\n").Host!;
        BondSending.Of(host, host.Find("bond0")!, []).ShouldBeNull();
    }

    [Theory]
    [InlineData("one-port", 4, 0)]
    [InlineData("even", 2, 2)]
    [InlineData("even", 2, 1)]
    [InlineData("even", 1, 0)]
    [InlineData("even", 57, 43)]
    [InlineData("uneven", 60, 40)]
    [InlineData("lopsided", 85, 15)]
    [InlineData("even", 34, 33, 33)]
    [InlineData("uneven", 50, 50, 0)]
    [InlineData("lopsided", 60, 20, 20)]
    [InlineData(null, 0, 0)]
    [InlineData(null, 5)]
    public void Evenness_has_a_word(string? word, params int[] counts) => new Spread([.. counts.Select(count => (long)count)]).Word.ShouldBe(word);

    [Fact]
    public void Every_policy_is_counted_and_what_it_does_not_reach_too()
    {
        var table = new FlowTable(Sending("mode: 802.3ad, xmit_hash_policy: layer3+4"), KernelVersion.Linux61, [Tcp, Arp, Igmp, Udp6, Lldp]);
        table.Policies[0].ShouldBe(XmitPolicy.Layer34);
        table.Policies.ShouldBe(XmitPolicies.All, ignoreOrder: true);
        foreach (var policy in table.Policies)
            table.SpreadOf(policy).Total.ShouldBe(5);
        table.Short(XmitPolicy.Layer34).ShouldBe((1, 2));
        table.Short(XmitPolicy.Encap34).ShouldBe((1, 2));
        table.Short(XmitPolicy.Layer23).ShouldBe((0, 2));
        table.Short(XmitPolicy.Layer2).ShouldBe((0, 0));
        new FlowTable(Sending("mode: 802.3ad"), KernelVersion.All[0], [Tcp]).Policies.ShouldNotContain(XmitPolicy.VlanSrcMac);
    }

    [Fact]
    public void Of_many_flows_the_first_are_told_and_all_where_that_is_asked()
    {
        var table = new FlowTable(Sending("mode: 802.3ad"), KernelVersion.Linux61, [.. Enumerable.Repeat(Tcp, 200)]);
        FlowReport.Of(table, all: false).Select(line => line.ToString()).Last().ShouldBe("  170 flows more; --all shows each");
        FlowReport.Of(table, all: true).Count(line => line.ToString().Contains("10.0.0.10:40000", StringComparison.Ordinal)).ShouldBe(200);
    }
}
