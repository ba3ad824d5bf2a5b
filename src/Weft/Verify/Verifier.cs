// Reads back. The kernel takes some changes without a word and does nothing (a VLAN's new id, a bond's MAC with
// fail_over_mac); so after an apply the host is observed again and planned against again: what would still be sent is what
// did not happen.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Plan;
using Weft.Text;

namespace Weft.Verify;

public static class Verifier
{
    /// <summary>What is observed now, and a finding for each step that would still be needed.</summary>
    public static (Observation After, ImmutableArray<Finding> Left) Compare(Drawing drawing, IKernel kernel)
    {
        var (after, again) = Again(drawing, kernel);
        if (after.Refusal is { } refusal)
            return (after, [Finding.Error("kernel-unreadable", Place.None, $"the kernel's links could not be read back: {refusal}", "what cannot be read cannot be verified", "run as root")]);
        return (after, [.. again.Where(step => step.Sends).Select(Left)]);
    }

    /// <summary>What is observed now, and the steps that would still be needed; none where it cannot be observed.</summary>
    public static (Observation After, ImmutableArray<Step> Steps) Again(Drawing drawing, IKernel kernel)
    {
        var after = kernel.Observe(Inquiry.Of(drawing));
        return (after, after.Refusal is not null ? [] : Planner.Plan(drawing.Ledger.After(drawing.Next, after.Host), drawing.Next, after).Steps);
    }

    public static Finding Left(Step step) =>
        Finding.Error("taken-in-vain", step.Place, $"the kernel took every step, and still it would have to {StepText.Of(step)}",
            "some drivers accept what they do not do; or somebody else changed the host meanwhile",
            step.Place.IsSomewhere ? "change this line, or find out who else configures this host" : "find out who else configures this host");
}
