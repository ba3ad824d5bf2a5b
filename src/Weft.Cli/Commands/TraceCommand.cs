// weft trace FILE… --from A --to B: one echo's way through the twin of the hosts, and the answer's way back.

using System.CommandLine;
using Weft.Text;
using Weft.Twin.Scenes;

namespace Weft.Cli.Commands;

internal static class TraceCommand
{
    public static Command Make(Global global)
    {
        var files = new Argument<string[]>("FILE") { Description = "Host files, whose hosts, switches and guests are one network; - is standard input", Arity = ArgumentArity.OneOrMore };
        var from = new Option<string>("--from") { Description = "Who sends: a host, guest or switch by name, or one of its addresses", HelpName = "NAME", Required = true };
        var to = new Option<string>("--to") { Description = "Who is to answer", HelpName = "NAME", Required = true };
        var size = new Option<int>("--size") { Description = "Bytes of the echo behind its header, sent in one piece or not at all", DefaultValueFactory = _ => 56, HelpName = "BYTES" };
        var cold = new Option<bool>("--cold") { Description = "Nobody has spoken before: show the questions for addresses too" };
        var all = new Option<bool>("--all") { Description = "Tell every hop: of copies that went elsewhere, and of questions that were asked again" };
        var (seed, kernel) = (Scenery.Seed(), Scenery.Kernel());
        var command = new Command("trace", "Follow one frame through the files' hosts, switches and guests, and the answer back, with the reason of every decision") { files, from, to, size, cold, all, seed, kernel };
        var excludes = new Excludes([(all, global.Json, "the document has every hop")]);
        command.SetAction(global.Then((voice, words) => excludes.In(words) is { } wrong ? Voice.Usage(wrong)
            : Run(voice, words.GetRequiredValue(files), words.GetRequiredValue(from), words.GetRequiredValue(to), words.GetValue(size), words.GetValue(cold), words.GetValue(all), words.GetValue(seed), words.GetRequiredValue(kernel))));
        return command;
    }

    private static int Run(Voice voice, string[] files, string from, string to, int size, bool cold, bool all, ulong seed, string kernel)
    {
        const int Longest = 65_507; // What an IPv4 packet can hold behind its header and ICMP's (RFC 791, 792).
        if (size is < 0 or > Longest)
            return Voice.Usage($"--size: an echo holds 0 to {Longest} bytes, and not {size}");
        var (scene, code) = Scenery.Of(voice, files, seed, kernel);
        if (scene is null)
            return code;
        if (!voice.Working("letting the twin settle", scene.Settle))
        {
            Voice.Complain($"frames go round and round, and none can be followed; weft simulate {string.Join(' ', files.Select(Quote.Clean))} shows where");
            return Exit.Findings;
        }
        var (traced, wrong, mend) = voice.Working("following the frame", () => Tracing.Run(scene, from, to, size, cold));
        if (traced is null)
            return Voice.Usage($"{wrong}; {mend}");
        Scenery.Assume(voice, scene);
        if (voice.Json)
            Voice.Document(document => TraceText.WriteJson(document, traced, scene.Notes));
        else
            voice.Say(TraceText.Lines(traced, all));
        return traced.IsDelivered ? Exit.Done : Exit.Findings;
    }
}
