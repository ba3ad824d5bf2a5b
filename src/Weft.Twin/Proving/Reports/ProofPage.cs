// A proof as one page that needs nothing else: no script, no font, no other file. Names come from files and may hold anything; they pass through the page's
// writer, which cleans and escapes them.

namespace Weft.Twin.Proving.Reports;

public static class ProofPage
{
    /// <param name="files">What was proven, for the heading.</param>
    public static string Of(Proven proven, IReadOnlyList<string> files)
    {
        var groups = Groups.Of(proven);
        using var to = new PageWriter();
        using (to.Open("html", ("lang", "en")))
        {
            using (to.Open("head"))
            {
                using (to.Open("meta", ("charset", "utf-8"))) { }
                using (to.Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))) { }
                using (to.Open("meta", ("name", "color-scheme"), ("content", "light dark"))) { }
                to.Say("title", $"weft prove {string.Join(' ', files)}");
                to.Style(PageStyle.Sheet);
            }
            to.Break();
            using (to.Open("body"))
            using (to.Open("main"))
            {
                Head(to, proven, groups, files);
                if (proven.Layout is { } layout)
                    Section(to, "The network", () =>
                    {
                        using (to.Open("div", ("class", "scroll topology"), ("role", "region"), ("tabindex", "0"), ("aria-label", "The network, drawn")))
                            TopologyDrawing.Draw(to, layout);
                    });
                Section(to, "Expectations", () => Expectations(to, groups));
                Section(to, "What each failure does", () =>
                {
                    to.Say("p", "Each row is a failure, each column an expectation by its number above. A time is the longest silence, whenever the failure comes; ✗ is what does not survive it; a dot was not asked for, or is not about it.", ("class", "faint"));
                    MatrixTable.Write(to, groups);
                });
                if (groups.Exists(group => group.First.Counter is not null))
                    Section(to, "Counter-examples", () => Counters(to, groups));
                Section(to, "What this rests on", () => Rest(to, proven));
            }
        }
        return to.ToString();
    }

    private static void Section(PageWriter to, string title, Action write)
    {
        using (to.Open("section"))
        {
            to.Say("h2", title);
            write();
        }
        to.Break();
    }

    private static void Head(PageWriter to, Proven proven, List<Group> groups, IReadOnlyList<string> files)
    {
        using (to.Open("header"))
        {
            to.Say("h1", proven.Verdicts.Any(verdict => verdict.Holds == false) ? "Not everything holds" : proven.Verdicts.Any(verdict => verdict.Holds is null) ? "Not everything could be decided" : proven.Verdicts.Count == 0 ? "Nothing was expected" : "Everything holds");
            to.Say("p", string.Join(", ", files), ("class", "files"));
            using (to.Open("dl", ("class", "tiles")))
            {
                Tile(to, "proven", Count(proven, true), "good");
                Tile(to, "refuted", Count(proven, false), "bad");
                Tile(to, "undecided", Count(proven, null), "open");
                Tile(to, "failures tried", FormattableString.Invariant($"{groups.SelectMany(group => group.First.Tried).Where(one => one.Faults.Count > 0).Select(one => SurvivalText.When(one.Faults)).Distinct(StringComparer.Ordinal).Count()}"), "");
                Tile(to, "longest outage survived", proven.Verdicts.Select(verdict => verdict.WorstNs).DefaultIfEmpty().Max() is > 0 and var worst ? SurvivalText.Span(worst) : "none", "");
            }
        }
        to.Break();
    }

    private static string Count(Proven proven, bool? holds) => FormattableString.Invariant($"{proven.Verdicts.Count(verdict => verdict.Holds == holds)}");

    private static void Tile(PageWriter to, string name, string value, string kind)
    {
        using (to.Open("div", ("class", $"tile {(value == "0" ? "" : kind)}")))
        {
            to.Say("dt", name);
            to.Say("dd", value);
        }
    }

    private static void Expectations(PageWriter to, List<Group> groups)
    {
        using (to.Open("ol", ("class", "expected")))
            foreach (var (group, at) in groups.Select((group, at) => (group, at)))
            {
                var first = group.First;
                using (to.Open("li", ("id", FormattableString.Invariant($"e{at + 1}")), ("class", group.Word)))
                {
                    to.Say("span", FormattableString.Invariant($"{at + 1}"), ("class", "number"));
                    to.Say("span", group.Word, ("class", $"badge {group.Word}"));
                    using (to.Open("div"))
                    {
                        using (to.Open("p", ("class", "what")))
                        {
                            to.Say(first.Expectation.IsSaid ? "code" : "b", first.Expectation.Text);
                            to.Text(group.AndAlike);
                        }
                        if (first.Counter is { } counter)
                            using (to.Open("p", ("class", "lost")))
                            {
                                to.Text($"{Capital(SurvivalText.When(counter.Faults))}: {counter.Said} ");
                                to.Say("a", "see how", ("href", FormattableString.Invariant($"#c{at + 1}")));
                            }
                        if (first.Holds is null)
                            to.Say("p", Capital(first.Why), ("class", "doubt"));
                        var (survives, longest) = (SurvivalText.Of(first), SurvivalText.Longest(first));
                        if (first.Tried.Count > 0)
                            to.Say("p", survives.Length == 0 ? "Asked with nothing failing." : $"{Capital(survives)}{(longest.Length > 0 ? $"; {longest}" : "")}.", ("class", "faint"));
                        if (first.Expectation.Place.IsSomewhere)
                            to.Say("p", first.Expectation.Place.ToString(), ("class", "faint place"));
                    }
                }
                to.Break();
            }
    }

    private static void Counters(PageWriter to, List<Group> groups)
    {
        foreach (var (group, at) in groups.Select((group, at) => (group, at)))
        {
            if (group.First.Counter is not { } counter)
                continue;
            using (to.Open("article", ("id", FormattableString.Invariant($"c{at + 1}"))))
            {
                to.Say("h3", $"{Capital(SurvivalText.When(counter.Faults))}");
                using (to.Open("p", ("class", "faint")))
                    to.Text(FormattableString.Invariant($"{at + 1}: {group.First.Expectation.Text}{group.AndAlike}"));
                to.Say("p", counter.Said, ("class", "lost"));
                TimelineDrawing.Draw(to, counter);
                if (!counter.IsShown)
                    to.Say("p", "This run does not show it: it hangs on chance.", ("class", "faint"));
                using (to.Open("pre", ("tabindex", "0"), ("aria-label", "The command that shows it")))
                    to.Say("code", counter.Command);
            }
            to.Break();
        }
    }

    private static void Rest(PageWriter to, Proven proven)
    {
        using (to.Open("ul"))
            foreach (var note in proven.Assumed.Distinct(StringComparer.Ordinal).Prepend(ProofText.BothSizes))
                to.Say("li", note);
        to.Say("p", FormattableString.Invariant($"{proven.Effort.Asked} {(proven.Effort.Asked == 1 ? "question stands" : "questions stand")} for {proven.Effort.Questions}, in {proven.Effort.Runs} {(proven.Effort.Runs == 1 ? "run" : "runs")} of the twin."), ("class", "faint"));
    }

    private static string Capital(string sentence) => sentence.Length == 0 ? sentence : char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
