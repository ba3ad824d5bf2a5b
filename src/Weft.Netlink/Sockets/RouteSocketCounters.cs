// What a socket has done so far, for reports and tests. Plain numbers, written by the socket's own thread.
namespace Weft.Netlink;

/// <summary>Counts of a <see cref="RouteSocket"/>'s work.</summary>
public sealed class RouteSocketCounters
{
    /// <summary>Requests sent.</summary>
    public long Requests { get; internal set; }

    /// <summary>Datagrams sent.</summary>
    public long DatagramsSent { get; internal set; }

    /// <summary>Datagrams received.</summary>
    public long DatagramsReceived { get; internal set; }

    /// <summary>Messages received.</summary>
    public long MessagesReceived { get; internal set; }

    /// <summary>Messages that answered nothing we asked.</summary>
    public long Strays { get; internal set; }

    /// <summary>Dumps taken again.</summary>
    public long DumpsRetaken { get; internal set; }

    /// <summary>Times the kernel dropped something for want of room.</summary>
    public long Overruns { get; internal set; }
}
