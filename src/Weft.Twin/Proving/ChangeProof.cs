// What a change does to what was proven, before it is made: the new file's expectations are judged with the host as it is and as it is to be. What was proven and is not
// any more breaks, whether it is refuted or nobody can tell; what was not met before either is told, and so is what could not be decided then.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Text;

namespace Weft.Twin.Proving;

/// <summary>The expectations of a file, before and after the change to it.</summary>
/// <param name="Findings">Errors for what breaks: then the change is not to be made.</param>
/// <param name="Proven">What holds with the new file; null where it could not be run.</param>
public sealed record ChangeProof(ImmutableArray<Finding> Findings, Proven? Proven)
{
    /// <summary>Whether the change must not be made.</summary>
    public bool IsRefused => Findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>What held of the host as it was; null where it could not be run, neither as it is observed nor as the good file says.</summary>
    public Proven? Before { get; init; }

    /// <param name="drawing">The change.</param>
    /// <param name="file">The new file, under its own labels.</param>
    /// <param name="path">What it is called in commands.</param>
    /// <param name="good">The good file, of which the cables, switches and guests of the host as it is are; null where there is none: then they are the new file's.</param>
    public static ChangeProof Of(Drawing drawing, Host file, string path, Good? good)
    {
        var options = new ProofOptions { Files = path };
        var (after, wrong) = Proof.Of([Earlier.Named(file, path)], options);
        if (after is null)
            return new([.. wrong, Finding.Error(Rules.Impossible, Place.None, "nothing of the file could be proven", "the twin, which would run it, does not take it", "mend what is said of it, or apply without --prove")], null);
        var (before, unknown) = Proof.Of([Earlier.Named(Earlier.Now(drawing, file, good?.Host), "")], options);
        var told = new Told(before, before is null ? unknown[0].What : "");
        return new([.. told.Of(after), .. good is null ? [] : Gone(good.Host, file)], after) { Before = before };
    }

    /// <summary>Lines that the file before had and the new one has not.</summary>
    private static IEnumerable<Finding> Gone(Host good, Host file)
    {
        var said = file.Rest.List("expect").Select(line => $"{line.Value}").ToHashSet(StringComparer.Ordinal);
        return good.Rest.List("expect").Select(line => $"{line.Value}").Where(line => !said.Contains(line)).Distinct(StringComparer.Ordinal).Select(line =>
            Finding.Advice(Rules.Dropped, file.Rest.Get("expect")?.Place ?? Place.None, $"the file before expected {line}, and this one does not", "a line that is gone asks for nothing: nobody looked whether it still holds", "nothing, if that is meant; else put the line back"));
    }

    /// <summary>Makes findings of verdicts, beside those of before.</summary>
    private sealed class Told(Proven? before, string unknown)
    {
        private const string Where = "on this host as it is";

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
                return isSaid && was?.Holds == true
                    ? Finding.Error(Rules.Broken, place, $"{text}: held {Where}, and whether it does after this change could not be decided", now.Why, "take from the file what is left to chance, or change the expectation too; weft prove tells more of the file")
                    : new(Rules.Undecided, isSaid || was?.Holds == true ? Severity.Warning : Severity.Advice, place, $"{text}: whether it holds after this change could not be decided{(was?.Holds == true ? $", and it held {Where}" : "")}", now.Why, "see what weft prove says of the file");
            if (now.Counter is not { } counter)
                return null;
            var (why, shown) = ($"{SurvivalText.When(counter.Faults)}: {counter.Said}", $"{counter.Command} shows it");
            if ((isSaid && was?.Holds == true) || (IsAnsweredAtRest(was) && !IsAnsweredAtRest(now)))
                return Finding.Error(Rules.Broken, place, $"{text}: held {Where}, and does not after this change", why, $"leave what it stands on, or change the expectation too; {shown}");
            if (isSaid || was is null || counter.Faults.Count == 0)
                return new(Rules.Said, isSaid || counter.Faults.Count == 0 ? Severity.Warning : Severity.Advice, place, $"{text}: is not met, {HowItWas(was)}", why, shown);
            // What nobody asks for refuses nothing: told is what it survived, and does not any more.
            var gone = Lost(was).ToHashSet(StringComparer.Ordinal);
            return Lost(now).Where(lost => !gone.Contains(lost)).ToList() is not [var first, .. var more] ? null
                : Finding.Warning(Rules.Said, place, $"{text}: held {Where} {first}{(more.Count == 0 ? "" : FormattableString.Invariant($", and {more.Count} more"))}, and does not after this change; no line of `expect` asks for it", why, shown);
        }

        /// <summary>The failures that it does not survive.</summary>
        private static IEnumerable<string> Lost(Verdict verdict) => verdict.Tried.Where(one => !one.Holds).Select(one => SurvivalText.When(one.Faults));

        private string HowItWas(Verdict? was) =>
            was is null ? unknown.Length > 0 ? $"and whether it was {Where} could not be decided: {unknown}" : $"and nothing of the kind was there {Where}"
            : was.Holds switch
            {
                false => $"and was not {Where} either",
                _ => $"and whether it was {Where} could not be decided: {was.Why}",
            };

        /// <summary>Whether it held while nothing failed; not where nothing could be asked.</summary>
        private static bool IsAnsweredAtRest(Verdict? verdict) => verdict?.Tried.Where(one => one.Faults.Count == 0).ToList() is { Count: > 0 } calm && calm.TrueForAll(one => one.Holds);
    }
}
