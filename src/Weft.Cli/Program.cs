// The front door: words in, a command run, an exit code out. A mistake in the words is one sentence and the nearest command;
// a mistake of Weft's own is one sentence too, and asks to be reported.

using System.CommandLine;
using Weft.Cli.Commands;
using Weft.Linux.Clients;

namespace Weft.Cli;

internal static class Program
{
    public static int Main(string[] args)
    {
        try
        {
            return Run(args);
        }
        catch (IOException e)
        {
            // Whoever read the result has seen enough (EPIPE), or the disk it goes to is full.
            TrySay($"the result could not be written: {e.Message}");
            return Exit.Refused;
        }
#pragma warning disable CA1031 // This is the top: nothing may leave here as a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            TrySay($"weft has a bug: {e.GetType().Name}: {Text.Quote.Clean(e.Message)}; please report this sentence and the command that led to it");
            return Exit.Refused;
        }
    }

    private static int Run(string[] args)
    {
        if (args.Length == 0 && Environment.GetEnvironmentVariable(LeasedNames.Word) is { Length: > 0 } runtime)
            return Leased(runtime);
        var global = new Global(args);
        var root = new RootCommand("Declares a KVM host's NICs, bonds, VLANs, bridges and addresses in one file, and makes them so.")
        {
            CheckCommand.Make(global),
            PlanCommand.Make(global),
            ApplyCommand.Make(global),
            DiffCommand.Make(global),
            ShowCommand.Make(global),
            ConfirmCommand.Make(global),
            RollbackCommand.Make(global),
            BootCommand.Make(global),
            StatusCommand.Make(global),
            HistoryCommand.Make(global),
            ForgetCommand.Make(global),
            AdoptCommand.Make(global),
            InstallCommand.Make(global),
            LabCommand.Make(global),
            ProbeCommand.Make(global),
            TraceCommand.Make(global),
            SimulateCommand.Make(global),
            ProveCommand.Make(global),
            FlowsCommand.Make(global),
            ExplainCommand.Make(global),
            PrintedCommands.Schema(global),
            PrintedCommands.Completion(global),
            PrintedCommands.Man(global),
            VersionCommand.Make(global),
            PrintedCommands.Candidates(global, args),
        };
        root.Directives.Clear();
        Help.Fit(root, global);
        var words = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (words.Action is not HelpAnswer && Mistake.In(words) is { } sentence)
            return Voice.Usage(sentence);
        return words.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null, Output = TextWriter.Null, Error = TextWriter.Null });
    }

    /// <summary>dhcpcd says what a link's client got; it runs a program and gives it no words.</summary>
    private static int Leased(string runtime)
    {
        if (LeasedNames.Take(runtime, Environment.GetEnvironmentVariables(), Resolved.OfThisMachine(runtime)) is not { } wrong)
            return Exit.Done;
        TrySay(wrong);
        return Exit.Refused;
    }

    private static void TrySay(string sentence)
    {
        try
        {
            Voice.Complain(sentence);
        }
        catch (IOException)
        {
            // Nobody is left to hear it; the exit code still tells.
        }
    }
}
