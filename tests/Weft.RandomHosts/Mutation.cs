// One host made of another: what an administrator does to a file between two applies. Each act is one edit; some are the
// orderings that are known to be traps.

namespace Weft.RandomHosts;

internal sealed class Mutation(Dice dice, Sketch host)
{
    private readonly Growth growth = new(dice, host);
    private readonly Settling settling = new(dice, host);

    public void Once()
    {
        if (host.Links.Count == 0)
        {
            growth.Nics();
            return;
        }
        var link = dice.Of(host.Links);
        switch (dice.Below(23))
        {
            case 0:
                growth.Common(link);
                break;
            case 1:
                host.Remove(link.Name);
                break;
            case 2 or 3:
                growth.Layer();
                break;
            case 4:
                PortLeaves();
                break;
            case 5:
                PortMoves();
                break;
            case 6:
                PortComes();
                break;
            case 7:
                Vlan();
                break;
            case 8 or 9:
                Bond();
                break;
            case 10:
                Bridge();
                break;
            case 11 or 12:
                settling.Addresses(link);
                break;
            case 13:
                AddressMoves();
                break;
            case 14:
                Routes();
                break;
            case 15:
                Mtus(dice.Of("9000", "1500", "1400"));
                break;
            case 16:
                KindChanges();
                break;
            case 17:
                OneAddress(link);
                break;
            case 18:
                Mac(link);
                break;
            case 19 or 20:
                OtherKind();
                break;
            case 21 when dice.Percent(40):
                Words.Sysctls(dice, host);
                break;
            case 21:
                Words.Conf(dice, link);
                break;
            default:
                Reorder();
                break;
        }
    }

    private void PortLeaves()
    {
        if (MasterWithPorts() is not { } master)
            return;
        var (name, _) = dice.Of(master.Ports);
        master.Ports.RemoveAll(port => port.Name == name);
        if (master.Keys.GetValueOrDefault("primary") == name)
            master.Keys.Remove("primary");
    }

    private void PortMoves()
    {
        if (MasterWithPorts() is not { } from)
            return;
        var (name, _) = dice.Of(from.Ports);
        var masters = host.Links.Where(link => link.HasPorts && link != from && (link.Section is "bridges" or "vrfs" || host.Find(name)!.Section is "nics" or "vlans" or "dummies" or "veths" or "vxlans")).ToList();
        if (masters.Count == 0)
            return;
        from.Ports.RemoveAll(port => port.Name == name);
        if (from.Keys.GetValueOrDefault("primary") == name)
            from.Keys.Remove("primary");
        growth.Take(dice.Of(masters), host.Find(name)!);
    }

    private void PortComes()
    {
        var masters = host.Links.Where(link => link.HasPorts).ToList();
        var free = growth.Free().Where(link => !link.HasPorts && link.Section != "macvlans").ToList();
        if (masters.Count > 0 && free.Count > 0)
            growth.Take(dice.Of(masters), dice.Of(free));
    }

    private void Vlan()
    {
        var vlans = host.Links.Where(link => link.Section == "vlans").ToList();
        if (vlans.Count == 0)
            return;
        var vlan = dice.Of(vlans);
        switch (dice.Below(3))
        {
            case 0:
                vlan.Keys["id"] = dice.Of(Words.Ids);
                break;
            case 1:
                vlan.Keys["protocol"] = dice.Of("802.1ad", "802.1Q");
                break;
            default:
                vlan.Keys["link"] = dice.Of(host.Links).Name;
                break;
        }
    }

    /// <summary>A MACVLAN in another mode, a VXLAN with other ends, a VRF of another table; veths plugged the other way.</summary>
    private void OtherKind()
    {
        var others = host.Links.Where(link => link.Section is "macvlans" or "vxlans" or "vrfs" or "veths").ToList();
        if (others.Count == 0)
        {
            growth.OtherKind();
            return;
        }
        var link = dice.Of(others);
        switch (link.Section)
        {
            case "macvlans" when dice.Percent(70):
                Words.Macvlan(dice, link);
                break;
            case "vxlans" when dice.Percent(50):
                link.Keys["remote"] = dice.Of("10.9.0.1", "10.9.0.3", "\"2001:db8:9::3\"");
                link.Keys.Remove("group");
                break;
            case "vxlans" when dice.Percent(60):
                Words.Vxlan(dice, link);
                break;
            case "vrfs":
                link.Keys["table"] = dice.Of("10", "11", "100", "2000");
                break;
            case "veths":
                var ends = host.Links.Where(end => end.Section == "veths").ToList();
                if (ends.Count < 4)
                    return;
                var names = ends.Select(end => (dice.Next(), end)).OrderBy(pair => pair.Item1).Select(pair => pair.end).ToList();
                for (var at = 0; at + 1 < names.Count; at += 2)
                    (names[at].Keys["peer"], names[at + 1].Keys["peer"]) = (names[at + 1].Name, names[at].Name);
                break;
            default:
                link.Keys["link"] = dice.Of(host.Links).Name;
                break;
        }
    }

