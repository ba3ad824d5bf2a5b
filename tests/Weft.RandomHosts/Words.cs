// The values that random hosts are made of. They are chosen so that two hosts often share one (that is where orders matter),
// and so that every MAC that a file names sorts below any that a kernel makes up: a bridge's choice is then foretold.

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
        foreach (var key in new[] { "miimon", "updelay", "downdelay", "arp_interval", "arp_ip_target", "primary", "lacp_rate", "xmit_hash_policy" })
            bond.Keys.Remove(key);
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
        }
        else if (dice.Percent(20))
            bond.Keys["miimon"] = dice.Of("0", "default");
        if (mode is "active-backup" or "balance-tlb" or "balance-alb" && bond.Ports.Count > 0 && dice.Percent(40))
            bond.Keys["primary"] = dice.Of(bond.Ports).Name;
        if (mode == "802.3ad" && dice.Percent(50))
            bond.Keys["lacp_rate"] = dice.Of("slow", "fast", "default");
        if (mode is "balance-xor" or "802.3ad" or "balance-tlb" or "balance-alb" && dice.Percent(50))
            bond.Keys["xmit_hash_policy"] = dice.Of(Hashes);
        foreach (var (_, keys) in bond.Ports)
        {
            keys.Clear();
            if (mode is "active-backup" or "balance-tlb" or "balance-alb" && dice.Percent(25))
                keys["prio"] = $"{dice.From(-5, 5)}";
        }
    }

    /// <summary>VLANs of a bridge's ports, where it filters; sometimes where it does not.</summary>
    public static void Bridge(Dice dice, LinkSketch bridge)
    {
        foreach (var (_, keys) in bridge.Ports)
        {
            keys.Clear();
            if (dice.Percent(20))
                keys["learning"] = dice.Of("true", "false", "default");
            if (!dice.Percent(bridge.Keys.GetValueOrDefault("vlan_filtering") == "true" ? 75 : 5))
                continue;
            if (dice.Percent(70))
                keys["vlans"] = dice.Of("[2-4094]", "[5]", "[100, 200]", "[1-10]", "[100-300, 400]", "1");
            if (dice.Percent(50))
                keys["pvid"] = dice.Of("1", "100", "7", "300");
        }
        if (bridge.Keys.GetValueOrDefault("vlan_filtering") == "true" && dice.Percent(30))
            bridge.Keys["vlans"] = dice.Of("[100]", "[2-20]", "300");
    }
}
