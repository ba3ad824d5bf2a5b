// Changes of MTUs: each link and switch on the way to every other MTU that the files speak of, alone and together with those that have the same one.

using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;
using Weft.Topology;

namespace Weft.Twin.Proving.Advising;

internal static class SizeMoves
{
    private const long Usual = 1500;

    public static IEnumerable<Move> Of(Ground ground)
    {
        var sizes = ground.Hosts.SelectMany(host => host.Host.Links).Select(link => link.Settings.Number(Table.Mtu)).OfType<long>()
            .Concat(ground.Hosts.SelectMany(host => host.Host.Switches).Select(box => box.Mtu?.Value).OfType<long>()).Append(Usual).Distinct().OrderDescending().ToList();
        var said = ground.Links.Where(one => Path(one).Count > 0 && (one.Link.Settings.Has(Table.Mtu) || ground.Ends.Any(end => end.Host.Name == one.Host.Name && end.Link == one.Link.Name.Value) || one.Link.Kind == LinkKind.Nic || one.Link.Kind == LinkKind.Bond)).ToList();
        foreach (var size in sizes)
        {
            foreach (var one in said.Where(one => one.Link.Settings.Number(Table.Mtu) != size))
                yield return new(Named(one, size), [To(one, size)]);
            // A stack of one size.
            foreach (var same in said.Where(one => one.Link.Settings.Number(Table.Mtu) is { } own && own != size).GroupBy(one => (one.File, one.Link.Settings.Number(Table.Mtu))).Where(same => same.Count() > 1))
                yield return new($"{string.Join(", ", same.Select(one => one.Link.Name.Value))} have MTU {size}", [.. same.Select(one => To(one, size))]);
            foreach (var one in said.Where(one => one.Link.Settings.Number(Table.Mtu) is { } own && own != size))
                if (Below(ground, one, size).ToList() is { Count: > 0 } below)
                    yield return new($"{one.Link.Name} and all below it have MTU {size}", [To(one, size), .. below.Select(lower => To(lower, size))]);
            foreach (var name in ground.Reached)
                if (ground.Described(name)?.Mtu?.Value is { } now && now != size)
                    yield return new($"the switch {name} passes MTU {size}", [Moves.Set(ground.FileOfSwitch(name), ["switches", name], "mtu", size.ToString(CultureInfo.InvariantCulture))]) { IsOutside = true };
        }
        foreach (var name in ground.Reached.Where(name => ground.Described(name)?.Mtu is not null))
            yield return new($"the switch {name} passes MTU {Box.UsualMtu}", [Moves.Remove(ground.FileOfSwitch(name), ["switches", name], "mtu")]) { IsOutside = true };
    }

    private static IReadOnlyList<string> Path(Standing one) => Ground.PathOf(one);

    private static string Named(Standing one, long size) => $"{one.Link.Name} has MTU {size}";

    private static Change To(Standing one, long size) => Moves.Set(one.File, Path(one), Table.Mtu.Name, size.ToString(CultureInfo.InvariantCulture));

    /// <summary>What is below a link, and has another MTU.</summary>
    private static IEnumerable<Standing> Below(Ground ground, Standing one, long size)
    {
        var names = new HashSet<string>(one.Link.Lowers.Select(lower => lower.Value), StringComparer.Ordinal);
        foreach (var lower in ground.Links.Where(other => other.Host == one.Host))
            if (names.Contains(lower.Link.Name.Value))
            {
                names.UnionWith(lower.Link.Lowers.Select(next => next.Value));
                if (Path(lower).Count > 0 && lower.Link.Settings.Number(Table.Mtu) != size)
                    yield return lower;
            }
    }
}
