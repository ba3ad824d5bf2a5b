// Guests of which the file says no address: whether they reach their gateway is asked all the same, from an address in the network that their bridge or VLAN leads to.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal static class Lodgers
{
    /// <summary>More taken addresses than this at the end of a network are not looked past.</summary>
    private const int MostTaken = 4096;

    /// <summary>The files, with an address for every guest's NIC that has none and whose network somebody has an address in.</summary>
    public static IReadOnlyList<NamedHost> Of(IReadOnlyList<NamedHost> hosts, List<string> notes)
    {
        if (!hosts.Any(host => host.Host.Guests.Any(guest => guest.Nics.Any(nic => nic.Addresses.IsEmpty))))
            return hosts;
        var layout = Layouts.Of(hosts);
        var cords = layout.Cords.ToLookup(cord => (cord.Host, cord.Label));
        var taken = layout.Hosts.SelectMany(host => host.Host.Links).SelectMany(link => link.Addresses).Select(own => own.Value.Address)
            .Concat(layout.Guests.SelectMany(cord => cord.Addresses).Select(own => own.Address))
            .Concat(layout.Hosts.SelectMany(host => host.Host.Links).SelectMany(link => link.Gateways).Select(gateway => gateway.Value))
            .Concat(layout.Boxes.SelectMany(box => box.Addresses.Values).SelectMany(list => list).Select(own => own.Address)).ToHashSet();
        var lodged = 0;
        var all = hosts.Select(host => host.Host.Rest.Map("guests") is not { } guests ? host
            : host with { Host = host.Host with { Rest = host.Host.Rest.With("guests", new Value.Map(new(guests.Select(guest => Lodge(host, guest))))) } }).ToList();
        if (lodged > 0)
            notes.Add(FormattableString.Invariant($"{lodged} {(lodged == 1 ? "NIC of a guest has" : "NICs of guests have")} no address in the files, and {(lodged == 1 ? "is" : "are")} asked from one that is free in the network"));
        return all;

        Field Lodge(NamedHost host, Field guest)
        {
            if (guest.Value.Value is not Value.Map { Fields: var keys })
                return guest;
            var index = 0;
            var nics = keys.List("nics").Select(nic => Addressed(host, layout.Guests.Find(cord => cord.Host == host && cord.Guest == guest.Name.Value && cord.Nic == FormattableString.Invariant($"eth{index}")), nic, index++)).ToImmutableArray();
            return guest with { Value = guest.Value with { Value = new Value.Map(keys.With("nics", new Value.List(nics))) } };
        }

        At<Value> Addressed(NamedHost host, GuestCord? cord, At<Value> nic, int index)
        {
            if (cord is not { Addresses.Count: 0, Bridge: { } bridge } || nic.Value is not Value.Map { Fields: var keys } || NetworkOf(layout, cords, host, bridge, cord.Vlan) is not { } network || Free(network, taken) is not { } address)
                return nic;
            lodged++;
            return nic with { Value = new Value.Map(keys.With("addresses", new Value.List([At.Nowhere<Value>(Value.Of($"{address}/{network.Length}"))]))) };
        }
    }

    /// <summary>The network that a guest's frames come to: the bridge's own, that of a VLAN on it, or a switch's.</summary>
    private static IpPrefix? NetworkOf(Layout layout, ILookup<(NamedHost, string), Cord> cords, NamedHost host, string bridge, long? vlan)
    {
        var own = vlan is null ? host.Host.Find(bridge) : host.Host.Links.FirstOrDefault(link => link.Lower == bridge && link.Settings.Number(Model.Attributes.VlanLines.Id) == vlan);
        if (own?.Addresses.Select(address => address.Value).FirstOrDefault() is { } near)
            return near;
        foreach (var id in Ends.VlansOf(cords, host, bridge, vlan))
            foreach (var box in layout.Boxes)
                if (box.Addresses.TryGetValue(id, out var addresses) && addresses.Count > 0)
                    return addresses[0];
        return null;
    }

    /// <summary>The last address of a network that nobody has.</summary>
    private static IPAddress? Free(IpPrefix network, HashSet<IPAddress> taken)
    {
        var bytes = network.Network.Address.GetAddressBytes();
        if (bytes.Length * 8 - network.Length < 2)
            return null;
        for (var bit = network.Length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        // The last of all is the broadcast.
        for (var tries = 0; tries < MostTaken; tries++)
        {
            var at = bytes.Length - 1;
            while (at >= 0 && bytes[at]-- == 0)
                at--;
            var address = new IPAddress(bytes);
            if (!network.Contains(address))
                return null;
            if (taken.Add(address))
                return address;
        }
        return null;
    }
}
