// weft show: this host as a tree, as a host file, or as JSON; or a file, printed back as Weft understands it.

using System.CommandLine;
using Weft.Apply;
using Weft.Plan;
using Weft.Show;
using Weft.Spec;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ShowCommand
{
    public static Command Make(Global global)
    {
        var names = new Argument<string[]>("NAME") { Description = "Only the stacks that these links are part of; not with --json, --file or --from" };
        var asFile = new Option<bool>("--file") { Description = "Print this host as a host file" };
        var from = new Option<string?>("--from") { Description = "Print a host file back as it is understood", HelpName = "FILE" };
        var command = new Command("show", "Print this host's links: what stands on what, from the bridges down to the NICs") { names, asFile, from };
        command.SetAction(global.Then((voice, words) => words.GetValue(names) is [_, ..] && Whole(voice, words.GetValue(from), words.GetValue(asFile)) is { } whole
            ? Refuse($"weft show takes no NAME with {whole}, which is always about the whole host; see weft show --help")
            : words.GetValue(from) is { } file
            ? From(voice, file)
            : Run(voice, words.GetValue(names) ?? [], words.GetValue(asFile))));
        return command;
    }

    /// <summary>The option that prints the whole host, whatever links are named.</summary>
    private static string? Whole(Voice voice, string? from, bool asFile) => from is not null ? "--from" : asFile ? "--file" : voice.Json ? "--json" : null;

    private static int Refuse(string sentence)
    {
        Voice.Complain(sentence);
        return Exit.Usage;
    }

    private static int Run(Voice voice, string[] names, bool asFile)
    {
        var (ledger, ignored) = LedgerFile.Read(Machine.State());
        using var kernel = Machine.Kernel();
        var now = voice.Working("reading this host", kernel.Observe);
        if (now.Refusal is { } refusal)
        {
            Voice.Complain($"the kernel's links could not be read: {refusal}");
            return Exit.Refused;
        }
        if (names.FirstOrDefault(name => now.Host.Find(name) is null) is { } unknown)
        {
            Voice.Complain($"there is no link {Quote.Of(unknown)} here{Nearest.Hint(unknown, now.Host.Links.Select(link => link.Name.Value))}");
            return Exit.Usage;
        }
        if (voice.Json)
            Voice.Document(to => Live.WriteJson(to, now, ledger));
        else
            voice.Tell(ignored is null ? [] : [ignored]);
        if (voice.Json)
            return Exit.Done;
        if (asFile)
            Voice.Out(AsFile.Heading + HostWriter.Write(AsFile.Of(now, ledger)));
        else
            voice.Say(Stacks.Of(now.Host, ledger.For(now), names));
        return Exit.Done;
    }

    private static int From(Voice voice, string file)
    {
        if (Judged.File(voice, file, new Timings()) is not { } judged)
            return Exit.Usage;
        if (!voice.Json)
            voice.Tell(judged.Findings);
        else
            Voice.Document(to => Live.WriteFileJson(to, judged.Host, judged.Findings));
        if (!voice.Json && judged.Sound is { } host)
            Voice.Out(HostWriter.Write(host));
        return Exit.Of(judged.Findings);
    }
}
