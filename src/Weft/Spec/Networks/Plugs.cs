// Guests of networks become guests of bridges: `network: vm` turns into the bridge, and on a VLAN-aware one the VLAN, that it
// stands for. This is the only place that knows how; a NIC whose network leaves it open stays as it was written, for the rules
// to speak of.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Spec;

/// <summary>A network that could be made, and whether it is VLANs of a bridge.</summary>
internal readonly record struct Placed(Network Network, bool OnBridge);

internal static class Plugs
{
    /// <summary>These sections with the guests plugged into bridges.</summary>
    public static Fields Into(Fields rest, IReadOnlyDictionary<string, Placed> networks) =>
        rest.Map("guests") is null ? rest : new(rest.Select(section => section.Name.Value == "guests" ? Each(section, guest => Guest(guest, networks)) : section));

    private static Field Guest(Field guest, IReadOnlyDictionary<string, Placed> networks) =>
        Each(guest, key => key is { Name.Value: "nics", Value.Value: Value.List nics } ? key with { Value = At.Of<Value>(new Value.List([.. nics.Items.Select(nic => Nic(nic, networks))]), key.Value.Place) } : key);

    private static At<Value> Nic(At<Value> entry, IReadOnlyDictionary<string, Placed> networks)
    {
        var nic = new GuestNic(entry);
        if (nic.Bridge is not null || nic.Network is not { } name || !networks.TryGetValue(name.Value, out var placed) || !IsClear(nic, placed.Network))
            return entry;
        var (network, onBridge) = placed;
        var id = nic.Vlan?.Value ?? network.Vlan?.Value.From;
        var keys = ((Value.Map)entry.Value).Fields.Without("network", "vlan");
        var plug = new List<Field> { new(At.Of("bridge", name.Place), At.Of(Value.Of(onBridge ? network.Link!.Value.Value : network.BridgeOf((int?)id)), name.Place)) };
        if (onBridge)
            plug.Add(new(At.Of("vlan", name.Place), At.Of(Value.Of(id!.Value), nic.Vlan?.Place ?? name.Place)));
        return At.Of<Value>(new Value.Map(new([.. plug, .. keys])), entry.Place);
    }

    /// <summary>A range wants one of its VLANs named; what is named must be of the network.</summary>
    private static bool IsClear(GuestNic nic, Network network) =>
        nic.Vlan is { Value: var id } ? network.Vlan is { Value: var run } && run.From <= id && id <= run.To : !network.IsRange;

    private static Field Each(Field map, Func<Field, Field> change) =>
        map.Value.Value is Value.Map { Fields: var fields } ? map with { Value = At.Of<Value>(new Value.Map(new(fields.Select(change))), map.Value.Place) } : map;
}