    private void Bond()
    {
        var bonds = host.Links.Where(link => link.Section == "bonds").ToList();
        if (bonds.Count == 0)
            return;
        var bond = dice.Of(bonds);
        if (dice.Percent(60))
            bond.Keys["mode"] = dice.Of(Words.Modes);
        Words.Bond(dice, bond);
    }

    private void Bridge()
    {
        var bridges = host.Links.Where(link => link.Section == "bridges").ToList();
        if (bridges.Count == 0)
            return;
        var bridge = dice.Of(bridges);
        bridge.Keys["vlan_filtering"] = dice.Of("true", "true", "false");
        bridge.Keys.Remove("vlans");
        Words.Bridge(dice, bridge);
    }

    /// <summary>A link with addresses becomes the port of a new bridge, which takes them.</summary>
    private void AddressMoves()
    {
        var ends = growth.Free().Where(link => link.Section is not ("bridges" or "vrfs") && link.Addresses.Count > 0).ToList();
        var name = new[] { "br0", "br1", "br2", "br100" }.FirstOrDefault(name => host.Find(name) is null);
        if (ends.Count == 0 || name is null)
            return;
        var bridge = new LinkSketch("bridges", name);
        growth.Take(bridge, dice.Of(ends));
        host.Links.Add(bridge);
    }

    private void Routes()
    {
        if (host.Routes.Count > 0 && dice.Percent(50))
            host.Routes.RemoveAt(dice.Below(host.Routes.Count));
        if (host.Rules.Count > 0 && dice.Percent(50))
            host.Rules.RemoveAt(dice.Below(host.Rules.Count));
        if (host.Networks.Count > 0 && dice.Percent(50))
            host.Networks.RemoveAt(dice.Below(host.Networks.Count));
        settling.Route();
        if (dice.Percent(50))
            settling.Rule();
        if (dice.Percent(30))
            settling.Network();
    }

    /// <summary>One MTU for everything from the NICs up.</summary>
    private void Mtus(string mtu)
    {
        foreach (var link in host.Links)
            if (host.MasterOf(link.Name)?.Section == "bonds" || link.Section is "vrfs" or "vxlans")
                link.Keys.Remove("mtu");
            else
                link.Keys["mtu"] = mtu;
    }

    /// <summary>A bond becomes a bridge of the same name, or a bridge a bond.</summary>
    private void KindChanges()
    {
        var masters = host.Links.Where(link => link.SpeaksForPorts).ToList();
        if (masters.Count == 0)
            return;
        var old = dice.Of(masters);
        var other = new LinkSketch(old.Section == "bonds" ? "bridges" : "bonds", old.Name) { Ports = old.Ports, Addresses = old.Addresses, Gateways = old.Gateways };
        foreach (var (_, keys) in other.Ports)
            keys.Clear();
        host.Links[host.Links.IndexOf(old)] = other;
    }

    private void OneAddress(LinkSketch link)
    {
        if (link.Addresses.Count > 0)
            link.Addresses.RemoveAt(dice.Below(link.Addresses.Count));
    }

    private void Mac(LinkSketch link)
    {
        if (!link.Keys.Remove("mac"))
            link.Keys["mac"] = Words.Mac(dice);
    }

    /// <summary>Ports in another order: the first one gives a bond its MAC.</summary>
    private void Reorder() => MasterWithPorts()?.Ports.Reverse();

    private LinkSketch? MasterWithPorts()
    {
        var masters = host.Links.Where(link => link.Ports.Count > 0).ToList();
        return masters.Count == 0 ? null : dice.Of(masters);
    }
}
