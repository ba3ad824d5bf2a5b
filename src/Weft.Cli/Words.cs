// Arguments that several commands share.

using System.CommandLine;

namespace Weft.Cli;

internal static class Words
{
    public static Argument<string> HostFile() => new("FILE") { Description = "The host file; - is standard input" };
}
