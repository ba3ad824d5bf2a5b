// A command whose output and exit codes are somebody else's: those of the command that a lab runs. So it has no --json, and
// its help lists exit codes of its own.

using System.CommandLine;

namespace Weft.Cli;

/// <summary>A command without --json and with exit codes of its own.</summary>
/// <param name="codes">The last part of its help.</param>
internal sealed class CommandApart(string name, string description, string codes) : Command(name, description)
{
    public string Codes => codes;

    /// <summary>Whether a command takes an option; --json is the one that some do not.</summary>
    public static bool Takes(Command command, Option option) => command is not CommandApart || option is not { Name: "--json", Recursive: true };
}
