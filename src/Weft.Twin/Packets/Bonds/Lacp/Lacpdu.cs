// The bytes of a LACPDU (802.3ad 43.4.2.2): three fields of type, length and value - this end, the other end as this one knows
// it, the collector - and padding. Version 1 has always the same 110.

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds.Lacp;

[StructLayout(LayoutKind.Auto)]
internal readonly record struct Lacpdu(Party Actor, Party Partner)
{
    /// <summary>The first byte behind the Ethernet header says which of the slow protocols it is.</summary>
    public const byte Subtype = 1;

    public const int Length = 110, FrameLength = Ethernet.HeaderLength + Length;

    private const byte Version = 1, ActorField = 1, PartnerField = 2, CollectorField = 3, PartyLength = 20, CollectorLength = 16;
    private const int ActorAt = 2, PartnerAt = ActorAt + PartyLength, CollectorAt = PartnerAt + PartyLength;

    /// <summary>Writes it behind an Ethernet header, over zeros.</summary>
    public void Write(Span<byte> payload)
    {
        (payload[0], payload[1]) = (Subtype, Version);
        Write(payload[ActorAt..], ActorField, Actor);
        Write(payload[PartnerAt..], PartnerField, Partner);
        // The collector's greatest delay is 0, and the terminator behind it is zeros, as is all that follows.
        (payload[CollectorAt], payload[CollectorAt + 1]) = (CollectorField, CollectorLength);
    }

    /// <summary>Reads one as the kernel does: by its length alone, believing the layout.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out Lacpdu pdu)
    {
        pdu = default;
        if (payload.Length < Length || payload[0] != Subtype)
            return false;
        pdu = new(Read(payload[ActorAt..]), Read(payload[PartnerAt..]));
        return true;
    }

    private static void Write(Span<byte> field, byte type, in Party party)
    {
        (field[0], field[1]) = (type, PartyLength);
        BinaryPrimitives.WriteUInt16BigEndian(field[2..], party.SystemPriority);
        Ethernet.WriteMac(field[4..], party.System);
        BinaryPrimitives.WriteUInt16BigEndian(field[10..], party.Key);
        BinaryPrimitives.WriteUInt16BigEndian(field[12..], party.PortPriority);
        BinaryPrimitives.WriteUInt16BigEndian(field[14..], party.Port);
        field[16] = (byte)party.State;
    }

    private static Party Read(ReadOnlySpan<byte> field) => new(
        BinaryPrimitives.ReadUInt16BigEndian(field[2..]),
        Ethernet.ReadMac(field[4..]),
        BinaryPrimitives.ReadUInt16BigEndian(field[10..]),
        BinaryPrimitives.ReadUInt16BigEndian(field[12..]),
        BinaryPrimitives.ReadUInt16BigEndian(field[14..]),
        (LacpState)field[16]);
}
