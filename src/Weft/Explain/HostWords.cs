// Settings of the whole host, and the profiles that say them together.

namespace Weft.Explain;

internal static class HostWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["net.core.rmem_max"] = """
            It bounds what a program asks for itself (SO_RCVBUF), as UDP services and measuring tools do; TCP that is left alone goes by net.ipv4.tcp_rmem and does not
            look at it. Enough is bandwidth times round-trip time: 10 Gbit/s over 1 ms are 1.25 MB. Memory is taken when it is used, so a large bound costs
            nothing by itself.
            """,
        ["net.core.wmem_max"] = """
            The same bound for sending. A program that asks for more is given this much without a word, so a transfer that stays at one speed whatever the program
            asks for has often met it. TCP that is left alone goes by net.ipv4.tcp_wmem.
            """,
        ["net.core.netdev_max_backlog"] = """
            Packets wait in this queue where they are handed to another processor (RPS) or to another link of the same host: a veth, a guest's tap, a tunnel. When
            it is full they are dropped, and the second column of /proc/net/softnet_stat grows. Raise it when that happens, and not for ever: packets that
            wait longer are late packets.
            """,
        ["net.core.netdev_budget"] = """
            A processor takes so many packets from its NICs' queues and then does something else; the third column of /proc/net/softnet_stat counts how often it
            stopped with packets left. Raise it when that grows under load. Much too large, one busy NIC keeps a processor from programs.
            """,
        ["net.ipv4.tcp_rmem"] = """
            The third number is what matters on fast or long paths: to it a connection's buffer grows by itself, and half of it at most is in flight. The second is what a new
            connection starts with and every idle one may hold, so leave it small on a host with very many. Never set SO_RCVBUF in a program that should profit: it ends
            the growing.
            """,
        ["net.ipv4.tcp_wmem"] = """
            What TCP keeps of sent data until it is acknowledged; the third number bounds how much can be on its way at once. Too small, one connection stays below
            the link's speed and the link looks slow; many connections together fill it all the same.
            """,
        ["net.ipv4.tcp_mtu_probing"] = """
            It is the safety net for jumbo frames: where somebody on the way takes 1500 bytes and firewalls drop the ICMP that says so, connections hang as soon as they
            send much. With 1 TCP notices and goes down to smaller segments after a few lost ones; it helps TCP alone. `weft probe mtu` finds such a path before users do.
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> Profiles = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["10g"] = """
            The kernel's own values are for hosts of 1 Gbit/s. On one machine and short paths they are often enough even at 10, so measure before and after: one connection
            that stays below the link, drops in /proc/net/softnet_stat. Values that the file says under `sysctls` come before the profile's. Nothing of it makes a bad cable,
            a wrong bond policy or a slow PCIe slot faster. The transmit queue (txqueuelen) is not in it: the queue disciplines of today do not look at it.
            """,
    };
}
