// pcap, read (draft-ietf-opsawg-pcap): a header of 24 bytes, and before each frame one of 16, in the byte order of whoever recorded.
// `PcapWriter` writes the same.

using System.Buffers.Binary;

namespace Weft.Twin.Flows.Captures;

internal static class Pcap
{
    /// <summary>The first four bytes, with stamps in microseconds and in nanoseconds.</summary>
    public const uint Micro = 0xa1b2c3d4, Nano = 0xa1b23c4d;

    public const int FileHeader = 24, FrameHeader = 16;

    /// <param name="magic">The first four bytes, read as little-endian.</param>
    public static bool IsMagic(uint magic) => magic is Micro or Nano || BinaryPrimitives.ReverseEndianness(magic) is Micro or Nano;

    public static void Read(Capture to, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < FileHeader)
        {
            to.Damaged("the header of the file is cut off", bytes.Length);
            return;
        }
        var isLittle = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span) is Micro or Nano;
        uint Word(int at) => isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]) : BinaryPrimitives.ReadUInt32BigEndian(bytes.Span[at..]);
        // The upper half tells of a checksum behind each frame, which no hash looks at.
        if (!to.IsEthernet((int)(Word(20) & 0xffff)))
            return;
        for (var at = FileHeader; at < bytes.Length;)
        {
            if (bytes.Length - at < FrameHeader)
            {
                to.Ends("the header of a frame");
                return;
            }
            var (recorded, whole) = (Word(at + 8), Word(at + 12));
            if (recorded > Capture.LongestFrame)
            {
                to.Damaged($"a frame is said to be of {recorded} bytes", at);
                return;
            }
            at += FrameHeader;
            if (bytes.Length - at < recorded)
            {
                to.Ends("a frame");
                return;
            }
            to.Take(bytes.Slice(at, (int)recorded), whole);
            at += (int)recorded;
        }
    }
}
