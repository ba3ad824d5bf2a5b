// Settings of links under /proc/sys/net/ipv4/conf and net/ipv6/conf.

namespace Weft.Explain;

internal static class ConfWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["rp_filter"] = """
            It stops packets with forged senders. A host with several networks and one default gateway receives over one link what it answers over another as soon as a
            peer comes from a far network: strict (1) drops such packets without a word, loose (2) only what could not be answered at all. Say 2 on a host with policy
            rules or several uplinks. The kernel takes the larger of this and net.ipv4.conf.all.rp_filter, so 0 here does nothing where `all` says 1.
            """,
        ["arp_filter"] = """
            Two links in one network both answer ARP for the host's addresses by default, and traffic comes in over whichever answered first. With true each
            link answers only for what would be answered over it, which needs a policy rule a link. Two links of one host in one network are better a bond.
            """,
        ["arp_ignore"] = """
            Linux answers ARP for every address of the host on every link, so a peer in the storage network can learn that link's MAC for the management address. 1 keeps
            each address to its own link; 2 asks the same of the network. Set it together with arp_announce 2 where one host has several links in networks that
            see each other, or carries a virtual address that somebody else answers for (a load balancer's real servers).
            """,
        ["arp_announce"] = """
            Without it an ARP request may carry an address of another link as its sender, and switches and peers learn that address on the wrong port. 2 always picks one
            that belongs where the request goes. It costs nothing; together with arp_ignore 1 it is the usual pair for hosts with several networks.
            """,
        ["arp_notify"] = """
            With true the host announces its addresses when the link comes up or gets another MAC, so that peers need not wait for their ARP entries to expire.
            Bonds announce a failover by themselves (num_grat_arp); this is for a bridge or NIC that takes an address over.
            """,
        ["forwarding"] = """
            A hypervisor whose guests are bridged needs none of it: bridged frames are not routed. Say true only where the host itself is the guests' router, and then
            on both links. net.ipv4.ip_forward sets it on all links at once, also on those that are made later; many tools for containers do that.
            """,
        ["ignore_routes_with_linkdown"] = """
            A cable that is pulled takes the carrier and leaves the link up, and the kernel goes on sending over its routes into nothing. With true it passes them over until
            the carrier is back: a route with several next hops then goes over the others, and a spare route of a larger metric comes in. It sees the link's own carrier
            alone; a dead router behind a switch that is well is for ARP monitoring or a routing daemon.
            """,
        ["ipv6_forwarding"] = """
            As for IPv4, and with one surprise more: a link that forwards stops taking router advertisements, and the moment that any link begins to forward the default routes
            that were learnt so go on every link whose accept_ra is not 2. Weft says so in the plan; nothing but the next advertisement brings them back. net.ipv6.conf.all.forwarding switches it on every link.
            """,
        ["accept_ra"] = """
            A router's advertisement brings a default route and addresses. On a link whose addresses the file gives, say 0, or any host in that network can send one and
            become the gateway. 2 is for a host that forwards and still learns its own route so. A DHCP client that takes advertisements itself sets it to 0. On a
            link that carries only guests' frames IPv6 is off altogether, and this means nothing there.
            """,
        ["autoconf"] = """
            With false the host takes the route from an advertisement and no address (RFC 4862): for servers that have an address of their own in the same
            prefix and should be known by that alone. It means something only where accept_ra takes advertisements.
            """,
        ["ipv6_ignore_routes_with_linkdown"] = """
            As for IPv4, for routes of IPv6: without it a route over a link without carrier is used on. Say both, or IPv6 goes into nothing where IPv4 found another
            way.
            """,
        ["keep_addr_on_down"] = """
            The kernel drops IPv6 addresses when a link goes down, and keeps IPv4 ones; what was put there by hand does not come back with the link. Weft puts back what
            the file says. 1 keeps them through a moment of down, as for a change of a bond's mode; routes go in either case.
            """,
    };
}
