// weft simulate FILE… --fail X@T: a timeline of the twin of the hosts under virtual time.

using System.CommandLine;
using Weft.Text;
using Weft.Twin.Scenes;

namespace Weft.Cli.Commands;

internal static class SimulateCommand
{
    /// <summary>How long a run goes on after the last failure, where nobody says: spanning trees are through by then.</summary>
    private const int Afterwards = 40;

    /// <summary>What is asked.</summary>
    private sealed record Asked(string[] Files, string[] Fail, string[] Repair, string? For, int Every, string? Pcap, ulong Seed)
    {
        public Chosen? Chosen { get; init; }
    }

    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var fail = new Option<string[]>("--fail") { Description = "What fails when: eth0@5s (its cable), leaf-a@20s (a switch), eth0:lacp@5s (LACPDUs get lost), eth0:vlan=80@5s (the switch's port loses a VLAN); kvm1/eth0@5s with several hosts; may be given again", HelpName = "WHAT@TIME" };
        var repair = new Option<string[]>("--repair") { Description = "What works again when, of what has failed before; may be given again", HelpName = "WHAT@TIME" };
        var length = new Option<string?>("--for") { Description = $"How long to look (default: until {Afterwards} s after the last failure or repair)", HelpName = "TIME" };
        var every = new Option<int>("--every") { Description = "How often everybody speaks with his router, in milliseconds", DefaultValueFactory = _ => Simulation.UsualEveryMs, HelpName = "MS" };
        var pcap = new Option<string?>("--pcap") { Description = "Record what is on each cable, in a file each of this folder", HelpName = "FOLDER" };
        var from = new Option<string?>("--from") { Description = "Only this one speaks, with --to: a host, guest or switch by name, or one of its addresses", HelpName = "NAME" };
        var to = new Option<string?>("--to") { Description = "Who is to answer --from", HelpName = "NAME" };
        var flows = new Option<int>("--flows") { Description = "With --from, how many flows speak: a hash may send one by a port that works and the next by one that does not", DefaultValueFactory = _ => 1, HelpName = "N" };
        var full = new Option<bool>("--full") { Description = "With --from, packets as large as the sender's link allows, which nobody may cut up" };
        var seed = Scenery.Seed();
        var command = new Command("simulate", "Run the files' hosts, switches and guests through failures under virtual time: what noticed when, what moved, what was lost") { files, fail, repair, from, to, flows, full, length, every, pcap, seed };
        command.SetAction(global.Then((voice, words) =>
        {
            var (one, other) = (words.GetValue(from), words.GetValue(to));
            if ((one is null) != (other is null))
                return Usage($"{(one is null ? "--to" : "--from")} needs {(one is null ? "--from" : "--to")} beside it: a conversation has two ends");
            foreach (var option in new Option[] { flows, full })
                if (one is null && Excludes.IsGiven(words, option))
                    return Usage($"{option.Name} is about one conversation; say --from and --to too");
            if (words.GetValue(flows) is < 1 or > Chosen.MostFlows)
                return Usage($"--flows: between 1 and {Chosen.MostFlows}, and not {words.GetValue(flows)}");
            return Run(voice, new(words.GetRequiredValue(files), words.GetValue(fail) ?? [], words.GetValue(repair) ?? [], words.GetValue(length), words.GetValue(every), words.GetValue(pcap), words.GetValue(seed))
            {
                Chosen = one is null ? null : new(one, other!, words.GetValue(flows), words.GetValue(full)),
            });
        }));
        return command;
    }

    private static int Run(Voice voice, Asked asked)
    {
        if (asked.Every is < 1 or > 60_000)
            return Usage($"--every: between 1 and 60000 milliseconds, and not {asked.Every}");
        if (Words.Time(asked.For, "--for") is not { } said)
            return Exit.Usage;
        if (said > TimeSpan.FromDays(1))
            return Usage("--for: a day at most; the twin counts every second of it");
        var (scene, code) = Scenery.Of(voice, asked.Files, asked.Seed);
        if (scene is null)
            return code;
        var failures = new List<Failure>();
        foreach (var (word, isRepair) in asked.Fail.Select(word => (word, false)).Concat(asked.Repair.Select(word => (word, true))))
        {
            var (failure, wrong, mend) = Failure.Read(scene, word, isRepair);
            if (failure is null)
                return Usage($"{Option(isRepair)}: {wrong}; {mend}");
            failures.Add(failure);
        }
        var forMs = asked.For is null ? failures.Select(failure => failure.AtMs).DefaultIfEmpty().Max() + (Afterwards * 1000) : (long)said.TotalMilliseconds;
        if (Failure.Conflict(failures, forMs) is var (meant, why, better))
            return Usage($"{Option(meant.IsRepair)}: {Quote.Of(meant.Word)}: {why}; {better}");
        using var recordings = asked.Pcap is null ? null : new Recordings(asked.Pcap);
        if (recordings?.Open() is { } shut)
            return Usage($"--pcap: {shut}");
        try
        {
            var simulated = voice.Working("running the twin", () => Simulation.Run(scene, failures, asked.Every, forMs, recordings is null ? null : recordings.Make, asked.Chosen));
            recordings?.Close();
            return Told(voice, asked, scene, simulated);
        }
        catch (Exception e) when (recordings?.IsOf(e) == true)
        {
            return Voice.Refuse($"--pcap: {Quote.Clean(asked.Pcap!)}: a recording could not be written: {e.Message}");
        }
    }

    private static int Told(Voice voice, Asked asked, Scene scene, Simulated simulated)
    {
        if (simulated.TooMany > 0)
            return Usage(FormattableString.Invariant($"that would be {simulated.TooMany} echoes, and {Simulation.MostEchoes} are the most; say a shorter --for, or an --every above {asked.Every}"));
        if (simulated.Unheard is var (wrong, mend))
            return Usage($"{wrong}; {mend}");
        Scenery.Assume(voice, scene);
        if (voice.Json)
            Voice.Document(to => SimulationText.WriteJson(to, simulated, scene.Notes));
        else
            voice.Say(SimulationText.Lines(simulated));
        return simulated.IsStorm ? Exit.Findings : Exit.Done;
    }

    private static string Option(bool isRepair) => isRepair ? "--repair" : "--fail";

    private static int Usage(string sentence)
    {
        Voice.Complain(sentence);
        return Exit.Usage;
    }
}
