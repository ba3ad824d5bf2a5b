// Links that stand on others go when those go, and come back as they were: VLANs, QinQ, MACVLAN, VXLAN, IPVLAN, tunnels. What
// cannot come back is said to be lost for good.

using Weft.Model;
using Weft.Plan;

namespace Weft.Kernel.Tests;

public sealed class KeptLinksTests
{
    [Fact]
    public void Upper_links_of_every_kind_come_back()
    {
        using var host = new KeptHost("uppers", "eth0");
        host.Others("""
            ip link add bond0 address 02:00:00:00:07:01 type bond mode active-backup
            ip link set bond0 up
            ip link add br9 type bridge
            ip link set br9 up
            ip link add link bond0 name bond0.77 type vlan id 77 loose_binding on egress-qos-map 1:5 ingress-qos-map 3:4
            ip link set bond0.77 up
            ip link set bond0.77 master br9
            ip link add link bond0 name svlan address 02:00:00:00:07:02 mtu 1400 type vlan protocol 802.1ad id 300
            ip link set svlan up
            ip link add link svlan name svlan.5 type vlan id 5
            ip link add link bond0 name mv0 address 02:00:00:00:07:03 type macvlan mode bridge
            ip link set mv0 up
            ip link add link bond0 name mv1 address 02:00:00:00:07:04 type macvlan mode source macaddr set 02:00:00:00:08:01 02:00:00:00:08:02
            ip link add name vx0 address 02:00:00:00:07:05 type vxlan id 42 group 239.1.1.1 dev bond0 dstport 4789 ttl 5 nolearning
            ip link set vx0 up
            ip link add name vx1 address 02:00:00:00:07:06 type vxlan id 43 remote 2001:db8::9 local 2001:db8::1 dev bond0 dstport 4790 ttl inherit udp6zerocsumtx
            ip link set dev bond0.77 alias somebodys
            ip link property add dev svlan altname somebodys-service
            ip link set dev mv0 group 7
            ip link set dev mv0 txqueuelen 500
            """);
        host.Observe().Find("vx0")!.State!.Lower.ShouldBe("bond0");
        host.Observe().Find("svlan.5")!.State!.Lower.ShouldBe("svlan");
        host.ComesBack("ip link del bond0\nip link add bond0 address 02:00:00:00:07:01 type bond mode active-backup\nip link set bond0 up", thing => thing.Kind is KeptKind.Link or KeptKind.Mark, "ip -d -j link");
    }

    [Fact]
    public void An_ipvlan_comes_back_and_a_tunnel_is_bound_again()
    {
        using var host = new KeptHost("tunnels", "eth0");
        host.Others("""
            ip link add d0 address 02:00:00:00:07:01 type dummy
            ip link set d0 up
            ip link add link d0 name iv0 type ipvlan mode l3
            ip link add gre9 type gre local 10.0.0.1 remote 10.0.0.2 key 5 ttl 9 dev d0
            ip link add gt9 address 02:00:00:00:07:02 type gretap local 10.0.0.1 remote 10.0.0.3 dev d0
            ip link add ip9 type ipip local 10.0.0.1 remote 10.0.0.4 dev d0
            """);
        host.ComesBack("ip link del d0\nip link add d0 address 02:00:00:00:07:01 type dummy\nip link set d0 up", thing => thing.Kind == KeptKind.Link, "ip -d -j link");
    }

    [Fact]
    public void The_port_that_takes_over_for_another_comes_back()
    {
        const string Bridge = "ip link add br0 address 02:00:00:00:07:01 type bridge\nip link set br0 up\nip link set eth0 master br0\nip link set eth1 master br0\n";
        using var host = new KeptHost("options", "eth0", "eth1");
        host.Others($"{Bridge}ip link set eth0 up\nip link set eth1 up");
        host.Observe().Kept.ShouldNotContain(thing => thing.Kind == KeptKind.Mark);
        host.Others("bridge link set dev eth0 backup_port eth1");
        host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Mark).ShouldHaveSingleItem().Words.ShouldBe("backup_port eth1 dev eth0 master br0");
        host.Forwards("eth0");
        host.Forwards("eth1");
        host.ComesBack($"ip link del br0\n{Bridge}", thing => thing.Kind == KeptKind.Mark, "bridge -d -j link show");
    }

    [Fact]
    public void What_is_on_a_link_itself_comes_back()
    {
        using var host = new KeptHost("marks", "eth0");
        host.Others("""
            ip link add br0 address 02:00:00:00:07:01 type bridge
            ip link set dev br0 alias a-bridge
            ip link set dev br0 txqueuelen 77
            ip link property add dev br0 altname the-bridge-of-somebody altname another
            ip link set dev br0 group 9
            """);
        host.ComesBack("ip link del br0\nip link add br0 address 02:00:00:00:07:01 type bridge", thing => thing.Link == "br0" && thing.Kind == KeptKind.Mark, "ip -d -j link");
    }

    [Fact]
    public void What_a_guest_or_another_namespace_holds_is_lost_for_good()
    {
        using var host = new KeptHost("held", "eth0");
        host.Others("ip link add link eth0 name mt0 type macvtap\nip link add link eth0 name mv0 type macvlan");
        host.Moved("mv0");
        host.Others("ip link add link eth0 name eth0.9 type vlan id 9");
        host.Moved("eth0.9");
        var lost = host.Observe().Kept.Where(thing => thing.Irreversible is not null).ToList();
        lost.ShouldAllBe(thing => thing.Link == "eth0" && thing.Message == null);
        lost.Select(thing => thing.Words.Split(" (")[0]).Order(StringComparer.Ordinal).ShouldBe(
            ["link eth0.9@eth0 vlan in another namespace", "link mt0@eth0 macvtap", "link mv0@eth0 macvlan in another namespace"]);
        host.Observe().Links.Select(link => link.Name.Value).ShouldNotContain("mv0", "it is not a link of this host");
        host.Observe().Links.Select(link => link.Name.Value).ShouldNotContain("eth0.9");
    }

    [Fact]
    public void A_kind_that_nobody_here_knows_is_said_to_be_lost_perhaps()
    {
        using var host = new KeptHost("unknown", "eth0");
        host.Others("ip link add link eth0 name ms0 type macsec sci 0123456789abcdef");
        var macsec = host.Observe().Kept.Single(thing => thing.Upper == "ms0");
        macsec.Irreversible.ShouldNotBeNull().ShouldContain("macsec");
        macsec.Message.ShouldNotBeNull();
    }

    [Fact]
    public void The_end_of_a_cable_is_no_lower_link()
    {
        using var host = new KeptHost("cable", "eth0");
        host.Others("ip link add one type veth peer name two");
        host.Observe().Find("one")!.State!.Lower.ShouldBeNull();
        host.Observe().Kept.Where(thing => thing.Upper is not null).ShouldBeEmpty();
    }

    [Fact]
    public void An_upper_link_comes_back_without_a_master_that_is_gone_and_not_without_its_lower()
    {
        using var host = new KeptHost("orphan", "eth0");
        host.Others("ip link add br9 type bridge\nip link add link eth0 name eth0.7 type vlan id 7\nip link set eth0.7 master br9");
        var kept = host.Observe().Kept.Single(thing => thing.Upper == "eth0.7");
        host.Others("ip link del eth0.7\nip link del br9");
        host.Execute([new Step.OfKept(kept)]).ShouldBeEmpty();
        host.Observe().Find("eth0.7")!.State!.Master.ShouldBeNull();
        host.Others("ip link del eth0");
        host.Execute([new Step.OfKept(kept)]).Single().ShouldContain("ENODEV: there is no link eth0");
    }
}
