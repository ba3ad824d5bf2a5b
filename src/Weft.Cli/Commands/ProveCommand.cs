// weft prove FILE…: what of the files' expectations survives which failure.

using System.CommandLine;
using Weft.Twin.Proving;

namespace Weft.Cli.Commands;

internal static class ProveCommand
{
    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var faults = new Option<int>("--faults") { Description = "How many failures at once are tried, 1 or 2, where a line of `expect` does not say", DefaultValueFactory = _ => 1, HelpName = "N" };
        var whole = new Option<bool>("--unfolded") { Description = "Ask every question, also those that are alike", Hidden = true };
        var command = new Command("prove", "Prove what survives which failure: every expectation of the files, every guest's way to its gateway, and the management address") { files, faults, whole };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(files), words.GetValue(faults), words.GetValue(whole))));
        return command;
    }

    private static int Run(Voice voice, string[] files, int faults, bool whole)
    {
        if (faults is < 1 or > 2)
        {
            Voice.Complain($"--faults: 1 or 2, and not {faults}");
            return Exit.Usage;
        }
        var (hosts, code) = Scenery.Hosts(voice, files);
        if (hosts is null)
            return code;
        var (proven, findings) = voice.Working("proving", () => Proof.Of(hosts, new(faults) { Files = string.Join(' ', files), IsFolded = !whole }));
        if (proven is null)
            return Scenery.Wrong(voice, findings);
        voice.Say(ProofText.Lines(proven));
        return proven.Verdicts.Any(verdict => verdict is { Holds: false, Expectation.IsSaid: true }) ? Exit.Findings : Exit.Done;
    }
}
