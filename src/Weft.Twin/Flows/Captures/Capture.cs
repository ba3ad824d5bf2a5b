// Flows from a recording of packets: pcap in both byte orders and both resolutions of time, and pcapng. Each recorded frame is a flow of the list: so
// often as a flow was seen, so much it counts. The first tag of a frame is taken to have travelled beside it, as that of bond0.100 does. What ends within a frame is read up to there.

using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Weft.Text;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows.Captures;

/// <summary>Reads recordings.</summary>
public sealed class Capture
{
    /// <summary>MAXIMUM_SNAPLEN of libpcap: no frame that it records is longer.</summary>
    internal const int LongestFrame = 262_144;

    private readonly Place place;
    private readonly ImmutableArray<Flow>.Builder flows = ImmutableArray.CreateBuilder<Flow>();
    private readonly List<Finding> findings = [];
    private int cut;

    private Capture(string file) => place = new(file, 0, 0);

    /// <param name="file">The name that findings show.</param>
    /// <param name="bytes">The whole file.</param>
    public static FlowFile Read(string file, ReadOnlyMemory<byte> bytes)
    {
        var capture = new Capture(file);
        var magic = bytes.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span);
        if (Pcap.IsMagic(magic))
            Pcap.Read(capture, bytes);
        else if (magic == Pcapng.SectionHeader)
            Pcapng.Read(capture, bytes);
        else
            capture.Unknown(bytes.Span);
        if (capture.cut > 0)
            capture.findings.Add(Finding.Warning("capture-cut", capture.place, string.Create(CultureInfo.InvariantCulture, $"{capture.cut} of {capture.flows.Count} frames were recorded only in part"),
                "a header behind the cut is not there to be hashed, and the kernel, which had it, may have chosen another port", "record whole frames, with tcpdump -s 0"));
        if (capture.flows.Count == 0 && capture.findings.Count == 0)
            capture.findings.Add(Finding.Error("capture-empty", capture.place, "it holds no frame", "there is nothing to hash", "record while the flows run"));
        return new(capture.flows.ToImmutable(), [.. capture.findings]);
    }

    /// <summary>Frames so far.</summary>
    internal int Count => flows.Count;

    /// <summary>Takes a frame.</summary>
    /// <param name="frame">As much of it as was recorded.</param>
    /// <param name="whole">How long it was.</param>
    internal void Take(ReadOnlyMemory<byte> frame, long whole)
    {
        if (frame.Length < whole)
            cut++;
        var span = frame.Span;
        flows.Add(span.Length < Ethernet.HeaderLength + 4 || !Ethernet.IsTag(Headers.Number(span, 12)) ? new(frame, XmitHash.NoTag)
            : Flow.Of((byte[])[.. span[..12], .. span[16..]], Headers.Number(span, 14), Headers.Number(span, 12)));
    }

    /// <summary>The file ends within something: what stands before it counts.</summary>
    internal void Ends(string within) => findings.Add(Finding.Warning("capture-ends", place, string.Create(CultureInfo.InvariantCulture, $"it ends within {within}, after {flows.Count} frames"),
        "whoever recorded was ended, or the disk was full; what stands before is read", "nothing, where these frames are enough"));

    internal void Damaged(string what, long at) => findings.Add(Finding.Error("capture-malformed", place, string.Create(CultureInfo.InvariantCulture, $"{what} at byte {at}, after {flows.Count} frames"),
        "from there on nobody can tell where a frame begins", "record again, or mend the file with a tool such as editcap"));

    /// <summary>Whether frames of this link type are Ethernet; else that is said, once.</summary>
    internal bool IsEthernet(int linkType)
    {
        if (linkType == LinkTypes.Ethernet)
            return true;
        findings.Add(Finding.Error("capture-link-type", place, $"frames in it are {LinkTypes.Name(linkType)}, not Ethernet", "a bond hashes Ethernet headers, and these have none, or another",
            linkType is LinkTypes.Cooked or LinkTypes.Cooked2 ? "record on the bond or one port, not on any: tcpdump -i bond0" : "record on the bond, or on one of its ports"));
        return false;
    }

    private void Unknown(ReadOnlySpan<byte> bytes)
    {
        var (what, mend) = bytes switch
        {
            [] => ("is empty", "record again"),
            [0x1f, 0x8b, ..] => ("is compressed by gzip", "unpack it with gunzip first"),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => ("is compressed by zstd", "unpack it with unzstd first"),
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..] => ("is compressed by xz", "unpack it with unxz first"),
            [(byte)'s', (byte)'n', (byte)'o', (byte)'o', (byte)'p', ..] => ("is a recording of snoop", "turn it into pcap with a tool such as editcap"),
            _ => ($"begins with {Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, 4)])}, as no pcap or pcapng does", "give a file that tcpdump -w, dumpcap or Wireshark wrote; flows as text go with --csv"),
        };
        findings.Add(Finding.Error("capture-unknown", place, $"it {what}", "only pcap and pcapng are read", mend));
    }
}
