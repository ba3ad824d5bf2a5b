// Cases on the kernel: scripts that ask with ping, look with ip, bridge and /proc, and pull cables at the switch's end. What one case says stands
// between its marks. Times are ping's own, from the stamps of the socket that receives (-D).

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weft.Topology;

namespace Weft.Kernel.Tests.Frames;

internal static partial class OnKernel
{
    /// <summary>How many seconds everything may need to settle: LACP some, a spanning tree 30.</summary>
    private const int Settling = 15, TreeSettling = 45;

    /// <summary>Cases that are timed at once: one processor has to do what theirs all do.</summary>
    private const int TimedAtOnce = 4;

    public static Dictionary<FrameCase, Seen> Run(IReadOnlyList<FrameCase> cases)
    {
        using var scene = new KernelScene([.. cases.Select(@case => @case.Host)]);
        Thread.Sleep(TimeSpan.FromSeconds(cases.Any(@case => @case.HasTree) ? TreeSettling : Settling));
        var layouts = cases.ToDictionary(@case => @case, @case => Layouts.Of([@case.Host]));
        var said = AtOnce(cases, @case => Asked(@case, layouts[@case]), cases.Count);
        var seen = cases.ToDictionary(@case => @case, @case => Read(@case, layouts[@case], said[@case]));
        var timed = cases.Where(@case => @case.Broken is not null).ToList();
        foreach (var some in timed.Chunk(TimedAtOnce))
        {
            var heard = AtOnce(some, @case => Timed(@case, layouts[@case], seen[@case]), TimedAtOnce);
            foreach (var @case in some)
            {
                heard[@case].ShouldNotContain("BROKE");
                foreach (var (question, silence) in Silences(heard[@case], @case.Broken!))
                    seen[@case].Silences[question] = Math.Max(silence, seen[@case].Silences.GetValueOrDefault(question));
            }
        }
        return seen;
    }

    private static Dictionary<FrameCase, string> AtOnce(IReadOnlyList<FrameCase> cases, Func<FrameCase, string> script, int many)
    {
        var whole = new StringBuilder("work=$(mktemp -d)\n");
        foreach (var (@case, at) in cases.Select((@case, at) => (@case, at)))
        {
            whole.Append(CultureInfo.InvariantCulture, $"( {script(@case)}\n) >$work/{@case.Number} 2>&1 &\n");
            if ((at + 1) % many == 0)
                whole.Append("wait\n");
        }
        whole.Append("wait\nfor one in $work/*; do echo \"@@ ${one##*/}\"; cat $one; done; rm -r $work\n");
        var sections = Regex.Split(KernelScene.Shell(whole.ToString(), 600), "^@@ ", RegexOptions.Multiline, TimeSpan.FromSeconds(10)).Skip(1).ToDictionary(section => section[..section.IndexOf('\n', StringComparison.Ordinal)], StringComparer.Ordinal);
        return cases.ToDictionary(@case => @case, @case => sections[@case.Number.ToString(CultureInfo.InvariantCulture)]);
    }

    private static string Asked(FrameCase @case, Layout layout)
    {
        var script = new StringBuilder();
        foreach (var name in layout.Boxes.Select(box => box.Name).Concat(layout.GuestNames).Append(@case.Host.Name))
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {name} sh -c 'for f in /proc/sys/net/ipv[46]/neigh/*; do echo {Asking.Sure}000 >$f/base_reachable_time_ms; echo {Asking.Sure} >$f/delay_first_probe_time; done'\n");
        foreach (var (bond, port) in @case.Chosen)
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {@case.Host.Name} sh -c 'echo {port} >/sys/class/net/{bond}/bonding/active_slave'\n");
        foreach (var ((from, to, address), at) in @case.Questions(layout).Select((question, at) => (question, at)))
            script.Append(CultureInfo.InvariantCulture, $"echo \"ASK {from} to {to} {address} $(ip netns exec {from} ping -n -e {Asking.Identifier + at} -c {Asking.Echoes} -i {Asking.Every} -W {Asking.Patience} {address} | grep -c 'bytes from.*icmp_seq=[0-9]* ttl=[0-9]* time=[0-9.]* ms$')\"\n");
        foreach (var name in layout.Boxes.Select(box => box.Name).Append(@case.Host.Name))
            script.Append(CultureInfo.InvariantCulture, $"echo \"FDB {name} $(bridge -n {name} -j fdb show)\"\nip netns exec {name} sh -c 'for b in /proc/net/bonding/*; do [ ! -e $b ] || {{ echo \"BOND {name} ${{b##*/}}\"; cat $b; echo END; }}; done'\n");
        return script.ToString();
    }

