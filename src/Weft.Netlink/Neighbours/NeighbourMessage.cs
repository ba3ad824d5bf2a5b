// RTM_NEWNEIGH, RTM_DELNEIGH, RTM_GETNEIGH (linux/neighbour.h, NDA_*): a neighbour, or with family AF_BRIDGE a forwarding
// entry of a bridge.
// Surprise: a forwarding entry names its port by the header's index and the bridge by master; the same address may
// stand twice, once with flag SELF (the device's own filter) and once with MASTER (the bridge's table).
namespace Weft.Netlink;

/// <summary>A neighbour or a forwarding entry.</summary>
public sealed class NeighbourMessage : IMessage
{
    /// <summary>Family, link, state and flags.</summary>
    public NeighbourHeader Header;


    /// <summary>IP address; for VXLAN entries the far tunnel end.</summary>
    public InetAddress? Dst;

    /// <summary>Link-layer address.</summary>
    public HardwareAddress? Lladdr;

    /// <summary>Ages, 1/100 s.</summary>
    public NeighbourCacheInfo? Cacheinfo;

    /// <summary>Probes sent.</summary>
    public uint? Probes;

    /// <summary>VLAN of a forwarding entry.</summary>
    public ushort? Vlan;

    /// <summary>UDP port of a VXLAN entry.</summary>
    public ushort? Port;

    /// <summary>VXLAN network.</summary>
    public uint? Vni;

    /// <summary>Outgoing link of a VXLAN entry.</summary>
    public int? Ifindex;

    /// <summary>The bridge.</summary>
    public int? Master;

    /// <summary>Namespace of the link.</summary>
    public int? LinkNetnsid;

    /// <summary>VXLAN network it is looked up in.</summary>
    public uint? SrcVni;

    /// <summary>Who put it there, as for routes.</summary>
    public byte? Protocol;

    /// <summary>Next-hop object.</summary>
    public uint? NhId;

    /// <summary>Extras of a forwarding entry.</summary>
    public FdbExtension? FdbExtAttrs;

    /// <summary>More flags: managed 1, locked 2.</summary>
    public uint? FlagsExt;

    /// <summary>Dump only states in this mask.</summary>
    public ushort? StateMask;

    /// <summary>Dump only flags in this mask.</summary>
    public byte? FlagsMask;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => NeighbourHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = NeighbourHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "dst", ref Dst);
        pass.Mac(2, "lladdr", ref Lladdr);
        pass.Struct(3, "cacheinfo", ref Cacheinfo);
        pass.U32(4, "probes", ref Probes);
        pass.U16(5, "vlan", ref Vlan);
        pass.U16Big(6, "port", ref Port);
        pass.U32(7, "vni", ref Vni);
        pass.I32(8, "ifindex", ref Ifindex);
        pass.I32(9, "master", ref Master);
        pass.I32(10, "link_netnsid", ref LinkNetnsid);
        pass.U32(11, "src_vni", ref SrcVni);
        pass.U8(12, "protocol", ref Protocol);
        pass.U32(13, "nh_id", ref NhId);
        pass.Nest(14, "fdb_ext_attrs", ref FdbExtAttrs);
        pass.U32(15, "flags_ext", ref FlagsExt);
        pass.U16(16, "state_mask", ref StateMask);
        pass.U8(17, "flags_mask", ref FlagsMask);
    }
}
