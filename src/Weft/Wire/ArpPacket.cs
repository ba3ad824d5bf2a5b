// ARP for Ethernet and IPv4 (RFC 826): read where it stands, and written whole.

using System.Buffers.Binary;

namespace Weft.Wire;

public static class ArpPacket
{
    public const int Length = 28;
    public const ushort Request = 1, Reply = 2;

    /// <summary>Ethernet and IPv4, and how long the addresses of both are.</summary>
    private const ulong Head = 0x0001_0800_0604;

    private const int SenderMacAt = 8, SenderAt = 14, TargetMacAt = 18, TargetAt = 24;

    /// <summary>Whether these bytes are one, all of it.</summary>
    public static bool Is(ReadOnlySpan<byte> bytes) => bytes.Length >= Length && BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16 == Head;

    public static ushort Operation(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);

    public static ulong SenderMac(ReadOnlySpan<byte> packet) => Ethernet.ReadMac(packet[SenderMacAt..]);

    public static uint Sender(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[SenderAt..]);

    public static ulong TargetMac(ReadOnlySpan<byte> packet) => Ethernet.ReadMac(packet[TargetMacAt..]);

    public static uint Target(ReadOnlySpan<byte> packet) => BinaryPrimitives.ReadUInt32BigEndian(packet[TargetAt..]);

    /// <summary>The sender's address as it stands there, and the target's.</summary>
    public static ReadOnlySpan<byte> SenderBytes(ReadOnlySpan<byte> packet) => packet.Slice(SenderAt, 4);

    public static ReadOnlySpan<byte> TargetBytes(ReadOnlySpan<byte> packet) => packet.Slice(TargetAt, 4);

    public static void PutSenderMac(Span<byte> packet, ulong mac) => Ethernet.WriteMac(packet[SenderMacAt..], mac);

    public static void Write(Span<byte> to, ushort operation, ulong senderMac, uint sender, ulong targetMac, uint target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(to, Head << 16 | operation);
        Ethernet.WriteMac(to[SenderMacAt..], senderMac);
        BinaryPrimitives.WriteUInt32BigEndian(to[SenderAt..], sender);
        Ethernet.WriteMac(to[TargetMacAt..], targetMac);
        BinaryPrimitives.WriteUInt32BigEndian(to[TargetAt..], target);
    }
}
