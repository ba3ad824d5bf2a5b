// Frames as a capture file (draft-ietf-opsawg-pcap): nanosecond stamps, Ethernet. A frame is written as it is on the wire, its tag in its
// place and its payload whole, so that whoever reads it has nothing to complain of.

using System.Buffers.Binary;

namespace Weft.Twin.Packets.Frames;

internal sealed class PcapWriter(Stream to)
{
    private const uint NanosecondMagic = 0xa1b23c4d, Ethernet10Mb = 1;
    private const int LongestCapture = 262_144;

    private readonly byte[] record = new byte[16 + LongestCapture];

    public long Frames { get; private set; }

    public void Begin()
    {
        var header = record.AsSpan(0, 24);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, NanosecondMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], LongestCapture);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], Ethernet10Mb);
        to.Write(header);
    }

    /// <param name="frame">Stays its owner's.</param>
    /// <param name="at">In nanoseconds; the file's clock begins at 0.</param>
    public void Write(Frame frame, long at)
    {
        var tag = frame.Tag >= 0 ? Ethernet.TagLength : 0;
        var length = Math.Max(frame.Length + tag, Ethernet.Shortest);
        var header = record.AsSpan(0, 16);
        var bytes = record.AsSpan(16, length);
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)(at / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(at % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], length);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], length);
        bytes.Clear();
        var held = frame.Bytes;
        held[..12].CopyTo(bytes);
        if (tag > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes[12..], Ethernet.ProtocolOf(frame.Tag));
            BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], (ushort)frame.Tag);
        }
        held[12..].CopyTo(bytes[(12 + tag)..]);
        to.Write(record.AsSpan(0, 16 + length));
        Frames++;
    }
}
