// Host files for the tests of capacity, and their figures in few words: what is sent, in Gbit/s, as the reader of a table has it.

using System.Globalization;
using Weft.Capacity;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests.Capacity;

internal static class Carried
{
    /// <summary>A bond of NICs `eth0`, `eth1`, … with these speeds, an address, and cables to these switches.</summary>
    public static NetworkCapacity Bond(string options, string speeds, string switches = "", string cable = "", string gateway = "", string nics = "", string mlag = "")
    {
        var all = speeds.Split(' ');
        var boxes = switches.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var box = mlag.Length > 0 ? $"mlag: {mlag}" : "";
        string Each(Func<string, int, string> of) => string.Join(", ", all.Select(of));
        var text = "nics: {" + Each((_, at) => $"eth{at}: {{{nics}}}") + "}\nbonds:\n  bond0: {ports: [" + Each((_, at) => $"eth{at}") + "], miimon: 100, addresses: [192.0.2.5/24], "
            + (gateway.Length > 0 ? $"gateway: {gateway}, " : "") + options + "}\ncabling: {"
            + Each((speed, at) => $"eth{at}: {{switch: {(boxes.Length > 0 ? boxes[at] : "a")}, speed: {speed}{(cable.Length > 0 ? $", {cable}" : "")}}}") + "}\nswitches: {a: {" + box + "}, b: {" + box + "}}\n";
        return File(text).Networks.ShouldHaveSingleItem();
    }

    public static HostCapacity File(string text)
    {
        var read = HostFile.Read("host.yaml", text);
        read.HasErrors.ShouldBeFalse(Report.Text(read.Findings, new Source("host.yaml", text)));
        return Reckoning.Of(read.Host!);
    }

    /// <summary>`10`, `1-3 reordered`, `?`, `cpu`; with both directions `20 out, 10 in`.</summary>
    public static string Text(Figure figure) => Text(figure.Out) is var sent && (figure.IsSwitchs || Text(figure.In) == sent) ? sent : $"{sent} out, {Text(figure.In)} in";

    public static string Text(Rate rate) => rate.IsByProcessor ? "cpu" : rate is not { Least: { } least, Most: { } most } ? "?"
        : string.Create(CultureInfo.InvariantCulture, $"{least / 1000m:0.###}{(least == most ? "" : $"-{most / 1000m:0.###}")}{(rate.IsReordered ? " reordered" : "")}");

    /// <summary>One flow, all flows, after a cable.</summary>
    public static string Row(NetworkCapacity network) => string.Join(" | ", new[] { network.Figures.Flow, network.Figures.All, network.Figures.AfterCable }.Select(Text));

    public static string[] Reasons(NetworkCapacity network) => [.. network.Figures.Limits.Select(limit => limit.What)];

    public static string Gives(Figures figures) => string.Join(", ", new[] { (figures.IsRedundant, "redundancy"), (figures.IsBalanced, "load balancing"), (figures.IsAggregated, "aggregation") }.Where(pair => pair.Item1).Select(pair => pair.Item2));
}
