// Which probes a change asks, and how long they may take: files on twins, and plans as the planner draws them.

using System.Text;
using System.Text.Json;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Reach;
using Weft.Show;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests.Reach;

public sealed class ProbesTests
{
    private const string OnNic = """
        nics: {eth0: {addresses: [10.0.0.2/24], gateway: 10.0.0.1}, eth1: {}}
        """;

    private const string OnBridge = """
        nics: {eth0: {}, eth1: {}}
        bridges: {br0: {ports: [eth0], addresses: [10.0.0.2/24], gateway: 10.0.0.1}}
        probes: [{ping: 10.9.9.9}, {tcp: "2001:db8::53", port: 53}, {ping: 10.9.9.9}]
        """;

    [Fact]
    public void A_gateway_that_moves_to_a_bridge_is_asked_on_the_NIC_before_and_on_the_bridge_after()
    {
        var asked = Change(OnNic, OnBridge).Probes;
        asked.Select(one => $"{one.Before} > {one.After}").ShouldBe(
        [
            "gateway 10.0.0.1 on eth0 by ARP > gateway 10.0.0.1 on br0 by ARP",
            "ping 10.9.9.9 > ping 10.9.9.9",
            "tcp [2001:db8::53]:53 > tcp [2001:db8::53]:53",
            "carrier of eth0 > carrier of eth0",
            "carrier of eth1 > carrier of eth1",
        ]);
        asked[0].After.Place.IsSomewhere.ShouldBeTrue();
    }

    [Fact]
    public void A_gateway_of_which_the_host_knows_nothing_cannot_be_asked_before()
    {
        var asked = Change(null, OnNic).Probes;
        asked[0].After.ToString().ShouldBe("gateway 10.0.0.1 on eth0 by ARP");
        asked[0].Before.ShouldBeNull();
    }

    [Fact]
    public void A_gateway_to_come_whose_network_the_host_is_in_already_is_asked_there() =>
        Change("nics: {eth0: {addresses: [10.0.0.2/24]}}", OnNic).Probes[0].Before!.ToString().ShouldBe("gateway 10.0.0.1 on eth0 by ARP");

    [Fact]
    public void A_gateway_that_left_the_file_is_not_asked_for() =>
        Change(OnNic, "nics: {eth0: {addresses: [10.0.0.2/24]}, eth1: {}}").Probes.ShouldAllBe(asked => asked.After.Kind == ProbeKind.Carrier);

    [Fact]
    public void A_default_route_of_others_is_asked_for_as_long_as_its_link_leads_somewhere()
    {
        var now = Observed(ShowObserved.Nic(2, "eth0"), ShowObserved.Nic(3, "eth1")) with { Routes = [ShowObserved.Default("192.0.2.1", "eth1", protocol: 16)] };
        Gateways(Probes.Of(Read("nics: {eth0: {}, eth1: {}}"), now, [])).ShouldBe(["gateway 192.0.2.1 on eth1 by ARP > gateway 192.0.2.1 on eth1 by ARP"]);
        Gateways(Probes.Of(Read("nics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth1]}}"), now, [])).ShouldBeEmpty();
        Gateways(Probes.Of(Read("nics: {eth0: {}}"), now, [new Step.OfLink(Verb.Release, "eth1", LinkKind.Nic, Settings.Empty, Place.None)])).ShouldBeEmpty();
        Gateways(Probes.Of(Read("nics: {eth0: {}}"), now, [new Step.OfRoute(Verb.Remove, now.Routes[0], Place.None)])).ShouldBeEmpty();
        Gateways(Probes.Of(Read("nics: {eth0: {}, eth1: {up: false}}"), now, [])).ShouldBeEmpty();
    }

    [Fact]
    public void A_router_that_announced_itself_is_not_asked_for_where_IPv6_is_switched_off()
    {
        var now = Observed(ShowObserved.Nic(2, "eth0")) with { Routes = [ShowObserved.Default("fe80::1", "eth0", protocol: 9)] };
        var next = Read("nics: {eth0: {ipv6: false}}");
        Gateways(Probes.Of(next, now, [])).ShouldHaveSingleItem();
        Gateways(Probes.Of(next, now, [new Step.OfLink(Verb.Set, "eth0", LinkKind.Nic, Settings.Empty.With(Table.Ipv6, Value.Of(false)), Place.None)])).ShouldBeEmpty();
    }

