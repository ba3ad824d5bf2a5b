// Every rule over one host. Rules are pure; that one mistake gives one finding is their own care, by what the stack says is already lost (a
// cycle, a dangling name, a value that could not be read), and where two rules could speak, the one farther from the cause asks the other.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Looks at a declared host.</summary>
public static class Checker
{
    /// <summary>What every rule finds and the file does not allow, sorted by place.</summary>
    public static ImmutableArray<Finding> Look(Host host)
    {
        var stack = new Stack(host);
        var found = Report.Sorted(Rules.All.SelectMany(rule => rule.Look(stack)));
        if (host.Allowances.IsEmpty)
            return [.. found];
        var allowed = new Stack(host) { Allowing = new(host.Allowances, found) };
        return [.. Report.Sorted(allowed.Allowing.Left.Concat(Rules.All.Where(rule => rule.Subject == "allowances").SelectMany(rule => rule.Look(allowed))))];
    }
}
