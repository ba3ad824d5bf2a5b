// weft prove FILE…: what of the files' expectations survives which failure.

using System.CommandLine;
using Weft.Text;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Reports;

namespace Weft.Cli.Commands;

internal static class ProveCommand
{
    /// <summary>What is asked.</summary>
    private sealed record Asked(string[] Files, int Faults, string? Html, string? Junit, bool IsWhole);

    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var faults = new Option<int>("--faults") { Description = "How many failures at once are tried, 1 or 2, where a line of `expect` does not say", DefaultValueFactory = _ => 1, HelpName = "N" };
        var html = new Option<string?>("--html") { Description = "Write a report too: one page that needs nothing else, with the network drawn, every failure, and every counter-example", HelpName = "FILE" };
        var junit = new Option<string?>("--junit") { Description = "Write the verdicts too as JUnit's XML, for pipelines", HelpName = "FILE" };
        var whole = new Option<bool>("--unfolded") { Description = "Ask every question, also those that are alike", Hidden = true };
        var command = new Command("prove", "Prove what survives which failure: every expectation of the files, every guest's way to its gateway, and the management address") { files, faults, html, junit, whole };
        command.SetAction(global.Then((voice, words) => Run(voice, new(words.GetRequiredValue(files), words.GetValue(faults), words.GetValue(html), words.GetValue(junit), words.GetValue(whole)))));
        return command;
    }

    private static int Run(Voice voice, Asked asked)
    {
        if (asked.Faults is < 1 or > 2)
            return Usage($"--faults: 1 or 2, and not {asked.Faults}");
        foreach (var (option, path) in new[] { ("--html", asked.Html), ("--junit", asked.Junit) })
            if (path is not null && Wrong(asked, path) is { } wrong)
                return Usage($"{option}: {wrong}");
        var (hosts, code) = Scenery.Hosts(voice, asked.Files);
        if (hosts is null)
            return code;
        var (proven, wrongs) = voice.Working("proving", () => Proof.Of(hosts, new(asked.Faults) { Files = string.Join(' ', asked.Files.Select(ShellWord.Of)), IsFolded = !asked.IsWhole }));
        if (proven is null)
            return Scenery.Wrong(voice, wrongs);
        var findings = voice.Working("running what refutes", () => ProofFindings.Of(proven));
        var names = hosts.Select(host => host.File).ToList();
        foreach (var (option, path, text) in new (string, string?, Func<string>)[] { ("--html", asked.Html, () => ProofPage.Of(proven, names)), ("--junit", asked.Junit, () => ProofJunit.Of(proven, names)) })
            if (path is not null && Written(path, text()) is { } refused)
                return Voice.Refuse($"{option}: {Quote.Clean(path)}: the report could not be written: {refused}");
        if (voice.Json)
            Voice.LongDocument(to => ProofJson.Write(to, proven, findings));
        else
        {
            voice.Tell(findings);
            voice.Say(ProofText.Lines(proven, voice.Quiet));
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

    private static int Usage(string sentence)
    {
        Voice.Complain(sentence);
        return Exit.Usage;
    }
}
