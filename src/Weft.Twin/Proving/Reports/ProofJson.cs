// A proof for programs: every line of the files by itself and in their order; of what nobody said, those that are alike as one, with the others' names.

using System.Text.Json;
using Weft.Text;
using Weft.Twin.Proving.Advising;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Reports;

public static class ProofJson
{
    /// <param name="advised">The advice that was looked for; null where none was.</param>
    public static void Write(Utf8JsonWriter to, Proven proven, IEnumerable<Finding> findings, IReadOnlyList<Advised>? advised)
    {
        to.WriteStartObject();
        Report.WriteArray(to, findings);
        to.WriteStartArray("expectations");
        foreach (var group in Groups.Of(proven))
            Write(to, group);
        to.WriteEndArray();
        AdviceJson.Write(to, advised);
        SimulationText.WriteNotes(to, proven.Assumed);
        to.WriteStartObject("effort");
        to.WriteNumber("questions", proven.Effort.Questions);
        to.WriteNumber("asked", proven.Effort.Asked);
        to.WriteNumber("runs", proven.Effort.Runs);
        to.WriteEndObject();
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, Group group)
    {
        var (verdict, expected) = (group.First, group.First.Expectation);
        to.WriteStartObject();
        to.WriteString("text", expected.Text);
        to.WriteString("file", expected.Place.File ?? "");
        to.WriteNumber("line", expected.Place.Line);
        to.WriteBoolean("said", expected.IsSaid);
        to.WriteString("network", expected.Network);
        if (verdict.Holds is { } holds)
            to.WriteBoolean("holds", holds);
        else
            to.WriteNull("holds");
        to.WriteString("why", verdict.Why);
        if (expected.WithinMs is { } within)
            to.WriteNumber("within_ms", within);
        to.WriteNumber("worst_ms", Ms(verdict.WorstNs));
        to.WriteStartArray("alike");
        foreach (var other in group.Alike)
            to.WriteStringValue(other.Expectation.Text);
        to.WriteEndArray();
        to.WriteStartArray("tried");
        foreach (var (faults, survived, boundNs) in verdict.Tried)
        {
            to.WriteStartObject();
            Write(to, faults);
            to.WriteBoolean("holds", survived);
            if (survived)
                to.WriteNumber("worst_ms", Ms(boundNs));
            to.WriteEndObject();
        }
        to.WriteEndArray();
        if (verdict.Counter is { } counter)
            Write(to, counter);
        else
            to.WriteNull("counterexample");
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, CounterExample counter)
    {
        to.WriteStartObject("counterexample");
        Write(to, counter.Faults);
        to.WriteString("said", counter.Said);
        to.WriteBoolean("full_size", counter.IsFullSize);
        to.WriteBoolean("storm", counter.IsStorm);
        if (counter is { IsTooLate: true, OutageNs: { } outage })
            to.WriteNumber("outage_ms", Ms(outage));
        to.WriteString("command", counter.Command);
        to.WriteBoolean("shown", counter.IsShown);
        to.WriteStartArray("events");
        foreach (var happened in counter.Happenings)
            SimulationText.WriteJson(to, happened);
        to.WriteEndArray();
        to.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter to, IReadOnlyList<Fault> faults)
    {
        to.WriteStartArray("failures");
        foreach (var fault in faults)
        {
            to.WriteStartObject();
            to.WriteString("kind", fault.Kind.Word);
            to.WriteString("what", fault.Said);
            to.WriteStartArray("words");
            foreach (var word in fault.Words)
                to.WriteStringValue(word);
            to.WriteEndArray();
            to.WriteEndObject();
        }
        to.WriteEndArray();
    }

    private static decimal Ms(long ns) => Math.Round(ns / 1_000_000m, 3);
}
