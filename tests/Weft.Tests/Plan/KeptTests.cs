// What hangs on links and no file declares: put back after a step that takes it along, said to go where its link goes, and
// guarded where it could not come back.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests.Plan;

public sealed class KeptTests
{
    private const string File = """
        nics: {eth0: {}}
        vlans: {eth0.5: {link: eth0, id: 5}}
        bridges: {br5: {ports: [eth0.5]}}
        """;

    private static readonly Bytes Some = new([1, 2, 3, 4]);

    private static readonly Kept Vxlan = new(KeptKind.Link, "eth0.5", "vxlan0") { Upper = "vx0", Message = Some };
    private static readonly Kept Queue = new(KeptKind.Qdisc, "vx0", "qdisc tbf dev vx0") { Message = Some };
    private static readonly Kept Entry = new(KeptKind.Forwarding, "eth0.5", "02:00:00:00:00:99 dev eth0.5 master br5 static") { Message = Some, Master = "br5" };
    private static readonly Kept Macvtap = new(KeptKind.Link, "eth0.5", "macvtap0 in another namespace (nsid 3)") { Irreversible = "a guest holds it open" };

    [Fact]
    public void After_a_VLAN_is_made_anew_what_others_had_on_it_comes_back_in_order()
    {
        var plan = Change(File.Replace("id: 5", "id: 6", StringComparison.Ordinal), Queue, Entry, Vxlan);
        var steps = plan.Steps.Select(StepText.Of).ToList();
        plan.IsRefused.ShouldBeFalse();
        steps.FindIndex(step => step.StartsWith("add vlan eth0.5", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        steps.Where(step => step.StartsWith("restore", StringComparison.Ordinal)).ShouldBe(["restore vxlan0", $"restore {Entry.Words}", "restore qdisc tbf dev vx0"]);
        plan.Steps.Single(step => step is { Verb: Verb.Remove, Object: "eth0.5" }).Disturbs.ShouldBe([new("eth0.5", "blinks", 1140), new("br5", "blinks", 1140), new("vx0", "blinks", 1160)], ignoreOrder: true);
    }

    [Fact]
    public void A_route_with_several_next_hops_goes_with_the_link_of_one_and_is_told()
    {
        var (now, ledger) = Observed();
        var route = new Route(At.Nowhere(IpPrefix.Parse("10.80.0.0/16"))) { Link = At.Nowhere("eth0"), Nexthops = [new(null, At.Nowhere("eth0")), new(null, At.Nowhere("br5"))], Plain = false, Raw = Some, Protocol = 186 };
        var over = now with { Host = now.Host with { Routes = [route] } };
        var plan = Planner.Plan(ledger, Read("nics: {eth0: {}}\n"), over);
        plan.Steps.ShouldNotContain(step => step.Verb == Verb.Restore);
        plan.Steps.SelectMany(step => step.Disturbs).ShouldContain(new Disturbance($"route {route}", "goes"));
    }

    [Fact]
    public void A_link_that_gets_another_MAC_gets_its_neighbours_back()
    {
        var neighbour = new Kept(KeptKind.Neighbour, "br5", "neighbour 203.0.113.2 dev br5") { Message = Some };
        var plan = Change(File.Replace("{ports", "{mac: \"02:00:00:00:00:77\", ports", StringComparison.Ordinal), neighbour);
        plan.Steps.Select(StepText.Of).ShouldContain($"restore {neighbour.Words}");
        Change(File, neighbour).Steps.ShouldNotContain(step => step.Verb == Verb.Restore);
    }

    [Fact]
    public void Somebodys_link_whose_MTU_falls_with_that_below_is_told()
    {
        var plan = Change(File.Replace("{ports", "{mtu: 1400, ports", StringComparison.Ordinal));
        plan.Steps.SelectMany(step => step.Disturbs).Where(one => one.Kind == "lowered").ShouldBeEmpty();
        Lowered("macvlan").ShouldContain(new Disturbance("vx0", "lowered"));
        Lowered("vxlan").ShouldNotContain(one => one.Kind == "lowered", "a VXLAN keeps its own");

        static IEnumerable<Disturbance> Lowered(string kind)
        {
            var (now, ledger) = Observed(kind);
            return Planner.Plan(ledger, Read(File.Replace("link: eth0,", "link: eth0, mtu: 1400,", StringComparison.Ordinal)), now).Steps.SelectMany(step => step.Disturbs);
        }
    }

    private static readonly Kept Hop = new(KeptKind.Nexthop, "br5", "nexthop id 9 dev br5") { Message = Some, Nexthop = 9 };

    [Fact]
    public void A_bridge_that_had_carrier_without_a_live_port_counts_them_with_its_MAC_and_nexthops_over_it_go()
    {
        var (now, ledger) = Observed();
        // Only the bridge has carrier: none of its ports is up.
        var alone = now with { Host = now.Host with { Kept = [Hop], Links = [.. now.Host.Links.Select(link => link.Name.Value is "eth0.5" or "tap0" ? link with { Settings = link.Settings.With(Table.Up, Value.Of(false)) } : link)] } };
        const string Down = "link: eth0, up: false,";
        var file = File.Replace("link: eth0,", Down, StringComparison.Ordinal);
        Planner.Plan(ledger, Read(file), alone).Steps.SelectMany(step => step.Disturbs).ShouldBeEmpty();
        Planner.Plan(ledger, Read(file.Replace("{ports", "{mac: \"02:00:00:00:00:77\", ports", StringComparison.Ordinal)), alone).Steps
            .Single(step => step is { Verb: Verb.Set, Object: "br5" }).Disturbs.ShouldContain(new Disturbance(Hop.Words, "goes"));
    }

    [Fact]
    public void Nexthops_go_when_the_port_that_carried_leaves_and_the_one_that_stays_hears_nobody()
    {
        var (now, ledger) = Observed();
        var bond = ShowObserved.Made(7, "bond0", LinkKind.Bond).With(master: "br5", ports: ["eth1"]);
        var host = now.Host with
        {
            Kept = [Hop],
            Links =
            [
                .. now.Host.Links.Where(link => link.Name.Value != "tap0").Select(link => link.Name.Value == "br5" ? link.With(ports: ["eth0.5", "bond0"]) : link),
                ShowObserved.Nic(8, "eth1").With(master: "bond0"),
                bond with { State = bond.State! with { Carrier = false } },
            ],
        };
        var without = File.Replace("{ports: [eth0.5]}", "{}", StringComparison.Ordinal);
        Told(host).ShouldContain(new Disturbance(Hop.Words, "goes"));
        Told(host with { Links = [.. host.Links.Select(link => link.Name.Value == "bond0" ? bond : link)] }).ShouldNotContain(new Disturbance(Hop.Words, "goes"));

        IEnumerable<Disturbance> Told(Host observed) => Planner.Plan(ledger, Read(without), now with { Host = observed }).Steps.SelectMany(step => step.Disturbs);
    }

    /// <summary>Until then it has carrier whatever its ports have (bond_set_carrier asks for links that it believes up).</summary>
    [Fact]
    public void A_bond_that_watched_nothing_loses_its_carrier_when_it_begins_and_the_nexthops_over_it_go()
    {
        var hop = Hop with { Link = "bond0" };
        var observed = new Host
        {
            Links =
            [
                ShowObserved.Nic(1, "eth0", master: "bond0", up: false, carrier: false),
                ShowObserved.Made(2, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.RoundRobin)), (BondLines.Miimon, Value.Of(0L)), (BondLines.ArpInterval, Value.Of(0L))).With(ports: ["eth0"]),
            ],
            Kept = [hop],
        };
        const string file = "version: 1\nnics: {eth0: {up: false}}\nbonds: {bond0: {ports: [eth0], miimon: 200}}\n";
        var steps = Planner.Plan(Ledger.Empty, Read(file), Observation.Of(observed)).Steps;
        steps.Single(step => step.Sends && step.Object == "bond0").Disturbs.ShouldContain(new Disturbance(hop.Words, "goes"));
    }

