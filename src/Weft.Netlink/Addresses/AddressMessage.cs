// RTM_NEWADDR, RTM_DELADDR, RTM_GETADDR (linux/if_addr.h, IFA_*): one address on one link.
// Surprises: on a point-to-point link `address` is the other end and `local` is ours, elsewhere both are ours (IPv6 has
// address alone); the 32-bit flags attribute overrides the eight bits in the header.
namespace Weft.Netlink;

/// <summary>An IP address on a link.</summary>
public sealed class AddressMessage : IMessage
{
    /// <summary>Family, prefix length, scope and link.</summary>
    public AddressHeader Header;


    /// <summary>The address, or the far end of a point-to-point link.</summary>
    public InetAddress? Address;

    /// <summary>Our own address; IPv4, and IPv6 with a peer.</summary>
    public InetAddress? Local;

    /// <summary>IPv4 only: the name, perhaps with a colon and a suffix.</summary>
    public string? Label;

    /// <summary>IPv4 only.</summary>
    public InetAddress? Broadcast;

    /// <summary>IPv6 only.</summary>
    public InetAddress? Anycast;

    /// <summary>Lifetimes.</summary>
    public AddressCacheInfo? Cacheinfo;

    /// <summary>IPv6 only.</summary>
    public InetAddress? Multicast;

    /// <summary>IFA_F_*: 0x80 permanent, 0x200 noprefixroute, 0x40 tentative, 0x08 dadfailed, ...</summary>
    public uint? Flags;

    /// <summary>Metric of the prefix route.</summary>
    public uint? RtPriority;

    /// <summary>Act in this namespace.</summary>
    public int? TargetNetnsid;

    /// <summary>Who put it there: 1 kernel lo, 2 router advertisement, 3 kernel link-local. Since 5.18.</summary>
    public byte? Proto;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => AddressHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = AddressHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Ip(1, "address", ref Address);
        pass.Ip(2, "local", ref Local);
        pass.Text(3, "label", ref Label);
        pass.Ip(4, "broadcast", ref Broadcast);
        pass.Ip(5, "anycast", ref Anycast);
        pass.Struct(6, "cacheinfo", ref Cacheinfo);
        pass.Ip(7, "multicast", ref Multicast);
        pass.U32(8, "flags", ref Flags);
        pass.U32(9, "rt_priority", ref RtPriority);
        pass.I32(10, "target_netnsid", ref TargetNetnsid);
        pass.U8(11, "proto", ref Proto);
    }
}
