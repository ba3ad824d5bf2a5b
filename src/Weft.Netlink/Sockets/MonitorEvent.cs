// What a monitor yields: decoded notifications, and the news that some were lost.
namespace Weft.Netlink;

/// <summary>Something happened.</summary>
public abstract record MonitorEvent;

/// <summary>A link came, changed or went; with family AF_BRIDGE, a port.</summary>
/// <param name="Removed">Whether it went.</param>
/// <param name="Link">The link.</param>
public sealed record LinkEvent(bool Removed, LinkMessage Link) : MonitorEvent;

/// <summary>An address came, changed or went.</summary>
/// <param name="Removed">Whether it went.</param>
/// <param name="Address">The address.</param>
public sealed record AddressEvent(bool Removed, AddressMessage Address) : MonitorEvent;

/// <summary>A route came, changed or went.</summary>
/// <param name="Removed">Whether it went.</param>
/// <param name="Route">The route.</param>
public sealed record RouteEvent(bool Removed, RouteMessage Route) : MonitorEvent;

/// <summary>A neighbour or a forwarding entry came, changed or went.</summary>
/// <param name="Removed">Whether it went.</param>
/// <param name="Neighbour">The entry.</param>
public sealed record NeighbourEvent(bool Removed, NeighbourMessage Neighbour) : MonitorEvent;

/// <summary>A notification of a kind that is not taken apart here.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Raw">The whole message.</param>
public sealed record OtherEvent(MessageType Type, ReadOnlyMemory<byte> Raw) : MonitorEvent;

/// <summary>Notifications were lost: what is known may be wrong, take the dumps again.</summary>
/// <param name="Reason">How they were lost.</param>
public sealed record LostEvent(string Reason) : MonitorEvent;

/// <summary>The socket failed; nothing more will come.</summary>
/// <param name="Failure">How.</param>
public sealed record FailedEvent(SocketFailure Failure) : MonitorEvent;
