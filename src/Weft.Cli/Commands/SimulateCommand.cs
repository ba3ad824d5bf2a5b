// weft simulate FILE… --fail X@T: a timeline of the twin of the hosts under virtual time.

using System.CommandLine;
using Weft.Text;
using Weft.Twin.Scenes;

namespace Weft.Cli.Commands;

internal static class SimulateCommand
{
    /// <summary>No bond has more ports.</summary>
    private const int MostFlow = 255;

    /// <summary>What is asked.</summary>
    private sealed record Asked(string[] Files, string[] Fail, string[] Repair, string? For, int Every, string? Pcap, ulong Seed, string Kernel)
    {
        public Chosen? Chosen { get; init; }

        public int Flow { get; init; }
    }

    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var fail = new Option<string[]>("--fail") { Description = "What fails when: eth0@5s (its cable), leaf-a@20s (a switch), leaf-a/spine-1@5s (the link between two switches), eth0:lacp@5s (LACPDUs get lost), eth0:vlan=80@5s (the switch's port loses a VLAN); kvm1/eth0@5s with several hosts; may be given again", HelpName = "WHAT@TIME" };
        var repair = new Option<string[]>("--repair") { Description = "What works again when, of what has failed before; may be given again", HelpName = "WHAT@TIME" };
        var length = new Option<string?>("--for") { Description = $"How long to look (default: until {Simulation.UsualAfterwardsMs / 1000} s after the last failure or repair)", HelpName = "TIME" };
        var every = new Option<int>("--every") { Description = "How often everybody speaks with his router, in milliseconds", DefaultValueFactory = _ => Simulation.UsualEveryMs, HelpName = "MS" };
        var pcap = new Option<string?>("--pcap") { Description = "Record what is on each cable, in a file each of this folder", HelpName = "FOLDER" };
        var from = new Option<string?>("--from") { Description = "Only this one speaks, with --to: a host, guest or switch by name, or one of its addresses", HelpName = "NAME" };
        var to = new Option<string?>("--to") { Description = "Who is to answer --from", HelpName = "NAME" };
        var flow = new Option<int>("--flow") { Description = "Which flow speaks: every hash sends it by so many ports further on than its own, as one of other addresses or ports", HelpName = "N" };
        var full = new Option<bool>("--full") { Description = "With --from, packets as large as the sender's link allows, which nobody may cut up" };
        var (seed, kernel) = (Scenery.Seed(), Scenery.Kernel());
        var command = new Command("simulate", "Run the files' hosts, switches and guests through failures under virtual time: what noticed when, what moved, what was lost") { files, fail, repair, from, to, flow, full, length, every, pcap, seed, kernel };
        command.SetAction(global.Then((voice, words) =>
        {
            var (one, other) = (words.GetValue(from), words.GetValue(to));
            if ((one is null) != (other is null))
                return Voice.Usage($"{(one is null ? "--to" : "--from")} needs {(one is null ? "--from" : "--to")} beside it: a conversation has two ends");
            if (one is null && words.GetValue(full))
                return Voice.Usage("--full is about one conversation; say --from and --to too");
            if (words.GetValue(flow) is < 0 or > MostFlow)
                return Voice.Usage($"--flow: between 0 and {MostFlow}, and not {words.GetValue(flow)}");
            return Run(voice, new(words.GetRequiredValue(files), words.GetValue(fail) ?? [], words.GetValue(repair) ?? [], words.GetValue(length), words.GetValue(every), words.GetValue(pcap), words.GetValue(seed), words.GetRequiredValue(kernel))
            {
                Chosen = one is null ? null : new(one, other!, words.GetValue(full)),
                Flow = words.GetValue(flow),
            });
        }));
        return command;
    }

    private static int Run(Voice voice, Asked asked)
    {
        if (asked.Every is < 1 or > 60_000)
            return Voice.Usage($"--every: between 1 and 60000 milliseconds, and not {asked.Every}");
        if (Words.Time(asked.For, "--for") is not { } said)
            return Exit.Usage;
        if (said > TimeSpan.FromDays(1))
            return Voice.Usage("--for: a day at most; the twin counts every second of it");
        var (scene, code) = Scenery.Of(voice, asked.Files, asked.Seed, asked.Kernel, lodges: asked.Chosen is not null);
        if (scene is null)
            return code;
        if (asked.Flow > 0)
            scene = scene.Again(asked.Seed, asked.Flow);
        var failures = new List<Failure>();
        foreach (var (word, isRepair) in asked.Fail.Select(word => (word, false)).Concat(asked.Repair.Select(word => (word, true))))
        {
            var (failure, wrong, mend) = Failure.Read(scene, word, isRepair);
            if (failure is null)
                return Voice.Usage($"{Option(isRepair)}: {wrong}; {mend}");
            failures.Add(failure);
        }
        var forMs = asked.For is null ? failures.Select(failure => failure.AtMs).DefaultIfEmpty().Max() + Simulation.UsualAfterwardsMs : (long)said.TotalMilliseconds;
        if (Failure.Conflict(failures, forMs) is var (meant, why, better))
            return Voice.Usage($"{Option(meant.IsRepair)}: {Quote.Of(meant.Word)}: {why}; {better}");
        using var recordings = asked.Pcap is null ? null : new Recordings(asked.Pcap);
        if (recordings?.Open() is { } shut)
            return Voice.Usage($"--pcap: {shut}");
        try
        {
            var (simulated, wrong, mend) = voice.Working("running the twin", () => Simulation.Run(scene, failures, asked.Every, forMs, recordings is null ? null : recordings.Make, asked.Chosen));
            if (simulated is null)
                return Voice.Usage($"{wrong}; {mend}");
            recordings?.Close();
            return Told(voice, scene, simulated);
        }
        catch (Exception e) when (recordings?.IsOf(e) == true)
        {
            return Voice.Refuse($"--pcap: {Quote.Clean(asked.Pcap!)}: a recording could not be written: {e.Message}");
        }
    }

    private static int Told(Voice voice, Scene scene, Simulated simulated)
    {
        Scenery.Assume(voice, scene);
        if (voice.Json)
            Voice.Document(to => SimulationText.WriteJson(to, simulated, scene.Notes));
        else
            voice.Say(SimulationText.Lines(simulated));
        return simulated.IsStorm ? Exit.Findings : Exit.Done;
    }

    private static string Option(bool isRepair) => isRepair ? "--repair" : "--fail";
}
