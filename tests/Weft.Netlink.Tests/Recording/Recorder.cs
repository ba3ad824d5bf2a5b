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
        link add br0 address 02:00:00:00:02:00 type bridge vlan_filtering 1 vlan_default_pvid 1 stp_state 0 forward_delay 200 mcast_snooping 0
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
        rule add from 10.1.0.2 lookup 100 priority 1000
        neighbour add 10.1.0.254 lladdr 02:00:00:00:03:01 dev d0 nud permanent
        neighbour add 2001:db8:1::fe lladdr 02:00:00:00:03:02 dev d0 nud permanent router
        neighbour add proxy 10.1.0.99 dev d0
        """;

    private const string Bridge = """
        vlan add vid 10 dev v0 pvid untagged
        vlan add vid 100-199 dev v0
        vlan add vid 300 dev br0 self
        fdb add 02:00:00:00:04:01 dev v0 master static vlan 10
        fdb add 02:00:00:00:04:02 dev v0 master static sticky vlan 100
        fdb append 00:00:00:00:00:00 dev vx0 dst 10.1.0.50 self permanent
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
            OwnNamespace.Tool("bridge", "-batch -", Bridge);
            var tap = new TapPort(port);
            using var socket = new RouteSocket(tap);
            Write("links", socket.DumpRaw(Dumps.Links()));
            Write("bridge-vlans", socket.DumpRaw(Dumps.BridgeVlans()));
            Write("addresses", socket.DumpRaw(Dumps.Addresses(Families.Unspecified)));
            Write("routes", socket.DumpRaw(Dumps.Routes(Families.Unspecified)));
            Write("neighbours", socket.DumpRaw(Dumps.Neighbours(Families.Unspecified)));
            Write("forwarding", socket.DumpRaw(Dumps.Neighbours(Families.Bridge)));
            Write("rules", socket.DumpRaw(Dumps.Other(MessageType.GetRule, Families.Unspecified, 12)));
            Write("nexthops", socket.DumpRaw(Dumps.Other(MessageType.GetNexthop, Families.Unspecified, 8)));
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
