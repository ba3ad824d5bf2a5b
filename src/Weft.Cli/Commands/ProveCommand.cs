// weft prove FILE…: what of the files' expectations survives which failure.

using System.CommandLine;
using Weft.Topology;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Advising;

namespace Weft.Cli.Commands;

internal static class ProveCommand
{
    /// <summary>How long a plain proof looks for advice, and one that was asked for it.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(3), Asked = TimeSpan.FromMinutes(5);

    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var faults = new Option<int>("--faults") { Description = "How many failures at once are tried, 1 or 2, where a line of `expect` does not say", DefaultValueFactory = _ => 1, HelpName = "N" };
        var whole = new Option<bool>("--unfolded") { Description = "Ask every question, also those that are alike", Hidden = true };
        var advise = new Option<bool>("--advise") { Description = "Look longer for changes of the files that mend what is refuted, also for what no line of `expect` says" };
        var silent = new Option<bool>("--no-advice") { Description = "Look for none" };
        var excludes = new Excludes((advise, silent, null));
        var command = new Command("prove", "Prove what survives which failure: every expectation of the files, every guest's way to its gateway, and the management address") { files, faults, advise, silent, whole };
        command.SetAction(global.Then((voice, words) =>
        {
            if (excludes.In(words) is { } wrong)
            {
                Voice.Complain(wrong);
                return Exit.Usage;
            }
            return Run(voice, words.GetRequiredValue(files), words.GetValue(faults), words.GetValue(whole), words.GetValue(silent) ? null : words.GetValue(advise));
        }));
        return command;
    }

    /// <param name="advise">Whether somebody asked for advice; null where nobody wants any.</param>
    private static int Run(Voice voice, string[] files, int faults, bool whole, bool? advise)
    {
        if (faults is < 1 or > 2)
        {
            Voice.Complain($"--faults: 1 or 2, and not {faults}");
            return Exit.Usage;
        }
        var (hosts, texts, code) = Scenery.Read(voice, files);
        if (hosts is null)
            return code;
        var options = new ProofOptions(faults) { Files = string.Join(' ', files), IsFolded = !whole };
        var (proven, findings) = voice.Working("proving", () => Proof.Of(hosts, options));
        if (proven is null)
            return Scenery.Wrong(voice, findings);
        voice.Say(ProofText.Lines(proven));
        if (advise is { } isAsked)
            voice.Say(Advice(voice, hosts, texts, proven, options, isAsked).SelectMany(AdviceText.Lines));
        return proven.Verdicts.Any(verdict => verdict is { Holds: false, Expectation.IsSaid: true }) ? Exit.Findings : Exit.Done;
    }

    private static IReadOnlyList<Advised> Advice(Voice voice, IReadOnlyList<NamedHost> hosts, IReadOnlyList<string> texts, Proven proven, ProofOptions options, bool isAsked)
    {
        using var until = new CancellationTokenSource(isAsked ? Asked : Usual);
        var bounds = (isAsked ? AdviceBounds.Wide : AdviceBounds.Usual) with { Until = until.Token };
        return voice.Working("looking for advice", () => Search.Of(hosts, texts, proven, options, bounds));
    }
}