    private static Seen Read(FrameCase @case, Layout layout, string said)
    {
        var seen = new Seen();
        foreach (Match asked in AskedLine().Matches(said))
        {
            var (question, word) = (asked.Groups["question"].Value, Seen.Word(long.Parse(asked.Groups["answered"].Value, CultureInfo.InvariantCulture), Asking.Echoes));
            seen.Answers[question] = seen.Answers.TryGetValue(question, out var other) && other != word ? "some" : word;
        }
        seen.Answers.Count.ShouldBe(@case.Questions(layout).Distinct().Count(), $"{@case}: {said}");
        foreach (Match table in FdbLine().Matches(said))
            foreach (var row in JsonDocument.Parse(table.Groups["json"].Value).RootElement.EnumerateArray())
                if (row.TryGetProperty("master", out var master) && !(row.TryGetProperty("state", out var state) && state.GetString() is "permanent" or "static"))
                    seen.Learned[$"{table.Groups["machine"].Value} {master.GetString()} {row.GetProperty("mac").GetString()} {(row.TryGetProperty("vlan", out var vlan) ? vlan.GetInt32() : 0)}"] = row.GetProperty("ifname").GetString()!;
        foreach (Match bond in BondText().Matches(said))
            seen.Bonds[$"{bond.Groups["machine"].Value} {bond.Groups["bond"].Value}"] = BondState(bond.Groups["text"].Value);
        return seen;
    }

