// The dump requests, in the form that strict checking accepts: every header field zero but the filters, and no attribute
// that the kernel does not expect there.
namespace Weft.Netlink;

/// <summary>Requests for dumps.</summary>
public static class Dumps
{
    // RTEXT_FILTER_*.
    private const uint CompressedVlans = 1 << 2;
    private const uint SkipStatistics = 1 << 3;

    /// <summary>All links, without the counters of families and virtual functions. A link's own counters come in any case.</summary>
    public static Request Links() => new(MessageType.GetLink, MessageFlags.None, new LinkMessage { ExtMask = SkipStatistics });

    /// <summary>The VLAN tables of bridges and ports.</summary>
    public static Request BridgeVlans() =>
        new(MessageType.GetLink, MessageFlags.None, new LinkMessage { Header = { Family = Families.Bridge }, ExtMask = CompressedVlans | SkipStatistics });

    /// <summary>All addresses of a family.</summary>
    public static Request Addresses(byte family) =>
        new(MessageType.GetAddress, MessageFlags.None, new AddressMessage { Header = { Family = family } });

    /// <summary>All routes of a family.</summary>
    public static Request Routes(byte family) =>
        new(MessageType.GetRoute, MessageFlags.None, new RouteMessage { Header = { Family = family } });

    /// <summary>All neighbours of a family; AF_BRIDGE for forwarding entries.</summary>
    public static Request Neighbours(byte family) =>
        new(MessageType.GetNeighbour, MessageFlags.None, new NeighbourMessage { Header = { Family = family } });

    /// <summary>Objects without a set here (rules, next hops, MDB): a type and the fixed header it wants, all zero but the family.</summary>
    public static Request Other(MessageType type, byte family, int headerSize)
    {
        var header = new byte[headerSize];
        header[0] = family;
        return new Request(type, MessageFlags.None, new RawBody { Bytes = header });
    }
}
