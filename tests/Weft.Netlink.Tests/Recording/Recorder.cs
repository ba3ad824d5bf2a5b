// Builds a host with iproute2 in a network namespace of its own and keeps what the kernel says about it. iproute2, not
// our own codec, makes the host: a wrong number in a set would otherwise be recorded as right.
namespace Weft.Netlink.Tests;

internal static class Recorder
{
    // Two bonds, a VLAN, two bridges, one of them with a VLAN table, and the strange kinds beside them.
    private const string Host = """
        link set lo up
        link add p0 type veth peer name q0
        link add p1 type veth peer name q1
        link add p2 type veth peer name q2
        link add bond0 address 02:00:00:00:01:00 type bond mode 802.3ad miimon 100 lacp_rate fast xmit_hash_policy layer3+4 ad_actor_sys_prio 1000 updelay 200
        link set p0 master bond0
        link set p1 master bond0
        link add bond1 type bond mode active-backup arp_interval 250 arp_ip_target 10.0.0.1,10.0.0.2 arp_validate all ns_ip6_target 2001:db8::1 primary_reselect better
        link set p2 master bond1
        link set bond1 type bond primary p2
        link set p2 type bond_slave queue_id 0 prio 10
        link add link bond0 name bond0.100 type vlan id 100 gvrp on egress-qos-map 1:5 2:6 ingress-qos-map 3:4
        link add br0 address 02:00:00:00:02:00 type bridge vlan_filtering 1 vlan_default_pvid 1 stp_state 0 forward_delay 200 mcast_snooping 1
        link add br1 type bridge stp_state 1 priority 4096 mcast_querier 1
        link set bond0.100 master br1
        link add v0 type veth peer name w0
        link set v0 master br0
        link set v0 type bridge_slave hairpin on isolated on cost 7
        link add d0 mtu 1400 type dummy
        link set d0 alias "a note"
        link property add dev d0 altname storage-uplink-on-the-left
        link add link d0 name m0 type macvlan mode bridge
        link add vx0 type vxlan id 42 dstport 4789 local 10.1.0.1
        link set q0 up
        link set q1 up
        link set q2 up
        link set w0 up
        link set bond0 up
        link set bond1 up
        link set bond0.100 up
        link set br0 up
        link set br1 up
        link set v0 up
        link set d0 up
        link set vx0 up
        address add 10.1.0.1/24 broadcast + dev d0 label d0:a
        address add 10.1.0.2/24 dev d0
        address add 10.2.0.1 peer 10.2.0.9/32 dev d0
        address add 2001:db8:1::1/64 dev d0 nodad
        address add 2001:db8:1::2/64 dev d0 valid_lft 3600 preferred_lft 1800 noprefixroute
        address add 10.3.0.1/24 dev br1 metric 50
        route add default via 10.1.0.254 dev d0
        route add 192.0.2.0/24 via 10.1.0.253 dev d0 metric 77 mtu 1300 advmss 1200 src 10.1.0.2 table 100
        route add 198.51.100.0/24 nexthop via 10.1.0.252 dev d0 weight 2 nexthop via 10.3.0.250 dev br1 weight 1
        route add blackhole 203.0.113.0/24
        route add 10.9.0.0/16 via inet6 2001:db8:1::99 dev d0
        route add 10.8.0.0/16 encap ip id 7 dst 10.1.0.77 dev d0
        route add 2001:db8:2::/48 via 2001:db8:1::fe dev d0 pref high
        route add 2001:db8:3::/48 nexthop via 2001:db8:1::fd dev d0 nexthop via 2001:db8:1::fc dev d0 weight 3
        route add unreachable 2001:db8:4::/48
        nexthop add id 5 via 10.1.0.251 dev d0
        route add 10.7.0.0/16 nhid 5
        nexthop add id 6 via 10.1.0.250 dev d0
        nexthop add id 7 group 5,3/6
        nexthop add id 8 group 5/6 type resilient buckets 16 idle_timer 90
        nexthop add id 9 blackhole
        rule add from 10.1.0.2 lookup 100 priority 1000
        rule add not from 10.0.0.0/8 to 192.0.2.0/24 iif d0 oif br1 fwmark 0x10/0xff lookup 1234 priority 1001 protocol static
        rule add ipproto tcp sport 1000-2000 dport 443 uidrange 1000-1999 tun_id 77 lookup main suppress_prefixlength 0 priority 1002
        rule add dsfield 0x10 priority 1003 prohibit
        rule add priority 900 goto 1002
        rule add priority 1005 l3mdev
        neighbour add 10.1.0.254 lladdr 02:00:00:00:03:01 dev d0 nud permanent
        neighbour add 2001:db8:1::fe lladdr 02:00:00:00:03:02 dev d0 nud permanent router
        neighbour add proxy 10.1.0.99 dev d0
        """;

    private const string Bridge = """
        vlan add vid 10 dev v0 pvid untagged
        vlan add vid 100-199 dev v0
        vlan add vid 300 dev br0 self
        mdb add dev br0 port v0 grp 239.1.1.1 permanent vid 100
        mdb add dev br0 port v0 grp ff05::99 permanent vid 100
        mdb add dev br0 port v0 grp 239.1.1.2 src 10.1.0.9 permanent vid 100
        mdb add dev br0 port v0 grp 01:00:5e:05:05:05 permanent vid 100
        fdb add 02:00:00:00:04:01 dev v0 master static vlan 10
        fdb add 02:00:00:00:04:02 dev v0 master static sticky vlan 100
        fdb append 00:00:00:00:00:00 dev vx0 dst 10.1.0.50 self permanent
        """;

