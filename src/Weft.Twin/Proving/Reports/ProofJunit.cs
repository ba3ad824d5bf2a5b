// A proof as JUnit's XML, which pipelines read: a suite for each file, a case for each expectation; what is undecided is skipped.

using System.Text;
using System.Xml;
using Weft.Text;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Reports;

public static class ProofJunit
{
    /// <param name="files">Every file that was read: one that expects nothing has a suite without cases.</param>
    public static string Of(Proven proven, IEnumerable<string> files)
    {
        var text = new StringBuilder();
        using (var to = XmlWriter.Create(new Utf8(text), new XmlWriterSettings { Indent = true, IndentChars = " ", NewLineChars = "\n", NewLineHandling = NewLineHandling.None }))
        {
            var first = Groups.Of(proven).SelectMany(group => group.Alike.Select(other => (other, group.First))).ToDictionary(pair => pair.other, pair => pair.First);
            to.WriteStartElement("testsuites");
            Count(to, "weft prove", proven.Verdicts, isSuite: false);
            foreach (var file in files.Distinct(StringComparer.Ordinal))
            {
                var own = proven.Verdicts.Where(verdict => verdict.Expectation.Place.File == file).ToList();
                to.WriteStartElement("testsuite");
                Count(to, file, own, isSuite: true);
                foreach (var verdict in own)
                    Case(to, verdict, first.GetValueOrDefault(verdict));
                to.WriteEndElement();
            }
            to.WriteEndElement();
        }
        return text.Append('\n').ToString();
    }

    private static void Count(XmlWriter to, string name, IReadOnlyCollection<Verdict> verdicts, bool isSuite)
    {
        void Say(string key, int count) => to.WriteAttributeString(key, FormattableString.Invariant($"{count}"));
        to.WriteAttributeString("name", Safe(name));
        Say("tests", verdicts.Count);
        Say("failures", verdicts.Count(verdict => verdict.Holds == false));
        Say("errors", 0);
        if (isSuite)
            Say("skipped", verdicts.Count(verdict => verdict.Holds is null));
        to.WriteAttributeString("time", "0");
    }

    private static void Case(XmlWriter to, Verdict verdict, Verdict? first)
    {
        to.WriteStartElement("testcase");
        to.WriteAttributeString("name", Safe(verdict.Expectation.Text));
        to.WriteAttributeString("classname", Safe(FormattableString.Invariant($"{verdict.Expectation.Place.File}:{verdict.Expectation.Place.Line}")));
        to.WriteAttributeString("time", "0");
        if (verdict.Holds is null)
        {
            to.WriteStartElement("skipped");
            to.WriteAttributeString("message", Safe($"undecided: {verdict.Why}"));
            to.WriteEndElement();
        }
        else if (verdict.Counter is { } counter)
        {
            to.WriteStartElement("failure");
            to.WriteAttributeString("message", Safe($"{SurvivalText.When(counter.Faults)}: {counter.Said}"));
            to.WriteAttributeString("type", verdict.Expectation.Rule);
            to.WriteString(Safe(first is not null ? $"as in the case of {first.Expectation.Text}" : Shown(counter)));
            to.WriteEndElement();
        }
        to.WriteEndElement();
    }

    private static string Shown(CounterExample counter) =>
        string.Concat(Timeline.Of(counter).Told.Select(happened => $"{Simulation.Seconds(happened.AtNs)}  {Timeline.Who(happened)} {happened.Did}: {happened.Why}\n")) + counter.Command;

    /// <summary>What no terminal should get, spelled out; what XML cannot hold, replaced.</summary>
    internal static string Safe(string text) =>
        string.Join('\n', text.Split('\n').Select(Quote.Clean)).Replace('\ufffe', '\ufffd').Replace('\uffff', '\ufffd');

    /// <summary>What is written goes to a file in UTF-8, and the declaration says so.</summary>
    private sealed class Utf8(StringBuilder text) : StringWriter(text, System.Globalization.CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => new UTF8Encoding(false);
    }
}
