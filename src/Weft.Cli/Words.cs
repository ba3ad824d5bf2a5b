// Arguments that several commands share, and what is said of wrong ones.

using System.CommandLine;
using Weft.Text;

namespace Weft.Cli;

internal static class Words
{
    public static Argument<string> HostFile() => new("FILE") { Description = "The host file; - is standard input" };

    public static Option<string[]> Force() => new("--force") { Description = "Go on where RULE says error; may be given again", HelpName = "RULE" };

    /// <summary>A time of the command line; zero where none is given, null (and said) where it is none.</summary>
    public static TimeSpan? Time(string? text, string option)
    {
        if (Quantity.Seconds(text) is { } time)
            return time;
        Voice.Complain($"{option}: {Quote.Of(text!)} is no time; write 90s, 5m or 1h");
        return null;
    }

    /// <summary>Whether one of the rules to force is none that can be; then it is said.</summary>
    public static bool IsUnknown(string[] forced, IEnumerable<string> forcible)
    {
        if (forced.Except(forcible, StringComparer.Ordinal).FirstOrDefault() is not { } unknown)
            return false;
        Voice.Complain($"--force: there is no rule {Quote.Of(unknown)} to force{Nearest.Hint(unknown, forcible)}");
        return true;
    }
}