    private const string Traffic = """
        qdisc replace dev d0 root handle 1: htb default 20
        class add dev d0 parent 1: classid 1:1 htb rate 100mbit
        class add dev d0 parent 1:1 classid 1:20 htb rate 10mbit ceil 50mbit
        qdisc add dev d0 parent 1:20 handle 20: fq_codel limit 1000
        filter add dev d0 parent 1: protocol ip prio 5 u32 match ip dst 192.0.2.0/24 flowid 1:20
        qdisc add dev v0 clsact
        filter add dev v0 ingress protocol all prio 7 matchall action mirred egress mirror dev d0
        qdisc add dev br1 ingress
        qdisc replace dev br0 root tbf rate 1mbit burst 32kbit latency 400ms
        """;

    public static int Record(string directory) => OwnNamespace.Run(() =>
    {
        Directory.CreateDirectory(directory);
        if (!RouteMonitor.TryOpen([.. RouteMonitor.UsualGroups, MulticastGroup.Ipv4Rule, MulticastGroup.Nexthop], null, out var monitor, out var failure)
            || !KernelPort.TryOpen(1 << 20, [], out var port, out failure))
        {
            Console.Error.WriteLine(failure);
            return 1;
        }

        using (monitor)
        {
            OwnNamespace.Tool("ip", "-batch -", Host);
            OwnNamespace.Tool("ip", "-6 -batch -", "rule add from 2001:db8:1::/64 lookup 100 priority 1004\n");
            OwnNamespace.Tool("bridge", "-batch -", Bridge);
            OwnNamespace.Tool("tc", "-batch -", Traffic);
            OwnNamespace.Tool("ip", "-batch -", "netns add far\nlink add link d0 name mt0 type macvtap\nlink set mt0 netns far\n");
            var tap = new TapPort(port);
            using var socket = new RouteSocket(tap);
            Write("links", socket.DumpRaw(Dumps.Links()));
            Write("bridge-vlans", socket.DumpRaw(Dumps.BridgeVlans()));
            Write("addresses", socket.DumpRaw(Dumps.Addresses(Families.Unspecified)));
            Write("routes", socket.DumpRaw(Dumps.Routes(Families.Unspecified)));
            Write("neighbours", socket.DumpRaw(Dumps.Neighbours(Families.Unspecified)));
            Write("forwarding", socket.DumpRaw(Dumps.Neighbours(Families.Bridge)));
            Write("rules", socket.DumpRaw(Dumps.Rules(Families.Unspecified)));
            Write("nexthops", socket.DumpRaw(Dumps.Nexthops()));
            Write("groups", socket.DumpRaw(Dumps.Groups()));
            Write("proxies", socket.DumpRaw(Dumps.Proxies()));
            Write("qdiscs", socket.DumpRaw(Dumps.Qdiscs()));
            var traffic = socket.Dump<LinkMessage>(Dumps.Links()).Messages.Single(link => link.Name == "d0").Header.Index;
            Write("classes", socket.DumpRaw(Dumps.Classes(traffic)));
            Write("filters", socket.DumpRaw(Dumps.Filters(traffic, 0x10000)));
            var nsids = socket.DumpRaw(Dumps.Nsids());
            Write("nsids", nsids);
            Write("links-elsewhere", socket.DumpRaw(Dumps.LinksOf(MessageCodec.Decode<NsidMessage>(nsids.Messages[0]).Nsid!.Value)));
            tap.Seen.Clear();
            socket.Execute(Refusals.Requests());
            Recording.Write(directory, "refusals", tap.Seen);
            Recording.Write(directory, "notifications", Some(Heard(monitor)));
        }

        return 0;

        void Write(string name, Dumped<ReadOnlyMemory<byte>> dump)
        {
            if (!dump.IsComplete) throw new InvalidOperationException($"{name}: {dump.Refusal} {dump.Failure}");
            Recording.Write(directory, name, dump.Messages);
        }
    });

    // A few of each type are enough; a host in the making sends hundreds.
    private static IEnumerable<ReadOnlyMemory<byte>> Some(IEnumerable<ReadOnlyMemory<byte>> messages) =>
        messages.GroupBy(message => MessageHeader.TryRead(message.Span, out var header) ? header.Type : MessageType.None).SelectMany(kind => kind.Take(5));

    private static IEnumerable<ReadOnlyMemory<byte>> Heard(RouteMonitor monitor)
    {
        while (monitor.Next(TimeSpan.FromMilliseconds(100)) is { } happened)
        {
            var raw = happened switch
            {
                LinkEvent link => link.Link.Raw,
                AddressEvent address => address.Address.Raw,
                RouteEvent route => route.Route.Raw,
                NeighbourEvent neighbour => neighbour.Neighbour.Raw,
                OtherEvent other => other.Raw,
                _ => default,
            };
            if (!raw.IsEmpty) yield return raw;
        }
    }
}
