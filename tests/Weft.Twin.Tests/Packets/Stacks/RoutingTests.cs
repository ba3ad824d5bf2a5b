// Where packets go: tables, rules, sources, routers, and what rp_filter makes of it.

using System.Net;
using Weft.Model;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class RoutingTests
{
    private readonly World world = new();

    private Machine Make(string name) => new(world, name);

    /// <summary>A host in VLAN 1 and one in VLAN 2, and a machine between them with an address in both.</summary>
    private (Machine One, Machine Router, Machine Other) Routed(bool routes)
    {
        var (one, router, other) = (Make("one"), Make("router"), Make("other"));
        var (trunk, second) = (router.Nic("eth0"), router.Nic("eth1"));
        var (a, b) = (one.Nic("eth0"), other.Nic("eth0"));
        _ = (a.To(trunk), b.To(second));
        trunk.Vlan(1).At("10.1.0.1/24", "fd01::1/64");
        second.Vlan(2).At("10.2.0.1/24", "fd02::1/64");
        a.Vlan(1).At("10.1.0.2/24", "fd01::2/64");
        b.Vlan(2).At("10.2.0.2/24", "fd02::2/64");
        one.Route("0.0.0.0/0", via: "10.1.0.1");
        one.Route("::/0", via: "fd01::1");
        other.Route("0.0.0.0/0", via: "10.2.0.1");
        other.Route("::/0", via: "fd02::1");
        (router.Stack.Forwards4, router.Stack.Forwards6) = (routes, routes);
        world.Open();
        return (one, router, other);
    }

    [Theory]
    [InlineData("10.2.0.2", true)]
    [InlineData("10.2.0.2", false)]
    [InlineData("fd02::2", true)]
    [InlineData("fd02::2", false)]
    public void AMachineBetweenTwoVlansRoutesWhereItForwards(string target, bool routes)
    {
        var (one, _, _) = Routed(routes);
        var ping = one.Pings(target);
        ping.WatchNext();
        world.Run(4.5);
        ping.Answered.ShouldBe(routes ? 5 : 0);
        world.Trace().Count(line => line.EndsWith("routed", StringComparison.Ordinal)).ShouldBe(routes ? 2 : 0);
        if (!routes)
            world.Hops[^1].Why.ShouldContain("does not route");
        world.Frames.Out.ShouldBe(0);
    }

    [Theory]
    [InlineData("10.9.0.2")]
    [InlineData("fd09::2")]
    public void ARouterSaysThatItKnowsNoWay(string target)
    {
        var (one, _, _) = Routed(routes: true);
        var ping = one.Pings(target);
        world.Run(4.5);
        ping.Told(Trouble.NetUnreachable).ShouldBe(5);
    }

    [Theory]
    [InlineData("10.2.0.9")]
    [InlineData("fd02::9")]
    public void ARouterSaysThatAHostDoesNotAnswer(string target)
    {
        var (one, _, _) = Routed(routes: true);
        var ping = one.Pings(target, every: 800 * VirtualTime.Millisecond);
        world.Run(3.5);
        // Those that waited when it was given up after 3 s: sent at 0, 0.8, 1.6 and 2.4 s. That of 3.2 s waits.
        (ping.Sent, ping.Told(Trouble.HostUnreachable)).ShouldBe((5, 4));
    }

    [Fact]
    public void TwoRoutersThatSendToEachOtherEndWithTimeExceeded()
    {
        var (one, left, right) = (Make("one"), Make("left"), Make("right"));
        one.Nic("eth0").At("10.1.0.2/24").To(left.Nic("eth0").At("10.1.0.1/24"));
        left.Nic("eth1").At("10.3.0.1/24").To(right.Nic("eth0").At("10.3.0.2/24"));
        one.Route("0.0.0.0/0", via: "10.1.0.1");
        left.Route("10.9.0.0/16", via: "10.3.0.2");
        right.Route("0.0.0.0/0", via: "10.3.0.1");
        (left.Stack.Forwards4, right.Stack.Forwards4) = (true, true);
        world.Open();
        var ping = one.Pings("10.9.0.1");
        world.Run(0.5);
        ping.Told(Trouble.TimeExceeded).ShouldBe(1);
        world.Frames.Out.ShouldBe(0);
    }

    /// <summary>A host with a default route over each of two routers, which both lead to the same far machine.</summary>
    private (Machine Host, Ping Ping, Nic Via1, Nic Via2) TwoDefaults(long rpFilter, params (string Via, long Metric)[] defaults)
    {
        var (host, first, second, far) = (Make("host"), Make("r1"), Make("r2"), Make("far"));
        var (via1, via2) = (host.Nic("eth0").At("10.1.0.2/24"), host.Nic("eth1").At("10.2.0.2/24"));
        via1.To(first.Nic("in").At("10.1.0.1/24"));
        via2.To(second.Nic("in").At("10.2.0.1/24"));
        far.Nic("a").At("10.8.0.1/24").To(first.Nic("out").At("10.8.0.2/24"));
        far.Nic("b").At("10.9.0.1/24").To(second.Nic("out").At("10.9.0.2/24"));
        far.Route("10.1.0.0/24", via: "10.8.0.2");
        far.Route("10.2.0.0/24", via: "10.9.0.2");
        foreach (var (router, to, via) in new[] { (first, "10.9.0.0/24", "10.8.0.1"), (second, "10.8.0.0/24", "10.9.0.1"), (first, "10.2.0.0/24", "10.8.0.1"), (second, "10.1.0.0/24", "10.9.0.1") })
        {
            router.Route(to, via: via);
            router.Stack.Forwards4 = true;
            foreach (var link in router.Links)
                router.Stack.Configure(link, new() { RpFilter = rpFilter });
        }
        far.Stack.Forwards4 = true;
        foreach (var (via, metric) in defaults)
            host.Route("0.0.0.0/0", via: via, metric: metric);
        world.Open();
        return (host, far.Pings("10.1.0.2", source: "10.8.0.1"), via1, via2);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void ReplacingTheDefaultMovesAllAnswersAndAStrictRouterDropsThem(long rpFilter, bool arrives)
    {
        var (_, ping, via1, via2) = TwoDefaults(rpFilter, ("10.2.0.1", 0));
        var (before1, before2) = (via1.Sent, via2.Sent);
        world.Run(4.5);
        ping.Answered.ShouldBe(arrives ? 5 : 0);
        // Over the first link only the answer to the router's ARP request.
        (via1.Sent - before1).ShouldBe(1);
        // A strict router does not even say its MAC to who asks from such an address.
        (via2.Sent - before2).ShouldBe(arrives ? 6 : 4);
    }

    [Fact]
    public void ASecondDefaultOfALargerMetricHarmsNobody()
    {
        var (_, ping, _, _) = TwoDefaults(1, ("10.2.0.1", 100), ("10.1.0.1", 0));
        world.Run(4.5);
        ping.Answered.ShouldBe(5);
    }

    [Fact]
    public void AnAddedDefaultOfTheSameMetricIsNotUsed()
    {
        var (_, ping, _, via2) = TwoDefaults(1, ("10.1.0.1", 0), ("10.2.0.1", 0));
        world.Run(4.5);
        ping.Answered.ShouldBe(5);
        via2.Sent.ShouldBe(0);
    }

    [Fact]
    public void ARuleOfTheSourceSendsAnswersBackOverTheirLink()
    {
        var (host, ping, via1, _) = TwoDefaults(1, ("10.2.0.1", 0));
        host.Route("0.0.0.0/0", via: "10.1.0.1", table: 100);
        host.Stack.Add(new PolicyRule(Text.At.Nowhere(100L)) { From = IpPrefix.Parse("10.1.0.2/32"), Priority = 1000 });
        world.Run(4.5);
        ping.Answered.ShouldBe(5);
        via1.Sent.ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public void RoutesAndNeighboursOfAVrfAreItsOwn()
    {
        var (host, one, other) = (Make("host"), Make("one"), Make("other"));
        var (plain, inside) = (host.Nic("eth0"), host.Nic("eth1"));
        var red = new Vrf(host, "red", 9, 1000);
        host.Add(red);
        red.Join(inside);
        // The same network twice, as VRFs are for.
        plain.At("10.0.0.1/24").To(one.Nic("eth0").At("10.0.0.2/24"));
        inside.At("10.0.0.1/24").To(other.Nic("eth0").At("10.0.0.2/24"));
        other.Find("eth0").ShouldNotBeNull().At("10.5.0.1/32");
        host.Route("10.5.0.0/16", via: "10.0.0.2", over: "eth1", table: 1000);
        world.Open();
        var (outside, within, far, missing) = (host.Pings("10.0.0.2"), host.Pings("10.0.0.2", over: red), host.Pings("10.5.0.1", over: red), host.Pings("10.5.0.1"));
        var back = other.Pings("10.0.0.1");
        world.Run(4.5);
        (outside.Answered, within.Answered, far.Answered, back.Answered).ShouldBe((5, 5, 5, 5));
        missing.Refused.ShouldBe(5);
        (plain.Sent, inside.Sent).ShouldBe((6, 3 * 5 + 2));
    }

    [Fact]
    public void FlowsAreSpreadOverTheWaysOfARouteAndEachStaysOnItsOwn()
    {
        var (host, peer) = (Make("host"), Make("peer"));
        for (var i = 0; i < 2; i++)
            host.Nic($"eth{i}").At($"10.{i}.0.1/24").To(peer.Nic($"eth{i}").At($"10.{i}.0.2/24"));
        host.Stack.Add(new Route(Text.At.Nowhere(IpPrefix.Parse("10.5.0.0/16")))
        {
            Nexthops = [new(Text.At.Nowhere(IPAddress.Parse("10.0.0.2")), Text.At.Nowhere("eth0")) { Weight = 3 }, new(Text.At.Nowhere(IPAddress.Parse("10.1.0.2")), Text.At.Nowhere("eth1"))],
        });
        for (var i = 0; i < 100; i++)
            peer.Get<Nic>("eth0").At($"10.5.0.{i}/32");
        world.Open();
        var pings = Enumerable.Range(0, 100).Select(i => host.Pings($"10.5.0.{i}")).ToList();
        world.Run(1.5);
        pings.ShouldAllBe(ping => ping.Answered == 2);
        var (first, second) = (host.Get<Nic>("eth0"), host.Get<Nic>("eth1"));
        first.Sent.ShouldBeInRange(2 * 60, 2 * 90);
        second.Sent.ShouldBeInRange(2 * 10, 2 * 40 + 1);
        // A way whose link goes down leaves the others, and is back with it.
        second.Close();
        world.Run(1.5);
        pings.ShouldAllBe(ping => ping.Refused == 0);
        host.Stack.RouteTo(IPAddress.Parse("10.1.0.2"), null).ShouldBeNull();
    }

    [Fact]
    public void RoutesGoWithTheirLinkAndOnlyConnectedOnesComeBack()
    {
        var (one, _, _) = Routed(routes: true);
        var vlan = one.Get<VlanDev>("eth0.1");
        vlan.Close();
        vlan.Open();
        var (near, far) = (one.Pings("10.1.0.1"), one.Pings("10.2.0.2"));
        var six = one.Pings("fd01::1");
        world.Run(0.5);
        (near.Answered, far.Refused).ShouldBe((1, 1));
        // IPv6 addresses do not outlive it either (keep_addr_on_down).
        six.Refused.ShouldBe(1);
    }

    [Fact]
    public void OfTwoLinksInOneNetworkTheFirstIsUsedUntilItWasDown()
    {
        var (host, peer) = (Make("host"), Make("peer"));
        for (var i = 0; i < 2; i++)
            host.Nic($"eth{i}").At($"10.7.0.{i + 1}/24").To(peer.Nic($"eth{i}"));
        world.Open();
        (Netdev, IPAddress?)? Way() => host.Stack.RouteTo(IPAddress.Parse("10.7.0.9"), null);
        var (first, second) = (host.Get<Nic>("eth0"), host.Get<Nic>("eth1"));
        Way().ShouldBe((first, IPAddress.Parse("10.7.0.1")));
        first.Close();
        Way().ShouldBe((second, IPAddress.Parse("10.7.0.2")));
        first.Open();
        Way().ShouldBe((second, IPAddress.Parse("10.7.0.2")));
        host.Stack.RouteTo(IPAddress.Parse("10.7.0.9"), first).ShouldBe((first, IPAddress.Parse("10.7.0.1")));
    }

    [Fact]
    public void AnIpv4RouteStaysWithoutCarrierUnlessItIsToBePassedOver()
    {
        var (host, one, other) = (Make("host"), Make("one"), Make("other"));
        var cable = host.Nic("eth0").At("10.1.0.1/24").To(one.Nic("eth0"));
        host.Nic("eth1").At("10.2.0.1/24").To(other.Nic("eth0"));
        host.Route("10.5.0.0/16", via: "10.1.0.2");
        host.Route("10.5.0.0/16", via: "10.2.0.2", metric: 100);
        world.Open();
        cable.Break();
        Netdev Over() => host.Stack.Router.Lookup(IpAddr.Of(IPAddress.Parse("10.5.0.1")), default, null, null, out var found) ? found.Way.Device : throw new InvalidOperationException();
        Over().Name.ShouldBe("eth0");
        host.Stack.Configure(host.Get<Nic>("eth0"), new() { IgnoresLinkdown4 = true });
        Over().Name.ShouldBe("eth1");
        cable.Mend();
        Over().Name.ShouldBe("eth0");
    }

    [Fact]
    public void TheSourceIsTheRoutesOwnElseTheFirstPrimaryOfTheLink()
    {
        var host = Make("host");
        host.Nic("eth0").At("10.1.0.9/24", "10.1.0.1/24", "10.2.0.1/24").To(Make("other").Nic("eth0"));
        host.Route("10.5.0.0/16", via: "10.1.0.2");
        host.Route("10.6.0.0/16", via: "10.2.0.2");
        host.Route("10.7.0.0/16", via: "10.2.0.2", source: "10.1.0.1");
        host.Route("10.8.0.0/16", over: "eth0");
        world.Open();
        string From(string to)
        {
            var from = default(IpAddr);
            return host.Stack.Output.Find(IpAddr.Of(IPAddress.Parse(to)), ref from, null, out _) ? from.ToString() : "none";
        }
        (From("10.1.0.2"), From("10.2.0.2"), From("10.5.0.1"), From("10.6.0.1"), From("10.7.0.1"), From("10.8.0.1"), From("10.9.0.1"))
            .ShouldBe(("10.1.0.9", "10.2.0.1", "10.1.0.9", "10.2.0.1", "10.1.0.1", "10.1.0.9", "none"));
        host.Stack.RouteTo(IPAddress.Parse("10.2.0.7"), null).ShouldBe((host.Get<Nic>("eth0"), IPAddress.Parse("10.2.0.1")));
        host.Stack.RouteTo(IPAddress.Parse("10.8.0.7"), null).ShouldBe((host.Get<Nic>("eth0"), null));
        // A bond's monitor asks for no router.
        host.Stack.RouteTo(IPAddress.Parse("10.5.0.7"), null).ShouldBeNull();
    }
}