    [Fact]
    public void A_link_local_gateway_is_known_again_by_the_NICs_beneath()
    {
        var now = Observed(ShowObserved.Nic(2, "eth0"), ShowObserved.Nic(3, "eth1")) with { Routes = [ShowObserved.Default("fe80::1", "eth0"), ShowObserved.Default("fe80::1", "eth1")] };
        var next = Read("""
            nics: {eth0: {}, eth1: {}}
            bridges: {br0: {ports: [eth1], ipv6: true}}
            routes: [{to: default, via: "fe80::1", link: br0}]
            """);
        Gateways(Probes.Of(next, now, [])).ShouldBe(["gateway fe80::1 on eth1 by ND > gateway fe80::1 on br0 by ND", "gateway fe80::1 on eth0 by ND > gateway fe80::1 on eth0 by ND"]);
    }

    [Fact]
    public void Each_port_of_an_LACP_bond_is_asked_for_its_partner_under_the_bond_that_it_is_in()
    {
        var next = Read("nics: {eth0: {}, eth1: {}, eth2: {up: false}}\nbonds: {agg: {ports: [eth0, eth1], mode: 802.3ad}}");
        var bond = ShowObserved.Made(5, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.Lacp))).With(ports: ["eth0"]);
        var now = Observed(ShowObserved.Nic(2, "eth0", "bond0"), ShowObserved.Nic(3, "eth1"), bond);
        Probes.Of(next, now, []).Select(asked => $"{asked.Before} > {asked.After}").ShouldBe(
        [
            "carrier of eth0 > carrier of eth0", "carrier of eth1 > carrier of eth1",
            "LACP partner of eth0 in bond0 > LACP partner of eth0 in agg", " > LACP partner of eth1 in agg",
        ]);
    }

    [Fact]
    public void A_plan_shows_in_two_lines_what_is_asked_and_how_long_it_may_take()
    {
        var (probes, patience) = Change(OnNic, OnBridge);
        var lines = ProbeText.Of(probes, patience).Select(line => line.ToString()).ToList();
        lines.Count.ShouldBe(2);
        lines[0].ShouldBe("5 probes: what passes before must pass after: gateway 10.0.0.1 on br0 by ARP, ping 10.9.9.9, tcp [2001:db8::53]:53, carrier of eth0, carrier of eth1");
        lines[1].ShouldEndWith("an answer, 5 s");
        ProbeText.Of([], patience).ShouldBeEmpty();
    }

    [Fact]
    public void The_document_has_every_probe_and_every_wait_with_its_source()
    {
        var (probes, patience) = Change(OnNic, OnBridge);
        using var stream = new MemoryStream();
        using (var to = new Utf8JsonWriter(stream))
            ProbeText.WriteJson(to, probes, patience);
        var document = JsonDocument.Parse(Encoding.UTF8.GetString(stream.ToArray())).RootElement;
        document.GetProperty("asked").EnumerateArray().Select(probe => probe.GetProperty("text").GetString()).ShouldBe(probes.Select(asked => asked.After.ToString()));
        document.GetProperty("asked")[2].GetProperty("port").GetInt32().ShouldBe(53);
        document.GetProperty("at_most_ms").GetInt64().ShouldBe((long)patience.Total.TotalMilliseconds);
        document.GetProperty("waits").EnumerateArray().Sum(wait => wait.GetProperty("ms").GetInt64()).ShouldBe((long)patience.Total.TotalMilliseconds);
        document.GetProperty("waits").EnumerateArray().ShouldAllBe(wait => wait.GetProperty("source").GetString()!.Length > 0);
    }

    private static IEnumerable<string> Gateways(IEnumerable<Asked> probes) => probes.Where(asked => asked.After.Kind == ProbeKind.Gateway).Select(asked => $"{asked.Before} > {asked.After}");

    private static Host Observed(params Link[] links) => new() { Links = [.. links] };

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        return reading.Host!;
    }

    /// <summary>What is asked, and how long it takes, when a twin goes from one file to another.</summary>
    private static (IReadOnlyList<Asked> Probes, Patience Patience) Change(string? from, string to)
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        var ledger = Ledger.Empty;
        if (from is not null)
            (_, ledger) = Carried.Out(Walk.Plan(Read(from), kernel, ledger, new Timings()), kernel, new Timings());
        var next = Read(to);
        var now = kernel.Observe();
        var plan = Planner.Plan(ledger, next, now);
        return (Probes.Of(next, now.Host, plan.Steps), Patience.Of(next, now.Host, plan.Steps));
    }
}
