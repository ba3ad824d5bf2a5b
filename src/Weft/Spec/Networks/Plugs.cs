// Guests of networks become guests of bridges: `network: vm` turns into the bridge, and on a VLAN-aware one the VLAN, that it
// stands for. This is the only place that knows how. What leaves it open where a NIC plugs in is a finding, and the NIC stays
// as it was written.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Spec;

/// <summary>A network that could be made, and whether it is VLANs of a bridge.</summary>
internal sealed record Placed(Network Network, bool OnBridge);

internal sealed class Plugs(Host file, IReadOnlyDictionary<string, Placed> networks, Func<Fields, bool> isDamaged, List<Finding> findings)
{
    /// <summary>The file's other sections, with the guests plugged into bridges.</summary>
    public Fields Plugged() => file.Rest.Map("guests") is null ? file.Rest : new(file.Rest.Select(section => section.Name.Value == "guests" ? Each(section, Guest) : section));

    private Field Guest(Field guest)
    {
        if (guest.Value.Value is Value.Map { Fields: var keys } && !isDamaged(keys) && keys.List("nics").IsEmpty)
            findings.Add(Finding.Advice("guest-unplugged", guest.Name.Place, $"the guest {guest.Name} has no NIC", "a guest without a network reaches nobody", "give it nics: with a network or bridge for each, or leave it out"));
        return Plugged(guest);
    }

    private Field Plugged(Field guest) => Each(guest, key => key is { Name.Value: "nics", Value.Value: Value.List nics }
        ? key with { Value = At.Of<Value>(new Value.List([.. nics.Items.Select(nic => Nic(guest.Name.Value, nic))]), key.Value.Place) } : key);

    private At<Value> Nic(string guest, At<Value> entry)
    {
        if (entry.Value is not Value.Map { Fields: var keys } || isDamaged(keys))
            return entry;
        var nic = new GuestNic(entry);
        if (Wrong(guest, nic) is { } wrong)
            findings.Add(wrong);
        else if (nic.Network is { } name && networks.TryGetValue(name.Value, out var placed))
            return At.Of<Value>(new Value.Map(new([.. Plug(nic, name, placed), .. keys.Without("network", "vlan")])), entry.Place);
        return entry;
    }

    private static IEnumerable<Field> Plug(GuestNic nic, At<string> name, Placed placed)
    {
        var (network, onBridge) = placed;
        var id = nic.Vlan?.Value ?? network.Vlan?.Value.From;
        yield return new(At.Of("bridge", name.Place), At.Of(Value.Of(onBridge ? network.Link!.Value : network.BridgeOf((int?)id)), name.Place));
        if (onBridge)
            yield return new(At.Of("vlan", name.Place), At.Of(Value.Of(id!.Value), nic.Vlan?.Place ?? name.Place));
    }

    private Finding? Wrong(string guest, GuestNic nic)
    {
        if (nic is { Bridge: { } bridge, Network: { } both })
            return Finding.Error("guest-plugged-twice", both.Place, $"a NIC of {guest} plugs into the network {both} and into the bridge {bridge}", "a NIC has one cable", "remove one of the two");
        if (nic is { Bridge: null, Network: null })
            return Finding.Warning("guest-unplugged", nic.Place, $"a NIC of {guest} plugs into nothing", "a guest without a network reaches nobody", "add network: with one of the networks, or bridge: with one of the bridges");
        if (nic is { Bridge: { } plain, Vlan: { } tag })
            return file.Find(plain.Value) is { } link && link.Kind == LinkKind.Bridge && link.Settings.Flag(BridgeLines.VlanFiltering) != true && !link.Unread.Contains(BridgeLines.VlanFiltering.Name) && !SaysVlans(link)
                ? Vlan(tag.Place, $"a NIC of {guest} is said to be in VLAN {tag} of {plain}, which has no vlan_filtering", $"write vlan_filtering: true on {plain} (line {link.Name.Place.Line}), or remove vlan")
                : null;
        if (nic.Network is not { } name || !networks.TryGetValue(name.Value, out var placed))
            return null;
        var network = placed.Network;
        if (nic.Vlan is not { } vlan)
            return network.IsRange ? Vlan(name.Place, $"a NIC of {guest} plugs into the network {network}, which is the VLANs {network.Vlan!.Value}, and does not say which of them", $"add vlan: {network.Vlan.Value.From}, or another of them") : null;
        return network.Vlan is not { Value: var run } ? Vlan(vlan.Place, $"a NIC of {guest} is said to be in VLAN {vlan} of the network {network}, which has no VLAN", "remove vlan")
            : vlan.Value < run.From || vlan.Value > run.To ? Vlan(vlan.Place, $"a NIC of {guest} is said to be in VLAN {vlan} of the network {network}, which is {(network.IsRange ? "the VLANs" : "VLAN")} {run}", network.IsRange ? $"write one of {run}" : $"write {run}, or remove vlan")
            : null;
    }

    /// <summary>Whether the bridge is meant to be VLAN-aware for all its file says: then it is the bridge that lacks something, and a rule says so.</summary>
    private static bool SaysVlans(Link bridge) => bridge.Ports.Select(port => port.Rest).Append(bridge.Rest).Any(keys => keys.Has("vlans") || keys.Has("pvid"));

    private static Finding Vlan(Place place, string what, string mend) => Finding.Error("guest-vlan", place, what, "a guest's NIC is in one VLAN, and which one must be plain before it is plugged in", mend);

    private static Field Each(Field map, Func<Field, Field> change) =>
        map.Value.Value is Value.Map { Fields: var fields } ? map with { Value = At.Of<Value>(new Value.Map(new(fields.Select(change))), map.Value.Place) } : map;
}
