// What is said of many alike at once: how many they are, what they are called, how many of them do not carry.

using System.Collections.Immutable;

namespace Weft.Show.Picture;

internal static class FoldWords
{
    private static readonly Dictionary<string, string> Plurals = new(StringComparer.Ordinal) { ["nic"] = "NICs", ["bond"] = "bonds", ["vlan"] = "VLANs", ["bridge"] = "bridges", ["guest"] = "guests" };

    public static string Plural(string kind) => Plurals.GetValueOrDefault(kind, $"{kind} links");

    /// <summary>One box for parts of one make.</summary>
    /// <param name="parts">The parts; equal positions in them are alike.</param>
    /// <param name="plugged">They are plugged into a bridge.</param>
    public static Box Of(ImmutableArray<ImmutableArray<Box>> parts, bool plugged)
    {
        var facts = ImmutableArray.CreateBuilder<Fact>();
        facts.Add(new(Topic.Name, $"{parts.Length} {Noun(parts[0], plugged)}", Tone.Name));
        var mtus = parts[0].Select(Mtu).Distinct().ToList();
        var kinds = Enumerable.Range(0, parts[0].Length).GroupBy(at => (parts[0][at].Kind, Mtu(parts[0][at]))).OrderBy(group => Columns.RankOf(group.Key.Kind)).ToList();
        foreach (var kind in kinds)
            facts.Add(new(Topic.Sort, Named(kind.Key.Kind, kind.SelectMany(at => parts.Select(part => part[at])))));
        foreach (var (kind, mtu) in kinds.Select(kind => kind.Key).Where(key => key.Item2 is not null).DistinctBy(key => mtus.Count > 1 ? key.Kind : ""))
            facts.Add(new(Topic.Mtu, mtus.Count > 1 ? $"{kind} {mtu}" : mtu!));
        var condition = parts.SelectMany(part => part).Max(box => box.Condition);
        if (condition != Condition.Unknown)
            facts.Add(How(parts));
        var addresses = parts.Sum(part => part.Sum(box => box.Of(Topic.Address).Count()));
        if (addresses > 0)
            facts.Add(new(Topic.Address, addresses == 1 ? "1 address" : $"{addresses} addresses"));
        if (parts[0].All(box => box.Foreign))
            facts.Add(new(Topic.Owner, "foreign", Tone.Faint));
        return new(facts[0].Text, string.Join('+', kinds.Select(kind => kind.Key.Kind).Distinct()), facts.ToImmutable())
        {
            Condition = condition,
            Foreign = parts[0].All(box => box.Foreign),
            Order = parts.Min(part => part.Min(box => box.Order)),
            Folded = [.. parts.SelectMany(part => part)],
        };
    }

    private static string Noun(ImmutableArray<Box> part, bool plugged)
    {
        var kinds = part.Select(box => box.Kind).Distinct().ToList();
        return kinds.Count > 1 ? kinds.Contains("bridge") ? "networks" : "stacks" : plugged && part[0].Foreign ? "foreign ports" : Plural(kinds[0]);
    }

    private static string Named(string kind, IEnumerable<Box> boxes) =>
        kind == "vlan" ? $"VLANs {Ranges.Of(boxes.Select(box => box.VlanId ?? 0))}" : $"{Plural(kind)} {Ranges.Of(boxes.Select(box => box.Name))}";

    private static string? Mtu(Box box) => box.Of(Topic.Mtu).FirstOrDefault();

    private static Fact How(ImmutableArray<ImmutableArray<Box>> parts)
    {
        var bare = parts.Count(part => part.Max(box => box.Condition) == Condition.NoCarrier);
        var down = parts.Count(part => part.Any(box => box.Condition == Condition.Down));
        string Of(int count) => count == parts.Length ? "all" : $"{count}";
        return bare + down == 0 ? new(Topic.Condition, "all up", Tone.Good)
            : new(Topic.Condition, string.Join(", ", new[] { bare > 0 ? $"{Of(bare)} without carrier" : "", down > 0 ? $"{Of(down)} down" : "" }.Where(text => text.Length > 0)), Tone.Bad);
    }
}
