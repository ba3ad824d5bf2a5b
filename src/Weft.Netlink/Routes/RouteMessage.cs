// RTM_NEWROUTE, RTM_DELROUTE, RTM_GETROUTE (linux/rtnetlink.h, RTA_*): one route.
// Surprises: an absent dst is the default route; `table` overrides the eight bits in the header; encap is carried as
// bytes whose meaning encap_type gives.
namespace Weft.Netlink;

/// <summary>A route.</summary>
public sealed class RouteMessage : IMessage
{
    /// <summary>Family, prefix lengths, table, protocol, scope, type and flags.</summary>
    public RouteHeader Header;


    /// <summary>Destination; absent is the default route.</summary>
    public InetAddress? Dst;

    /// <summary>Source prefix; IPv6.</summary>
    public InetAddress? Src;

    /// <summary>Incoming link, when asking.</summary>
    public int? Iif;

    /// <summary>Outgoing link.</summary>
    public int? Oif;

    /// <summary>Next hop of the same family.</summary>
    public InetAddress? Gateway;

    /// <summary>The metric: lower wins.</summary>
    public uint? Priority;

    /// <summary>Preferred source address.</summary>
    public InetAddress? Prefsrc;

    /// <summary>MTU and such.</summary>
    public RouteMetrics? Metrics;

    /// <summary>Several next hops.</summary>
    public List<RouteHop>? Multipath;

    /// <summary>Realm.</summary>
    public uint? Flow;

    /// <summary>Use and expiry. Read only.</summary>
    public RouteCacheInfo? Cacheinfo;

    /// <summary>Routing table.</summary>
    public uint? Table;

    /// <summary>Firewall mark, when asking.</summary>
    public uint? Mark;

    /// <summary>Next hop of another family.</summary>
    public RouteVia? Via;

    /// <summary>MPLS.</summary>
    public byte[]? Newdst;

    /// <summary>IPv6 router preference: 0 medium, 1 high, 3 low.</summary>
    public byte? Pref;

    /// <summary>LWTUNNEL_ENCAP_*.</summary>
    public ushort? EncapType;

    /// <summary>The tunnel's own attributes.</summary>
    public byte[]? Encap;

    /// <summary>Seconds; IPv6.</summary>
    public uint? Expires;

    /// <summary>User, when asking.</summary>
    public uint? Uid;

    /// <summary>MPLS.</summary>
    public byte? TtlPropagate;

    /// <summary>Transport protocol, when asking.</summary>
    public byte? IpProto;

    /// <summary>Source port, when asking.</summary>
    public ushort? Sport;

    /// <summary>Destination port, when asking.</summary>
    public ushort? Dport;

    /// <summary>A next-hop object in place of gateway and oif.</summary>
    public uint? NhId;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => RouteHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = RouteHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "dst", ref Dst);
        pass.Ip(2, "src", ref Src);
        pass.I32(3, "iif", ref Iif);
        pass.I32(4, "oif", ref Oif);
        pass.Ip(5, "gateway", ref Gateway);
        pass.U32(6, "priority", ref Priority);
        pass.Ip(7, "prefsrc", ref Prefsrc);
        pass.Nest(8, "metrics", ref Metrics);
        pass.Records(9, "multipath", ref Multipath);
        pass.U32(11, "flow", ref Flow);
        pass.Struct(12, "cacheinfo", ref Cacheinfo);
        pass.U32(15, "table", ref Table);
        pass.U32(16, "mark", ref Mark);
        pass.Struct(18, "via", ref Via);
        pass.Bytes(19, "newdst", ref Newdst);
        pass.U8(20, "pref", ref Pref);
        pass.U16(21, "encap_type", ref EncapType);
        pass.Bytes(22, "encap", ref Encap);
        pass.U32(23, "expires", ref Expires);
        pass.U32(25, "uid", ref Uid);
        pass.U8(26, "ttl_propagate", ref TtlPropagate);
        pass.U8(27, "ip_proto", ref IpProto);
        pass.U16Big(28, "sport", ref Sport);
        pass.U16Big(29, "dport", ref Dport);
        pass.U32(30, "nh_id", ref NhId);
    }
}
