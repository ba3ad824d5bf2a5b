// The routes of a machine are those of the state that it was made of: each once, in the order of the state, and none that the state has lost.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.Text;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class RouteTests
{
    private const string Host =
        """
        nics:
          eth0: {addresses: [10.0.0.11/24, 10.0.0.12/24, "2001:db8::11/64"], gateway: 10.0.0.1}
          eth1: {addresses: [10.0.0.21/24, 10.1.0.21/24, "2001:db8::21/64"]}
          eth2: {up: false, addresses: [10.2.0.11/24]}
          eth3: {addresses: [10.3.0.11/24]}
        vrfs: {red: {table: 100, ports: [eth3]}}
        routes:
          - {to: 10.9.0.0/16, via: 10.1.0.1, metric: 5}
          - {to: "2001:db8:9::/48", nexthops: [{via: "2001:db8::1", link: eth0}, {via: "2001:db8::2", link: eth1}]}

        """;

    [Fact]
    public void A_connected_route_that_another_replaced_does_not_come_back()
    {
        var twin = Applied(Host);
        var replacing = new Route(At.Nowhere(IpPrefix.Parse("10.1.0.0/24"))) { Link = At.Nowhere("eth0"), Via = null };
        twin.Execute([new Step.OfRoute(Verb.Set, replacing, Place.None)]).ShouldAllBe(answer => answer == null);
        var machine = Open(twin);

        Leads(machine, "10.1.0.9").ShouldBe("eth0");
        machine.Stack.Router.Table(Route.MainTable).Routes.ToArray().Count(route => $"{route.To}" == "10.1.0.0/24").ShouldBe(1);
    }

    [Fact]
    public void Of_two_links_in_one_network_the_one_is_used_whose_route_the_state_has_first()
    {
        var (first, second) = (Applied(Host), Applied(Host));
        var routes = second.Net.Fib.Routes;
        var connected = routes.First(route => $"{route.To}" == "10.0.0.0/24");
        routes.Remove(connected);
        routes.Add(connected);

        Leads(Open(first), "10.0.0.9").ShouldBe(connected.Link!.Value);
        Leads(Open(second), "10.0.0.9").ShouldBe(connected.Link.Value == "eth0" ? "eth1" : "eth0");
    }

    [Fact]
    public void A_machine_has_the_routes_of_its_state_and_besides_only_those_of_link_local_networks()
    {
        var twin = Applied(Host);
        var stack = Open(twin).Stack;

        var there = stack.Router.Tables.SelectMany(table => table.Routes.ToArray().Select(route => Text(table.Number, $"{route.To}", route.Metric, route.Ways.Select(way => way.Device.Name)))).ToList();
        there.RemoveAll(route => route.Contains(" fe80::/64 ", StringComparison.Ordinal)).ShouldBe(3);
        there.Order(StringComparer.Ordinal).ShouldBe(twin.Net.Fib.Routes.Select(route => Text(route.Table, $"{route.To}".Replace("default", "0.0.0.0/0", StringComparison.Ordinal), route.EffectiveMetric, route.Links)).Order(StringComparer.Ordinal));
        there.ShouldNotContain(route => route.Contains("10.2.0.0", StringComparison.Ordinal), "eth2 is down");
    }

    [Fact]
    public void A_connected_route_says_the_links_first_address_of_its_network_as_source()
    {
        var stack = Open(Applied(Host)).Stack;
        stack.Router.Lookup(IpAddr.Of(System.Net.IPAddress.Parse("10.1.0.9")), default, null, null, out var found).ShouldBeTrue();

        found.Route.Source.ShouldBe(IpAddr.Of(System.Net.IPAddress.Parse("10.1.0.21")));
    }

    private static string Text(long table, string to, long metric, IEnumerable<string> links) => FormattableString.Invariant($"{table} {to} {metric} {string.Join(' ', links)}");

    private static TwinKernel Applied(string text)
    {
        var (host, findings) = (Stages.Host(text).Host, new List<Finding>());
        var twin = Twin.Scenes.Applied.To(host, [.. host.Of(LinkKind.Nic).Select((nic, at) => (nic.Name.Value, $"52:54:00:00:00:0{at}"))], findings);
        return twin.ShouldNotBeNull(string.Join('\n', findings));
    }

    private static Machine Open(TwinKernel twin)
    {
        var machine = Machines.Of(new World(), "kvm1", twin.Net);
        Machines.Open(machine, twin.Net);
        return machine;
    }

    private static string Leads(Machine machine, string to)
    {
        machine.Stack.Router.Lookup(IpAddr.Of(System.Net.IPAddress.Parse(to)), default, null, null, out var found).ShouldBeTrue();
        return found.Way.Device.Name;
    }
}
