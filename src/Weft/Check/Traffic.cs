// The VLANs in which the host's frames leave by its NICs, as far as somebody uses them: VLAN links, networks, guests, and addresses that
// are on no VLAN. A bridge port or a switch that carries more than that is no mistake. From this follow the three ways in which a
// VLAN can miss the switch: no port carries it, some port does not, or a port carries it without the tag.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Frames that leave by a NIC.</summary>
/// <param name="Of">Whose they are: a VLAN, bridge or other link; the bond, where it is a bond over VLANs.</param>
/// <param name="Vlan">Their outermost tag; null where they have none.</param>
/// <param name="Place">Where the file asks for it: the VLAN's id, or the address.</param>
/// <param name="Bond">The bond that chooses this NIC among others; null where none does.</param>
internal sealed record Leaving(Link Of, Link Nic, Cable? Cable, long? Vlan, Place Place, Link? Bond);

/// <summary>A VLAN, or frames without one, at a place of the file, and the cables by which it does not pass as it should.</summary>
internal sealed record Missed(Link Of, long? Vlan, Place Place, IReadOnlyList<Cable> Cables);

internal sealed class Traffic
{
    private const int MostInAll = 200_000;

    private readonly Stack stack;
    private readonly Wiring wiring;
    private readonly List<Leaving> all = [];

    public Traffic(Stack stack, Wiring wiring)
    {
        (this.stack, this.wiring) = (stack, wiring);
        if (!wiring.Cables.Any(cable => cable.SaysVlans))
            return;
        Tagged();
        Untagged();
        foreach (var same in all.GroupBy(leaving => $"{leaving.Of.Name} {leaving.Vlan}", StringComparer.Ordinal))
            if (same.First().Vlan is { } vlan)
                Judge(vlan, [.. same.DistinctBy(leaving => leaving.Nic.Name.Value)]);
            else
                JudgeUntagged([.. same.DistinctBy(leaving => leaving.Nic.Name.Value)]);
    }

    /// <summary>VLANs that no port of the switch carries.</summary>
    public List<Missed> Nowhere { get; } = [];

    /// <summary>VLANs that only some ports carry, each with the cables of those that do not.</summary>
    public List<Missed> Partly { get; } = [];

    /// <summary>VLANs that the host tags and ports of the switch do not.</summary>
    public List<Missed> Bare { get; } = [];

    /// <summary>Frames without a tag that have no VLAN at the other end.</summary>
    public List<Missed> Homeless { get; } = [];

    /// <summary>Frames without a tag, that are of one VLAN on some ports of a bond and of another on others.</summary>
    public List<Missed> Torn { get; } = [];

    /// <summary>Whether something of these is said of the cable.</summary>
    public bool IsTold(Cable cable) => (told ??= [.. Partly.Concat(Bare).Concat(Homeless).Concat(Torn).SelectMany(missed => missed.Cables)]).Contains(cable);

    private HashSet<Cable>? told;

    private void Judge(long vlan, List<Leaving> ways)
    {
        var bare = ways.Where(way => way.Cable?.Native?.Value == vlan).ToList();
        if (bare.Count > 0)
            Bare.Add(Miss(bare));
        else if (ways.TrueForAll(way => way.Cable is { } cable && Wiring.Carries(cable, vlan) == false))
            Nowhere.Add(Miss(ways));
        foreach (var bond in ways.Except(bare).Where(way => way.Bond is not null && way.Cable is not null).GroupBy(way => way.Bond!.Name.Value, StringComparer.Ordinal))
            if (bond.Any(way => Wiring.Carries(way.Cable!, vlan) == true) && bond.Where(way => Wiring.Carries(way.Cable!, vlan) == false).ToList() is { Count: > 0 } without)
                Partly.Add(Miss(without));
    }

    private void JudgeUntagged(List<Leaving> ways)
    {
        var said = ways.Where(way => way.Cable is { SaysVlans: true }).ToList();
        if (said.Where(way => way.Cable!.Native is null).ToList() is { Count: > 0 } homeless)
            Homeless.Add(Miss(homeless));
        foreach (var bond in said.Where(way => way.Bond is not null && way.Cable!.Native is not null).GroupBy(way => way.Bond!.Name.Value, StringComparer.Ordinal))
            if (Odd.Of([.. bond], way => $"{way.Cable!.Native}", way => wiring.Cables.Count(cable => cable.Native?.Value == way.Cable!.Native!.Value)) is { Count: > 0 } torn)
                Torn.Add(Miss(torn));
    }

    private static Missed Miss(IReadOnlyList<Leaving> ways) => new(ways[0].Of, ways[0].Vlan, ways[0].Place, [.. ways.Select(way => way.Cable).OfType<Cable>()]);

    private void Tagged()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var vlan in stack.Sound)
            if (vlan.Kind == LinkKind.Vlan && vlan.Settings.Number(VlanLines.Id) is > 0 and var id && stack.LowerOf(vlan) is { } lower && seen.Add($"{lower.Name} {id} {vlan.Settings.Word(VlanLines.Protocol)}"))
            {
                // A VLAN that is taken from under the master of its link is that mistake, whatever the switch carries.
                if (VlanPort.IsTaken(stack, vlan))
                    continue;
                var bond = stack.MasterOf(vlan) is { } master && master.Kind == LinkKind.Bond ? master : null;
                Leave(bond ?? vlan, lower, id, vlan.Settings.PlaceOf(VlanLines.Id), bond);
            }
        var plugged = stack.Host.Networks.Where(network => network.Vlan is not null && network.Link is not null).SelectMany(network => network.Ids.Select(id => (Bridge: network.Link!.Value, Vlan: (long)id!.Value, network.Vlan!.Place)))
            .Concat(stack.Host.Guests.SelectMany(guest => guest.Nics).Where(nic => nic is { Bridge: not null, Vlan: not null }).Select(nic => (Bridge: nic.Bridge!.Value, Vlan: nic.Vlan!.Value, nic.Vlan.Place)));
        // VLANs of a bridge that heeds none are vlans-without-filtering.
        foreach (var (name, id, place) in plugged)
            if (stack.Host.Find(name) is { } bridge && bridge.Kind == LinkKind.Bridge && bridge.Settings.Flag(BridgeLines.VlanFiltering) == true && !stack.InCycle.Contains(name) && seen.Add($"{name} {id} "))
                Leave(bridge, bridge, id, place, null);
    }

    private void Untagged()
    {
        foreach (var link in stack.Sound)
            if (link.Kind != LinkKind.Vlan && stack.MasterOf(link) is null && Asks(link) is { IsSomewhere: true } place)
                Leave(link, link, null, place, null);
    }

    /// <summary>Where something asks for frames without a tag: an address, a lease, or a guest.</summary>
    private Place Asks(Link link) =>
        link.Addresses.Select(address => address.Place).Concat(ClientLines.Families.Where(family => link.Settings.Flag(family) == true).Select(link.Settings.PlaceOf))
            .Concat(stack.GuestsOn(link).Where(plug => plug.Nic.Vlan is null).Select(plug => plug.Nic.Bridge!.Place)).FirstOrDefault();

    private void Leave(Link of, Link from, long? tag, Place place, Link? bond)
    {
        if (all.Count < MostInAll)
            all.AddRange(wiring.LeadsOf(from, tag).Select(way => new Leaving(of, way.Nic, way.Cable, way.Tags is [var left] ? left : null, place, bond ?? way.Bond)));
    }
}
