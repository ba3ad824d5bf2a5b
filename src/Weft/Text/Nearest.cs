// The nearest known word, for "did you mean". Plain edit distance with neighbour swaps (optimal string alignment): people
// drop, double and swap letters. A suggestion farther than a third of the word is worse than none.

namespace Weft.Text;

public static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The known word nearest to <paramref name="word"/>, or null where none is near enough.</summary>
    public static string? To(string word, IEnumerable<string> known)
    {
        if (word.Length is 0 or > LongestWord)
            return null;
        var limit = Math.Max(1, word.Length / 3);
        string? best = null;
        foreach (var candidate in known)
        {
            if (candidate.Length > LongestWord || Math.Abs(candidate.Length - word.Length) > limit)
                continue;
            var distance = Distance(word.ToLowerInvariant().Replace('-', '_'), candidate.ToLowerInvariant().Replace('-', '_'));
            if (distance > limit)
                continue;
            limit = distance - 1;
            best = candidate;
            if (distance == 0)
                break;
        }
        return best;
    }

    /// <summary>` — did you mean "x"?`, or nothing.</summary>
    public static string Hint(string word, IEnumerable<string> known) =>
        To(word, known) is { } near ? $"; did you mean \"{near}\"?" : "";

    private static int Distance(string a, string b)
    {
        var two = new int[b.Length + 1];
        var one = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            one[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1] + 1, one[j] + 1), one[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], two[j - 2] + 1);
            }
            (two, one, row) = (one, row, two);
        }
        return one[b.Length];
    }
}
