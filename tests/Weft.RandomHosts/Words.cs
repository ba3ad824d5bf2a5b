// The values that random hosts are made of. They are chosen so that two hosts often share one (that is where orders matter),
// and so that every MAC that a file names sorts below any that a kernel makes up: a bridge's choice is then foretold.

using Weft.Model.Attributes;
using Weft.Model.Shapes;

namespace Weft.RandomHosts;

internal static class Words
{
    /// <summary>The NICs that every random host has, declared or not.</summary>
    public static readonly string[] Nics = ["eth0", "eth1", "eth2", "eth3", "eth4", "eth5"];

    public static readonly string[] Modes = ["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"];
    public static readonly string[] Hashes = ["layer2", "layer3+4", "layer2+3", "encap2+3", "encap3+4", "vlan+srcmac"];
    public static readonly string[] Mtus = ["1500", "1500", "9000", "9000", "1400", "2000", "1300"];
    public static readonly string[] Ids = ["0", "1", "5", "100", "100", "200", "300", "4094"];

    public static string Mac(Dice dice) => $"\"02:00:5e:10:00:{dice.From(1, 60):x2}\"";

    /// <summary>Options of a bond that its mode takes.</summary>
    public static void Bond(Dice dice, LinkSketch bond)
    {
        foreach (var line in BondLines.All.Where(line => line != BondLines.Mode))
            bond.Keys.Remove(line.Name);
        var mode = bond.Keys.GetValueOrDefault("mode", "balance-rr");
        var hasArp = mode is "balance-rr" or "active-backup" or "balance-xor" or "broadcast";
        if (hasArp && dice.Percent(30))
        {
            bond.Keys["arp_interval"] = dice.Of("100", "200");
            bond.Keys["arp_ip_target"] = dice.Of("10.1.0.1", "[10.1.0.1, 10.2.0.1]", "[10.2.0.1]");
        }
        else if (dice.Percent(75))
        {
            var interval = dice.Of(50, 100, 200);
            bond.Keys["miimon"] = $"{interval}";
            if (dice.Percent(40))
                bond.Keys["updelay"] = $"{interval * dice.From(0, 4)}";
            if (dice.Percent(40))
                bond.Keys["downdelay"] = $"{interval * dice.From(1, 3)}";
            if (dice.Percent(10))
                bond.Keys["peer_notif_delay"] = $"{interval * dice.From(0, 3)}";
        }
        else if (dice.Percent(20))
            bond.Keys["miimon"] = dice.Of("0", "default");
        if (mode is "active-backup" or "balance-tlb" or "balance-alb" && bond.Ports.Count > 0 && dice.Percent(40))
            bond.Keys["primary"] = dice.Of(bond.Ports).Name;
        if (mode == "802.3ad" && dice.Percent(50))
            bond.Keys["lacp_rate"] = dice.Of("slow", "fast", "default");
        if (mode is "balance-xor" or "802.3ad" or "balance-tlb" or "balance-alb" && dice.Percent(50))
            bond.Keys["xmit_hash_policy"] = dice.Of(Hashes);
        var special = new[] { BondLines.Mode, BondLines.Miimon, BondLines.ArpInterval, BondLines.ArpIpTarget, BondLines.Primary, BondLines.LacpRate, BondLines.XmitHashPolicy };
        Some(dice, bond.Keys, BondLines.All.Where(line => !special.Contains(line) && !BondLines.Delays.Contains(line) && (line.Modes.IsEmpty || line.Modes.Contains(mode))));
        foreach (var (at, (_, keys)) in bond.Ports.Index())
        {
            keys.Clear();
            if (dice.Percent(10) && mode is "balance-rr" or "active-backup")
                keys["queue_id"] = $"{(at + dice.Below(3)) % 16}";
            if (mode == "802.3ad" && dice.Percent(15))
                keys["actor_port_prio"] = $"{dice.From(1, 300)}";
            if (mode is "active-backup" or "balance-tlb" or "balance-alb" && dice.Percent(25))
                keys["prio"] = $"{dice.From(-5, 5)}";
        }
    }

    /// <summary>VLANs of a bridge's ports, where it filters; sometimes where it does not.</summary>
    public static void Bridge(Dice dice, LinkSketch bridge)
    {
        foreach (var (name, keys) in bridge.Ports)
        {
            keys.Clear();
            Some(dice, keys, BridgePortLines.All.Where(line => line != BridgePortLines.BackupPort));
            if (dice.Percent(15) && bridge.Ports.Where(other => other.Name != name).Select(other => other.Name).ToArray() is { Length: > 0 } others)
                keys["backup_port"] = dice.Of(others);
            if (!dice.Percent(bridge.Keys.GetValueOrDefault("vlan_filtering") == "true" ? 75 : 5))
                continue;
            if (dice.Percent(70))
                keys["vlans"] = dice.Of("[2-4094]", "[5]", "[100, 200]", "[1-10]", "[100-300, 400]", "1");
            if (dice.Percent(50))
                keys["pvid"] = dice.Of("1", "100", "7", "300");
        }
        foreach (var line in BridgeLines.All.Where(line => line != BridgeLines.Stp && line != BridgeLines.VlanFiltering))
            bridge.Keys.Remove(line.Name);
        Some(dice, bridge.Keys, BridgeLines.All.Where(line => line != BridgeLines.Stp && line != BridgeLines.VlanFiltering));
        if (bridge.Keys.GetValueOrDefault("vlan_filtering") == "true" && dice.Percent(30))
            bridge.Keys["vlans"] = dice.Of("[100]", "[2-20]", "300");
    }

