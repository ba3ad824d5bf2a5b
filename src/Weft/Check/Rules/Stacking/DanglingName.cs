// A name that leads nowhere. Nothing is guessed into being: a port that is misspelt would otherwise leave a bond with half
// its links and no word said. While a whole section could not be read, nothing is judged here, for who knows what it declared.

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
        return host.Links.SelectMany(link => Below(host, link))
            .Concat(host.Routes.Where(route => route.Link is not null).SelectMany(route => Link(host, route.Link!.Value, $"the route to {route.To}")))
            .Concat(host.Guests.SelectMany(guest => guest.Nics.SelectMany(nic => Plug(host, guest, nic))))
            .Concat(host.Cables.SelectMany(cable => Cable(host, cable)))
            .Concat(Others(host));
    }

    private IEnumerable<Finding> Below(Host host, Link link)
    {
        foreach (var lower in link.Lowers)
            foreach (var finding in Link(host, lower, link.Name.Value))
                yield return finding;
        if (link.Settings.Get(Table.Primary) is { Value: Value.Word { Text: not ("default" or "") } primary, Place: var place }
            && !link.Unread.Contains("ports") && link.Ports.All(port => port.Name.Value != primary.Text))
            yield return At(place, $"{link.Name}'s primary {Quote.Of(primary.Text)} is none of its ports{Nearest.Hint(primary.Text, link.Ports.Select(port => port.Name.Value))}",
                $"name one of {string.Join(", ", link.Ports.Select(port => port.Name))}, or make it a port");
    }

    private IEnumerable<Finding> Link(Host host, At<string> name, string user)
    {
        if (host.Find(name.Value) is null)
            yield return At(name.Place, $"{user} stands on {Quote.Of(name.Value)}, which is declared nowhere{(Vlan(host, name.Value) is null ? Nearest.Hint(name.Value, host.Links.Select(link => link.Name.Value)) : "")}",
                Vlan(host, name.Value) ?? $"declare {Quote.Clean(name.Value)} under nics, bonds, vlans or bridges, or name a link that is there");
    }

    private IEnumerable<Finding> Plug(Host host, Guest guest, GuestNic nic)
    {
        var bridges = host.Of(LinkKind.Bridge).Select(link => link.Name.Value);
        var networks = host.Rest.Map("networks")?.Select(field => field.Name.Value) ?? [];
        if (nic.Bridge is { } bridge && host.Find(bridge.Value)?.Kind != LinkKind.Bridge)
            yield return host.Find(bridge.Value) is { } other
                ? At(bridge.Place, $"{guest.Name} plugs into {bridge}, which is a {other.Kind} and no bridge{Nearest.Hint(bridge.Value, bridges)}", "name one of the bridges")
                : At(bridge.Place, $"{guest.Name} plugs into {Quote.Of(bridge.Value)}, which is declared nowhere{Nearest.Hint(bridge.Value, bridges)}", $"declare {Quote.Clean(bridge.Value)} under bridges, or name one that is there");
        if (nic.Network is { } network && !networks.Contains(network.Value))
            yield return At(network.Place, $"{guest.Name} plugs into the network {Quote.Of(network.Value)}, which is declared nowhere{Nearest.Hint(network.Value, networks)}", $"declare {network} under networks, or name one that is there");
    }

    private IEnumerable<Finding> Cable(Host host, Cable cable)
    {
        var nics = host.Of(LinkKind.Nic).Select(link => link.Name.Value);
        if (host.Find(cable.Nic.Value)?.Kind != LinkKind.Nic)
            yield return At(cable.Nic.Place, $"a cable is said to be in {Quote.Of(cable.Nic.Value)}, which is no NIC of this host{Nearest.Hint(cable.Nic.Value, nics)}", $"declare {Quote.Clean(cable.Nic.Value)} under nics, or remove the cable");
        if (cable.Switch is { } name)
            foreach (var finding in Switch(host, name, $"{cable.Nic}'s cable leads"))
                yield return finding;
    }

    private IEnumerable<Finding> Others(Host host)
    {
        foreach (var network in host.Rest.Map("networks") ?? Fields.Empty)
            if (Entry.Word(Entry.Of(network), "link") is { } link)
                foreach (var finding in Link(host, link, $"the network {network.Name}"))
                    yield return finding;
        foreach (var pair in host.Rest.List("links"))
            foreach (var name in (pair.Value as Value.List)?.Items ?? [])
                foreach (var finding in Switch(host, Text.At.Of(name.ToString(), name.Place), "a link between switches leads"))
                    yield return finding;
    }

    private IEnumerable<Finding> Switch(Host host, At<string> name, string what)
    {
        var switches = host.Switches.Select(known => known.Name.Value);
        if (!switches.Contains(name.Value))
            yield return At(name.Place, $"{what} to the switch {Quote.Of(name.Value)}, which is declared nowhere{Nearest.Hint(name.Value, switches)}", $"declare it under switches, at least as {name}: {{}}");
    }

    /// <summary>How to declare a name such as bond0.7 where bond0 is there; null for another name.</summary>
    private static string? Vlan(Host host, string name)
    {
        var dot = name.LastIndexOf('.');
        return dot > 0 && host.Find(name[..dot]) is not null && ushort.TryParse(name[(dot + 1)..], out var id) && id is > 0 and < 4095
            ? $"declare it under vlans, as {name}: {{link: {name[..dot]}, id: {id}}}" : null;
    }
}
