// pcapng: blocks that say their length at both ends; sections, each in a byte order of its own, with interfaces, each of a link type of its own.
// Blocks of other kinds (names, statistics, secrets, what tools added) are passed over.

using System.Buffers.Binary;

namespace Weft.Twin.Flows.Captures;

internal sealed class Pcapng
{
    /// <summary>A section begins so in either byte order.</summary>
    public const uint SectionHeader = 0x0a0d0d0a;

    private const uint ByteOrder = 0x1a2b3c4d, Interface = 1, OldPacket = 2, SimplePacket = 3, EnhancedPacket = 6;
    private const int LeastBlock = 12, PacketHeader = 20;

    private readonly Capture to;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly List<(int LinkType, uint Most)> interfaces = [];
    private bool isLittle;

    private Pcapng(Capture to, ReadOnlyMemory<byte> bytes) => (this.to, this.bytes) = (to, bytes);

    public static void Read(Capture to, ReadOnlyMemory<byte> bytes) => new Pcapng(to, bytes).Blocks();

    private void Blocks()
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (bytes.Length - at < LeastBlock)
            {
                to.Ends("a block");
                return;
            }
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]) == SectionHeader && !Section(at))
                return;
            var length = Word(at + 4);
            if (length < LeastBlock || length % 4 != 0)
            {
                to.Damaged($"a block is said to be of {length} bytes", at);
                return;
            }
            if (bytes.Length - at < length)
            {
                to.Ends("a block");
                return;
            }
            if (Word(at + (int)length - 4) != length)
            {
                to.Damaged("a block says two lengths", at);
                return;
            }
            if (!Block(at, (int)length))
                return;
            at += (int)length;
        }
    }

    /// <summary>A section's byte order holds from its own length on.</summary>
    private bool Section(int at)
    {
        isLittle = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[(at + 8)..]) == ByteOrder;
        if (!isLittle && BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[(at + 8)..]) != ByteOrder)
        {
            to.Damaged("a section has no byte order", at);
            return false;
        }
        interfaces.Clear();
        return true;
    }

    private bool Block(int at, int length)
    {
        var room = length - LeastBlock;
        switch (Word(at))
        {
            case Interface when room >= 8:
                interfaces.Add((Half(at + 8), Word(at + 12)));
                return true;
            case EnhancedPacket when room >= PacketHeader:
                return Packet(at, room, Word(at + 8));
            case OldPacket when room >= PacketHeader:
                return Packet(at, room, (uint)Half(at + 8));
            case SimplePacket when room >= 4:
                var (whole, most) = (Word(at + 8), interfaces.Count > 0 ? interfaces[0].Most : 0);
                return Frame(at, 0, at + 12, Math.Min(Math.Min(whole, most == 0 ? whole : most), (uint)room - 4), whole);
            case Interface or EnhancedPacket or OldPacket or SimplePacket:
                to.Damaged("a block is too short for what it is", at);
                return false;
            default:
                return true;
        }
    }

    private bool Packet(int at, int room, uint number)
    {
        var recorded = Word(at + 20);
        if (recorded <= room - PacketHeader)
            return Frame(at, number, at + 8 + PacketHeader, recorded, Word(at + 24));
        to.Damaged($"a frame is said to be of {recorded} bytes, and its block has not so many", at);
        return false;
    }

    private bool Frame(int at, uint number, int start, uint recorded, uint whole)
    {
        if (number >= interfaces.Count)
        {
            to.Damaged("a frame is of an interface that nobody told of", at);
            return false;
        }
        if (!to.IsEthernet(interfaces[(int)number].LinkType))
            return false;
        to.Take(bytes.Slice(start, (int)recorded), whole);
        return true;
    }

    private uint Word(int at) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[at..]);

    private int Half(int at) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.Span[at..]) : BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[at..]);
}
