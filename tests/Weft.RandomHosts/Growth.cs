// Links come: each act adds one on top of what there is. What an act makes may still be refused by a rule; then the whole
// host is thrown again. Names are few and fixed, so that two hosts give one name to different things.

namespace Weft.RandomHosts;

internal sealed partial class Growth(Dice dice, Sketch host)
{
    private const int MostLinks = 16;

    public void Nics()
    {
        foreach (var name in Words.Nics)
            if (dice.Percent(60) && host.Find(name) is null)
                host.Links.Add(Nic(name));
    }

    public LinkSketch Nic(string name)
    {
        var nic = new LinkSketch("nics", name);
        Common(nic);
        return nic;
    }

    public void Layer()
    {
        if (host.Links.Count >= MostLinks)
            return;
        switch (dice.Below(14))
        {
            case >= 10:
                OtherKind();
                break;
            case < 3:
                Bond();
                break;
            case < 7:
                Vlan();
                break;
            default:
                Bridge();
                break;
        }
    }

    public void Bond()
    {
        if (FreeName("bond0", "bond1", "bond2") is not { } name)
            return;
        var bond = new LinkSketch("bonds", name);
        Common(bond);
        foreach (var port in dice.Some(Free().Where(link => (link.Section is "nics" or "vlans" || dice.Percent(30)) && link.Section is not ("bonds" or "bridges" or "vrfs" or "macvlans") && !host.TagsOf(link.Name).Any()), 3))
            Take(bond, port);
        if (dice.Percent(90))
            bond.Keys["mode"] = dice.Of(Words.Modes);
        Words.Bond(dice, bond);
        host.Links.Add(bond);
    }

    public void Vlan()
    {
        var lowers = Free().Where(link => link.Section != "vrfs").Concat(host.Links.Where(link => host.MasterOf(link.Name)?.Section is "bridges" or "vrfs" && dice.Percent(15))).ToList();
        if (lowers.Count == 0)
            return;
        var lower = dice.Of(lowers);
        var id = dice.Of(Words.Ids);
        var name = $"{lower.Name}.{id}";
        if (dice.Percent(20))
            name = dice.Of("vl0", "vl1", "storage");
        if (name.Length > 15 || host.Find(name) is not null || host.TagsOf(lower.Name).Any(tag => tag.Section == "vlans" && tag.Keys["id"] == id))
            return;
        var vlan = new LinkSketch("vlans", name) { Keys = { ["link"] = lower.Name, ["id"] = id } };
        if (dice.Percent(20))
            vlan.Keys["protocol"] = dice.Of("802.1ad", "802.1ad", "802.1Q", "default");
        Words.Vlan(dice, vlan);
        Common(vlan);
        host.Links.Add(vlan);
    }

    public void Bridge()
    {
        if (FreeName("br0", "br1", "br2", "br100") is not { } name)
            return;
        var bridge = new LinkSketch("bridges", name);
        Common(bridge);
        foreach (var port in dice.Some(Free().Where(link => link.Section is not ("bridges" or "vrfs") && !host.TagsOf(link.Name).Any(tag => host.MasterOf(tag.Name) is not null)), 4))
            Take(bridge, port);
        if (dice.Percent(40))
            bridge.Keys["vlan_filtering"] = dice.Of("true", "true", "true", "false");
        if (dice.Percent(20))
            bridge.Keys["stp"] = dice.Of("true", "false", "default");
        Words.Bridge(dice, bridge);
        host.Links.Add(bridge);
    }

    /// <summary>Settings that a link of every kind may have.</summary>
    public void Common(LinkSketch link)
    {
        foreach (var key in new[] { "mtu", "mac", "up", "ipv6" })
            link.Keys.Remove(key);
        if (dice.Percent(40))
            link.Keys["mtu"] = dice.Percent(6) ? "default" : Mtu(link);
        if (dice.Percent(12))
            link.Keys["mac"] = dice.Percent(15) ? "default" : Words.Mac(dice);
        if (dice.Percent(10))
            link.Keys["up"] = dice.Of("false", "false", "true", "default");
        if (dice.Percent(20))
            link.Keys["ipv6"] = dice.Of("true", "false", "default");
    }

    /// <summary>An MTU that what is below would carry, most of the time.</summary>
    private string Mtu(LinkSketch link)
    {
        var below = link.Lower is { } lower && host.Find(lower)?.Keys.GetValueOrDefault("mtu") is { } said && said != "default" ? said : null;
        return below is not null && dice.Percent(60) ? below : link.Section == "vlans" && below is null ? dice.Of("1500", "1400", "1300") : dice.Of(Words.Mtus);
    }

    /// <summary>Makes a link a port: what a port cannot have goes up to the master.</summary>
    public void Take(LinkSketch master, LinkSketch port)
    {
        master.Ports.Add((port.Name, new(StringComparer.Ordinal)));
        if (!master.SpeaksForPorts)
            return;
        if (port.Addresses.Count > 0 && dice.Percent(70))
        {
            master.Addresses.AddRange(port.Addresses);
            master.Gateways.AddRange(port.Gateways);
        }
        port.Addresses.Clear();
        port.Gateways.Clear();
        if (master.Section != "bonds")
            return;
        port.Keys.Remove("up");
        port.Keys.Remove("mac");
        if (dice.Percent(90))
            port.Keys.Remove("mtu");
    }

    /// <summary>Links that are nobody's port.</summary>
    public IEnumerable<LinkSketch> Free() => host.Links.Where(link => host.MasterOf(link.Name) is null);

    private string? FreeName(params string[] names) => names.Where(name => host.Find(name) is null).Select(name => (dice.Next(), name)).OrderBy(pair => pair.Item1).Select(pair => pair.name).FirstOrDefault();
}
