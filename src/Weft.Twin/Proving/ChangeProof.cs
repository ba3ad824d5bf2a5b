// What a change does to what was proven, before it is made: the new file's expectations are judged with the host as it was and as it is to be. What held and does not
// any more breaks; what was not met before either is told, and so is what could not be decided.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Text;
using Weft.Twin.Proving.Reports;

namespace Weft.Twin.Proving;

/// <summary>The expectations of a file, before and after the change to it.</summary>
/// <param name="Findings">Errors for what breaks: then the change is not to be made.</param>
/// <param name="Proven">What holds with the new file; null where it could not be run.</param>
public sealed record ChangeProof(ImmutableArray<Finding> Findings, Proven? Proven)
{
    /// <summary>What held, and does not after the change.</summary>
    private const string Broken = "expectation-broken";

    private const string Refuted = "expectation-refuted", Undecided = "expectation-undecided", Dropped = "expectation-dropped", Impossible = "proof-impossible";

    /// <summary>Whether the change must not be made.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>What the host as it was is taken from: the good file, by its path; empty where it is observed.</summary>
    public string Before { get; init; } = "";

    /// <param name="drawing">The change.</param>
    /// <param name="file">The new file, under its own labels.</param>
    /// <param name="path">What it is called in commands.</param>
    /// <param name="good">The file before; null where there is none.</param>
    public static ChangeProof Of(Drawing drawing, Host file, string path, Good? good)
    {
        var options = new ProofOptions { Files = path };
        var (after, wrong) = Proof.Of([Earlier.Named(file, path)], options);
        if (after is null)
            return new([.. wrong, Finding.Error(Impossible, Place.None, "nothing of the file could be proven", "the twin, which would run it, does not take it", "mend what is said of it, or apply without --prove")], null);
        var was = good is not null ? Earlier.Of(good.Host, file) : Earlier.Asked(Earlier.Observed(drawing, file), file.Rest.Get("expect")?.Value);
        var (before, unknown) = Proof.Of([Earlier.Named(was, good?.Path ?? "")], options);
        var told = new Told(before, before is null ? unknown[0].What : "", good is null ? "on this host as it is" : "with the file before");
        return new([.. told.Of(after), .. good is null ? [] : Gone(good.Host, file)], after) { Before = good?.Path ?? "" };
    }

    /// <summary>Lines that the file before had and the new one has not.</summary>
    private static IEnumerable<Finding> Gone(Host good, Host file)
    {
        var said = file.Rest.List("expect").Select(line => $"{line.Value}").ToHashSet(StringComparer.Ordinal);
        return good.Rest.List("expect").Select(line => $"{line.Value}").Where(line => !said.Contains(line)).Distinct(StringComparer.Ordinal).Select(line =>
            Finding.Advice(Dropped, file.Rest.Get("expect")?.Place ?? Place.None, $"the file before expected {line}, and this one does not", "a line that is gone asks for nothing: nobody looked whether it still holds", "nothing, if that is meant; else put the line back"));
    }

    /// <summary>Makes findings of verdicts, beside those of before.</summary>
    private sealed class Told(Proven? before, string unknown, string where)
    {
        public IEnumerable<Finding> Of(Proven after)
        {
            // The lines are the same in both, one by one; what nobody says is known by its words.
            var lines = before?.Verdicts.Where(verdict => verdict.Expectation.IsSaid).ToList();
            var usual = before?.Verdicts.Where(verdict => !verdict.Expectation.IsSaid).GroupBy(verdict => verdict.Expectation.Text, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
            var said = after.Verdicts.Where(verdict => verdict.Expectation.IsSaid).Select((verdict, at) => Of(lines?[at], verdict));
            var unsaid = after.Verdicts.Where(verdict => !verdict.Expectation.IsSaid).Select(verdict => (Verdict: verdict, Finding: Of(usual?.GetValueOrDefault(verdict.Expectation.Text), verdict)));
            // Of a hundred guests behind one cable one is named.
            var folded = from one in unsaid
                         where one.Finding is not null
                         group one.Finding by (one.Finding.Rule, one.Finding.Severity, Kinds: one.Verdict.Counter is { } counter ? string.Join(' ', counter.Faults.Select(fault => fault.Kind)) + counter.IsFullSize : "") into alike
                         select alike.Count() == 1 ? alike.First() : alike.First() with { What = FormattableString.Invariant($"{alike.First().What}; so it is with {alike.Count() - 1} more") };
            return said.OfType<Finding>().Concat(folded);
        }

        private Finding? Of(Verdict? was, Verdict now)
        {
            var (text, place, isSaid) = (now.Expectation.Text, now.Expectation.Place, now.Expectation.IsSaid);
            if (now.Holds is null)
                return new(Undecided, isSaid ? Severity.Warning : Severity.Advice, place, $"{text}: whether it holds after this change could not be decided", now.Why, "see what weft prove says of the file");
            if (now.Counter is not { } counter)
                return null;
            var (why, shown) = ($"{SurvivalText.When(counter.Faults)}: {counter.Said}", $"{counter.Command} shows it");
            if ((isSaid && was?.Holds == true) || (IsAnsweredAtRest(was) && !IsAnsweredAtRest(now)))
                return Finding.Error(Broken, place, $"{text}: held {where}, and does not after this change", why, $"leave what it stands on, or change the expectation too; {shown}");
            if (isSaid || was is null || counter.Faults.Count == 0)
                return new(Refuted, isSaid || counter.Faults.Count == 0 ? Severity.Warning : Severity.Advice, place, $"{text}: is not met, {HowItWas(was)}", why, shown);
            // What nobody asks for refuses nothing: told is what it survived, and does not any more.
            var gone = Lost(was).ToHashSet(StringComparer.Ordinal);
            return Lost(now).Where(lost => !gone.Contains(lost)).ToList() is not [var first, .. var more] ? null
                : Finding.Warning(Refuted, place, $"{text}: held {where} {first}{(more.Count == 0 ? "" : FormattableString.Invariant($", and {more.Count} more"))}, and does not after this change; no line of `expect` asks for it", why, shown);
        }

        /// <summary>The failures that it does not survive.</summary>
        private static IEnumerable<string> Lost(Verdict verdict) => verdict.Tried.Where(one => !one.Holds).Select(one => SurvivalText.When(one.Faults));

        private string HowItWas(Verdict? was) =>
            was is null ? unknown.Length > 0 ? $"and whether it was {where} could not be decided: {unknown}" : $"and nothing of the kind was there {where}"
            : was.Holds switch
            {
                false => $"and was not {where} either",
                _ => $"and whether it was {where} could not be decided: {was.Why}",
            };

        /// <summary>Whether it held while nothing failed; not where nothing could be asked.</summary>
        private static bool IsAnsweredAtRest(Verdict? verdict) => verdict?.Tried.Where(one => one.Faults.Count == 0).ToList() is { Count: > 0 } calm && calm.TrueForAll(one => one.Holds);
    }
}