    [Fact]
    public void Over_a_bridge_whose_spanning_tree_must_listen_first_a_nexthop_is_not_put_back_but_told()
    {
        var (now, ledger) = Observed();
        var host = now.Host with { Kept = [Hop], Links = [.. now.Host.Links.Where(link => link.Name.Value != "tap0").Select(link => link.Name.Value == "br5" ? link.With(ports: ["eth0.5"]) : link)] };
        // The VLAN is made anew, and is a new port.
        var file = File.Replace("id: 5", "id: 6", StringComparison.Ordinal);
        Planner.Plan(ledger, Read(file), now with { Host = host }).Steps.Select(StepText.Of).ShouldContain($"restore {Hop.Words}");
        var listening = Planner.Plan(ledger, Read(file.Replace("{ports", "{stp: true, ports", StringComparison.Ordinal)), now with { Host = host }).Steps;
        listening.Select(StepText.Of).ShouldNotContain($"restore {Hop.Words}");
        listening.SelectMany(step => step.Disturbs).ShouldContain(new Disturbance(Hop.Words, "goes"));
    }

    [Fact]
    public void A_link_whose_frames_a_MACVLAN_takes_is_refused_as_a_port()
    {
        var plan = OverMacvlan(File);
        plan.IsRefused.ShouldBeTrue();
        plan.Findings.Single().Rule.ShouldBe("frames-taken");
        plan.Findings.Single().What.ShouldContain("mv0");
    }

