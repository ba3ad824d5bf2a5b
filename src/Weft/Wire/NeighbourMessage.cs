// Neighbour solicitations and advertisements (RFC 4861, 4.3 and 4.4): ICMPv6 messages, of which the checksum is reckoned by whoever
// writes the header before them.

using System.Buffers.Binary;

namespace Weft.Wire;

public static class NeighbourMessage
{
    /// <summary>Without an option, and with one that tells a MAC.</summary>
    public const int Length = 24, LengthWithMac = 32;

    /// <summary>What both are sent with: one of less came from behind a router.</summary>
    public const byte HopLimit = 255;

    /// <summary>Which option tells a MAC: a solicitation's sender's, or an advertisement's target's.</summary>
    public const byte SourceMac = 1, TargetMac = 2;

    /// <summary>Of an advertisement.</summary>
    public const byte RouterFlag = 0x80, SolicitedFlag = 0x40, OverrideFlag = 0x20;

    private const int TypeAt = 0, FlagsAt = 4, TargetAt = 8, OptionAt = Length, OptionMacAt = OptionAt + 2;

    public static bool IsType(byte type) => type is IcmpType.NeighbourSolicitation or IcmpType.NeighbourAdvertisement;

    public static byte Flags(ReadOnlySpan<byte> message) => message[FlagsAt];

    public static UInt128 Target(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt128BigEndian(message[TargetAt..]);

    /// <summary>The MAC that its first option tells; 0 without such an option.</summary>
    public static ulong Mac(ReadOnlySpan<byte> message, byte option) => message.Length >= LengthWithMac && message[OptionAt] == option ? Ethernet.ReadMac(message[OptionMacAt..]) : 0;

    /// <summary>The group on which an address is asked for its MAC, ff02::1:ff00:0/104 and its last three bytes (RFC 4291, 2.7.1).</summary>
    public static UInt128 GroupOf(UInt128 address) => ((UInt128)0xff02_0000_0000_0000 << 64) | 0x0000_0001_ff00_0000 | (address & 0xff_ffff);

    /// <param name="to">As long as it is to be, and all zeros.</param>
    /// <param name="option">Which option tells the MAC; 0 for none.</param>
    public static void Write(Span<byte> to, byte type, byte flags, UInt128 target, byte option, ulong mac)
    {
        (to[TypeAt], to[FlagsAt]) = (type, flags);
        BinaryPrimitives.WriteUInt128BigEndian(to[TargetAt..], target);
        if (option == 0)
            return;
        (to[OptionAt], to[OptionAt + 1]) = (option, 1);
        Ethernet.WriteMac(to[OptionMacAt..], mac);
    }
}
