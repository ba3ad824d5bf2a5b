// One mistake, one finding. specs/healthy holds hosts that nothing is wrong with, and beside each the mistakes that somebody could make on one
// of its lines: `condition: what stands there => what takes its place`, with `@word` behind the first where it stands more than once: on the
// line that begins with the word, or first below it. Each is found by exactly one error or warning, at its line. The conditions are those of
// docs/conditions.md.

using System.Globalization;
using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class MutationTests
{
    private const int LeastMutations = 300, LeastConditions = 80;

    public static TheoryData<string> Healthy => [.. Directory.EnumerateFiles(SpecFiles.PathOf("specs", "healthy"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Mutated => [.. Directory.EnumerateFiles(SpecFiles.PathOf("specs", "healthy"), "*.mutations").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Healthy))]
    public void Nothing_is_found_on_a_healthy_host(string name)
    {
        var text = Text(name);
        Report.Text(Look(text), new Source("host.yaml", text)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Mutated))]
    public void Every_mistake_is_found_once_and_at_its_line(string name)
    {
        var text = Text(name);
        var wrong = new List<string>();
        foreach (var (condition, old, mistake) in Mutations(name))
        {
            if (Place(text, old) is not { } at)
            {
                wrong.Add($"{condition}: {old}: stands nowhere, or more than once");
                continue;
            }
            var line = text.AsSpan(0, at).Count('\n') + 1;
            var found = Look(text.Remove(at, old.Split('@')[0].Length).Insert(at, mistake)).Where(finding => finding.Severity != Severity.Advice).Select(finding => $"{finding.Rule}@{finding.Place.Line}").ToList();
            if (found.Count != 1 || !found[0].EndsWith($"@{line}", StringComparison.Ordinal))
                wrong.Add($"{condition}: {old} => {mistake}: line {line}, found {(found.Count == 0 ? "nothing" : string.Join(", ", found))}");
        }
        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void There_are_enough_of_them_and_no_two_alike()
    {
        var all = Mutated.SelectMany(row => Mutations(row.Data).Select(mutation => (row.Data, mutation.Old, mutation.New, mutation.Condition))).ToList();
        all.ShouldBeUnique();
        all.Count.ShouldBeGreaterThanOrEqualTo(LeastMutations);
        all.Select(mutation => mutation.Condition).Distinct().Count().ShouldBeGreaterThanOrEqualTo(LeastConditions);
    }

    private static string Text(string name) => File.ReadAllText(SpecFiles.PathOf("specs", "healthy", $"{name}.yaml"));

    private static int? Place(string text, string old)
    {
        var (what, word) = old.Split('@') is [var first, var second] ? (first, second) : (old, null);
        var lines = text.Split('\n');
        var begins = lines.Select(line => word is null || line.TrimStart().StartsWith($"{word}:", StringComparison.Ordinal)).ToList();
        var on = lines.Index().Where(line => begins[line.Index] && line.Item.Contains(what, StringComparison.Ordinal)).ToList();
        if (on.Count == 0 && word is not null)
            on = [.. lines.Index().SkipWhile(line => !begins[line.Index]).Where(line => line.Item.Contains(what, StringComparison.Ordinal)).Take(1)];
        return on is [var found] ? lines.Take(found.Index).Sum(line => line.Length + 1) + found.Item.IndexOf(what, StringComparison.Ordinal) : null;
    }

    private static IEnumerable<(int Condition, string Old, string New)> Mutations(string name) =>
        from line in File.ReadLines(SpecFiles.PathOf("specs", "healthy", $"{name}.mutations"))
        where line.Length > 0 && line[0] != '#'
        let colon = line.IndexOf(": ", StringComparison.Ordinal)
        let arrow = line.IndexOf(" => ", StringComparison.Ordinal)
        select (int.Parse(line[..colon], CultureInfo.InvariantCulture), line[(colon + 2)..arrow], line[(arrow + 4)..]);

    private static List<Finding> Look(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        return [.. reading.Findings, .. reading.Host is { } host ? Checker.Look(host) : []];
    }
}
