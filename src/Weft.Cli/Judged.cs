// A host file on its way into a command: read, checked, and either good to go on with or the end of it.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Check;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Cli;

/// <summary>What came of reading and checking a file.</summary>
/// <param name="Host">What it declares; null where it is no host file.</param>
/// <param name="Findings">Everything found, by place.</param>
internal sealed record Judged(Host? Host, ImmutableArray<Finding> Findings)
{
    /// <summary>The file as it was written.</summary>
    public string Text { get; init; } = "";

    /// <summary>The plan that it was part of; null where it was a host file.</summary>
    public PlanFile? Plan { get; init; }

    /// <summary>The host, where nothing speaks against going on with it.</summary>
    public Host? Sound => Findings.Any(finding => finding.Severity == Severity.Error) ? null : Host;

    /// <summary>Reads and checks; null, with the sentence said, where there is no text to read.</summary>
    public static Judged? File(Voice voice, string path, Timings timings, IReadOnlyCollection<string>? forced = null)
    {
        var (got, plan, reading) = timings.Measure("parse", () =>
        {
            var text = Input.Read(path);
            var plan = PlanFile.IsMeant(text.Text) ? PlanFile.Parse(text.Text) : null;
            if (plan is not null)
                text = new(new Source(plan.File, plan.Source), plan.Source, null);
            else if (PlanFile.IsMeant(text.Text))
                text = new(null, "", $"{Quote.Clean(path)}: is a plan that is damaged or of another version; make it anew with weft plan --out");
            return (text, plan, text.Source is { } source ? HostFile.Read(source.File, text.Text) : null);
        });
        if (reading is null)
        {
            Voice.Complain(got.Wrong!);
            return null;
        }
        voice.Knows(got.Source!);
        var looked = timings.Measure("check", () => reading.Host is { } host ? Checker.Look(host) : []);
        return new(reading.Host, [.. Report.Sorted(reading.Findings.Concat(Force.Rules(looked, forced ?? [])))]) { Text = got.Text, Plan = plan };
    }
}
