// Layer 3 of a random host: addresses, gateways, routes, policy rules, and what is said of names that are not there. Networks
// are numbered, so that an address of one host turns up on another link of the next.

namespace Weft.RandomHosts;

internal sealed class Settling(Dice dice, Sketch host)
{
    private const int Networks = 12;

    public void Addresses(LinkSketch link)
    {
        link.Addresses.Clear();
        link.Gateways.Clear();
        if (host.MasterOf(link.Name) is { SpeaksForPorts: true })
            return;
        var number = Unused();
        if (dice.Percent(85))
        {
            link.Addresses.Add($"10.{number}.0.{dice.From(11, 14)}/24");
            if (dice.Percent(25))
                link.Addresses.Add($"10.{number}.0.{dice.From(21, 23)}/24");
            if (dice.Percent(10))
                link.Addresses.Add($"10.{number}.0.{dice.From(31, 33)}/{dice.Of(16, 25, 32)}");
        }
        if (dice.Percent(35) && link.Keys.GetValueOrDefault("ipv6") != "false")
        {
            link.Addresses.Add($"2001:db8:{number}::{dice.From(11, 14)}/64");
            if (dice.Percent(25))
                link.Addresses.Add($"2001:db8:{number}::{dice.From(21, 23)}/64");
        }
        if (link.Keys.GetValueOrDefault("up") == "false")
            return;
        if (dice.Percent(30) && Gateways(link).All(gateway => gateway.Contains(':', StringComparison.Ordinal)) && link.Addresses.Exists(address => address.StartsWith("10.", StringComparison.Ordinal)))
            link.Gateways.Add($"10.{number}.0.1");
        if (dice.Percent(30) && !Gateways(link).Any(gateway => gateway.Contains(':', StringComparison.Ordinal)) && link.Addresses.Exists(address => address.Contains(':', StringComparison.Ordinal)))
            link.Gateways.Add($"2001:db8:{number}::1");
    }

    public void Route()
    {
        var ends = host.Links.Where(link => host.MasterOf(link.Name) is null or { SpeaksForPorts: false } && link.Addresses.Count > 0 && link.Keys.GetValueOrDefault("up") != "false").ToList();
        if (ends.Count == 0)
            return;
        var link = dice.Of(ends);
        var address = dice.Of(link.Addresses);
        var is6 = address.Contains(':', StringComparison.Ordinal);
        var number = address.Split(is6 ? ':' : '.')[is6 ? 2 : 1];
        var to = is6 ? $"\"2001:db8:{dice.From(201, 206)}::/48\"" : dice.Percent(8) ? $"10.{dice.From(201, 206)}.3.0/24" : $"10.{dice.From(201, 206)}.0.0/16";
        var keys = new List<string> { $"to: {to}" };
        if (dice.Percent(75))
            keys.Add(is6 ? $"via: \"2001:db8:{number}::{dice.From(1, 5)}\"" : $"via: 10.{number}.0.{dice.From(1, 5)}");
        if (dice.Percent(20) && Others(ends, is6) is { Count: > 0 } others)
        {
            keys = [keys[0], $"nexthops: [{string.Join(", ", others.Prepend((Link: link, Address: address)).Select(end => Hop(end.Link, end.Address)))}]"];
            host.Routes.Add($"{{{string.Join(", ", keys)}{(dice.Percent(35) ? ", metric: 70" : "")}}}");
            return;
        }
        if (keys.Count == 1 || dice.Percent(50))
            keys.Add($"link: {link.Name}");
        if (dice.Percent(35))
            keys.Add($"metric: {dice.Of(50, 100, 1024)}");
        if (dice.Percent(25))
            keys.Add($"table: {dice.Of(100, 101, 1000)}");
        if (!is6 && dice.Percent(20))
            keys.Add($"src: {address.Split('/')[0]}");
        if (dice.Percent(15))
            keys.Add($"mtu: {dice.Of(1400, 1300)}");
        if (keys.Exists(key => key.StartsWith("via", StringComparison.Ordinal)) && keys.Exists(key => key.StartsWith("link", StringComparison.Ordinal)) && dice.Percent(15))
            keys.Add("onlink: true");
        host.Routes.Add($"{{{string.Join(", ", keys)}}}");
    }