    /// <summary>A VLAN's switches.</summary>
    public static void Vlan(Dice dice, LinkSketch vlan) => Some(dice, vlan.Keys, VlanLines.All.Where(line => line.Change != Change.Recreate));

    /// <summary>Settings under /proc/sys, of links of every kind.</summary>
    public static void Conf(Dice dice, LinkSketch link)
    {
        foreach (var line in ConfLines.All)
            link.Keys.Remove(line.Name);
        if (dice.Percent(40))
            Some(dice, link.Keys, ConfLines.All);
    }

    /// <summary>Settings of the whole host.</summary>
    public static void Sysctls(Dice dice, Sketch host)
    {
        host.Sysctls.Clear();
        host.IsTuned = dice.Percent(10);
        if (dice.Percent(15))
            host.Sysctls.Add($"net.core.netdev_budget: {dice.Of("300", "500", "default")}");
        if (dice.Percent(15))
            host.Sysctls.Add($"net.ipv4.tcp_rmem: {dice.Of("4096 131072 16777216", "4096 87380 6291456", "default")}");
    }

    public static void Macvlan(Dice dice, LinkSketch macvlan)
    {
        macvlan.Keys.Remove("mode");
        Some(dice, macvlan.Keys, [MacvlanLines.BcQueueLen]);
        if (dice.Percent(70))
            macvlan.Keys["mode"] = dice.Of("private", "vepa", "bridge", "passthru", "source", "default");
    }

    /// <summary>A VXLAN's network and ends, of few numbers, so that two of one host often want the same.</summary>
    public static void Vxlan(Dice dice, LinkSketch vxlan)
    {
        foreach (var line in VxlanLines.All.Where(line => line != VxlanLines.Lower))
            vxlan.Keys.Remove(line.Name);
        Some(dice, vxlan.Keys, VxlanLines.All.Where(line => !((Model.Attributes.Attribute[])[VxlanLines.Lower, VxlanLines.Id, VxlanLines.External, VxlanLines.Local, VxlanLines.Remote, VxlanLines.Group, VxlanLines.Port, VxlanLines.SourcePort]).Contains(line)));
        if (dice.Percent(10))
            vxlan.Keys["external"] = "true";
        else
            vxlan.Keys["id"] = dice.Of("5", "100", "16777215");
        var is6 = dice.Percent(25);
        switch (dice.Below(4))
        {
            case < 2:
                vxlan.Keys["remote"] = is6 ? dice.Of("\"2001:db8:9::1\"", "\"2001:db8:9::2\"") : dice.Of("10.9.0.1", "10.9.0.2");
                break;
            case 2 when vxlan.Keys.ContainsKey("link"):
                vxlan.Keys["group"] = is6 ? "\"ff05::100\"" : dice.Of("239.1.1.1", "239.1.1.2");
                break;
        }
        if (dice.Percent(30))
            vxlan.Keys["local"] = is6 ? "\"2001:db8:8::1\"" : dice.Of("10.8.0.1", "10.8.0.2");
        if (dice.Percent(80))
            vxlan.Keys["port"] = dice.Of("4789", "4789", "8472", "4790", "default");
        if (dice.Percent(10))
            vxlan.Keys["source_port"] = "32768-60999";
    }

    /// <summary>A few of these lines, each with any value that its shape takes. What a 6.1 does not have it is not asked for.</summary>
    private static void Some(Dice dice, SortedDictionary<string, string> keys, IEnumerable<Model.Attributes.Attribute> lines)
    {
        foreach (var line in lines)
            if (!IsNewer(line) && dice.Percent(5))
                keys[line.Name] = dice.Percent(10) ? "default" : Value(dice, line);
    }

    public static bool IsNewer(Model.Attributes.Attribute line) => Newer.Contains(line.Since);

    private static readonly string[] Newer = ["6.2", "6.3", "6.4", "6.7", "6.17", "7.2"];

    private static string Value(Dice dice, Model.Attributes.Attribute line) => line.Shape switch
    {
        _ when line == BridgePortLines.Cost => dice.Of("250", "300"),
        // Too few, and the kernel switches snooping off when the links' own groups are one too many: when that is, nobody can foretell.
        _ when line == BridgeLines.McastHashMax => dice.Of("512", "5000"),
        MapOf => line == VlanLines.EgressQosMap ? dice.Of("{0: 1}", "{1: 2, 5: 7}", "{}", "{5: 1}") : dice.Of("{1: 2}", "{7: 100, 0: 3}", "{}"),
        FlagShape => dice.Of("true", "false"),
        OneOf words => dice.Of(words.Words.Select(word => word.Word).Where(word => word is not ("actor_port_prio" or "temporary")).ToArray()),
        MacShape => Mac(dice),
        LinkLocalGroup => dice.Of("\"01:80:c2:00:00:00\"", "\"01:80:c2:00:00:08\"", "\"01:80:c2:00:00:0e\""),
        TtlShape => dice.Of("0", "64", "inherit"),
        ListOf => dice.Of("\"2001:db8:1::9\"", "[\"2001:db8:1::9\", \"2001:db8:2::9\"]"),
        Count { Unit: Unit.Mask } => dice.Of("0x4000", "8", "0"),
        Count { Unit: Unit.Hundredths } count => $"{Math.Min(count.Most, Math.Max(count.Least, dice.Of(200, 700, 1500, 2000)))}",
        Count count => $"{Math.Min(count.Most, Math.Max(count.Least, dice.Of(0, 1, 2, 3, 100)))}",
        _ => throw new InvalidOperationException($"{line} has a shape that nobody throws"),
    };
}
