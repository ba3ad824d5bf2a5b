// Frames of the twin as pcap: nanosecond stamps, Ethernet. A frame is written as it is on the wire, its tag in its
// place and its payload whole, so that whoever reads it has nothing to complain of.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Flows.Captures;

internal sealed class PcapWriter(Stream to)
{
    private readonly byte[] record = new byte[Pcap.FrameHeader + Capture.LongestFrame];

    public long Frames { get; private set; }

    public void Begin()
    {
        var header = record.AsSpan(0, Pcap.FileHeader);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Pcap.Nano);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Capture.LongestFrame);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], LinkTypes.Ethernet);
        to.Write(header);
    }

    /// <param name="frame">Stays its owner's.</param>
    /// <param name="at">In nanoseconds; the file's clock begins at 0.</param>
    public void Write(Frame frame, long at)
    {
        var tag = frame.Tag >= 0 ? Ethernet.TagLength : 0;
        var length = Math.Max(frame.Length + tag, Ethernet.Shortest);
        var header = record.AsSpan(0, Pcap.FrameHeader);
        var bytes = record.AsSpan(Pcap.FrameHeader, length);
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
        to.Write(record.AsSpan(0, Pcap.FrameHeader + length));
        Frames++;
    }
}