    /// <summary>One or two further ends with an address of the family.</summary>
    private List<(LinkSketch Link, string Address)> Others(List<LinkSketch> ends, bool is6) =>
    [
        .. ends.Select(end => (Link: end, Address: end.Addresses.Find(own => own.Contains(':', StringComparison.Ordinal) == is6))).Where(end => end.Address is not null)
            .Skip(dice.Below(3)).Take(dice.From(1, 2)).Select(end => (end.Link, end.Address!)),
    ];

    private string Hop(LinkSketch link, string address)
    {
        var is6 = address.Contains(':', StringComparison.Ordinal);
        var number = address.Split(is6 ? ':' : '.')[is6 ? 2 : 1];
        // Counted, so that two over one link are two.
        hops = (hops + 1) % 90;
        var via = is6 ? $"via: \"2001:db8:{number}::{hops + 100:x}\"" : $"via: 10.{number}.0.{hops + 100}";
        return $"{{{via}{(dice.Percent(50) ? $", link: {link.Name}" : "")}{(dice.Percent(30) ? ", weight: 3" : "")}}}";
    }

    private int hops;

    public void Rule()
    {
        var keys = new List<string>();
        if (dice.Percent(60))
            keys.Add(dice.Percent(25) ? $"from: \"2001:db8:{dice.From(1, Networks)}::/64\"" : $"from: 10.{dice.From(1, Networks)}.0.0/24");
        else if (dice.Percent(50))
            keys.Add($"to: 10.{dice.From(201, 206)}.0.0/16");
        if (dice.Percent(20) && host.Links.Count > 0)
            keys.Add($"{dice.Of("iif", "oif")}: {dice.Of(host.Links).Name}");
        if (dice.Percent(20))
            keys.Add($"fwmark: {dice.From(1, 9)}");
        if (keys.Count == 0)
            keys.Add("fwmark: 77");
        keys.Add($"table: {dice.Of(100, 101, 1000)}");
        keys.Add($"priority: {dice.From(100, 120)}");
        host.Rules.Add($"{{{string.Join(", ", keys)}}}");
    }

    /// <summary>A network as shorthand: a VLAN of a link and its bridge, or a VLAN of a VLAN-aware bridge.</summary>
    public void Network()
    {
        var links = host.Links.Where(link => host.MasterOf(link.Name) is null && (link.Section is "nics" or "bonds" || link.Keys.GetValueOrDefault("vlan_filtering") == "true")).ToList();
        if (links.Count == 0)
            return;
        var (link, id, number) = (dice.Of(links), dice.From(500, 520), Unused());
        var keys = new List<string> { $"link: {link.Name}", $"vlan: {id}" };
        if (dice.Percent(50))
            keys.Add($"addresses: [10.{number}.0.{dice.From(11, 14)}/24]");
        if (dice.Percent(20))
            keys.Add("mtu: 1400");
        host.Networks.Add($"n{id}: {{{string.Join(", ", keys)}}}");
    }

    /// <summary>The gateways of a VRF's ports, or of those that are in none.</summary>
    private IEnumerable<string> Gateways(LinkSketch of) => host.Links.Where(link => host.VrfOf(link.Name) == host.VrfOf(of.Name)).SelectMany(link => link.Gateways);

    /// <summary>The number of a network that no link is in.</summary>
    private int Unused()
    {
        var number = dice.From(1, Networks);
        for (var tried = 0; tried < Networks && Uses(number); tried++)
            number = number % Networks + 1;
        return number;
    }

    private bool Uses(int number) => host.Links.Any(link => link.Addresses.Exists(address => address.StartsWith($"10.{number}.", StringComparison.Ordinal) || address.StartsWith($"2001:db8:{number}:", StringComparison.Ordinal)))
        || host.Networks.Exists(network => network.Contains($"10.{number}.0.", StringComparison.Ordinal));
}