    private static string BondState(string text)
    {
        string? Field(string name, string of) => Regex.Match(of, $@"^\s*{name}: (?<value>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } found ? found.Groups["value"].Value.Trim() : null;
        if (!text.Contains("802.3ad", StringComparison.Ordinal))
            return text.Contains("fault-tolerance (active-backup)", StringComparison.Ordinal) || text.Contains("transmit load balancing", StringComparison.Ordinal) || text.Contains("adaptive load balancing", StringComparison.Ordinal)
                ? Field("Currently Active Slave", text) is { } active and not "None" ? active : "no port" : "all";
        var parts = text.Split("Slave Interface: ");
        if (Field("Aggregator ID", parts[0]) is not { } id)
            return "no aggregator";
        var ports = parts.Skip(1).Where(port => Field("Aggregator ID", port) == id).Select(port => port.Split('\n')[0].Trim()).Order(StringComparer.Ordinal);
        return $"{string.Join(' ', ports)} with {Field("Partner Mac Address", parts[0])}";
    }

    private static string Timed(FrameCase @case, Layout layout, Seen seen)
    {
        var (broken, script) = (@case.Broken!, new StringBuilder("work2=$(mktemp -d)\n"));
        var questions = @case.Questions(layout).Where(question => seen.Answers[$"{question.From} to {question.To} {question.Address}"] == "all").Take(Asking.Watched).ToList();
        var echoes = Echoes(broken);
        foreach (var ((from, _, address), at) in questions.Select((question, at) => (question, at)))
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {from} ping -D -n -e {Asking.Identifier + 100 + at} -c {echoes} -i {Asking.Pace} -W 1 {address} >$work2/{at} &\n");
        script.Append(CultureInfo.InvariantCulture, $"sleep {1 + broken.At}\n{Act(@case, layout, broken.Word, false)}\n");
        if (broken.Repair is { } repair)
            script.Append(CultureInfo.InvariantCulture, $"sleep {repair - broken.At}\n{Act(@case, layout, broken.Word, true)}\n");
        script.Append("wait\n");
        foreach (var ((from, to, address), at) in questions.Select((question, at) => (question, at)))
            script.Append(CultureInfo.InvariantCulture, $"echo 'TIMED {from} to {to} {address}'; grep 'bytes from' $work2/{at}; echo END\n");
        return script.Append("rm -r $work2").ToString();
    }

    private static string Act(FrameCase @case, Layout layout, string word, bool isRepair)
    {
        var (nic, part) = word.Split(':') is [var one, var two] ? (one, two) : (word, "");
        var cords = layout.Cords.Where(cord => cord.Label == nic || cord.Member == nic).ToList();
        cords.ShouldNotBeEmpty($"{@case}: there is no {nic} to break");
        var trunks = layout.Trunks.Where(trunk => trunk.Up && (trunk.Members.One == nic || trunk.Members.Other == nic)).Select(trunk => $"ip -n {trunk.One.Name} link set {trunk.OnePort} {(isRepair ? "up" : "down")} || echo BROKE");
        return string.Join('\n', trunks.Concat(cords.Select(cord => part switch
        {
            "lacp" when isRepair => $"tc -n {cord.Box!.Name} qdisc del dev {cord.Port} clsact",
            "lacp" => $"tc -n {cord.Box!.Name} qdisc add dev {cord.Port} clsact; for way in ingress egress; do tc -n {cord.Box.Name} filter add dev {cord.Port} $way protocol 0x8809 matchall action drop; done",
            not "" => $"bridge -n {cord.Box!.Name} vlan {(isRepair ? "add" : "del")} dev {cord.Port} vid {part["vlan=".Length..]} || echo BROKE",
            _ => $"ip -n {cord.Box!.Name} link set {cord.Port} {(isRepair ? "up" : "down")} || echo BROKE",
        })));
    }

    private static int Echoes(Break broken) => (int)((1 + (broken.Repair ?? broken.At) + Asking.Afterwards) / Asking.Pace);

    /// <summary>The longest time from an answer to the next one beyond the pace; and what was not answered before the first and after the last.</summary>
    private static IEnumerable<(string Question, double Silence)> Silences(string said, Break broken)
    {
        foreach (Match timed in TimedText().Matches(said))
        {
            var answers = Answer().Matches(timed.Groups["text"].Value).Select(answer => (At: double.Parse(answer.Groups["time"].Value, CultureInfo.InvariantCulture), Number: int.Parse(answer.Groups["number"].Value, CultureInfo.InvariantCulture))).ToList();
            var (first, last) = answers.Count == 0 ? (Echoes(broken) + 1, Echoes(broken)) : (answers[0].Number, answers[^1].Number);
            var between = answers.Zip(answers.Skip(1), (before, after) => after.At - before.At - Asking.Pace).DefaultIfEmpty().Max();
            var longest = Math.Max(Math.Max(0, between), Asking.Pace * (Echoes(broken) - last));
            yield return (timed.Groups["question"].Value, first > 1 && Asking.Pace * (first - 1) > longest ? double.PositiveInfinity : longest);
        }
    }

    [GeneratedRegex(@"^ASK (?<question>.*) (?<answered>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AskedLine();

    [GeneratedRegex(@"^FDB (?<machine>\S+) (?<json>\[.*\])$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FdbLine();

    [GeneratedRegex(@"^BOND (?<machine>\S+) (?<bond>\S+)\n(?<text>.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex BondText();

    [GeneratedRegex(@"^TIMED (?<question>[^\n]*)\n(?<text>.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TimedText();

    [GeneratedRegex(@"^\[(?<time>[0-9.]+)\] .*icmp_seq=(?<number>[0-9]+) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Answer();
}
