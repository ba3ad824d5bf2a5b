// Two texts as the difference between them, in the form that `patch` and `git apply` take: the shortest one (E. W. Myers, "An O(ND) Difference
// Algorithm and Its Variations"), whose cost grows with what differs and not with the length of the texts.

using System.Globalization;
using System.Text;

namespace Weft.Text;

public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference; empty where there is none.</summary>
    /// <param name="name">The file's name, as it was given.</param>
    public static string Of(string name, string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var steps = Steps(old, now);
        if (steps.TrueForAll(step => step.Kind == ' '))
            return "";
        var path = name.StartsWith('/') ? name : $"/{(name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name)}";
        var text = new StringBuilder($"--- a{path}\n+++ b{path}\n");
        for (var at = 0; at < steps.Count;)
        {
            var first = steps.FindIndex(at, step => step.Kind != ' ');
            if (first < 0)
                break;
            var (from, last) = (Math.Max(at, first - Context), first);
            for (var look = first; look < steps.Count && look <= last + (2 * Context) + 1; look++)
                last = steps[look].Kind != ' ' ? look : last;
            var to = Math.Min(steps.Count, last + Context + 1);
            Hunk(text, steps, from, to);
            at = to;
        }
        return text.ToString();
    }

    /// <summary>How many lines differ: one that is replaced is one.</summary>
    public static int Changed(string before, string after)
    {
        var (changed, less, more) = (0, 0, 0);
        foreach (var (kind, _) in Steps(Lines(before), Lines(after)).Append((' ', "")))
            if (kind == ' ')
                (changed, less, more) = (changed + Math.Max(less, more), 0, 0);
            else
                (less, more) = kind == '-' ? (less + 1, more) : (less, more + 1);
        return changed;
    }

    private static void Hunk(StringBuilder text, List<(char Kind, string Line)> steps, int from, int to)
    {
        var (old, now) = (steps.Take(from).Count(step => step.Kind != '+'), steps.Take(from).Count(step => step.Kind != '-'));
        var (lost, won) = (steps.Skip(from).Take(to - from).Count(step => step.Kind != '+'), steps.Skip(from).Take(to - from).Count(step => step.Kind != '-'));
        text.Append(CultureInfo.InvariantCulture, $"@@ -{(lost == 0 ? old : old + 1)}{(lost == 1 ? "" : $",{lost}")} +{(won == 0 ? now : now + 1)}{(won == 1 ? "" : $",{won}")} @@\n");
        foreach (var (kind, line) in steps.Skip(from).Take(to - from))
            text.Append(kind).Append(line).Append(line.EndsWith('\n') ? "" : "\n\\ No newline at end of file\n");
    }

    /// <summary>Each with its end, so that a last line without one is another line.</summary>
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            lines.Add(text[at..end]);
            at = end;
        }
        return lines;
    }

    private static List<(char Kind, string Line)> Steps(List<string> old, List<string> now)
    {
        var most = old.Count + now.Count;
        var reach = new int[(2 * most) + 2];
        var trail = new List<int[]>();
        for (var different = 0; different <= most; different++)
        {
            trail.Add(reach[(most - different)..(most + different + 2)]);
            for (var diagonal = -different; diagonal <= different; diagonal += 2)
            {
                var x = diagonal == -different || (diagonal != different && reach[most + diagonal - 1] < reach[most + diagonal + 1]) ? reach[most + diagonal + 1] : reach[most + diagonal - 1] + 1;
                while (x < old.Count && x - diagonal < now.Count && old[x] == now[x - diagonal])
                    x++;
                reach[most + diagonal] = x;
                if (x >= old.Count && x - diagonal >= now.Count)
                    return Back(old, now, trail);
            }
        }
        return [];
    }

    /// <summary>The way back through what each number of differences reached.</summary>
    private static List<(char Kind, string Line)> Back(List<string> old, List<string> now, List<int[]> trail)
    {
        var steps = new List<(char, string)>();
        var (x, y) = (old.Count, now.Count);
        for (var different = trail.Count - 1; different >= 0; different--)
        {
            // The copy of this round begins at the diagonal -different.
            int Reached(int diagonal) => trail[different][diagonal + different];
            var diagonal = x - y;
            var before = different == 0 ? 0 : diagonal == -different || (diagonal != different && Reached(diagonal - 1) < Reached(diagonal + 1)) ? diagonal + 1 : diagonal - 1;
            var fromX = different == 0 ? 0 : Reached(before);
            var fromY = fromX - before;
            for (; x > fromX && y > fromY; x--, y--)
                steps.Add((' ', old[x - 1]));
            if (different > 0)
                steps.Add(x == fromX ? ('+', now[--y]) : ('-', old[--x]));
        }
        steps.Reverse();
        return steps;
    }
}
