// A flow as this room knows it: one frame of it, since all its frames have the same headers, and the tag beside that.

using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Twin.Flows;

/// <summary>A flow.</summary>
/// <param name="Frame">From the destination MAC on.</param>
/// <param name="Tag">The tag beside the frame, all 16 bits; negative where there is none.</param>
public sealed record Flow(ReadOnlyMemory<byte> Frame, int Tag);

/// <summary>What a file of flows says.</summary>
/// <param name="Flows">In the file's order. With an error among the findings they are not all.</param>
/// <param name="Findings">What is wrong with it.</param>
public sealed record FlowFile(ImmutableArray<Flow> Flows, ImmutableArray<Finding> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}
