// weft lab run FILE… -- CMD: host files as a throw-away lab, and a command in it. weft lab cable: what that command may do to
// the lab around it.

using System.CommandLine;
using System.CommandLine.Parsing;
using Weft.Lab;

namespace Weft.Cli.Commands;

internal static class LabCommand
{
    private const string Codes =
        """
        Exit codes:
          the command's own, and 128+n where signal n ended it; else
          1    refused: not root, something is missing here, or --right-there on a kernel that cannot
          2    usage, or a file that cannot be read
          3    a file with errors
          4    weft apply of a file was refused by kernel or probe, or not confirmed, and undone
          5    weft apply of a file was refused by the kernel, and the undo could not finish
          124  the time limit ended it
          125  the lab itself broke
          126  the command cannot be run
          127  there is no such command
          129, 130, 143  SIGHUP, SIGINT or SIGTERM ended the lab
          141  the reader of the output went away

        """;

    private const string CableCodes =
        """
        Exit codes:
          0  done
          1  refused by the kernel
          2  usage, not inside a lab, or no cable leads to that NIC

        """;

    public static Command Make(Global global) =>
        new CommandApart("lab", "Make throw-away hosts, switches and guests of host files", "Exit codes: see the help of each command\n") { MakeRun(global), MakeCable(global) };

    private static CommandApart MakeCable(Global global) =>
        new("cable", "Pull or plug a cable, from within a lab", CableCodes)
        {
            MakeCable(global, "pull", "Take the cable out of a NIC: its carrier goes"),
            MakeCable(global, "plug", "Put the cable of a NIC in again"),
        };

    private static CommandApart MakeCable(Global global, string verb, string description)
    {
        var nic = new Argument<string>("NIC") { Description = "The NIC as the kernel calls it, or HOST:NIC where there are several hosts" };
        nic.CompletionSources.Add(Candidates.Links);
        var command = new CommandApart(verb, description, CableCodes) { nic };
        command.SetAction(global.Then((_, parsed) => Lab.Lab.Cable(verb == "plug", parsed.GetRequiredValue(nic), Console.Error)));
        return command;
    }

    private static CommandApart MakeRun(Global global)
    {
        var words = new Argument<string[]>("FILE... -- CMD ARGS") { Description = "Host files, and after -- the command to run on the host of the first", Arity = ArgumentArity.ZeroOrMore };
        var rightThere = new Option<bool>("--right-there") { Description = "Run in namespaces of this kernel; refuse if it cannot" };
        var userMode = new Option<bool>("--user-mode") { Description = "Run in user-mode Linux, whatever this kernel can" };
        var bare = new Option<bool>("--bare") { Description = "Make cables, switches and guests, and apply no host file" };
        var timeout = new Option<string?>("--timeout") { Description = "End everything after this time, with exit code 124: 60s, 5m", HelpName = "TIME" };
        var memory = new Option<string?>("--memory") { Description = "Memory of user-mode Linux: 512M, 1G", HelpName = "SIZE" };
        var share = new Option<string[]>("--share") { Description = "A folder that user-mode Linux may write to; may be given again", HelpName = "FOLDER" };
        var log = new Option<string?>("--kernel-log") { Description = "Keep the log of user-mode Linux there", HelpName = "FILE" };
        var input = new Option<bool>("--input") { Description = "Hand standard input to the command" };
        var command = new CommandApart("run", "Run a command in a lab made of host files; its exit code is passed on", Codes) { words, rightThere, userMode, bare, timeout, memory, share, log, input };
        command.SetAction(global.Then((_, parsed) =>
        {
            var (files, cmd) = Split(parsed, parsed.GetValue(words) ?? []);
            if (cmd.Length == 0)
                return Voice.Usage("lab run needs a command to run, after --: weft lab run host.yaml -- ip link");
            if (files.Contains("-"))
                return Voice.Usage("lab run needs host files that have a name: the lab reads them again inside, and - is standard input");
            if (Quantity.Seconds(parsed.GetValue(timeout)) is not { } limit)
                return Voice.Usage($"--timeout: {Text.Quote.Of(parsed.GetValue(timeout)!)} is not a time such as 60s, 5m or 1h");
            if (Quantity.Memory(parsed.GetValue(memory) ?? "1G") is not { } size)
                return Voice.Usage($"--memory: {Text.Quote.Of(parsed.GetValue(memory)!)} is not a size such as 512M or 1G");
            if (parsed.GetValue(rightThere) && parsed.GetValue(userMode))
                return Voice.Usage("--right-there and --user-mode exclude each other");
            return Lab.Lab.Run(new LabRequest
            {
                Command = cmd,
                Files = files,
                Read = Read,
                Place = parsed.GetValue(rightThere) ? LabPlace.RightThere : parsed.GetValue(userMode) ? LabPlace.UserMode : LabPlace.Either,
                Bare = parsed.GetValue(bare),
                Limit = limit == TimeSpan.Zero ? null : limit,
                Memory = size,
                Shares = parsed.GetValue(share) ?? [],
                KernelLog = parsed.GetValue(log),
                Input = parsed.GetValue(input),
            }, Console.Error);
        }));
        return command;
    }

    /// <summary>Both lists are arguments to the parser; only the double dash tells them apart.</summary>
    private static (string[] Files, string[] Command) Split(ParseResult parsed, string[] words)
    {
        var dash = parsed.Tokens.ToList().FindIndex(token => token.Type == TokenType.DoubleDash);
        var after = dash < 0 ? 0 : parsed.Tokens.Count - dash - 1;
        return (words[..^after], words[^after..]);
    }

    private static (string? Text, string? Wrong) Read(string file)
    {
        var got = Input.Read(file, named: true);
        return got.Wrong is null ? (got.Text, null) : (null, got.Wrong);
    }
}
