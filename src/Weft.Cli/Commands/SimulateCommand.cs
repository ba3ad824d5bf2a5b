// weft simulate FILE… --fail X@T: a timeline of the twin of the hosts under virtual time.

using System.CommandLine;
using Weft.Text;
using Weft.Twin.Scenes;

namespace Weft.Cli.Commands;

internal static class SimulateCommand
{
    /// <summary>How long a run goes on after the last failure, where nobody says: spanning trees are through by then.</summary>
    private const int Afterwards = 40;

    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var fail = new Option<string[]>("--fail") { Description = "What fails when: eth0@5s (its cable), leaf-a@20s (a switch), eth0:lacp@5s (LACPDUs get lost), eth0:vlan=80@5s (the switch's port loses a VLAN); kvm1/eth0@5s with several hosts; may be given again", HelpName = "WHAT@TIME" };
        var repair = new Option<string[]>("--repair") { Description = "What works again when", HelpName = "WHAT@TIME" };
        var length = new Option<string?>("--for") { Description = $"How long to look (default: until {Afterwards} s after the last failure or repair)", HelpName = "TIME" };
        var every = new Option<int>("--every") { Description = "How often everybody speaks with his router, in milliseconds", DefaultValueFactory = _ => Simulation.UsualEveryMs, HelpName = "MS" };
        var pcap = new Option<string?>("--pcap") { Description = "Write what is on each cable to a file of this folder", HelpName = "DIR" };
        var seed = Scenery.Seed();
        var command = new Command("simulate", "Run the files' hosts, switches and guests through failures under virtual time: what noticed when, what moved, what was lost") { files, fail, repair, length, every, pcap, seed };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(files), words.GetValue(fail) ?? [], words.GetValue(repair) ?? [], words.GetValue(length), words.GetValue(every), words.GetValue(pcap), words.GetValue(seed))));
        return command;
    }

    private static int Run(Voice voice, string[] files, string[] fail, string[] repair, string? length, int every, string? pcap, ulong seed)
    {
        if (every is < 1 or > 60_000)
        {
            Voice.Complain($"--every: between 1 and 60000 milliseconds, and not {every}");
            return Exit.Usage;
        }
        if (Words.Time(length, "--for") is not { } said)
            return Exit.Usage;
        if (said > TimeSpan.FromDays(1))
        {
            Voice.Complain("--for: a day at most; the twin counts every second of it");
            return Exit.Usage;
        }
        var (scene, code) = Scenery.Of(voice, files, seed);
        if (scene is null)
            return code;
        var failures = new List<Failure>();
        foreach (var (word, isRepair) in fail.Select(word => (word, false)).Concat(repair.Select(word => (word, true))))
        {
            var (failure, wrong, mend) = Failure.Read(scene, word, isRepair);
            if (failure is null)
            {
                Voice.Complain($"{(isRepair ? "--repair" : "--fail")}: {wrong}; {mend}");
                return Exit.Usage;
            }
            failures.Add(failure);
        }
        var forMs = length is null ? failures.Select(failure => failure.AtMs).DefaultIfEmpty().Max() + (Afterwards * 1000) : (long)said.TotalMilliseconds;
        var captures = new List<Stream>();
        try
        {
            if (pcap is not null)
                Directory.CreateDirectory(pcap);
            var simulated = voice.Working("running the twin", () => Simulation.Run(scene, failures, every, forMs, pcap is null ? null : name =>
            {
                captures.Add(new FileStream(Path.Combine(pcap, name), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16));
                return captures[^1];
            }));
            Scenery.Assume(voice, scene);
            if (voice.Json)
                Voice.Document(to => SimulationText.WriteJson(to, simulated, scene.Notes));
            else
                voice.Say([.. SimulationText.Lines(simulated).Select(line => Show.Line.Of(line))]);
            return simulated.IsStorm ? Exit.Findings : Exit.Done;
        }
        catch (Exception e) when (pcap is not null && e is IOException or UnauthorizedAccessException)
        {
            return Voice.Refuse($"--pcap: {e.Message}");
        }
        finally
        {
            foreach (var file in captures)
                file.Dispose();
        }
    }
}
