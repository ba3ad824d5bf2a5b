// How long a change may take: every row of the table, what leaves it alone, and that ways are added up from the bottom and the
// longest counts.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Reach;
using Weft.Spec;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Tests.Reach;

public sealed class PatienceTests
{
    private const string Answer = "an answer, 5 s";

    [Fact]
    public void Where_nothing_is_sent_there_is_nothing_to_wait_for()
    {
        var patience = Patience.Of(Read("nics: {eth0: {}}"), new Host(), [Link(Verb.Adopt, "eth0", LinkKind.Nic)]);
        patience.Total.ShouldBe(TimeSpan.Zero);
        patience.ToString().ShouldBe("no time");
    }

    [Fact]
    public void A_route_needs_no_more_than_an_answer() =>
        Waits("nics: {eth0: {}}", [Nic("eth0")], new Step.OfRoute(Verb.Add, ShowObserved.Default("10.0.0.1", "eth0"), Place.None)).ShouldBe([Answer]);

    [Fact]
    public void A_bridge_without_spanning_tree_over_a_port_that_stays_up_is_there_at_once() =>
        Waits("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}", [Nic("eth0")], Link(Verb.Add, "br0", LinkKind.Bridge), Set("eth0", (Table.Master, Value.Of("br0")))).ShouldBe([Answer]);

    [Fact]
    public void A_new_bridge_with_spanning_tree_listens_and_learns()
    {
        var patience = Of("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0], stp: true}}", [Nic("eth0")], Link(Verb.Add, "br0", LinkKind.Bridge), Set("eth0", (Table.Master, Value.Of("br0"))));
        patience.ToString().ShouldBe("up to 35 s: STP on br0, twice 15 s; an answer, 5 s");
        patience.Total.ShouldBe(TimeSpan.FromSeconds(35));
    }

    [Fact]
    public void A_bridge_that_is_there_listens_as_long_as_it_says_and_only_where_it_is_touched()
    {
        var bridge = ShowObserved.Made(9, "br0", LinkKind.Bridge, (BridgeLines.Stp, Value.Of(true))).With(ports: ["eth0"], data: Fields.Empty.With("forward_delay", Value.Of(400L)));
        Link[] now = [Nic("eth0", "br0"), Nic("eth1"), bridge];
        const string File = "nics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth0, eth1], stp: true}}";
        Waits(File, now, Set("eth1", (Table.Master, Value.Of("br0")))).ShouldBe(["STP on br0, twice 4 s", Answer]);
        Link[] both = [Nic("eth0", "br0"), Nic("eth1", "br0"), bridge with { Ports = [.. new[] { "eth0", "eth1" }.Select(name => new Port(At.Nowhere(name), Settings.Empty))] }];
        Waits(File, both, new Step.OfAddress(Verb.Add, "br0", IpPrefix.Parse("10.0.0.2/24"), Place.None)).ShouldBe([Answer]);
        Waits(File, both, Set("br0", (BridgeLines.Stp, Value.Of(true)))).ShouldBe(["STP on br0, twice 4 s", Answer]);
    }

    [Theory]
    [InlineData("lacp_rate: fast", "LACP on bond0, lacp_rate fast, 16 s")]
    [InlineData("lacp_rate: slow", "LACP on bond0, lacp_rate slow, 103 s")]
    [InlineData("updelay: 0", "LACP on bond0, lacp_rate slow, 103 s")]
    public void A_new_LACP_bond_waits_for_what_its_rate_allows(string rate, string wait) =>
        Waits($"nics: {{eth0: {{}}}}\nbonds: {{bond0: {{ports: [eth0], mode: 802.3ad, {rate}}}}}", [Nic("eth0")], Link(Verb.Add, "bond0", LinkKind.Bond), Set("eth0", (Table.Master, Value.Of("bond0"))))
            .ShouldBe(["miimon of bond0, 0.1 s", wait, Answer]);

    [Fact]
    public void A_port_that_joins_waits_for_polling_and_updelay() =>
        Waits("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, updelay: 2000}}",
            [Nic("eth0", "bond0"), Nic("eth1"), Bond(BondLines.ActiveBackup, "eth0")], Set("eth1", (Table.Master, Value.Of("bond0")))).ShouldBe(["miimon and updelay of bond0, 2.1 s", Answer]);

    [Fact]
    public void A_bond_that_asks_ARP_targets_needs_two_of_its_intervals() =>
        Waits("nics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], mode: active-backup, arp_interval: 1500, arp_ip_target: 10.0.0.1}}", [Nic("eth0")], Link(Verb.Add, "bond0", LinkKind.Bond))
            .ShouldBe(["arp_interval of bond0, twice 1.5 s", Answer]);

    [Fact]
    public void A_bond_that_is_not_touched_needs_no_patience_though_its_bridge_gets_an_address() =>
        Waits("nics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], mode: 802.3ad}}\nbridges: {br0: {ports: [bond0], stp: true}}",
            [Nic("eth0", "bond0"), Bond(BondLines.Lacp, "eth0") is var bond ? bond with { State = bond.State! with { Master = "br0" } } : bond,
                ShowObserved.Made(9, "br0", LinkKind.Bridge, (BridgeLines.Stp, Value.Of(true))).With(ports: ["bond0"])],
            new Step.OfAddress(Verb.Add, "br0", IpPrefix.Parse("10.0.0.2/24"), Place.None)).ShouldBe([Answer]);

