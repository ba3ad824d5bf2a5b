// A host file on its way to a plan: read, checked, planned against this host. plan and diff differ only in what they print
// of it.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Plan;
using Weft.Text;

namespace Weft.Cli;

/// <summary>What came of planning a file.</summary>
/// <param name="Drawing">The plan and what it was drawn from; null where the checks ended it.</param>
/// <param name="Findings">Of the checks and of the plan, by place.</param>
/// <param name="Code">The exit code that the findings demand.</param>
internal sealed record Planned(Drawing? Drawing, ImmutableArray<Finding> Findings, int Code)
{
    /// <summary>The file, as it was read and judged.</summary>
    public required Judged Judged { get; init; }

    public Weft.Plan.Drawn Plan => Drawing?.Plan ?? new([], []);

    /// <summary>Null, with the sentence said, where there is no text to read.</summary>
    public static Planned? File(Voice voice, string path)
    {
        var timings = new Timings();
        if (Judged.File(voice, path, timings) is not { } judged)
            return null;
        if (judged.Sound is not { } host)
            return new(null, judged.Findings, Exit.Of(judged.Findings)) { Judged = judged };
        var unfinished = Unfinished.On(Machine.State(), alone: false);
        var (ledger, ignored) = LedgerFile.Read(Machine.State());
        using var kernel = Machine.Kernel();
        var drawing = voice.Working("reading this host", () => Walk.Plan(host, kernel, ledger, timings));
        var findings = judged.Findings.Concat(drawing.Plan.Findings).Concat(new[] { ignored, unfinished }.OfType<Finding>()).ToImmutableArray();
        return new(drawing, findings, drawing.Now.Refusal is null ? Exit.Of(findings) : Exit.Refused) { Judged = judged };
    }
}