    [Fact]
    public void A_MACVLAN_on_a_link_that_is_made_anew_as_a_port_goes_and_is_told()
    {
        var plan = OverMacvlan(File.Replace("id: 5", "id: 6", StringComparison.Ordinal));
        plan.IsRefused.ShouldBeFalse();
        plan.Steps.ShouldNotContain(step => step.Verb == Verb.Restore);
        plan.Steps.Single(step => step is { Verb: Verb.Remove, Object: "eth0.5" }).Disturbs.ShouldContain(new Disturbance("mv0", "goes"));
    }

    /// <summary>With a MACVLAN on a VLAN that is no port yet.</summary>
    private static Drawn OverMacvlan(string file)
    {
        var (now, ledger) = Observed();
        var macvlan = ShowObserved.Made(7, "mv0", LinkKind.Of("macvlan"));
        return Planner.Plan(ledger, Read(file), now with
        {
            Host = now.Host with
            {
                Kept = [new(KeptKind.Link, "eth0.5", "macvlan0") { Upper = "mv0", Message = Some }],
                Links =
                [
                    .. now.Host.Links.Where(link => link.Name.Value != "vx0").Select(link => link.Name.Value == "eth0.5" ? link with { State = link.State! with { Master = null } } : link.Name.Value == "br5" ? link.With(ports: ["tap0"]) : link),
                    macvlan with { State = macvlan.State! with { Lower = "eth0.5" } },
                ],
            },
        });
    }

    [Fact]
    public void What_a_vanishing_VLAN_takes_along_is_said_to_go_and_not_put_back()
    {
        var plan = Change("nics: {eth0: {}}\n", Queue, Entry, Vxlan);
        plan.IsRefused.ShouldBeFalse();
        plan.Steps.ShouldNotContain(step => step.Verb == Verb.Restore);
        plan.Steps.SelectMany(step => step.Disturbs).ShouldContain(new Disturbance("vx0", "goes"));
    }

    [Fact]
    public void What_could_not_come_back_is_an_error_that_can_be_forced()
    {
        var plan = Change(File.Replace("id: 5", "id: 6", StringComparison.Ordinal), Macvtap);
        plan.IsRefused.ShouldBeTrue();
        var finding = plan.Findings.Single();
        finding.Rule.ShouldBe("irreversible");
        finding.What.ShouldContain("macvtap0");
        finding.Why.ShouldBe("a guest holds it open");
        plan.Steps.SelectMany(step => step.Disturbs).ShouldContain(new Disturbance(Macvtap.Words, "irreversible"));
        new Drawing(Host.Empty, Observation.Of(Host.Empty), Ledger.Empty, plan).Forced(["irreversible"]).Plan.IsRefused.ShouldBeFalse();
    }

