// Numbers of Ethernet frames (IEEE 802.3, 802.1Q, 802.1D; linux/if_ether.h), and MACs: in bytes, as a number, and as the model spells them.

using System.Buffers.Binary;
using System.Globalization;

namespace Weft.Wire;

public static class Ethernet
{
    /// <summary>Both MACs and the type.</summary>
    public const int HeaderLength = 14;

    public const int TagLength = 4;

    /// <summary>A frame with less is filled up (802.3 clause 3.2.8), without its check sequence.</summary>
    public const int Shortest = 60;

    public const ushort Ip4 = 0x0800, Arp = 0x0806, Ip6 = 0x86dd, Tag = 0x8100, ServiceTag = 0x88a8, Slow = 0x8809, Loopback = 0x9000, Rarp = 0x8035;

    /// <summary>What may stand between the MACs and IP besides tags, and what carries no IP at all.</summary>
    public const ushort MplsUnicast = 0x8847, MplsMulticast = 0x8848, Pppoe = 0x8864, Tipc = 0x88ca, Lldp = 0x88cc, Fcoe = 0x8906, Batman = 0x4305, Ptp = 0x88f7, Prp = 0x88fb, Hsr = 0x892f, Bridged = 0x6558;

    /// <summary>From here on the number behind the MACs is a type; what is less is the length of an 802.3 frame.</summary>
    public const ushort LeastType = 0x0600;

    /// <summary>In a tag that is held beside a frame's bytes, above its TCI: it is one of 802.1ad.</summary>
    public const int ServiceBit = 1 << 16;

    public const ulong Broadcast = 0xffff_ffff_ffff;

    /// <summary>The bit of a MAC that makes it one of a group.</summary>
    public const ulong GroupBit = 1UL << 40;

    /// <summary>01:80:c2:00:00:00, the first of the sixteen that no bridge forwards as it would others.</summary>
    public const ulong Reserved = 0x0180_c200_0000;

    /// <summary>Where LACPDUs and markers go (Slow_Protocols_Multicast).</summary>
    public const ulong SlowProtocols = 0x0180_c200_0002;

    public static bool IsTag(int etherType) => etherType is Tag or ServiceTag;

    public static bool IsReserved(ulong mac) => (mac & ~0xfUL) == Reserved;

    public static bool IsGroup(ulong mac) => (mac & GroupBit) != 0;

    /// <summary>The protocol of a tag that is held beside a frame's bytes.</summary>
    public static ushort ProtocolOf(int tag) => (tag & ServiceBit) != 0 ? ServiceTag : Tag;

    /// <summary>The MAC that the first six bytes are.</summary>
    public static ulong ReadMac(ReadOnlySpan<byte> bytes) => (ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32 | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);

    public static void WriteMac(Span<byte> bytes, ulong mac)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(mac >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)mac);
    }

    /// <summary>A MAC as the model spells it; 0 for anything else.</summary>
    public static ulong Parse(string mac)
    {
        var value = 0UL;
        foreach (var part in mac.Split(':'))
            value = byte.TryParse(part, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? (value << 8) | bits : 0;
        return value;
    }

    public static string Print(ulong mac) =>
        string.Create(CultureInfo.InvariantCulture, $"{mac >> 40 & 255:x2}:{mac >> 32 & 255:x2}:{mac >> 24 & 255:x2}:{mac >> 16 & 255:x2}:{mac >> 8 & 255:x2}:{mac & 255:x2}");
}
