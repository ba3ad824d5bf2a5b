// `# weft: allow RULE because …`: somebody knows better than a rule, in one place, and says why.

using Weft.Text;

namespace Weft.Model;

/// <summary>An allowance of a file.</summary>
/// <param name="Rule">The rule's id, as it was written, at its place in the comment.</param>
/// <param name="Line">The line that it speaks of: its own, or the next one that holds more than a comment.</param>
/// <param name="Reason">What stands behind `because`.</param>
public sealed record Allowance(At<string> Rule, int Line, string Reason);