    [Fact]
    public void A_bridge_that_leaves_names_the_ports_of_others_that_it_leaves_behind()
    {
        var plan = Change("nics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\n");
        plan.Steps.Single(step => step is { Verb: Verb.Remove, Object: "br5" }).Disturbs.ShouldBe([new("br5", "goes"), new("tap0", "released")]);
    }

    [Fact]
    public void A_forgotten_link_stays_when_it_leaves_the_file_and_is_adopted_when_it_comes_again()
    {
        var (now, ledger) = Observed();
        var forgotten = ledger.Forget("br5")!;
        Planner.Plan(forgotten, Read("nics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\n"), now).Steps.Where(step => step.Sends && step.Object == "br5").ShouldBeEmpty();
        Planner.Plan(forgotten, Read(File), now).Steps.ShouldHaveSingleItem().ShouldSatisfyAllConditions(step => step.Verb.ShouldBe(Verb.Adopt), step => step.Object.ShouldBe("br5"));
        ledger.Forget("tap0").ShouldBeNull();
    }

    [Fact]
    public void What_the_last_file_said_of_a_link_that_somebody_made_anew_says_nothing_of_his()
    {
        var (now, ledger) = Observed();
        var said = ledger with { Last = Read(File.Replace("{ports: [eth0.5]}", "{ports: [eth0.5], stp: true}", StringComparison.Ordinal)) };
        var his = now with { Host = now.Host with { Links = [.. now.Host.Links.Select(link => link.Name.Value == "br5" ? link with { Settings = link.Settings.With(BridgeLines.Stp, Value.Of(true)), State = link.State! with { Index = 77 } } : link)] } };
        Planner.Plan(said, Read(File), now with { Host = his.Host with { Links = [.. his.Host.Links.Select(link => link.Name.Value == "br5" ? link with { State = link.State! with { Index = 4 } } : link)] } })
            .Steps.Where(step => step.Sends).Select(StepText.Of).ShouldBe(["set bridge br5: stp false"]);
        Planner.Plan(said, Read(File), his).Steps.Where(step => step.Sends).ShouldBeEmpty();
    }

    private static Drawn Change(string file, params Kept[] kept)
    {
        var (now, ledger) = Observed();
        return Planner.Plan(ledger, Read(file), now with { Host = now.Host with { Kept = [.. kept] } });
    }

    private static Host Read(string text) => HostFile.Read("host.yaml", text).Host!;

    private static (Observation Now, Ledger Ledger) Observed(string kind = "vxlan")
    {
        var nic = ShowObserved.Nic(2, "eth0");
        var mac = nic.Settings.Get(Table.Mac)!.Value;
        var vxlan = ShowObserved.Made(6, "vx0", LinkKind.Of(kind));
        var now = Observation.Of(new Host
        {
            Links =
            [
                nic with { Settings = nic.Settings.With(Table.Ipv6, Value.Of(false)) },
                ShowObserved.Made(3, "eth0.5", LinkKind.Vlan, (VlanLines.Lower, Value.Of("eth0")), (VlanLines.Id, Value.Of(5L)), (Table.Mac, mac)).With(master: "br5"),
                ShowObserved.Made(4, "br5", LinkKind.Bridge).With(ports: ["eth0.5", "tap0"]),
                ShowObserved.Made(5, "tap0", LinkKind.Of("tun")).With(master: "br5"),
                vxlan with { State = vxlan.State! with { Lower = "eth0.5" } },
            ],
        });
        var file = Read(File);
        return (now, new Ledger { Last = file }.Meeting(file, now.Host).After(file, now.Host));
    }
}
