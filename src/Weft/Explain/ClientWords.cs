// What a link leases, and whom the host asks for names over it.

namespace Weft.Explain;

internal static class ClientWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dhcp4"] = """
            For hosts whose addresses the network gives out: dhcpcd leases one, one process a link, which Weft starts, restarts where the link is made anew, and stops
            with everything that it got. A lease is nobody's setting: it is in no plan, and no undo brings it back. The address stays while the link has no carrier, and a lease that is
            known is asked for again. The server sees the link's MAC, so say `mac` on a bridge whose MAC must not follow its ports.
            """,
        ["dhcp6"] = """
            DHCPv6 gives an address and no way out: the default route comes by router advertisement alone, so `ra` belongs beside it. It is asked for whatever an
            advertisement says of managed addresses. The server knows the host by its DUID, which dhcpcd keeps in /var/lib/dhcpcd.
            """,
        ["ra"] = """
            Routers tell the link its prefix and themselves as the way out, and the link makes an address of its MAC. dhcpcd does it in the kernel's place, which it
            tells to ignore advertisements (accept_ra 0), and which listens to them no more for as long as dhcpcd runs. IPv6 is switched on for it. Not for guest bridges: there any tenant can
            advertise.
            """,
        ["dhcp_routes"] = """
            A second link with a lease would bring a second default route, and answers would leave by the wrong one. Say dhcp_routes: false on every link that is not the way
            out, and on one beside which the file says a `gateway`. Routes to other networks that a server gives come all the same.
            """,
        ["dhcp_metric"] = """
            Of two routes to one place the smaller metric wins. Without it a lease has a metric of its client's own making, the link's index in it, which for links that Weft makes is beyond
            65000: any other default route wins. Say it where two links lease and one is the spare of the other.
            """,
        ["use_dns"] = """
            What a server or router says of name servers and domains goes where the host asks for names, and follows every renewal; what the link says itself as `dns` or
            `search` comes in its place. Say use_dns: false on a link whose network's servers the host should not ask: a guest network, a second provider. Where another program
            keeps /etc/resolv.conf, nothing is taken.
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> OfNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["dns"] = """
            Where systemd-resolved runs, it is told link by link; elsewhere the servers of all links stand in /etc/resolv.conf, in the file's order, and libc asks the
            first three. What was in that file before lies beside it, and is there again when no link says dns or search any more. A file that another program keeps, a symbolic
            link above all, is never written: that is an error. Servers that the link's lease brings are then not asked.
            """,
        ["search"] = """
            A name without a dot is tried in these domains, in this order. Every one costs a question for each name that is not found in it, so keep the list
            short. Where resolved runs they are the link's, elsewhere those of all links are one list.
            """,
    };
}
