// The exit codes, the same in every command. They are a promise: scripts branch on them.

using Weft.Apply;
using Weft.Text;

namespace Weft.Cli;

internal static class Exit
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>Refused before anything was sent: no permission, lock held, kernel unreadable.</summary>
    public const int Refused = 1;

    /// <summary>Usage, or a file that cannot be read.</summary>
    public const int Usage = 2;

    /// <summary>Findings that are errors, or a difference.</summary>
    public const int Findings = 3;

    /// <summary>Refused by kernel or probe, or not confirmed, and undone; of a start: not all came up.</summary>
    public const int Undone = 4;

    /// <summary>The undo itself could not finish.</summary>
    public const int Stuck = 5;

    public static int Of(IEnumerable<Finding> findings) => findings.Any(finding => finding.Severity == Severity.Error) ? Findings : Done;

    public static int Of(Ending ending) => ending switch
    {
        Ending.Refused => Findings,
        Ending.RolledBack or Ending.Partial => Undone,
        Ending.Stuck => Stuck,
        _ => Done,
    };
}
