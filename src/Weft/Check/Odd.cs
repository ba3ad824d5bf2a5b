// Which of several that should be alike is the mistake: the one that is not as most are.

namespace Weft.Check;

internal static class Odd
{
    /// <summary>
    /// Those that are not like most; none where all are alike. Where two kinds are as many, the one that `better` puts first counts as
    /// most, and else the one that comes first.
    /// </summary>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, Func<T, string> kind, Func<T, long>? better = null)
        where T : class
    {
        var kinds = all.GroupBy(kind, StringComparer.Ordinal).ToList();
        if (kinds.Count < 2)
            return [];
        var most = kinds.OrderByDescending(same => same.Count()).ThenByDescending(same => better?.Invoke(same.First()) ?? 0).First().Key;
        return [.. all.Where(one => kind(one) != most)];
    }

    /// <summary>`one, two and three`, and of very many the first ones.</summary>
    public static string Listed(IReadOnlyList<string> names)
    {
        const int Most = 6;
        return names.Count switch
        {
            0 => "",
            1 => names[0],
            <= Most => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
            _ => $"{string.Join(", ", names.Take(Most))} and {names.Count - Most} more",
        };
    }
}
