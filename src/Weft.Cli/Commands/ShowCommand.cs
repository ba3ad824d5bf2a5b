// weft show: this host as a tree, a picture, a host file, or JSON; or a file, printed back as Weft understands it, or drawn; or what
// the networks and guests of either can get.

using System.CommandLine;
using Weft.Apply;
using Weft.Capacity;
using Weft.Cli.Changing;
using Weft.Plan;
using Weft.Show;
using Weft.Show.Picture;
using Weft.Spec;
using Weft.Text;

namespace Weft.Cli.Commands;

internal static class ShowCommand
{
    /// <summary>What is asked for.</summary>
    private sealed record Asked(string[] Names, bool AsFile, bool Expanded, PictureForm? Form, bool All, bool Capacity);

    public static Command Make(Global global)
    {
        var names = new Argument<string[]>("NAME") { Description = "Only the stacks that these links are part of, nothing folded; of the tree, pictures and capacity" };
        names.CompletionSources.Add(Candidates.Links);
        var asFile = new Option<bool>("--file") { Description = "Print this host as a host file" };
        var from = new Option<string?>("--from") { Description = "Print a host file back as it is understood; with --svg or --dot, draw it; with --capacity, reckon it", HelpName = "FILE" };
        var expanded = new Option<bool>("--expanded") { Description = "With --file, --from or --json: networks as the VLANs and bridges that they stand for" };
        var svg = new Option<bool>("--svg") { Description = "Draw a picture as SVG, for a browser" };
        var dot = new Option<bool>("--dot") { Description = "Draw a picture as text for Graphviz: weft show --dot | dot -Tsvg" };
        var all = new Option<bool>("--all") { Description = "In the tree, pictures and capacity, fold nothing: many alike are one line or box otherwise" };
        var capacity = new Option<bool>("--capacity") { Description = "What one flow, one guest and all together can get of each network, why no more, and what one failure leaves of it; of this host, or of a file that is named in place of links" };
        var command = new Command("show", "Print this host's links: what stands on what, from the bridges down to the NICs") { names, capacity, svg, dot, all, asFile, from, expanded };
        var excludes = new Excludes(
        [
            .. Excludes.Forms(svg, dot, asFile, global.Json),
            (capacity, svg, "a picture shows no figures"),
            (capacity, dot, "a picture shows no figures"),
            (capacity, asFile, "a file says what is wished, not what it carries"),
            (capacity, expanded, "figures are of VLANs and bridges anyway"),
            (asFile, from, "one is about this host, the other about a file"),
            (all, asFile, "a file has every link"),
            (all, global.Json, "the document has every link"),
            (expanded, svg, "a picture shows VLANs and bridges anyway"),
            (expanded, dot, "a picture shows VLANs and bridges anyway"),
        ]);
        command.SetAction(global.Then((voice, words) =>
        {
            var (file, named) = (words.GetValue(from), words.GetValue(names) ?? []);
            if (file is null && words.GetValue(capacity) && named is [var first, .. var rest] && IsPath(first))
                (file, named) = (first, rest);
            var asked = new Asked(named, words.GetValue(asFile), words.GetValue(expanded), words.GetValue(svg) ? PictureForm.Svg : words.GetValue(dot) ? PictureForm.Dot : null, words.GetValue(all), words.GetValue(capacity));
            var whole = asked.Form is not null || asked.Capacity && !voice.Json ? null : file is not null ? "--from" : asked.AsFile ? "--file" : voice.Json ? "--json" : null;
            return excludes.In(words) is { } wrong ? Voice.Usage(wrong)
                : whole is not null && asked.Names.Length > 0 ? Voice.Usage($"weft show takes no NAME with {whole}, which is always about the whole host; see weft show --help")
                : whole == "--from" && asked.All ? Voice.Usage("--all and --from exclude each other without --svg or --dot: a file has every link; see weft show --help")
                : whole is null && asked.Expanded ? Voice.Usage("weft show --expanded goes with --file, --from or --json: the tree shows VLANs and bridges anyway")
                : file is not null ? From(voice, file, asked) : Run(voice, asked);
        }));
        return command;
    }