    [Fact]
    public void A_bond_of_which_one_port_goes_on_carrying_does_not_make_its_bridge_listen_anew()
    {
        var bond = Bond(BondLines.ActiveBackup, "eth0");
        Waits("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nbridges: {br0: {ports: [bond0], stp: true}}",
            [Nic("eth0", "bond0"), Nic("eth1"), bond with { State = bond.State! with { Master = "br0" } }, ShowObserved.Made(9, "br0", LinkKind.Bridge, (BridgeLines.Stp, Value.Of(true))).With(ports: ["bond0"])],
            Set("eth1", (Table.Master, Value.Of("bond0")))).ShouldBe(["miimon of bond0, 0.1 s", Answer]);
    }

    [Fact]
    public void Ways_are_added_up_from_the_bottom_and_the_longest_counts() =>
        Waits("""
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0], mode: 802.3ad, lacp_rate: fast}}
            vlans: {bond0.5: {link: bond0, id: 5}}
            bridges: {br5: {ports: [bond0.5], stp: true, addresses: ["2001:db8::2/64"]}, br0: {ports: [eth1], stp: true}}
            """, [Nic("eth0"), Nic("eth1")],
            Link(Verb.Add, "bond0", LinkKind.Bond), Link(Verb.Add, "bond0.5", LinkKind.Vlan), Link(Verb.Add, "br5", LinkKind.Bridge), Link(Verb.Add, "br0", LinkKind.Bridge),
            new Step.OfAddress(Verb.Add, "br5", IpPrefix.Parse("2001:db8::2/64"), Place.None))
            .ShouldBe(["miimon of bond0, 0.1 s", "LACP on bond0, lacp_rate fast, 16 s", "STP on br5, twice 15 s", "IPv6 DAD on br5, 2 s", Answer]);

    [Fact]
    public void A_NIC_of_hardware_negotiates_and_its_switch_listens_unless_the_file_calls_the_port_an_edge()
    {
        Link[] now = [ShowObserved.Nic(2, "eth0", up: false)];
        var up = Set("eth0", (Table.Up, Value.Of(true)));
        Waits("nics: {eth0: {}}", now, up).ShouldBe(["eth0 negotiates, 10 s", "the switch's STP on eth0, twice 15 s", Answer]);
        Waits("nics: {eth0: {}}\ncabling: {eth0: {switch: sw, edge: true}}", now, up).ShouldBe(["eth0 negotiates, 10 s", Answer]);
        Waits("nics: {eth0: {}}", [ShowObserved.Nic(2, "eth0")], Set("eth0", (Table.Mtu, Value.Of(9000L)))).ShouldContain("eth0 negotiates, 10 s");
    }

    [Fact]
    public void The_MTU_of_a_bond_is_its_NICs_and_makes_hardware_start_anew() =>
        Waits("nics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], mode: active-backup, mtu: 9000}}\ncabling: {eth0: {switch: sw, edge: true}}", [ShowObserved.Nic(2, "eth0", "bond0"), Bond(BondLines.ActiveBackup, "eth0")],
            Set("bond0", (Table.Mtu, Value.Of(9000L)))).ShouldBe(["eth0 negotiates, 10 s", Answer]);

    [Theory]
    [InlineData(0x3f, "LACP forgets eth0, 3 s")]
    [InlineData(0x3d, "LACP forgets eth0, 90 s")]
    public void A_port_that_left_its_LACP_bond_is_held_by_the_switch_for_the_timeout_it_told(long state, string wait)
    {
        var nic = Nic("eth0", "bond0").With(port: Fields.Empty.With("ad_partner_oper_port_state", Value.Of(state)));
        Waits("nics: {eth0: {}}", [nic, Bond(BondLines.Lacp, "eth0")], Link(Verb.Remove, "bond0", LinkKind.Bond)).ShouldBe([wait, Answer]);
    }

    [Fact]
    public void Links_in_a_circle_end_the_reckoning_too() =>
        Patience.Of(HostFile.Read("host.yaml", "bridges: {br0: {ports: [br1], stp: true}, br1: {ports: [br0], stp: true}}").Host!, new Host(), [Link(Verb.Add, "br0", LinkKind.Bridge)]).Total.ShouldBeGreaterThan(TimeSpan.FromSeconds(30));

    private static ImmutableArray<string> Waits(string file, Link[] now, params Step[] steps) => [.. Of(file, now, steps).Waits.Select(wait => wait.What)];

    private static Patience Of(string file, Link[] now, params Step[] steps) => Patience.Of(Read(file), new Host { Links = [.. now] }, steps);

    /// <summary>A NIC without hardware, so that a test sees its own rows alone.</summary>
    private static Link Nic(string name, string? master = null) => ShowObserved.Nic(2, name, master) is var nic ? nic with { State = nic.State! with { Driver = "veth" } } : nic;

    private static Link Bond(string mode, params string[] ports) => ShowObserved.Made(8, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(mode)), (BondLines.Miimon, Value.Of(100L))).With(ports: ports);

    private static Step.OfLink Link(Verb verb, string name, LinkKind kind) => new(verb, name, kind, Settings.Empty, Place.None);

    private static Step.OfLink Set(string name, params (Attribute Attribute, Value Value)[] settings) =>
        new(Verb.Set, name, LinkKind.Nic, Settings.Of(settings.Select(pair => KeyValuePair.Create(pair.Attribute, At.Nowhere(pair.Value)))), Place.None);

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        return reading.Host!;
    }
}
