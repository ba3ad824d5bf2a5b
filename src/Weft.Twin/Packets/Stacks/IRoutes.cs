// What a bond's ARP monitor, and balance-alb, ask of the stack of their machine.

using System.Net;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Stacks;

internal interface IRoutes
{
    /// <summary>
    /// Over which link a neighbour is asked for directly (ip_route_output with RTO_ONLINK, ip6_route_output): a route by way of a router is none. Null where there is no route.
    /// The source is the link's address in the target's network (bond_confirm_addr, ipv6_dev_get_saddr); null where it has none.
    /// </summary>
    /// <param name="target">Whom to ask.</param>
    /// <param name="over">Only routes over this link count; null where all do.</param>
    (Netdev Device, IPAddress? Source)? RouteTo(IPAddress target, Netdev? over);

    /// <summary>Whether a link has an address of 4 or 16 bytes in wire order. Of 0.0.0.0: whether it has no IPv4 address at all, which is what inet_confirm_addr makes of it.</summary>
    bool HasAddress(Netdev device, ReadOnlySpan<byte> address);

    /// <summary>The link that has an IPv4 address (ip_dev_find).</summary>
    Netdev? OwnerOf(ReadOnlySpan<byte> address);
}