    /// <summary>Whether an argument means a file and no link, whose name holds no slash and hardly ends so.</summary>
    private static bool IsPath(string argument) => argument.Contains('/', StringComparison.Ordinal) || argument.EndsWith(".yaml", StringComparison.Ordinal) || argument.EndsWith(".yml", StringComparison.Ordinal);

    private static int Run(Voice voice, Asked asked)
    {
        if (Unfinished.On(Machine.State(), alone: false) is { } unfinished)
            voice.Tell([unfinished]);
        var (ledger, ignored) = LedgerFile.Read(Machine.State());
        using var kernel = Machine.Kernel();
        var now = voice.Working("reading this host", () => kernel.Observe(asked.Capacity ? Inquiry.OfCapacity : voice.Json ? Inquiry.Everything : Inquiry.Of(ledger.Last)));
        if (now.Refusal is { } refusal)
            return Voice.Refuse($"the kernel's links could not be read: {refusal}");
        if (Unknown(asked.Names, "here", [.. now.Host.Links.Select(link => link.Name.Value)]) is { } unknown)
            return Voice.Usage(unknown);
        if (voice.Json)
        {
            Voice.Document(to =>
            {
                if (asked.Capacity)
                    CapacityText.WriteJson(to, CapacityText.Observed(now, ledger), findings: null);
                else
                    Live.WriteJson(to, now, ledger, asked.Expanded);
            });
            return Exit.Done;
        }
        voice.Tell(ignored is null ? [] : [ignored]);
        if (asked.Form is { } form)
            Voice.Out(Pictures.Of(form, now.Host, ledger.For(now), asked.Names, asked.All));
        else if (asked.AsFile)
            Voice.Out(AsFile.Heading + HostWriter.Write(asked.Expanded ? AsFile.Expanded(now, ledger) : AsFile.Of(now, ledger)));
        else
            voice.Say(asked.Capacity ? CapacityText.Of(CapacityText.Observed(now, ledger), asked.Names, asked.All) : Stacks.Of(now.Host, ledger.For(now), asked.Names, asked.All));
        return Exit.Done;
    }

    private static int From(Voice voice, string file, Asked asked)
    {
        if (Judged.File(voice, file, new Timings()) is not { } judged)
            return Exit.Usage;
        if (voice.Json)
        {
            Voice.Document(to =>
            {
                if (asked.Capacity)
                    CapacityText.WriteJson(to, judged.Host is { } read ? Reckoning.Of(read) : null, judged.Findings);
                else
                    Live.WriteFileJson(to, asked.Expanded ? judged.Host : judged.Host?.AsWritten, judged.Findings);
            });
            return Exit.Of(judged.Findings);
        }
        voice.Tell(judged.Findings);
        // What a mistake leaves of a host has its figures all the same; only a file that is none has no host.
        if ((asked.Capacity ? judged.Host : judged.Sound) is not { } host)
            return Exit.Of(judged.Findings);
        if (asked.Capacity)
        {
            if (Unknown(asked.Names, $"in {Quote.Clean(file)}", Pictures.NamesIn(host)) is { } missing)
                return Voice.Usage(missing);
            voice.Say(CapacityText.Of(Reckoning.Of(host), asked.Names, asked.All));
        }
        else if (asked.Form is not { } form)
            Voice.Out(HostWriter.Write(asked.Expanded ? host : host.AsWritten));
        else if (Unknown(asked.Names, $"in {Quote.Clean(file)}", Pictures.NamesIn(host)) is { } unknown)
            return Voice.Usage(unknown);
        else
            Voice.Out(Pictures.OfFile(form, host, asked.Names, asked.All));
        return Exit.Of(judged.Findings);
    }

    private static string? Unknown(string[] names, string where, IReadOnlyCollection<string> known) =>
        names.FirstOrDefault(name => !known.Contains(name)) is { } unknown ? $"there is no link {Quote.Of(unknown)} {where}{Nearest.Hint(unknown, known)}" : null;
}
