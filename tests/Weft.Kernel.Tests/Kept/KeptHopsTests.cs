// Addresses, neighbours, nexthops and routes over them come back with all they say, also where the link has another index.

using Weft.Model;
using Weft.Plan;
using Weft.Text;

namespace Weft.Kernel.Tests;

public sealed class KeptHopsTests
{
    private const string Anew = "ip link del d0\nip link add d0 address 02:00:00:00:07:01 type dummy\nip link set d0 up";

    [Fact]
    public void Addresses_come_back_with_label_broadcast_peer_and_metric()
    {
        using var host = new KeptHost("addresses", "eth0");
        host.Others("""
            ip link add d0 address 02:00:00:00:07:01 type dummy
            ip link set d0 up
            ip address add 10.1.0.1/24 broadcast + dev d0 label d0:a
            ip address add 10.1.0.2/24 dev d0
            ip address add 10.2.0.1 peer 10.2.0.9/32 dev d0 scope link
            ip address add 10.3.0.1/24 dev d0 metric 50 noprefixroute
            ip address add 2001:db8:1::1/64 dev d0 nodad metric 77
            ip address add 2001:db8:2::1 peer 2001:db8:2::2/128 dev d0 nodad
            ip address add 2001:db8:3::1/64 dev d0 nodad noprefixroute home
            ip address add 10.4.0.1/24 dev d0 valid_lft 3600 preferred_lft 1800
            """);
        var kept = host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Address).ToList();
        kept.Count.ShouldBe(7);
        kept.ShouldAllBe(thing => thing.Address != null);
        kept.ShouldContain(thing => thing.Words == "10.2.0.1/32 peer 10.2.0.9 dev d0");
        host.Others("ip address del 10.4.0.1/24 dev d0");
        host.ComesBack(Anew, thing => thing.Kind == KeptKind.Address, "ip -d -j address", "ip -j route show table all", "ip -6 -j route show dev d0 proto kernel");
    }

    [Fact]
    public void Neighbours_that_somebody_entered_come_back()
    {
        using var host = new KeptHost("neighbours", "eth0");
        host.Others("""
            ip link add d0 address 02:00:00:00:07:01 type dummy
            ip link set d0 up
            ip link set d0 arp on
            ip neighbour add 10.1.0.254 lladdr 02:00:00:00:03:01 dev d0 nud permanent
            ip neighbour add 2001:db8:1::fe lladdr 02:00:00:00:03:02 dev d0 nud permanent router
            ip neighbour add 10.1.0.253 lladdr 02:00:00:00:03:03 dev d0 nud reachable extern_learn
            ip neighbour add proxy 10.1.0.99 dev d0
            ip neighbour add proxy 2001:db8:1::99 dev d0
            ip neighbour add 10.1.0.252 lladdr 02:00:00:00:03:04 dev d0 nud stale
            """);
        host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Neighbour).Select(thing => thing.Words).Order(StringComparer.Ordinal).ShouldBe(
        [
            "neighbour 10.1.0.253 dev d0 lladdr 02:00:00:00:03:03 extern_learn",
            "neighbour 10.1.0.254 dev d0 lladdr 02:00:00:00:03:01 PERMANENT",
            "neighbour 10.1.0.99 dev d0 proxy",
            "neighbour 2001:db8:1::99 dev d0 proxy",
            "neighbour 2001:db8:1::fe dev d0 lladdr 02:00:00:00:03:02 router PERMANENT",
        ]);
        host.Others("ip neighbour del 10.1.0.252 dev d0");
        host.ComesBack(Anew, thing => thing.Kind == KeptKind.Neighbour, "ip -j neighbour show nud permanent", "ip -j neighbour show proxy", "ip -6 -j neighbour show proxy");
    }

    [Fact]
    public void Nexthops_their_groups_and_the_routes_over_them_come_back()
    {
        using var host = new KeptHost("nexthops", "eth0");
        host.Others("""
            ip link set eth0 up
            ip address add 10.5.0.1/24 dev eth0
            ip link add d0 address 02:00:00:00:07:01 type dummy
            ip link set d0 up
            ip address add 10.1.0.1/24 dev d0
            ip address add 2001:db8:1::1/64 dev d0 nodad
            ip nexthop add id 5 via 10.1.0.251 dev d0
            ip nexthop add id 6 via 10.5.0.250 dev eth0
            ip nexthop add id 7 via 2001:db8:1::9 dev d0 onlink protocol bird
            ip nexthop add id 8 dev d0
            ip nexthop add id 10 group 5,3/6
            ip nexthop add id 11 group 5 type resilient buckets 16 idle_timer 90
            ip route add 10.7.0.0/16 nhid 5
            ip route add 10.8.0.0/16 nhid 10 protocol bird
            ip -6 route add 2001:db8:7::/48 nhid 7
            ip route add 198.51.100.0/24 nexthop via 10.1.0.252 dev d0 weight 2 nexthop via 10.5.0.252 dev eth0 weight 1
            ip -6 route add 2001:db8:3::/48 nexthop via 2001:db8:1::fd dev d0 nexthop via 2001:db8:1::fc dev d0 weight 3
            """);
        string[] questions = ["ip -d -j nexthop", "ip -d -j route show table all", "ip -6 -j route show proto bird", "ip -6 -j route show 2001:db8:7::/48", "ip -6 -j route show 2001:db8:3::/48"];
        host.SpeaksIpv6("eth0", "d0");
        var before = questions.Select(host.Say).ToList();
        var observed = host.Observe();
        observed.Routes.Single(route => route.To.Value.ToString() == "198.51.100.0/24").Links.ShouldBe(["d0", "eth0"]);
        observed.Kept.Where(thing => thing.Kind == KeptKind.NexthopGroup).Select(thing => $"{thing.Link}: {thing.Words}").Order(StringComparer.Ordinal)
            .ShouldBe(["d0: nexthop id 10 group 5,3/6", "d0: nexthop id 11 group 5", "eth0: nexthop id 10 group 5,3/6"]);
        host.Others(Anew);
        host.Observe().Routes.ShouldNotContain(route => route.To.Value.ToString() == "10.7.0.0/16");
        host.Execute(observed.Kept.Where(thing => thing.Link == "d0").OrderBy(thing => thing.Kind).Select(thing => (Step)new Step.OfKept(thing))
            .Concat(observed.Routes.Where(route => !route.Plain || route.Uses("d0")).Select(route => new Step.OfRoute(Verb.Restore, route, Place.None)))).ShouldBeEmpty();
        host.SpeaksIpv6("eth0", "d0");
        for (var at = 0; at < questions.Length; at++)
            Assert.Equal(KeptHost.Facts(before[at]), KeptHost.Facts(host.Say(questions[at])));
    }

    [Fact]
    public void Groups_of_a_bridge_port_come_back()
    {
        using var host = new KeptHost("groups", "eth0");
        host.Others("""
            ip link add br0 type bridge vlan_filtering 1 mcast_snooping 1
            ip link set br0 up
            ip link set eth0 up
            ip link set eth0 master br0
            bridge vlan add dev eth0 vid 100
            bridge mdb add dev br0 port eth0 grp 239.1.1.1 permanent vid 100
            bridge mdb add dev br0 port eth0 grp ff05::99 permanent vid 100
            bridge mdb add dev br0 port eth0 grp 239.1.1.2 src 10.1.0.9 permanent vid 100
            bridge mdb add dev br0 port eth0 grp 01:00:5e:05:05:05 permanent
            """);
        host.Forwards("eth0");
        host.Others("bridge mdb add dev br0 port eth0 grp 239.1.1.3 temp");
        host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Group).Select(thing => thing.Words).Order(StringComparer.Ordinal).ShouldBe(
        [
            "mdb dev br0 port eth0 grp 01:00:5e:05:05:05 permanent vid 1",
            "mdb dev br0 port eth0 grp 01:00:5e:05:05:05 permanent vid 100",
            "mdb dev br0 port eth0 grp 239.1.1.1 permanent vid 100",
            "mdb dev br0 port eth0 grp 239.1.1.2 src 10.1.0.9 permanent vid 100",
            "mdb dev br0 port eth0 grp ff05::99 permanent vid 100",
        ]);
        var before = Permanent();
        var kept = host.Observe().Kept.Where(thing => thing.Link == "eth0" && thing.Master == "br0").ToList();
        host.Others("ip link set eth0 nomaster\nip link set eth0 master br0");
        Permanent().ShouldBeEmpty();
        host.Execute(kept.OrderBy(thing => thing.Kind).Select(thing => new Step.OfKept(thing))).ShouldBeEmpty();
        Permanent().ShouldBe(before);

        List<string> Permanent() => [.. host.Say("bridge mdb show").Split('\n').Where(line => line.Contains("permanent", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void Remotes_of_a_VXLAN_come_back()
    {
        using var host = new KeptHost("remotes", "eth0");
        host.Others("""
            ip link set eth0 up
            ip link add vx0 address 02:00:00:00:07:01 type vxlan id 42 dstport 4789 local 10.0.0.1
            ip link set vx0 up
            bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.2 self permanent
            bridge fdb append 00:00:00:00:00:00 dev vx0 dst 10.0.0.3 self permanent
            bridge fdb add 02:00:00:00:04:01 dev vx0 dst 10.0.0.4 self permanent
            bridge fdb add 02:00:00:00:04:02 dev vx0 dst 10.0.0.5 port 9999 vni 77 via eth0 self static
            bridge fdb add 02:00:00:00:04:03 dev vx0 dst 10.0.0.6 self extern_learn
            """);
        host.ComesBack("ip link del vx0\nip link add vx0 address 02:00:00:00:07:01 type vxlan id 42 dstport 4789 local 10.0.0.1\nip link set vx0 up",
            thing => thing is { Kind: KeptKind.Forwarding, Link: "vx0" }, "bridge -j -d fdb show dev vx0");
    }
}
