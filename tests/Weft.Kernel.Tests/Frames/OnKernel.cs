// Cases on the kernel: scripts that ask with ping, look with ip, bridge and /proc, and pull cables at the switch's end. What one case says stands
// between its marks. Times are ping's own, from the stamps of the socket that receives (-D).

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weft.Lab.Staging;
using Weft.Topology;

namespace Weft.Kernel.Tests.Frames;

internal static partial class OnKernel
{
    /// <summary>How many seconds after the work that is done before anybody asks until what links say of their own accord has been said.</summary>
    private const int Calming = 3;

    /// <summary>Cases that are timed at once: one processor has to do what theirs all do.</summary>
    private const int TimedAtOnce = 4;

    /// <summary>The same of those that are watched for minutes, and seldom asked.</summary>
    private const int SlowAtOnce = 30;

    /// <param name="cases">The cases.</param>
    /// <param name="sizes">How large the link takes them, by question: in bytes, of the packet.</param>
    /// <param name="output">Is told how long it took until nothing moved.</param>
    public static Dictionary<FrameCase, Seen> Run(IReadOnlyList<FrameCase> cases, Func<FrameCase, IReadOnlyDictionary<string, int>> sizes, ITestOutputHelper? output = null)
    {
        using var scene = new KernelScene([.. cases.Select(@case => @case.Host)]);
        var (took, moving) = Stillness.Await([.. cases.SelectMany(@case => Bridged(@case).Concat(@case.Layout.GuestNames))], [.. cases.Where(@case => @case.HasTree).Select(@case => @case.Host.Name)]);
        output?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"still after {took.TotalSeconds:0.0} s{(moving.Length > 0 ? $", but for {moving}" : "")}"));
        // One table is for the neighbours of all namespaces: of more than 128 it forgets those that nobody used for a minute, and a lab of one case has fewer.
        KernelScene.Shell($"for f in /proc/sys/net/ipv[46]/neigh/default/gc_thresh[321]; do echo {Asking.Sure} >$f; done");
        // One processor does what all of them do: what is much work for it is over before bonds that watch by ARP are told where to begin.
        var prepared = AtOnce(cases, Prepared, cases.Count);
        Thread.Sleep(TimeSpan.FromSeconds(Calming));
        var said = AtOnce(cases, @case => Asked(@case, sizes(@case)), cases.Count);
        var seen = cases.ToDictionary(@case => @case, @case => Read(@case, prepared[@case] + said[@case]));
        foreach (var @case in cases)
            foreach (var (question, size) in sizes(@case))
                seen[@case].Sizes[question] = size;
        foreach (var timed in cases.Where(@case => @case.Broken is not null).GroupBy(@case => @case.Broken!.IsSlow).Select(alike => alike.ToList()))
            foreach (var (@case, heard) in AtOnce(timed, @case => Timed(@case, seen[@case]), timed[0].Broken!.IsSlow ? SlowAtOnce : TimedAtOnce, Control(timed[0].Host.Name)))
            {
                heard.ShouldNotContain("FAILED");
                Hear(@case, heard, seen[@case]);
            }
        return seen;
    }

    /// <summary>Somebody asks himself all the while: whenever he hears nothing, the processor had no time, and nobody else heard anything either.</summary>
    private static string Control(string host) => $"ip netns exec {host} ping -D -n -i {Asking.Pace} 127.0.0.1 >$control";

    /// <param name="cases">The cases.</param>
    /// <param name="script">What is to be done for each.</param>
    /// <param name="many">How many are at it at once; one that says <see cref="MakeRoom"/> lets the next one begin before it ends.</param>
    /// <param name="meanwhile">What is done all the while; it writes to $control, of which the scripts may read.</param>
    public static Dictionary<FrameCase, string> AtOnce(IReadOnlyList<FrameCase> cases, Func<FrameCase, string> script, int many, string? meanwhile = null)
    {
        var whole = new StringBuilder("work=$(mktemp -d); control=$(mktemp); rooms=$(mktemp -u); mkfifo $rooms; exec 9<>$rooms; rm $rooms\n");
        if (meanwhile is not null)
            whole.Append(CultureInfo.InvariantCulture, $"{meanwhile} & all=$!\n");
        whole.Append(CultureInfo.InvariantCulture, $"printf '%{many}s' '' >&9\n");
        foreach (var @case in cases)
            whole.Append(CultureInfo.InvariantCulture, $"IFS= read -r -n 1 -u 9; ( {script(@case)}\n) >$work/{@case.Number} 2>&1 & of=\"$of $!\"\n");
        whole.Append(CultureInfo.InvariantCulture, $"wait $of\n{(meanwhile is null ? "" : "kill $all; wait $all\n")}rm $control\n").Append("for one in $work/*; do echo \"@@ ${one##*/}\"; cat $one; done; rm -r $work\n");
        var sections = Regex.Split(KernelScene.Shell(whole.ToString(), 600), "^@@ ", RegexOptions.Multiline, TimeSpan.FromSeconds(10)).Skip(1).ToDictionary(section => section[..section.IndexOf('\n', StringComparison.Ordinal)], StringComparer.Ordinal);
        return cases.ToDictionary(@case => @case, @case => sections[@case.Number.ToString(CultureInfo.InvariantCulture)]);
    }

    private const string MakeRoom = "printf ' ' >&9";

    public static IEnumerable<string> Bridged(FrameCase @case) => @case.Layout.Boxes.Select(box => box.Name).Append(@case.Host.Name);

    /// <summary>Neighbours are sure of each other, and nobody looks for routers any more.</summary>
    private static string Prepared(FrameCase @case)
    {
        var script = new StringBuilder();
        foreach (var name in Bridged(@case).Concat(@case.Layout.GuestNames))
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {name} sh -c 'for f in /proc/sys/net/ipv[46]/neigh/*; do echo {Asking.Sure}000 >$f/base_reachable_time_ms; echo {Asking.Sure} >$f/delay_first_probe_time; echo {Asking.Sure} >$f/gc_stale_time; done; for f in /proc/sys/net/ipv6/conf/*; do echo 0 >$f/router_solicitations; done; cd /sys/class/net; for l in *; do [ ! -e $l/mtu ] || {{ read m <$l/mtu; echo \"MTU {name} $l $m\"; }}; done'\n");
        return script.ToString();
    }

    private static string Asked(FrameCase @case, IReadOnlyDictionary<string, int> sizes)
    {
        var script = new StringBuilder();
        foreach (var (bond, port) in @case.Chances.Chosen)
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {@case.Host.Name} sh -c 'echo {port} >/sys/class/net/{bond}/bonding/active_slave'\n");
        // What was learned so far is forgotten: from here on it is what was asked. (Over /sys and by `ip` the bridge would tell of a change, and say once more which groups it is in.)
        foreach (var name in Bridged(@case))
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {name} sh -c 'cd /sys/class/net; for b in */bridge; do [ ! -e $b ] || bridge fdb flush dev ${{b%/*}} self nopermanent nostatic; done'\n");
        var asks = @case.Questions.All.Select((question, at) =>
            FormattableString.Invariant($"echo 'ASK {question}'; ip netns exec {question.From} ping -n -e {Asking.Identifier + at} -c {Asking.Echoes} -i {Asking.Every} -W {Asking.Patience} {question.Target}; echo END\n")
                + (sizes.TryGetValue($"{question}", out var size) ? Large(question, at, size) : ""));
        // What is learned of whom hangs on who asked last: where somebody looks at that, one asks after the other.
        return @case.Questions.AreGiven ? script.Append(Together([.. asks])).ToString() : script.AppendJoin("", asks).Append(Tables(@case)).ToString();
    }

    private static string Together(IReadOnlyList<string> asks) =>
        $"together=$(mktemp -d)\n{string.Concat(asks.Select((ask, at) => $"( {ask}) >$together/{at} 2>&1 &\n"))}wait\nfor one in $together/*; do cat $one; done; rm -r $together\n";

    private static string Large(Question question, int at, int size) =>
        FormattableString.Invariant($"echo 'LARGE {question}'; ip netns exec {question.From} ping -n -M do -s {size - question.Headers} -e {Asking.LargeIdentifier + at} -c {Asking.Large} -i {Asking.Every} -W {Asking.Patience} {question.Target}; echo END\n");

    private static string Tables(FrameCase @case) => string.Concat(Bridged(@case).Select(name =>
        $"echo \"FDB {name} $(bridge -n {name} -j fdb show)\"\nip netns exec {name} sh -c 'for b in /proc/net/bonding/*; do [ ! -e $b ] || {{ echo \"BOND {name} ${{b##*/}}\"; cat $b; echo END; }}; done'\n"));

    private static Seen Read(FrameCase @case, string said)
    {
        var seen = new Seen();
        foreach (Match asked in AskedText().Matches(said))
            (asked.Groups["word"].Value == "LARGE" ? seen.LargeAnswers : seen.Answers)[asked.Groups["question"].Value] = WordOf(asked);
        seen.Answers.Count.ShouldBe(@case.Questions.All.Count, $"{@case}: {said}");
        foreach (Match link in MtuLine().Matches(said))
            seen.Mtus[link.Groups["link"].Value] = int.Parse(link.Groups["mtu"].Value, CultureInfo.InvariantCulture);
        Read(said, seen.Asked);
        return seen;
    }

    private static void Read(string said, Tables tables)
    {
        foreach (Match table in FdbLine().Matches(said))
            foreach (var row in JsonDocument.Parse(table.Groups["json"].Value).RootElement.EnumerateArray())
                if (row.TryGetProperty("master", out var master) && !(row.TryGetProperty("state", out var state) && state.GetString() is "permanent" or "static"))
                    tables.Learned[new(table.Groups["machine"].Value, master.GetString()!, row.GetProperty("mac").GetString()!, row.TryGetProperty("vlan", out var vlan) ? vlan.GetInt32() : 0)] = row.GetProperty("ifname").GetString()!;
        foreach (Match bond in BondText().Matches(said))
        {
            tables.GivenUp += GivenUp(bond.Groups["text"].Value);
            tables.Bonds[$"{bond.Groups["machine"].Value} {bond.Groups["bond"].Value}"] = BondState(bond.Groups["text"].Value);
        }
    }

    /// <summary>How often a bond gave ports up, that is.</summary>
    private static int GivenUp(string text) => Regex.Matches(text, "^Link Failure Count: (?<count>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Sum(port => int.Parse(port.Groups["count"].Value, CultureInfo.InvariantCulture));

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

    private static string Timed(FrameCase @case, Seen seen)
    {
        var (broken, script) = (@case.Broken!, new StringBuilder("work2=$(mktemp -d) pings=\n"));
        var questions = @case.Questions.Watched(seen);
        // A second before, and one more than anybody looks.
        var echoes = (int)((2 + (broken.Repair ?? broken.At) + broken.Afterwards) / broken.Pace);
        foreach (var (question, at) in questions.Select((question, at) => (question, at)))
            script.Append(CultureInfo.InvariantCulture, $"ip netns exec {question.From} ping -D -n -e {Asking.TimedIdentifier + at} -c {echoes} -i {broken.Pace} -W 1 {question.Target} >$work2/{at} & pings=\"$pings $!\"\n");
        script.Append(CultureInfo.InvariantCulture, $"sleep {1 + broken.At}\necho BREAK AT $EPOCHREALTIME\n{Act(@case, broken.Word, false)}\necho BROKEN AT $EPOCHREALTIME\n");
        if (broken.Repair is { } repair)
            script.Append(CultureInfo.InvariantCulture, $"sleep {repair - broken.At}\necho REPAIR AT $EPOCHREALTIME\n{Act(@case, broken.Word, true)}\necho REPAIRED AT $EPOCHREALTIME\n");
        if (@case.Questions.AreGiven)
            script.Append(CultureInfo.InvariantCulture, $"wait $pings\n{MakeRoom}\n{Together([.. questions.Select((question, at) => Large(question, at, seen.Sizes[$"{question}"]))])}");
        else
            // Tables are looked at at their time, however long the pings take, and by nobody who is in others' way: these are asking by then.
            script.Append(CultureInfo.InvariantCulture, $"( renice -n 19 $BASHPID >/dev/null; sleep {broken.Afterwards + Asking.Later}\n{Tables(@case)}) & tables=$!\nwait $pings\n{MakeRoom}\nwait $tables\n");
        foreach (var (question, at) in questions.Select((question, at) => (question, at)))
            script.Append(CultureInfo.InvariantCulture, $"echo 'TIMED {question}'; grep 'bytes from' $work2/{at}; echo END\n");
        script.Append("echo 'TIMED control'; tail -n 2000 $control | grep 'bytes from'; echo END\n");
        return script.Append("rm -r $work2").ToString();
    }

    private static void Hear(FrameCase @case, string said, Seen seen)
    {
        double When(string what) => double.Parse(Regex.Match(said, $@"^{what} AT (?<time>[0-9.]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["time"].Value, CultureInfo.InvariantCulture);
        var texts = TimedText().Matches(said).ToDictionary(timed => timed.Groups["question"].Value, timed => timed.Groups["text"].Value, StringComparer.Ordinal);
        List<double> Heard(string question) => [.. Answer().Matches(texts[question]).Select(answer => double.Parse(answer.Groups["time"].Value, CultureInfo.InvariantCulture)).Order()];
        var end = When(@case.Broken!.Repair is null ? "BROKEN" : "REPAIRED") + @case.Broken.Afterwards;
        seen.Late = Silence.Of(Heard("control"), When("BREAK") - Asking.Before, When("BREAK") - Asking.Before, end).Seconds;
        foreach (var question in @case.Questions.Watched(seen))
            seen.Hear(question, Heard($"{question}"), (When("BREAK"), When("BROKEN")), @case.Broken.Repair is null ? null : (When("REPAIR"), When("REPAIRED")), @case.Broken);
        foreach (Match asked in AskedText().Matches(said))
            seen.LargeAfterwards[asked.Groups["question"].Value] = WordOf(asked);
        Read(said, seen.Afterwards);
    }

    private static string WordOf(Match asked) =>
        asked.Groups["text"].Value is var text && asked.Groups["word"].Value == "LARGE" ? Seen.Word(Once().Count(text), Asking.Large, IsTwice(text)) : Seen.Word(Once().Count(text), Asking.Echoes, IsTwice(text));

    private static bool IsTwice(string text) => text.Contains("(DUP!)", StringComparison.Ordinal);

    private static string Act(FrameCase @case, string words, bool isRepair) => string.Join('\n', words.Split(' ').Select(word => ActOne(@case, word, isRepair)));

    private static string ActOne(FrameCase @case, string word, bool isRepair)
    {
        var layout = @case.Layout;
        var (nic, part) = word.Split(':') is [var one, var two] ? (one, two) : (word, "");
        var cords = layout.Cords.Where(cord => cord.Label == nic || cord.Member == nic).ToList();
        var links = layout.Trunks.Where(trunk => trunk.Up && (trunk.Members.One == nic || trunk.Members.Other == nic || $"{trunk.Members.One}/{trunk.Members.Other}" == nic)).ToList();
        (cords.Count + links.Count).ShouldBeGreaterThan(0, $"{@case}: there is no {nic} to break");
        var trunks = links.Select(trunk => $"ip -n {trunk.One.Name} link set {trunk.OnePort} {(isRepair ? "up" : "down")} || echo FAILED");
        return string.Join('\n', trunks.Concat(cords.Select(cord => part switch
        {
            "lacp" when isRepair => $"tc -n {cord.Box!.Name} qdisc del dev {cord.Port} clsact",
            "lacp" => $"tc -n {cord.Box!.Name} qdisc add dev {cord.Port} clsact; for way in ingress egress; do tc -n {cord.Box.Name} filter add dev {cord.Port} $way protocol 0x8809 matchall action drop; done",
            not "" => Vlan(layout, cord, int.Parse(part["vlan=".Length..], CultureInfo.InvariantCulture), isRepair),
            _ => $"ip -n {cord.Box!.Name} link set {cord.Port} {(isRepair ? "up" : "down")} || echo FAILED",
        })));
    }

    /// <summary>A switch's VLANs are those of its bridge's port: of a group's member that is the group's bond. A pair's is the bond of both, and then the frames are lost on the one's cables.</summary>
    private static string Vlan(Layout layout, Cord cord, int vlan, bool isRepair) =>
        layout.Cords.Exists(other => other.IsGroupedWith(cord) && other.Member != cord.Member)
        ? string.Join('\n', layout.Cords.Where(other => other == cord || other.SharesVlansWith(cord)).Select(own => isRepair ? $"tc -n {own.Box!.Name} qdisc del dev {own.Port} clsact"
            : $"tc -n {own.Box!.Name} qdisc add dev {own.Port} clsact; for way in ingress egress; do {(own.Native == vlan ? $"for kind in 0x0800 0x0806 0x86dd; do tc -n {own.Box.Name} filter add dev {own.Port} $way protocol $kind matchall action drop; done" : $"tc -n {own.Box.Name} filter add dev {own.Port} $way protocol 802.1Q flower vlan_id {vlan} action drop")}; done"))
        : $"port=$(ip -n {cord.Box!.Name} -o link show dev {cord.Port} | sed -n 's/.* master \\([^ ]*\\) .*/\\1/p'); [ $port != {SwitchFile.Bridge} ] || port={cord.Port}; bridge -n {cord.Box.Name} vlan {(isRepair ? "add" : "del")} dev $port vid {vlan}{(isRepair && cord.Native == vlan ? " pvid untagged" : "")} || echo FAILED";

    [GeneratedRegex(@"^(?<word>ASK|LARGE) (?<question>[^\n]*)\n(?<text>.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex AskedText();

    [GeneratedRegex("bytes from.*icmp_seq=[0-9]+ ttl=[0-9]+ time=[0-9.]+ ms$", RegexOptions.Multiline, 10_000)]
    private static partial Regex Once();

    [GeneratedRegex(@"^MTU (?<link>\S+ \S+) (?<mtu>[0-9]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex MtuLine();

    [GeneratedRegex(@"^FDB (?<machine>\S+) (?<json>\[.*\])$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex FdbLine();

    [GeneratedRegex(@"^BOND (?<machine>\S+) (?<bond>\S+)\n(?<text>.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex BondText();

    [GeneratedRegex(@"^TIMED (?<question>[^\n]*)\n(?<text>.*?)^END$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex TimedText();

    [GeneratedRegex(@"^\[(?<time>[0-9.]+)\] .*icmp_seq=", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Answer();
}
