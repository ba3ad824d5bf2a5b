// Where things stand in the headers of IPv4 and IPv6 (RFC 791, RFC 8200). Payloads are zeros, which a checksum does not see: that of
// the held bytes is that of the whole packet.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Stacks.Ip;

internal static class Header
{
    public const int Length4 = IpHeader.Length4, Length6 = IpHeader.Length6, Ttl = 64;

    /// <summary>Of IPv4's flags and offset.</summary>
    public const ushort DontFragment = 0x4000, MoreFragments = 0x2000, Offset = 0x1fff;

    public static int Length(bool is4) => is4 ? Length4 : Length6;

    /// <summary>The held bytes behind the IP header; IPv4 options were refused.</summary>
    public static Span<byte> Inner(Frame frame, bool is4) => frame.Payload[Length(is4)..];

    public static IpAddr From(Frame frame, bool is4) => is4 ? IpAddr.Read4(frame.Payload[12..]) : IpAddr.Read6(frame.Payload[8..]);

    public static IpAddr To(Frame frame, bool is4) => is4 ? IpAddr.Read4(frame.Payload[16..]) : IpAddr.Read6(frame.Payload[24..]);

    /// <summary>The source as it stands there, and the destination.</summary>
    public static ReadOnlySpan<byte> FromBytes(Frame frame, bool is4) => is4 ? frame.Payload[12..16] : frame.Payload[8..24];

    public static ReadOnlySpan<byte> ToBytes(Frame frame, bool is4) => is4 ? frame.Payload[16..20] : frame.Payload[24..40];

    public static byte Protocol(Frame frame, bool is4) => frame.Payload[is4 ? 9 : 6];

    /// <summary>The length of the whole packet as its header says it.</summary>
    public static int Total(Frame frame, bool is4) => is4 ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload[2..]) : Length6 + BinaryPrimitives.ReadUInt16BigEndian(frame.Payload[4..]);

    public static ushort Fragment(Frame frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.Payload[6..]);

    public static ushort Id(Frame frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.Payload[4..]);

    /// <summary>Whether routers may cut it up: IPv6 has none that do.</summary>
    public static bool MayFragment(Frame frame, bool is4) => is4 && (Fragment(frame) & DontFragment) == 0;

    public static byte HopLimit(Frame frame, bool is4) => frame.Payload[is4 ? 8 : 7];

    /// <summary>One hop less; the checksum follows.</summary>
    public static void Hop(Frame frame, bool is4)
    {
        frame.Payload[is4 ? 8 : 7]--;
        if (is4)
            Sum4(frame.Payload);
    }

    /// <summary>Starts a packet: its Ethernet type and IP header are written, what is behind is zeros.</summary>
    /// <param name="length">In bytes behind the IP header.</param>
    /// <param name="held">How many of those are to be written.</param>
    public static Frame Begin(World world, IpAddr from, IpAddr to, byte protocol, int length, int held, bool mayFragment = false, ushort id = 0, byte ttl = Ttl)
    {
        var (is4, frame) = (to.Is4, world.Frames.Rent());
        var before = Ethernet.HeaderLength + Length(is4);
        frame.Begin(before + length, before + held);
        frame.EtherType = is4 ? Ethernet.Ip4 : Ethernet.Ip6;
        if (is4)
            Write4(frame.Payload, from, to, protocol, Length4 + length, mayFragment ? (ushort)0 : DontFragment, id, ttl);
        else
            Write6(frame.Payload, from, to, protocol, length, ttl);
        return frame;
    }

    public static void Write4(Span<byte> ip, IpAddr from, IpAddr to, byte protocol, int total, ushort fragment, ushort id, byte ttl)
    {
        (ip[0], ip[1], ip[8], ip[9]) = (0x45, 0, ttl, protocol);
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)total);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], id);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], fragment);
        from.Write4(ip[12..]);
        to.Write4(ip[16..]);
        Sum4(ip);
    }

    public static void Write6(Span<byte> ip, IpAddr from, IpAddr to, byte next, int length, byte ttl)
    {
        (ip[0], ip[1], ip[2], ip[3], ip[6], ip[7]) = (0x60, 0, 0, 0, next, ttl);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)length);
        from.Write6(ip[8..]);
        to.Write6(ip[24..]);
    }

    /// <summary>Says where in the whole a fragment stands, and how long it is.</summary>
    public static void SetFragment(Span<byte> ip, int total, ushort fragment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)total);
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], fragment);
        Sum4(ip);
    }

    private static void Sum4(Span<byte> ip)
    {
        (ip[10], ip[11]) = (0, 0);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], InternetChecksum.Of(ip[..Length4]));
    }

    public static bool IsSound4(Span<byte> ip) => InternetChecksum.Of(ip[..Length4]) == 0;

    /// <summary>Writes the checksum of what stands behind the IP header, over the addresses too where the protocol wants that.</summary>
    public static void SumInner(Frame frame, bool is4, int at, bool isWithAddresses)
    {
        var inner = Inner(frame, is4);
        (inner[at], inner[at + 1]) = (0, 0);
        var sum = 0UL;
        if (isWithAddresses)
            sum = InternetChecksum.Sum(frame.Payload.Slice(is4 ? 12 : 8, is4 ? 8 : 32), (uint)(Total(frame, is4) - Length(is4)) + Protocol(frame, is4));
        var folded = InternetChecksum.Fold(InternetChecksum.Sum(inner, sum));
        // In UDP none would mean that there is no checksum.
        BinaryPrimitives.WriteUInt16BigEndian(inner[at..], folded == 0 && isWithAddresses ? (ushort)0xffff : folded);
    }
}
