// Names and tags that networks take. Each is taken once: by the file, or by one network. A network that cannot have all that it
// needs takes nothing, and one finding names what stood in its way first, however many VLANs its range has.

using Weft.Model;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Spec;

internal sealed class Claims(Host file)
{
    /// <summary>No host has more VLANs; what asks for more is a slip or an attack.</summary>
    private const int MostVlans = 65_536;

    private readonly Dictionary<string, Network> names = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Link, int Id), Network> tags = [];
    private int count;

    /// <summary>The network that makes the link of this name.</summary>
    public Network? Maker(string name) => names.GetValueOrDefault(name);

    /// <summary>Takes everything that the network needs; or nothing, and a finding says why.</summary>
    /// <param name="bridged">Whether its VLANs have bridges of their own; else they are VLANs of its link, which is one.</param>
    public bool Take(Network network, bool bridged, List<Finding> findings)
    {
        var asked = network.Vlan is { Value: var run } ? run.To - run.From + 1 : 1;
        if (network.IsRange && (count += asked) > MostVlans)
        {
            if (count - asked <= MostVlans)
                findings.Add(Finding.Error("too-much", network.Name.Place, $"with the network {network} the ranges of this file hold more than {MostVlans} VLANs", "no host needs that, and what does is a mistake or an attack that must not make Weft choke", "narrow the ranges"));
            return false;
        }
        foreach (var (name, id, isBridge, isLink) in Wanted(network, bridged))
            if (Wrong(network, name, id, isBridge, isLink) is { } finding)
            {
                findings.Add(finding);
                return false;
            }
        foreach (var (name, id, isBridge, isLink) in Wanted(network, bridged))
        {
            if (id is { } tag && !isBridge)
                tags[(network.Link!.Value, tag)] = network;
            if (isLink)
                names[name] = network;
        }
        return true;
    }

    private static IEnumerable<(string Name, int? Id, bool IsBridge, bool IsLink)> Wanted(Network network, bool bridged)
    {
        foreach (var id in network.Ids)
        {
            if (id is { } tag)
                yield return (bridged || network.HasEnd ? network.VlanOf(tag) : "", id, false, bridged || network.HasEnd);
            if (bridged)
                yield return (network.BridgeOf(id), id, true, true);
        }
    }

    private Finding? Wrong(Network network, string name, int? id, bool isBridge, bool isLink)
    {
        var place = isBridge && network.Bridge is { } said ? said.Place : network.Vlan?.Place ?? network.Name.Place;
        var link = $"the {(isBridge ? LinkKind.Bridge : LinkKind.Vlan)} {name}";
        if (!isBridge && tags.TryGetValue((network.Link!.Value, id!.Value), out var twin))
            return Finding.Error("network-vlan-twice", place, $"the networks {twin} (line {twin.Name.Place.Line}) and {network} are both VLAN {id} of {network.Link}",
                "a VLAN is one network: a frame's tag leads to one place", "give one of the two another VLAN, or leave one out");
        if (!isLink)
            return null;
        if (LinkName.Wrong(name) is { } wrong)
            return Finding.Error("network-name-too-long", place, $"the network {network} would make {link}, and that name {wrong}", "the kernel refuses such a name for a link (IFNAMSIZ)",
                isBridge ? "choose another by bridge: NAME" : $"give {network.Link} a shorter name in this file (a NIC may be called anything here: up0: {{match: {{name: {network.Link}}}}}), or declare VLAN and bridge by hand");
        if (file.Find(name) is { } there)
            return Taken($"the network {network} makes {link}, and a {there.Kind} of that name is declared in line {there.Name.Place.Line}", $"remove {name} there (line {there.Name.Place.Line})");
        if (names.TryGetValue(name, out var other))
            return Taken($"the networks {other} (line {other.Name.Place.Line}) and {network} both make {link}", "leave one of the two out");
        return null;

        Finding Taken(string what, string remove) => Finding.Error("network-name-taken", place, what, "a host has one link of each name, and one place in the file says how it is",
            isBridge ? $"choose another name by bridge: NAME, or {remove}" : $"{remove}, or leave the network out");
    }
}
