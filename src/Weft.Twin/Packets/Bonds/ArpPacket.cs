// An ARP packet in a frame (RFC 826, for Ethernet and IPv4): read where it stands, and written whole (arp_create).

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal static class ArpPacket
{
    public const int Request = 1, Reply = 2;

    private const int Length = 28;

    /// <summary>A frame with ARP of MACs for IPv4 addresses, all of it.</summary>
    public static bool IsIn(Frame frame) =>
        frame.EtherType == Ethernet.Arp && frame.Payload.Length >= Length && BinaryPrimitives.ReadUInt64BigEndian(frame.Payload) >> 16 == 0x0001_0800_0604;

    public static int Operation(Frame frame) => BinaryPrimitives.ReadUInt16BigEndian(frame.Payload[6..]);

    public static ulong SenderMac(Frame frame) => BinaryPrimitives.ReadUInt64BigEndian(frame.Payload[8..]) >> 16;

    public static uint Sender(Frame frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.Payload[14..]);

    public static ulong TargetMac(Frame frame) => BinaryPrimitives.ReadUInt64BigEndian(frame.Payload[18..]) >> 16;

    public static uint Target(Frame frame) => BinaryPrimitives.ReadUInt32BigEndian(frame.Payload[24..]);

    public static ReadOnlySpan<byte> SenderBytes(Frame frame) => frame.Payload[14..18];

    public static ReadOnlySpan<byte> TargetBytes(Frame frame) => frame.Payload[24..28];

    public static void PutSenderMac(Frame frame, ulong mac) => Put(frame.Payload[8..], mac);

    /// <summary>A new frame with an ARP packet in it.</summary>
    public static Frame New(World world, int operation, ulong destination, (ulong Mac, uint Address) sender, (ulong Mac, uint Address) target)
    {
        var frame = world.Frames.Rent();
        frame.Begin(Ethernet.Shortest, Ethernet.HeaderLength + Length);
        (frame.Destination, frame.Source, frame.EtherType) = (destination, sender.Mac, Ethernet.Arp);
        var packet = frame.Payload;
        BinaryPrimitives.WriteUInt64BigEndian(packet, (0x0001_0800_0604UL << 16) | (uint)operation);
        Put(packet[8..], sender.Mac);
        BinaryPrimitives.WriteUInt32BigEndian(packet[14..], sender.Address);
        Put(packet[18..], target.Mac);
        BinaryPrimitives.WriteUInt32BigEndian(packet[24..], target.Address);
        return frame;
    }

    private static void Put(Span<byte> at, ulong mac)
    {
        BinaryPrimitives.WriteUInt32BigEndian(at, (uint)(mac >> 16));
        BinaryPrimitives.WriteUInt16BigEndian(at[4..], (ushort)mac);
    }
}
