// What a file's allowances do to findings. Each silences one: the first of its rule on its line. So what somebody adds to the line later
// is found like anything else.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

internal sealed class Allowing
{
    public static readonly Allowing Nothing = new([], []);

    public Allowing(ImmutableArray<Allowance> allowances, IEnumerable<Finding> found)
    {
        var left = found.ToList();
        foreach (var allowance in allowances)
        {
            var rule = Rules.Find(allowance.Rule.Value);
            var at = left.FindIndex(finding => finding.Rule == allowance.Rule.Value && finding.Place.Line == allowance.Line);
            if (rule is null)
                Unknown.Add(allowance);
            else if (at < 0)
                Needless.Add(allowance);
            else if (rule.MayBeAllowed)
                left.RemoveAt(at);
            else
                left[at] = left[at] with { Mend = $"{left[at].Mend}; it cannot be allowed, whatever the reason" };
        }
        Left = left;
    }

    /// <summary>What is not allowed.</summary>
    public IReadOnlyList<Finding> Left { get; }

    /// <summary>Of no rule that there is.</summary>
    public List<Allowance> Unknown { get; } = [];

    /// <summary>Of nothing that was found.</summary>
    public List<Allowance> Needless { get; } = [];
}
