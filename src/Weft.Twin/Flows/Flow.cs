// A flow as this room knows it: one frame of it, since all its frames have the same headers, and the tag beside that.

using System.Collections.Immutable;
using Weft.Text;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>A flow.</summary>
/// <param name="Frame">From the destination MAC on.</param>
/// <param name="Tag">The tag beside the frame, all 16 bits; negative where there is none.</param>
internal sealed record Flow(ReadOnlyMemory<byte> Frame, int Tag)
{
    /// <summary>As a VLAN on the bond sends it: the tag beside the frame, save where it is inside.</summary>
    /// <param name="frame">The frame without its tag, or too short to have one.</param>
    /// <param name="tag">The tag; negative where there is none.</param>
    /// <param name="protocol">The tag's own EtherType.</param>
    public static Flow Of(ReadOnlyMemory<byte> frame, int tag, int protocol = Ethernet.Tag) =>
        tag < 0 || !XmitHash.KeepsTag(Headers.Number(frame.Span, 12)) ? new(frame, tag)
        : new((byte[])[.. frame.Span[..12], (byte)(protocol >> 8), (byte)protocol, (byte)(tag >> 8), (byte)tag, .. frame.Span[12..]], XmitHash.NoTag);
}

/// <summary>What a file of flows says.</summary>
public sealed class FlowFile
{
    internal FlowFile(ImmutableArray<Flow> flows, ImmutableArray<Finding> findings) => (Flows, Findings) = (flows, findings);

    /// <summary>In the file's order. With an error among the findings they are not all.</summary>
    internal ImmutableArray<Flow> Flows { get; }

    /// <summary>What is wrong with it.</summary>
    public ImmutableArray<Finding> Findings { get; }

    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}
