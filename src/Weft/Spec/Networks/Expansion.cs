// One expansion in the making. A network is made whole or, with a finding, not at all. Every value that is made carries the
// place of the key it came from, so that what a rule or the kernel says of it later points at the network's own line.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Spec;

internal sealed class Expansion(Host file, Func<Fields, ImmutableArray<string>> unread)
{
    private readonly List<Finding> findings = [];
    private readonly List<Link> vlans = [];
    private readonly List<Link> bridges = [];
    private readonly Dictionary<string, Trunk> trunks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Placed> made = new(StringComparer.Ordinal);
    private readonly List<Network> adrift = [];
    private readonly Claims claims = new(file);

    private static readonly string[] OfEnd = [.. Network.OfEnd.Select(line => line.Name)];

    /// <summary>Makes the network. Where a finding has refused a key that decides what is made, nothing more is said or made of it.</summary>
    public void Add(Network network)
    {
        if (network.Link is not { } link || unread(network.Keys).Intersect(["link", "vlan", "bridge"]).Any())
            return;
        if (file.Find(link.Value) is not { } lower)
            adrift.Add(network);
        else if (lower.Kind == LinkKind.Bridge ? OnBridge(network, lower) : OnLink(network))
            made.Add(network.Name.Value, new(network, lower.Kind == LinkKind.Bridge));
    }

    /// <summary>The expanded host. Links stand in the order of the sections, those of networks behind those of the file.</summary>
    public (Host, ImmutableArray<Finding>) End()
    {
        foreach (var network in adrift)
            if (claims.Maker(network.Link!.Value) is { } maker)
                findings.Add(Finding.Error("network-on-network", network.Link.Place, $"the network {network} stands on {network.Link}, which the network {maker} makes",
                    "a network stands on a link that the file declares: what guests plug into already carries one network", $"put it on the link below, {maker.Link}, or declare {network.Link} by hand"));
        var declared = LinkKind.Declared.SelectMany(kind => file.Of(kind).Select(Shared).Concat(kind == LinkKind.Vlan ? vlans : kind == LinkKind.Bridge ? bridges : []));
        var host = file with
        {
            Links = [.. declared, .. file.Links.Where(link => !LinkKind.Declared.Contains(link.Kind))],
            Rest = new Plugs(file, made, keys => !unread(keys).IsEmpty, findings).Plugged().Without("networks"),
        };
        if (file.Rest.Has("networks"))
            host = host with { AsWritten = file };
        return (host, [.. findings]);
    }

    private Link Shared(Link link) => trunks.TryGetValue(link.Name.Value, out var trunk) ? trunk.Of(link) : link;

    /// <summary>A VLAN and a bridge for each id; without one, a bridge straight on the link.</summary>
    private bool OnLink(Network network)
    {
        if (network.IsRange && Refused(network, "is a range, and makes a bridge for each of its VLANs", ["addresses", "gateway", "bridge", .. OfEnd]) || !claims.Take(network, bridged: true, findings))
            return false;
        foreach (var id in network.Ids)
        {
            var place = network.Vlan?.Place ?? network.Name.Place;
            if (id is { } tag)
                vlans.Add(Vlan(network, tag, Settings.Empty));
            bridges.Add(new(At.Of(network.BridgeOf(id), network.Bridge?.Place ?? place), LinkKind.Bridge)
            {
                Settings = Mtu(network).With(network.End),
                Ports = [new Port(id is null ? network.Link! : At.Of(network.VlanOf(id.Value), place), Settings.Empty)],
                Addresses = network.Addresses,
                Lifetimes = network.Lifetimes,
                Gateways = network.Gateways,
                Unread = unread(network.Keys),
            });
        }
        return true;
    }

    /// <summary>VLANs of a VLAN-aware bridge; the host's own end is a VLAN link on the bridge, where the network has one.</summary>
    private bool OnBridge(Network network, Link bridge)
    {
        if (bridge.Settings.Flag(BridgeLines.VlanFiltering) != true)
        {
            if (!bridge.Unread.Contains(BridgeLines.VlanFiltering.Name))
                findings.Add(Finding.Error("network-on-plain-bridge", network.Link!.Place, $"the network {network} is a VLAN of the bridge {bridge.Name}, which has no vlan_filtering",
                    "a bridge without VLAN filtering hands every tag to every port and keeps no networks apart", $"write vlan_filtering: true on {bridge.Name} (line {bridge.Name.Place.Line}), or put the network on the link below the bridge"));
            return false;
        }
        if (network.Vlan is not { } vlan)
        {
            findings.Add(Finding.Error("network-key-refused", network.Name.Place, $"the network {network} is on the VLAN-aware bridge {bridge.Name}, and says no vlan",
                "such a bridge carries its networks by their VLAN ids", "add vlan: with its id or a range, or plug the guests in by bridge: and no network"));
            return false;
        }
        if (Refused(network, $"is a VLAN of {bridge.Name} and has no bridge of its own", "bridge") || network.IsRange && Refused(network, "is a range of VLANs, in none of which the host has an end of its own", ["addresses", "gateway", "mtu", .. OfEnd]))
            return false;
        var own = network.HasEnd || unread(network.Keys).Intersect(["addresses", "gateway", .. OfEnd]).Any();
        if (!own && Refused(network, $"is a VLAN of {bridge.Name} in which the host has no address, and no link of its own to set it on", ["mtu", .. OfEnd]) || !claims.Take(network, bridged: false, findings))
            return false;
        if (!trunks.TryGetValue(bridge.Name.Value, out var trunk))
            trunks.Add(bridge.Name.Value, trunk = new(vlan.Place));
        trunk.Carry(vlan.Value, own);
        if (own)
            vlans.Add(Vlan(network, vlan.Value.From, network.End) with { Addresses = network.Addresses, Lifetimes = network.Lifetimes, Gateways = network.Gateways });
        return true;
    }

    private Link Vlan(Network network, int id, Settings end) => new(At.Of(network.VlanOf(id), network.Vlan!.Place), LinkKind.Vlan)
    {
        Settings = Mtu(network).With(Settings.Of(
        [
            KeyValuePair.Create(VlanLines.Lower, At.Of(Value.Of(network.Link!.Value), network.Link.Place)),
            KeyValuePair.Create(VlanLines.Id, At.Of(Value.Of((long)id), network.Vlan.Place)),
        ])).With(end),
        Unread = unread(network.Keys),
    };

    private static Settings Mtu(Network network) => network.Mtu is { } mtu ? Settings.Empty.With(Table.Mtu, mtu) : Settings.Empty;

    /// <summary>A finding for each of these keys that the network has.</summary>
    private bool Refused(Network network, string because, params string[] keys)
    {
        var there = keys.Where(network.Keys.Has).ToList();
        findings.AddRange(there.Select(key => Finding.Error("network-key-refused", network.Keys.Get(key)!.Place, $"the network {network} {because}; it takes no {key}",
            "a key that can do nothing would be taken for one that did", $"remove {key}, or give it to a network of a single VLAN on a link that is no bridge")));
        return there.Count > 0;
    }
}
