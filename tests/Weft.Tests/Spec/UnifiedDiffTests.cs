// Differences as patch and git take them, held to a small patcher of the test's own and to texts at random.

using System.Globalization;
using Weft.Text;

namespace Weft.Tests.Spec;

public sealed class UnifiedDiffTests
{
    [Fact]
    public void A_changed_line_stands_between_three_of_its_neighbours()
    {
        UnifiedDiff.Of("h.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n").ShouldBe("--- a/h.yaml\n+++ b/h.yaml\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
        UnifiedDiff.Of("/etc/h.yaml", "a\n", "a\nb\n").ShouldBe("--- a/etc/h.yaml\n+++ b/etc/h.yaml\n@@ -1 +1,2 @@\n a\n+b\n");
        UnifiedDiff.Of("h", "a", "a\n").ShouldBe("--- a/h\n+++ b/h\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
        UnifiedDiff.Of("h", "a\n", "a\n").ShouldBeEmpty();
    }

    [Fact]
    public void A_replaced_line_counts_once()
    {
        UnifiedDiff.Changed("a\nb\nc\n", "a\nB\nc\n").ShouldBe(1);
        UnifiedDiff.Changed("a\nb\nc\n", "a\nB\nB2\nc\n").ShouldBe(2);
        UnifiedDiff.Changed("a\nb\nc\n", "b\nc\nd\n").ShouldBe(2);
        UnifiedDiff.Changed("a\n", "a\n").ShouldBe(0);
    }

    [Fact]
    public void Whatever_changes_the_difference_makes_the_one_of_the_other()
    {
        var random = new Random(7);
        string Text() => string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => $"{(char)('a' + random.Next(0, 4))}\n")) + (random.Next(4) == 0 ? "end" : "");
        for (var run = 0; run < 3000; run++)
        {
            var (before, after) = (Text(), Text());
            Patched(before, UnifiedDiff.Of("h", before, after)).ShouldBe(after, $"run {run}");
        }
    }

    /// <summary>What `patch` does, and strictly: every line that is kept or goes must be there, at the number that the hunk says.</summary>
    private static string Patched(string before, string diff)
    {
        var old = before.Split('\n').SkipLast(1).Select(line => line + "\n").Concat(before.EndsWith('\n') || before.Length == 0 ? [] : [before.Split('\n')[^1]]).ToList();
        var (now, at) = (new List<string>(), 0);
        var lines = diff.Replace("\n\\ No newline at end of file\n", "\0", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(line => line.Split('\0') is [var first, .. var others] ? others.Length == 0 ? [first + "\n"] : others.SkipLast(1).Prepend(first).Append(others[^1] + "\n").Where(text => text != "\n") : Array.Empty<string>());
        foreach (var line in lines.Skip(2))
            if (line[0] == '@')
                for (var numbers = line.Split(' ')[1][1..].Split(','); at < int.Parse(numbers[0], CultureInfo.InvariantCulture) - (numbers is [_, "0"] ? 0 : 1);)
                    now.Add(old[at++]);
            else if (line[0] == '+')
                now.Add(line[1..]);
            else
            {
                old[at++].ShouldBe(line[1..]);
                if (line[0] == ' ')
                    now.Add(line[1..]);
            }
        return string.Concat(now.Concat(old.Skip(at)));
    }
}
