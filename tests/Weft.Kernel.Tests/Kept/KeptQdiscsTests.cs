// Qdiscs that somebody chose come back with their classes and filters; what a kernel would not take back is said to be lost.

using Weft.Model;

namespace Weft.Kernel.Tests;

public sealed class KeptQdiscsTests
{
    private const string Anew = "ip link del d0\nip link add d0 address 02:00:00:00:07:01 type dummy\nip link set d0 up";

    [Theory]
    [InlineData("fq_codel limit 1000 target 10ms interval 200ms flows 512 quantum 3000 noecn")]
    [InlineData("fq limit 5000 flow_limit 50 maxrate 10mbit")]
    [InlineData("sfq perturb 10 quantum 3000 limit 100")]
    [InlineData("tbf rate 1mbit burst 32kbit latency 400ms")]
    [InlineData("codel limit 500 target 3ms ecn")]
    [InlineData("pfifo limit 77")]
    [InlineData("bfifo limit 77000")]
    [InlineData("pfifo_head_drop limit 77")]
    [InlineData("netem delay 10ms 2ms 25% loss 1% duplicate 2% reorder 5% 50% limit 500 rate 5mbit")]
    [InlineData("pie limit 200 target 20ms")]
    [InlineData("prio bands 4 priomap 1 2 2 2 1 2 0 0 1 1 1 1 1 1 1 3")]
    public void A_chosen_qdisc_comes_back(string words)
    {
        using var host = Dummy($"tc qdisc replace dev d0 root handle 7: {words}");
        host.ComesBack(Anew, thing => thing.Kind == KeptKind.Qdisc, "tc -j qdisc show dev d0");
    }

    [Fact]
    public void Classes_and_the_qdiscs_in_them_come_back_with_their_filters()
    {
        using var host = Dummy("""
            tc qdisc replace dev d0 root handle 1: htb default 20 r2q 5
            tc class add dev d0 parent 1: classid 1:1 htb rate 100mbit burst 15k
            tc class add dev d0 parent 1:1 classid 1:20 htb rate 10mbit ceil 50mbit prio 3
            tc class add dev d0 parent 1:1 classid 1:10 htb rate 20mbit ceil 100mbit quantum 3000
            tc qdisc add dev d0 parent 1:20 handle 20: fq_codel limit 1000
            tc qdisc add dev d0 parent 1:10 handle 10: prio
            tc qdisc add dev d0 parent 10:2 handle 102: sfq perturb 10
            tc filter add dev d0 parent 1: protocol ip prio 5 u32 match ip dst 192.0.2.0/24 flowid 1:20
            tc filter add dev d0 parent 1: protocol ip prio 5 u32 match ip src 192.0.2.0/24 match ip dport 80 0xffff flowid 1:10
            tc filter add dev d0 parent 1: protocol ipv6 prio 6 u32 match ip6 dst 2001:db8::/32 flowid 1:10
            tc filter add dev d0 parent 1: protocol ip prio 7 flower dst_ip 198.51.100.0/24 ip_proto tcp dst_port 443 classid 1:10
            tc filter add dev d0 parent 10: protocol all prio 9 matchall classid 10:2
            """);
        host.ComesBack(Anew, thing => thing.Kind == KeptKind.Qdisc, "tc -j qdisc show dev d0", "tc class show dev d0", "tc filter show dev d0 parent 1:", "tc filter show dev d0 parent 10:");
    }

    [Fact]
    public void Filters_of_arriving_frames_come_back_and_send_to_the_same_link()
    {
        using var host = Dummy("""
            ip link add d1 type dummy
            tc qdisc add dev d0 clsact
            tc filter add dev d0 ingress protocol all prio 7 matchall action mirred egress mirror dev d1
            tc filter add dev d0 ingress protocol 802.1q prio 8 matchall action vlan pop pipe action mirred egress redirect dev eth0
            tc filter add dev d0 egress protocol ip prio 9 flower src_mac 02:00:00:00:01:01/ff:ff:ff:ff:00:00 action drop
            tc filter add dev d0 egress protocol ip prio 10 chain 3 flower skip_hw dst_ip 10.0.0.1 action skbedit priority 5
            tc qdisc add dev d1 ingress
            tc filter add dev d1 parent ffff: protocol arp prio 1 matchall action pass
            """);
        host.ComesBack(Anew + "\nip link del d1\nip link add d1 type dummy", thing => thing.Kind == KeptKind.Qdisc,
            "tc -j qdisc show dev d0", "tc -j qdisc show dev d1", "tc -j filter show dev d0 ingress", "tc -j filter show dev d0 egress", "tc -j filter show dev d1 parent ffff:");
    }

    [Fact]
    public void What_a_kernel_would_not_take_back_is_lost_for_good()
    {
        using var host = Dummy("""
            ip link add d1 type dummy
            tc qdisc add dev d1 root handle 1: red limit 60KB min 15KB max 45KB burst 20 avpkt 1000 bandwidth 10Mbit
            tc qdisc add dev d0 root handle 1: htb
            tc filter add dev d0 parent 1: protocol ip prio 5 handle 6 fw classid 1:1
            tc filter add dev d0 parent 1: protocol ip prio 6 matchall action police rate 1mbit burst 20k
            tc filter add dev d0 parent 1: protocol 802.1q prio 8 flower vlan_id 100 classid 1:1
            tc filter add dev d0 parent 1: protocol ip prio 7 handle 10: u32 divisor 16
            tc filter add dev d0 parent 1: protocol ip prio 7 u32 ht 10:3: match ip dst 192.0.2.3/32 flowid 1:1
            """);
        var lost = host.Observe().Kept.Where(thing => thing is { Kind: KeptKind.Qdisc, Irreversible: not null }).ToList();
        lost.Select(thing => thing.Irreversible!.Split(' ')[^1]).Order(StringComparer.Ordinal).ShouldBe(["flower", "fw", "kept", "police", "red"]);
    }

    [Fact]
    public void What_the_kernel_chose_is_nobodys()
    {
        using var host = new KeptHost("nobodys", "eth0");
        host.Others("ip link set eth0 up\nip link add d0 numtxqueues 4 type dummy\nip link set d0 up\nip link add br0 type bridge\nip link set br0 up");
        host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Qdisc).ShouldBeEmpty();
    }

    private static KeptHost Dummy(string commands)
    {
        var host = new KeptHost("qdiscs", "eth0");
        host.Others("ip link add d0 address 02:00:00:00:07:01 type dummy\nip link set d0 up");
        host.Others(commands);
        return host;
    }
}
