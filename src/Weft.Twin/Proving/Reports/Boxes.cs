// What is drawn of a layout: hosts with their NICs and bonds, and what stands on each of these, folded. Hosts that are cabled alike are one.

using Weft.Model;
using Weft.Topology;

namespace Weft.Twin.Proving.Reports;

/// <summary>A host, and how many are cabled as it is.</summary>
internal sealed record HostBox(NamedHost Host, IReadOnlyList<string> Alike, IReadOnlyList<NicBox> Nics, IReadOnlyList<RootBox> Roots);

internal sealed record NicBox(Cord Cord, string? Bond);

/// <summary>A bond, or a NIC in none: what networks leave over.</summary>
internal sealed record RootBox(string Name, IReadOnlyList<string> Said, IReadOnlyList<string> Networks, IReadOnlyList<string> Guests);

internal static class Boxes
{
    private const int Deepest = 16;

    public static List<HostBox> Of(Layout layout) =>
        [.. layout.Hosts.Select(host => Of(layout, host)).GroupBy(Shape, StringComparer.Ordinal).Select(alike => alike.First() with { Alike = [.. alike.Skip(1).Select(box => box.Host.Name)] })];

    private static HostBox Of(Layout layout, NamedHost host)
    {
        var nics = layout.Cords.Where(cord => cord.Host == host).Select(cord => new NicBox(cord, BondOf(host.Host, cord.Label))).ToList();
        var lower = host.Host.Links.SelectMany(link => link.Lowers.Select(name => name.Value)).ToHashSet(StringComparer.Ordinal);
        var guests = layout.Guests.Where(cord => cord.Host == host).ToList();
        var named = (from network in host.Host.Networks from id in network.Ids select (Name: network.Name.Value, Link: new[] { network.BridgeOf(id), id is { } tag ? network.VlanOf(tag) : null, network.Link?.Value }.FirstOrDefault(name => name is not null && host.Host.Find(name) is not null))).ToList();
        var tops = host.Host.Links.Where(link => (!lower.Contains(link.Name.Value) || link.Addresses.Length > 0) && !Breaks(link)).ToList();
        var names = new Scenes.NetworkNames(host.Host);
        var roots = nics.Select(nic => nic.Bond ?? nic.Cord.Label).Distinct(StringComparer.Ordinal).ToList();
        return new(host, [], nics, roots.ConvertAll(root => new RootBox(root, host.Host.Find(root) is { Kind: var kind } link && kind == LinkKind.Bond ? Said(link) : ["NIC"],
            [.. named.Where(one => one.Link is { } on && RootsOf(host.Host, on).Contains(root)).Select(one => one.Name)
                .Concat(tops.Select(top => top.Name.Value).Where(top => !named.Exists(one => one.Link == top) && RootsOf(host.Host, top).Contains(root) && names.Of(top) == top)).Distinct(StringComparer.Ordinal)],
            [.. guests.Where(cord => RootsOf(host.Host, cord.Bridge ?? "").Contains(root)).Select(cord => cord.Guest).Distinct(StringComparer.Ordinal)])));
    }

    private static bool Breaks(Link link) => link.Kind == LinkKind.Nic || link.Kind == LinkKind.Bond;

    private static string? BondOf(Host host, string nic) => host.Of(LinkKind.Bond).FirstOrDefault(bond => bond.Ports.Any(port => port.Name.Value == nic))?.Name.Value;

    private static IReadOnlyList<string> Said(Link bond) => [.. new[] { bond.Settings.Word(Model.Attributes.BondLines.Mode) ?? "balance-rr", bond.Settings.Number(Model.Attributes.BondLines.Miimon) is { } ms ? FormattableString.Invariant($"miimon {ms} ms") : null, bond.Settings.Number(Model.Attributes.BondLines.ArpInterval) is > 0 and var interval ? FormattableString.Invariant($"asks by ARP, {interval} ms") : null }.OfType<string>()];

    /// <summary>The bonds or NICs that a link stands on.</summary>
    private static HashSet<string> RootsOf(Host host, string name, int depth = 0)
    {
        if (depth > Deepest || host.Find(name) is not { } link)
            return [];
        return Breaks(link) ? [BondOf(host, name) ?? name] : [.. link.Lowers.SelectMany(lower => RootsOf(host, lower.Value, depth + 1))];
    }

    /// <summary>By what hosts are told apart in a picture: switches and facts of cables, bonds, and how much stands on them.</summary>
    private static string Shape(HostBox box) =>
        string.Join(';', box.Nics.Select(nic => $"{nic.Cord.Label} {nic.Bond} {nic.Cord.Member} {Facts(nic.Cord, isOwn: false)}")) + string.Join(';', box.Roots.Select(root => $"{root.Name} {string.Join(' ', root.Said)} {root.Networks.Count} {root.Guests.Count}"));

    /// <summary>What the switch's port is.</summary>
    /// <param name="isOwn">Whether the group's name is told too.</param>
    public static IEnumerable<string> FactsOf(Cord cord, bool isOwn = true)
    {
        if (cord.Box is null)
        {
            yield return "no cable";
            yield break;
        }
        if (cord.Speed is { } speed)
            yield return speed % 1000 == 0 ? FormattableString.Invariant($"{speed / 1000}G") : FormattableString.Invariant($"{speed}M");
        yield return cord.Group is { } group ? $"{(isOwn ? group : "group")}, {(cord.Lacp == "static" ? "static" : $"LACP {cord.Lacp}")}" : "plain port";
        if (cord.Tagged.Count > 0)
            yield return $"VLAN {Fold(cord.Tagged, 4)}";
        if (cord.Native is { } native)
            yield return FormattableString.Invariant($"untagged {native}");
    }

    private static string Facts(Cord cord, bool isOwn) => string.Join(' ', FactsOf(cord, isOwn));

    /// <summary>The first few of many.</summary>
    public static string Fold(IReadOnlyList<string> names, int most) =>
        names.Count <= most ? string.Join(", ", names) : FormattableString.Invariant($"{string.Join(", ", names.Take(most - 1))} and {names.Count - most + 1} more");
}
