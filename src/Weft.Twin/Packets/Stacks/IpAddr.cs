// An IP address of either family as a number, so that comparing and masking one allocates nothing. One of IPv4 is held as the
// IPv6 address that stands for it (RFC 4291, 2.5.5.2): one table then holds both families.

using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;
using Weft.Model;

namespace Weft.Twin.Packets.Stacks;

/// <summary>An IP address; <c>default</c> is the unspecified one of IPv6, and stands for none.</summary>
internal readonly record struct IpAddr(UInt128 Bits)
{
    /// <summary>How many bits stand before an IPv4 address: what its prefix lengths are longer by.</summary>
    public const int Mapped = 96;

    /// <summary>0.0.0.0.</summary>
    public static readonly IpAddr Any4 = V4(0);

    public static readonly IpAddr LinkLocal = new((UInt128)0xfe80_0000_0000_0000 << 64), AllNodes = new(((UInt128)0xff02_0000_0000_0000 << 64) | 1);

    public bool Is4 => (ulong)(Bits >> 32) == 0xffff && (ulong)(Bits >> 64) == 0;

    /// <summary>There is none: unspecified, in either family.</summary>
    public bool IsNone => Bits == UInt128.Zero || (Is4 && Number4 == 0);

    /// <summary>Of an IPv4 address, its 32 bits.</summary>
    public uint Number4 => (uint)Bits;

    public bool IsMulticast => Is4 ? Number4 >> 28 == 0xe : (byte)(Bits >> 120) == 0xff;

    public bool IsLimitedBroadcast => Is4 && Number4 == uint.MaxValue;

    /// <summary>In 127.0.0.0/8, or ::1.</summary>
    public bool IsLoopback => Is4 ? Number4 >> 24 == 127 : Bits == UInt128.One;

    /// <summary>In fe80::/10.</summary>
    public bool IsLinkLocal => (ushort)(Bits >> 112) is >= 0xfe80 and <= 0xfebf;

    /// <summary>The group on which it is asked for its MAC.</summary>
    public IpAddr SolicitedNode => new(NeighbourMessage.GroupOf(Bits));

    /// <summary>The MAC that a group's packets are sent to (RFC 1112, RFC 2464).</summary>
    public ulong GroupMac => Is4 ? 0x0100_5e00_0000UL | (Number4 & 0x7f_ffff) : 0x3333_0000_0000UL | (uint)Bits;

    public static IpAddr V4(uint number) => new(((UInt128)0xffff << 32) | number);

    public static IpAddr Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return written == 4 ? Read4(bytes) : Read6(bytes);
    }

    public static IpAddr Read4(ReadOnlySpan<byte> bytes) => V4(BinaryPrimitives.ReadUInt32BigEndian(bytes));

    public static IpAddr Read6(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    public void Write4(Span<byte> bytes) => BinaryPrimitives.WriteUInt32BigEndian(bytes, Number4);

    public void Write6(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);

    /// <summary>The link-local address of a MAC (EUI-64; RFC 4291, appendix A).</summary>
    public static IpAddr OfMac(ulong mac) =>
        new(LinkLocal.Bits | ((mac ^ 0x0200_0000_0000) >> 24 << 40) | 0xff_fe00_0000UL | (mac & 0xff_ffff));

    /// <summary>Whether the first bits are the same; of IPv4 addresses, <see cref="Mapped"/> more than their prefix length.</summary>
    public bool Matches(IpAddr other, int length) => length == 0 || (Bits ^ other.Bits) >> (128 - length) == UInt128.Zero;

    /// <summary>How many of the first bits are the same.</summary>
    public int Common(IpAddr other) => (int)UInt128.LeadingZeroCount(Bits ^ other.Bits);

    public IPAddress ToAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        Write6(bytes);
        return new(Is4 ? bytes[12..] : bytes);
    }

    public override string ToString() => ToAddress().ToString();
}

/// <summary>An address of a link, or a network: an address and how many of its bits name the network.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Subnet(IpAddr Address, int Length)
{
    public bool Is4 => Address.Is4;

    public static Subnet Of(IpPrefix prefix) => new(IpAddr.Of(prefix.Address), prefix.Length + (prefix.Is6 ? 0 : IpAddr.Mapped));

    /// <summary>Everything of a family.</summary>
    public static Subnet All(bool is4) => is4 ? new(IpAddr.Any4, IpAddr.Mapped) : default;

    public bool Contains(IpAddr other) => other.Is4 == Is4 && Address.Matches(other, Length);

    public Subnet Network => Length == 128 ? this : new(new(Address.Bits >> (128 - Math.Max(1, Length)) << (128 - Math.Max(1, Length))), Length);

    /// <summary>Of an IPv4 network of more than two addresses, the last; else none.</summary>
    public IpAddr Broadcast => Is4 && Length < 127 ? new(Address.Bits | ((UInt128.One << (128 - Length)) - 1)) : default;

    public override string ToString() => $"{Address}/{Length - (Is4 ? IpAddr.Mapped : 0)}";
}
