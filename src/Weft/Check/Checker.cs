// Every rule over one host. Rules are pure; that one mistake gives one finding is their own care, by what the stack says is already lost (a
// cycle, a dangling name, a value that could not be read), and where two rules could speak, both ask the stack or its wiring one question.

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
        var allowing = new Allowing(host.Allowances, found);
        return [.. Report.Sorted(allowing.Left.Concat(Rules.All.SelectMany(rule => rule.Look(allowing))))];
    }
}
