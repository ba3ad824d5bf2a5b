// weft prove FILE…: what of the files' expectations survives which failure.

using System.CommandLine;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Advising;
using Weft.Twin.Proving.Reports;

namespace Weft.Cli.Commands;

internal static class ProveCommand
{
    /// <summary>What is asked.</summary>
    private sealed record Asked(string[] Files, int Faults, string? Html, string? Junit, bool IsWhole)
    {
        /// <summary>Whether somebody asked for advice; null where nobody wants any.</summary>
        public bool? Advise { get; init; }
    }

    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var faults = new Option<int>("--faults") { Description = "How many failures at once are tried, 1 or 2, where a line of `expect` does not say", DefaultValueFactory = _ => 1, HelpName = "N" };
        var html = new Option<string?>("--html") { Description = "Write a report too: one page that needs nothing else, with the network drawn, every failure, and every counter-example", HelpName = "FILE" };
        var junit = new Option<string?>("--junit") { Description = "Write the verdicts too as JUnit's XML, for pipelines", HelpName = "FILE" };
        var whole = new Option<bool>("--unfolded") { Description = "Ask every question, also those that are alike", Hidden = true };
        var advise = new Option<bool>("--advise") { Description = "Look longer for changes of the files that mend what is refuted, also for what no line of `expect` says" };
        var silent = new Option<bool>("--no-advice") { Description = "Look for none" };
        var excludes = new Excludes((advise, silent, null));
        var command = new Command("prove", "Prove what survives which failure: every expectation of the files, every guest's way to its gateway, and the management address") { files, faults, html, junit, advise, silent, whole };
        command.SetAction(global.Then((voice, words) => excludes.In(words) is { } wrong ? Voice.Usage(wrong)
            : Run(voice, new(words.GetRequiredValue(files), words.GetValue(faults), words.GetValue(html), words.GetValue(junit), words.GetValue(whole)) { Advise = words.GetValue(silent) ? null : words.GetValue(advise) })));
        return command;
    }

    private static int Run(Voice voice, Asked asked)
    {
        if (asked.Faults is < 1 or > 2)
            return Voice.Usage($"--faults: 1 or 2, and not {asked.Faults}");
        foreach (var (option, path) in new[] { ("--html", asked.Html), ("--junit", asked.Junit) })
            if (path is not null && Wrong(asked, path) is { } wrong)
                return Voice.Usage($"{option}: {wrong}");
        var (hosts, texts, code) = Scenery.Read(voice, asked.Files);
        if (hosts is null)
            return code;
        var options = new ProofOptions(asked.Faults) { Files = string.Join(' ', asked.Files.Select(ShellWord.Of)), IsFolded = !asked.IsWhole };
        var (proven, wrongs) = voice.Working("proving", () => Proof.Of(hosts, options));
        if (proven is null)
            return Scenery.Wrong(voice, wrongs);
        var findings = voice.Working("running what refutes", () => ProofFindings.Of(proven));
        var names = hosts.Select(host => host.File).ToList();
        foreach (var (option, path, text) in new (string, string?, Func<string>)[] { ("--html", asked.Html, () => ProofPage.Of(proven, names)), ("--junit", asked.Junit, () => ProofJunit.Of(proven, names)) })
            if (path is not null && Written(path, text()) is { } refused)
                return Voice.Refuse($"{option}: {Quote.Clean(path)}: the report could not be written: {refused}");
        if (voice.Json)
        {
            // A program waits for advice where it asks for it.
            var advised = asked.Advise == true ? Advice(voice, hosts, texts, proven, options, true) : null;
            Voice.LongDocument(to => ProofJson.Write(to, proven, findings, advised));
        }
        else
        {
            voice.Tell(findings);
            voice.Say(ProofText.Lines(proven, voice.Quiet));
            if (asked.Advise is { } isAsked && !voice.Quiet)
                voice.Say(Advice(voice, hosts, texts, proven, options, isAsked).SelectMany(AdviceText.Lines));
        }
        return Exit.Of(findings);
    }

    /// <summary>What speaks against writing there; null where nothing does.</summary>
    private static string? Wrong(Asked asked, string path)
    {
        if (path.Length == 0)
            return "the name of the file is empty";
        if (Array.Exists(asked.Files, file => file != "-" && Path.GetFullPath(file) == Path.GetFullPath(path)))
            return $"{Quote.Clean(path)} is a host file that is proven; name another";
        return asked.Html is not null && asked.Junit is not null && Path.GetFullPath(asked.Html) == Path.GetFullPath(asked.Junit) ? "--html and --junit name the same file; name two" : null;
    }

    private static string? Written(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return e.Message;
        }
    }

    private static IReadOnlyList<Advised> Advice(Voice voice, IReadOnlyList<NamedHost> hosts, IReadOnlyList<string> texts, Proven proven, ProofOptions options, bool isAsked)
    {
        var bounds = isAsked ? AdviceBounds.Wide : AdviceBounds.Usual;
        using var until = new CancellationTokenSource(bounds.Patience);
        return voice.Working("looking for advice", () => Search.Of(hosts, texts, proven, options, bounds with { Until = until.Token }));
    }
}
