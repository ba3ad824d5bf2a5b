// weft forget NAME…: lets go of links without touching them. What the last file said of them is forgotten with them, so
// that nothing goes when they leave the file.

using System.CommandLine;
using Weft.Apply;
using Weft.Cli.Changing;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ForgetCommand
{
    public static Command Make(Global global)
    {
        var names = new Argument<string[]>("NAME") { Description = "Links to let go of, by the kernel's names", Arity = ArgumentArity.OneOrMore };
        names.CompletionSources.Add(Candidates.Links);
        var command = new Command("forget", "Let go of links without touching them: from now on they are somebody else's") { names };
        command.SetAction(global.Then((voice, words) => Run(voice, words.GetRequiredValue(names))));
        return command;
    }

    private static int Run(Voice voice, string[] names)
    {
        var (held, why) = Alone.Take("forget", links: false, settled: true);
        using var hold = held;
        if (why is not null)
            return voice.Refuse(why);
        var disk = Machine.State();
        var (ledger, ignored) = LedgerFile.Read(disk);
        if (ignored is not null)
            return Voice.Refuse($"{ignored.What}: Weft owns nothing here, and has nothing to forget");
        var known = ledger.Links.Select(link => link.Name).Concat(ledger.Last.Links.Select(link => link.Name.Value)).Distinct(StringComparer.Ordinal).ToList();
        if (names.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            return Voice.Usage($"{Quote.Of(unknown)} is not Weft's{Nearest.Hint(unknown, known)}{(known.Count == 0 ? "; nothing here is" : "")}");
        var after = names.Distinct(StringComparer.Ordinal).Aggregate(ledger, (left, name) => left.Forget(name) ?? left);
        if (LedgerFile.Write(disk, after) is not null)
            return Voice.Refuse("the ledger could not be written, and nothing is forgotten; see that the state folder has room and can be written");
        if (voice.Json)
            Voice.Document(to =>
            {
                to.WriteStartObject();
                to.WriteStartArray("forgotten");
                foreach (var name in names.Distinct(StringComparer.Ordinal))
                    to.WriteStringValue(name);
                to.WriteEndArray();
                to.WriteEndObject();
            });
        else if (!voice.Quiet)
            voice.Say(Show.Line.Of($"Forgotten: {string.Join(", ", names.Distinct(StringComparer.Ordinal))}. Nothing was touched; a file that declares them adopts them again."));
        return Exit.Done;
    }
}
