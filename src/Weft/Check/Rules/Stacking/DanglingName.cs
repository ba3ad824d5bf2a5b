// A name that leads nowhere. Nothing is guessed into being: a port that is misspelt would otherwise leave a bond with half
// its links and no word said. Of lo, which is there and cannot be declared, `loopback-below` speaks. While a whole section could not be read, nothing is judged here, for who knows what it declared.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Ports, lower links, bridges of guests, switches of cables: each must be declared.</summary>
public sealed class DanglingName() : Rule("dangling-name", Severity.Error)
{
    public override string Why => "a name that is declared nowhere leads nowhere, and half a stack is worse than none";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, [|et1|]], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var host = stack.Host;
        if (host.Unread.Any(key => Schema.File.Find(key)?.Shape is not Model.Shapes.Scalar))
            return [];
        // What a network would make is meant by that name even where another finding kept it from being made.
        var links = new Known(host.Links.Select(link => link.Name.Value).Concat(host.Networks.Where(network => !network.IsRange && network.Link is not null).SelectMany(Derived)));
        var bridges = new Known(host.Of(LinkKind.Bridge).Select(link => link.Name.Value).Concat(host.Networks.Where(network => !network.IsRange).SelectMany(Derived)));
        var networks = new Known(host.Networks.Select(network => network.Name.Value));
        var nics = new Known(host.Of(LinkKind.Nic).Select(link => link.Name.Value));
        var switches = new Known(host.Switches.Select(known => known.Name.Value));
        return
        [
            .. from link in host.Links from lower in link.Lowers from finding in Link(host, links, lower, link.Name.Value) select finding,
            .. host.Of(LinkKind.Bond).SelectMany(Primary),
            .. host.Of(LinkKind.Bridge).SelectMany(Backups),
            .. from route in host.Routes from way in route.Ways where way.Link is not null from finding in Link(host, links, way.Link!, $"the route to {route.To}") select finding,
            .. from guest in host.Guests from nic in guest.Nics from finding in Plug(host, guest, nic, bridges, networks) select finding,
            .. from cable in host.Cables from finding in Cable(cable, nics, switches) select finding,
            .. from network in host.Networks where network.Link is not null from finding in Link(host, links, network.Link!, $"the network {network}") select finding,
            .. from pair in host.Rest.List("links") from name in (pair.Value as Value.List)?.Items ?? []
               from finding in Switch(switches, Text.At.Of(name.ToString(), name.Place), "a link between switches leads") select finding,
        ];
    }

    private static IEnumerable<string> Derived(Network network) =>
        network.Ids.SelectMany(id => id is { } tag ? [network.VlanOf(tag), network.BridgeOf(tag)] : new[] { network.BridgeOf(null) });

    private IEnumerable<Finding> Link(Host host, Known links, At<string> name, string user)
    {
        if (!links.Has(name.Value) && name.Value != Stack.Loopback)
            yield return At(name.Place, $"{user} stands on {Quote.Of(name.Value)}, which is declared nowhere{(Vlan(host, name.Value) is null ? links.Hint(name.Value) : "")}",
                Vlan(host, name.Value) ?? $"declare {Quote.Clean(name.Value)} under nics, bonds, vlans or bridges, or name a link that is there");
    }

    private IEnumerable<Finding> Primary(Link bond)
    {
        if (bond.Settings.Get(BondLines.Primary) is not { Value: Value.Word { Text: not ("default" or "") } primary, Place: var place } || bond.Unread.Contains("ports"))
            yield break;
        var ports = new Known(bond.Ports.Select(port => port.Name.Value));
        if (!ports.Has(primary.Text))
            yield return At(place, $"{bond.Name}'s primary {Quote.Of(primary.Text)} is none of its ports{ports.Hint(primary.Text)}", "name one of its ports, or make it one");
    }

    /// <summary>The kernel takes another port of the same bridge, and nothing else (ENOENT, EINVAL).</summary>
    private IEnumerable<Finding> Backups(Link bridge)
    {
        if (bridge.Unread.Contains("ports"))
            yield break;
        foreach (var port in bridge.Ports)
            if (port.Settings.Get(BridgePortLines.BackupPort) is { Value: Value.Word { Text: not ("default" or "") } backup, Place: var place })
            {
                var others = new Known(bridge.Ports.Select(other => other.Name.Value).Where(other => other != port.Name.Value));
                if (!others.Has(backup.Text))
                    yield return At(place, $"the backup_port {Quote.Of(backup.Text)} of {port.Name} is no other port of {bridge.Name}{others.Hint(backup.Text)}", $"name another port of {bridge.Name}, or make it one");
            }
    }

    private IEnumerable<Finding> Plug(Host host, Guest guest, GuestNic nic, Known bridges, Known networks)
    {
        if (nic.Bridge is { } bridge && !bridges.Has(bridge.Value))
            yield return host.Find(bridge.Value) is { } other
                ? At(bridge.Place, $"{guest.Name} plugs into {bridge}, which is a {other.Kind} and no bridge{bridges.Hint(bridge.Value)}", "name one of the bridges")
                : At(bridge.Place, $"{guest.Name} plugs into {Quote.Of(bridge.Value)}, which is declared nowhere{bridges.Hint(bridge.Value)}", $"declare {Quote.Clean(bridge.Value)} under bridges, or name one that is there");
        if (nic.Network is { } network && !networks.Has(network.Value))
            yield return At(network.Place, $"{guest.Name} plugs into the network {Quote.Of(network.Value)}, which is declared nowhere{networks.Hint(network.Value)}", $"declare {network} under networks, or name one that is there");
    }

    private IEnumerable<Finding> Cable(Cable cable, Known nics, Known switches)
    {
        if (!nics.Has(cable.Nic.Value) && cable.Nic.Value != Stack.Loopback)
            yield return At(cable.Nic.Place, $"a cable is said to be in {Quote.Of(cable.Nic.Value)}, which is no NIC of this host{nics.Hint(cable.Nic.Value)}", $"declare {Quote.Clean(cable.Nic.Value)} under nics, or remove the cable");
        if (cable.Switch is { } name)
            foreach (var finding in Switch(switches, name, $"{cable.Nic}'s cable leads"))
                yield return finding;
    }

    private IEnumerable<Finding> Switch(Known switches, At<string> name, string what)
    {
        if (!switches.Has(name.Value))
            yield return At(name.Place, $"{what} to the switch {Quote.Of(name.Value)}, which is declared nowhere{switches.Hint(name.Value)}", $"declare it under switches, at least as {name}: {{}}");
    }

    /// <summary>How to declare a name such as bond0.7 where bond0 is there; null for another name.</summary>
    private static string? Vlan(Host host, string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && host.Find(name[..dot]) is not null && ushort.TryParse(name[(dot + 1)..], out var id) && id is > 0 and < 4095
            ? $"declare it under vlans, as {name}: {{link: {name[..dot]}, id: {id}}}" : null;
    }
}
