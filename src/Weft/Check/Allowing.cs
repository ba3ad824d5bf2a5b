// What a file's allowances do to findings. Each silences one: the first of its rule on its line. So what somebody adds to the line later
// is found like anything else.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

internal sealed class Allowing
{
    public Allowing(ImmutableArray<Allowance> allowances, IEnumerable<Finding> found)
    {
        var left = found.Select(finding => (Finding?)finding).ToList();
        var places = Enumerable.Range(0, left.Count).GroupBy(at => $"{left[at]!.Rule} {left[at]!.Place.Line}", StringComparer.Ordinal).ToDictionary(same => same.Key, same => new Queue<int>(same), StringComparer.Ordinal);
        foreach (var allowance in allowances)
        {
            var rule = Rules.Find(allowance.Rule.Value);
            if (rule is null)
                Unknown.Add(allowance);
            else if (!places.TryGetValue($"{allowance.Rule} {allowance.Line}", out var here) || !here.TryDequeue(out var at))
                Needless.Add(allowance);
            else
                left[at] = rule.MayBeAllowed ? null : left[at]! with { Mend = $"{left[at]!.Mend}; it cannot be allowed, whatever the reason" };
        }
        Left = [.. left.OfType<Finding>()];
    }

    /// <summary>What is not allowed.</summary>
    public IReadOnlyList<Finding> Left { get; }

    /// <summary>Of no rule that there is.</summary>
    public List<Allowance> Unknown { get; } = [];

    /// <summary>Of nothing that was found.</summary>
    public List<Allowance> Needless { get; } = [];
}
