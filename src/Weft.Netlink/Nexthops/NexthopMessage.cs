// RTM_NEWNEXTHOP, RTM_DELNEXTHOP, RTM_GETNEXTHOP (linux/nexthop.h, NHA_*): a nexthop object, which routes name by its id.
// Surprises: what is sent must have no scope, and a group no family; an object is gone as soon as its link is down, and a
// group with its last member.
namespace Weft.Netlink;

/// <summary>A nexthop object, or a group of them.</summary>
public sealed class NexthopMessage : IMessage
{
    /// <summary>Family, scope, protocol and flags.</summary>
    public NexthopHeader Header;

    /// <summary>What routes call it.</summary>
    public uint? Id;

    /// <summary>The members, where it is a group.</summary>
    public NexthopGroup? Group;

    /// <summary>0 by hash of the packet's addresses, 1 resilient.</summary>
    public ushort? GroupType;

    /// <summary>Drops what is routed to it.</summary>
    public bool? Blackhole;

    /// <summary>Outgoing link.</summary>
    public int? Oif;

    /// <summary>The router.</summary>
    public InetAddress? Gateway;

    /// <summary>LWTUNNEL_ENCAP_*.</summary>
    public ushort? EncapType;

    /// <summary>The tunnel's own attributes.</summary>
    public byte[]? Encap;

    /// <summary>In a dump's request: groups only.</summary>
    public bool? Groups;

    /// <summary>In a dump's request: objects over ports of this link only.</summary>
    public int? Master;

    /// <summary>For forwarding entries of VXLAN, not for routes.</summary>
    public bool? Fdb;

    /// <summary>How a resilient group keeps flows where they are.</summary>
    public NexthopResilience? ResGroup;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => NexthopHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = NexthopHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "id", ref Id);
        pass.Struct(2, "group", ref Group);
        pass.U16(3, "group_type", ref GroupType);
        pass.Flag(4, "blackhole", ref Blackhole);
        pass.I32(5, "oif", ref Oif);
        pass.Ip(6, "gateway", ref Gateway);
        pass.U16(7, "encap_type", ref EncapType);
        pass.Bytes(8, "encap", ref Encap);
        pass.Flag(9, "groups", ref Groups);
        pass.I32(10, "master", ref Master);
        pass.Flag(11, "fdb", ref Fdb);
        pass.Nest(12, "res_group", ref ResGroup);
    }
}
