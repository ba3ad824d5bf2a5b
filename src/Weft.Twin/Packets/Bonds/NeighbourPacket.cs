// Neighbour solicitations and advertisements in a frame (RFC 4861), as far as a bond sends and reads them.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal static class NeighbourPacket
{
    private const byte Icmp6 = 58, Solicit = 135, Advertise = 136;
    private const int Header = 40, Message = 24, Option = 8;

    /// <summary>ff02::1.</summary>
    private static readonly UInt128 AllNodes = ((UInt128)0xff02_0000_0000_0000 << 64) | 1;

    /// <summary>A solicitation or an advertisement behind no other header.</summary>
    public static bool IsIn(Frame frame) =>
        frame.EtherType == Ethernet.Ip6 && frame.Payload.Length > Header && frame.Payload[6] == Icmp6 && frame.Payload[Header] is Solicit or Advertise;

    public static ReadOnlySpan<byte> Source(Frame frame) => frame.Payload[8..24];

    public static ReadOnlySpan<byte> Destination(Frame frame) => frame.Payload[24..40];

    public static bool IsAllNodes(ReadOnlySpan<byte> address) => BinaryPrimitives.ReadUInt128BigEndian(address) == AllNodes;

    /// <summary>A question to the target's group, with the asker's MAC unless nobody asks (ndisc_ns_create).</summary>
    public static Frame Solicitation(World world, ulong mac, IPAddress? source, IPAddress target)
    {
        var length = Message + (source is null ? 0 : Option);
        var frame = world.Frames.Rent();
        frame.Begin(Ethernet.HeaderLength + Header + length, Ethernet.HeaderLength + Header + length);
        Span<byte> asked = stackalloc byte[16], from = stackalloc byte[16];
        target.TryWriteBytes(asked, out _);
        from.Clear();
        source?.TryWriteBytes(from, out _);
        var low = (uint)(asked[13] << 16 | asked[14] << 8 | asked[15]);
        (frame.Destination, frame.Source, frame.EtherType) = (0x3333_ff00_0000UL | low, mac, Ethernet.Ip6);
        var packet = frame.Payload;
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)length);
        (packet[6], packet[7]) = (Icmp6, 255);
        from.CopyTo(packet[8..]);
        // ff02::1:ff00:0/104 and the target's last three bytes.
        (packet[24], packet[25], packet[35], packet[36]) = (0xff, 0x02, 1, 0xff);
        asked[13..].CopyTo(packet[37..]);
        packet[Header] = Solicit;
        asked.CopyTo(packet[(Header + 8)..]);
        if (source is not null)
        {
            (packet[Header + Message], packet[Header + Message + 1]) = (1, 1);
            BinaryPrimitives.WriteUInt16BigEndian(packet[(Header + Message + 2)..], (ushort)(mac >> 32));
            BinaryPrimitives.WriteUInt32BigEndian(packet[(Header + Message + 4)..], (uint)mac);
        }
        BinaryPrimitives.WriteUInt16BigEndian(packet[(Header + 2)..], Sum(packet));
        return frame;
    }

    /// <summary>The checksum of the message and its pseudo header (RFC 8200, 8.1).</summary>
    private static ushort Sum(ReadOnlySpan<byte> packet)
    {
        var sum = (uint)(packet.Length - Header + Icmp6);
        for (var i = 8; i < packet.Length; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(packet[i..]);
        sum = (sum & 0xffff) + (sum >> 16);
        return (ushort)~((sum & 0xffff) + (sum >> 16));
    }
}
