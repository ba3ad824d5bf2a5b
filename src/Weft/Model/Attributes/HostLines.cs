// Settings of the whole host under /proc/sys/net: what a fast network wants of sockets and queues. Source:
// Documentation/admin-guide/sysctl/net.rst, Documentation/networking/ip-sysctl.rst. Those under net/core are the machine's own: in a
// network namespace of a container they are not to be seen.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>The lines of `sysctls`.</summary>
public static class HostLines
{
    public static readonly Attribute RmemMax = Number("net.core.rmem_max", 2304, "The largest receive buffer in bytes that a program may ask for.");
    public static readonly Attribute WmemMax = Number("net.core.wmem_max", 4608, "The largest send buffer in bytes that a program may ask for.");
    public static readonly Attribute NetdevMaxBacklog = Number("net.core.netdev_max_backlog", 1, "How many received packets wait for a processor at most.");
    public static readonly Attribute NetdevBudget = Number("net.core.netdev_budget", 1, "How many received packets a processor takes in one turn.");
    public static readonly Attribute TcpRmem = Three("net.ipv4.tcp_rmem", "A TCP connection's receive buffer in bytes: the least, that at its beginning, and to what it grows by itself.");
    public static readonly Attribute TcpWmem = Three("net.ipv4.tcp_wmem", "A TCP connection's send buffer in bytes: the least, that at its beginning, and to what it grows by itself.");
    public static readonly Attribute TcpMtuProbing = new("net.ipv4.tcp_mtu_probing", new Count(0, 2), Home.Host, Change.Live, "Whether TCP looks for a smaller packet size where large ones are lost without a word: 0 never, 1 when it happens, 2 always.");

    public static ImmutableArray<Attribute> All { get; } = [RmemMax, WmemMax, NetdevMaxBacklog, NetdevBudget, TcpRmem, TcpWmem, TcpMtuProbing];

    private static Attribute Number(string name, long least, string doc) => new(name, new Count(least, int.MaxValue), Home.Host, Change.Live, doc);

    private static Attribute Three(string name, string doc) => new(name, new ThreeNumbers(), Home.Host, Change.Live, doc);
}
