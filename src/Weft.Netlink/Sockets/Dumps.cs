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

    /// <summary>Proxy entries of all links; <see cref="Neighbours"/> leaves them out.</summary>
    public static Request Proxies() => new(MessageType.GetNeighbour, MessageFlags.None, new NeighbourMessage { Header = { Flags = ProxyFlag } });

    /// <summary>All policy rules of a family, or of all.</summary>
    public static Request Rules(byte family) => new(MessageType.GetRule, MessageFlags.None, new RuleMessage { Header = { Family = family } });

    /// <summary>All nexthop objects.</summary>
    public static Request Nexthops() => new(MessageType.GetNexthop, MessageFlags.None, new NexthopMessage());

    /// <summary>The multicast groups of all bridges.</summary>
    public static Request Groups() => new(MessageType.GetMdb, MessageFlags.None, new GroupMessage { Header = { Family = Families.Bridge } });

    /// <summary>The qdiscs of all links, but those that kinds make for themselves.</summary>
    public static Request Qdiscs() => new(MessageType.GetQdisc, MessageFlags.None, new TrafficMessage());

    /// <summary>The classes of a link.</summary>
    public static Request Classes(int index) => new(MessageType.GetClass, MessageFlags.None, new TrafficMessage { Header = { Index = index } });

    /// <summary>The filters of a link that hang on a qdisc or class.</summary>
    public static Request Filters(int index, uint parent) =>
        new(MessageType.GetFilter, MessageFlags.None, new TrafficMessage { Header = { Index = index, Parent = parent } });

    /// <summary>The namespaces that this one knows by number.</summary>
    public static Request Nsids() => new(MessageType.GetNsid, MessageFlags.None, new NsidMessage());

    /// <summary>All links of another namespace.</summary>
    public static Request LinksOf(int nsid) => new(MessageType.GetLink, MessageFlags.None, new LinkMessage { ExtMask = SkipStatistics, TargetNetnsid = nsid });

    private const byte ProxyFlag = 0x08;

    /// <summary>Objects without a set here: a type and the fixed header it wants, all zero but the family.</summary>
    public static Request Other(MessageType type, byte family, int headerSize)
    {
        var header = new byte[headerSize];
        header[0] = family;
        return new Request(type, MessageFlags.None, new RawBody { Bytes = header });
    }
}
