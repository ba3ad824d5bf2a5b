// IFLA_INFO_DATA of kind "vxlan" (linux/if_link.h, IFLA_VXLAN_*).
// Surprises: an address is under one number or another by its family; an address that is not set is not told, nor is a switch that
// is an attribute without payload.
namespace Weft.Netlink;

/// <summary>The options of a VXLAN.</summary>
public sealed class VxlanData : IAttributes
{
    /// <summary>The number of the network (VNI).</summary>
    public uint? Id;

    /// <summary>Where frames go whose receiver is not known, IPv4: a multicast group, or the one other end.</summary>
    public InetAddress? Group;

    /// <summary>The link that carries it.</summary>
    public int? Link;

    /// <summary>The address that it sends from, IPv4.</summary>
    public InetAddress? Local;

    /// <summary>0 is the host's own.</summary>
    public byte? Ttl;

    /// <summary>1 is that of the packet inside.</summary>
    public byte? Tos;

    /// <summary>Whether it learns who is behind which end.</summary>
    public byte? Learning;

    /// <summary>Seconds.</summary>
    public uint? Ageing;

    /// <summary>How many addresses it remembers at most; 0 is any number.</summary>
    public uint? Limit;

    /// <summary>The ports that it sends from.</summary>
    public UdpPorts? PortRange;

    /// <summary>Whether it answers ARP.</summary>
    public byte? Proxy;

    /// <summary>Whether it goes round a router.</summary>
    public byte? Rsc;

    /// <summary>Whether unknown receivers are told of.</summary>
    public byte? L2miss;

    /// <summary>Whether unknown neighbours are told of.</summary>
    public byte? L3miss;

    /// <summary>The UDP port at both ends.</summary>
    public ushort? Port;

    /// <summary>As group, IPv6.</summary>
    public InetAddress? Group6;

    /// <summary>As local, IPv6.</summary>
    public InetAddress? Local6;

    /// <summary>Whether there is a checksum over IPv4.</summary>
    public byte? UdpCsum;

    /// <summary>Whether there is none over IPv6.</summary>
    public byte? UdpZeroCsum6Tx;

    /// <summary>Whether none is taken over IPv6.</summary>
    public byte? UdpZeroCsum6Rx;

    /// <summary>Checksums are left to the other end.</summary>
    public byte? RemcsumTx;

    /// <summary>The other end leaves them to us.</summary>
    public byte? RemcsumRx;

    /// <summary>Group policy.</summary>
    public bool? Gbp;

    /// <summary>How such a checksum is kept.</summary>
    public bool? RemcsumNopartial;

    /// <summary>Somebody else says where each frame goes.</summary>
    public byte? CollectMetadata;

    /// <summary>The flow label over IPv6.</summary>
    public uint? Label;

    /// <summary>The header that names a protocol.</summary>
    public bool? Gpe;

    /// <summary>Whether the TTL is that of the packet inside: told as a byte, taken as an attribute without payload.</summary>
    public byte[]? TtlInherit;

    /// <summary>0 unset, 1 set, 2 inherit. Since 4.20.</summary>
    public byte? Df;

    /// <summary>Only networks that were entered. Since 5.18.</summary>
    public byte? Vnifilter;

    /// <summary>Whether what is for an own address goes there at once. Since 6.5.</summary>
    public byte? Localbypass;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "id", ref Id);
        pass.Ip(2, "group", ref Group);
        pass.I32(3, "link", ref Link);
        pass.Ip(4, "local", ref Local);
        pass.U8(5, "ttl", ref Ttl);
        pass.U8(6, "tos", ref Tos);
        pass.U8(7, "learning", ref Learning);
        pass.U32(8, "ageing", ref Ageing);
        pass.U32(9, "limit", ref Limit);
        pass.Struct(10, "port_range", ref PortRange);
        pass.U8(11, "proxy", ref Proxy);
        pass.U8(12, "rsc", ref Rsc);
        pass.U8(13, "l2miss", ref L2miss);
        pass.U8(14, "l3miss", ref L3miss);
        pass.U16Big(15, "port", ref Port);
        pass.Ip(16, "group6", ref Group6);
        pass.Ip(17, "local6", ref Local6);
        pass.U8(18, "udp_csum", ref UdpCsum);
        pass.U8(19, "udp_zero_csum6_tx", ref UdpZeroCsum6Tx);
        pass.U8(20, "udp_zero_csum6_rx", ref UdpZeroCsum6Rx);
        pass.U8(21, "remcsum_tx", ref RemcsumTx);
        pass.U8(22, "remcsum_rx", ref RemcsumRx);
        pass.Flag(23, "gbp", ref Gbp);
        pass.Flag(24, "remcsum_nopartial", ref RemcsumNopartial);
        pass.U8(25, "collect_metadata", ref CollectMetadata);
        pass.U32Big(26, "label", ref Label);
        pass.Flag(27, "gpe", ref Gpe);
        pass.Bytes(28, "ttl_inherit", ref TtlInherit);
        pass.U8(29, "df", ref Df);
        pass.U8(30, "vnifilter", ref Vnifilter);
        pass.U8(31, "localbypass", ref Localbypass);
    }
}
