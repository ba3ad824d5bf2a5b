// weft explain [WORD]: what an attribute, a bond mode, a rule or a subject is; without a word, which words there are.

using System.CommandLine;
using Weft.Explain;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ExplainCommand
{
    public static Command Make(Global global)
    {
        var word = new Argument<string?>("WORD")
        {
            Description = "An attribute of the host file, a bond mode by name or number, a rule of weft check, or a subject",
            Arity = ArgumentArity.ZeroOrOne,
        };
        word.CompletionSources.Add(Candidates.Words);
        var command = new Command("explain", "Explain an attribute, a bond mode, a rule or a subject; without a word, list them all") { word };
        command.SetAction(global.Then((voice, words) => words.GetValue(word) is { } asked ? Explain(voice, asked) : List(voice)));
        return command;
    }

    private static int List(Voice voice)
    {
        if (voice.Json)
            Voice.Document(ExplainJson.WriteList);
        else
            voice.Say(ExplainText.List());
        return Exit.Done;
    }

    private static int Explain(Voice voice, string word)
    {
        var entries = Lexicon.Find(word);
        if (entries.IsEmpty)
            return Voice.Usage($"nothing here is called {Quote.Of(word)}{Nearest.Hint(word, Lexicon.Words)}; weft explain lists every word");
        if (voice.Json)
            Voice.Document(to => ExplainJson.Write(to, entries));
        else
            voice.Say(ExplainText.Of(entries));
        return Exit.Done;
    }
}
