// One record of RTA_MULTIPATH: struct rtnexthop and attributes of its own. The record's length is patched by the writer.
namespace Weft.Netlink;

/// <summary>One of several next hops.</summary>
public sealed class RouteHop : IFramed
{
    /// <summary>Flags, weight and link.</summary>
    public RouteHopHeader Header;


    /// <summary>Next hop of the same family.</summary>
    public InetAddress? Gateway;

    /// <summary>Realm.</summary>
    public uint? Flow;

    /// <summary>Next hop of another family.</summary>
    public RouteVia? Via;

    /// <summary>MPLS.</summary>
    public byte[]? Newdst;

    /// <summary>LWTUNNEL_ENCAP_*.</summary>
    public ushort? EncapType;

    /// <summary>The tunnel's own attributes.</summary>
    public byte[]? Encap;

    /// <inheritdoc/>
    public int HeaderSize => RouteHopHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = RouteHopHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(5, "gateway", ref Gateway);
        pass.U32(11, "flow", ref Flow);
        pass.Struct(18, "via", ref Via);
        pass.Bytes(19, "newdst", ref Newdst);
        pass.U16(21, "encap_type", ref EncapType);
        pass.Bytes(22, "encap", ref Encap);
    }
}
