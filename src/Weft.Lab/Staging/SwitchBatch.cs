// One box as lines for `ip -batch` and `bridge -batch` in its namespace: a VLAN-aware bridge `sw`, real bonds for its groups, VLAN
// devices for its addresses. The ends of its cables are there already, and down.
//
// Every VLAN is said explicitly (default PVID 0): a port carries what the cabling says and nothing else. A link aggregation
// group that is passive is a bond with lacp_active off; one without LACP hashes (balance-xor), as a static channel does.
using System.Text;
using Weft.Topology;

namespace Weft.Lab.Staging;

internal sealed class SwitchBatch
{
    public const string Bridge = "sw";
    private readonly StringBuilder _ip = new(), _bridge = new();

    public SwitchBatch(Box box, Layout layout)
    {
        var names = new HashSet<string>([Bridge, "lo", .. layout.Cords.Select(cord => cord.Port), .. layout.Trunks.SelectMany(trunk => (string[])[trunk.OnePort, trunk.OtherPort])], StringComparer.Ordinal);
        Ip("link set dev lo up");
        Ip($"link add name {Bridge} address {Names.Mac("02", $"{box.Name} {Bridge}")} type bridge vlan_filtering 1 vlan_default_pvid 0 stp_state 0 forward_delay 0 mcast_snooping 0");
        Ip($"link set dev {Bridge} mtu {box.Mtu} up");
        foreach (var group in layout.Cords.Where(cord => cord.Box == box && cord.Group is not null).GroupBy(cord => cord.Group))
            Group(box, Names.Device(group.Key!, names), [.. group]);
        foreach (var cord in layout.Cords.Where(cord => cord.Box == box && cord.Group is null)) Port(box, cord.Port, cord.Tagged, cord.Native);
        foreach (var trunk in layout.Trunks.Where(trunk => trunk.One == box || trunk.Other == box))
            Port(box, trunk.One == box ? trunk.OnePort : trunk.OtherPort, ["2-4094"], 1, trunk.Up);
        foreach (var (vlan, addresses) in box.Addresses)
        {
            Ip($"link add link {Bridge} name vlan{vlan} type vlan id {vlan}");
            Ip($"link set dev vlan{vlan} up");
            foreach (var address in addresses) Ip($"addr add {address} dev vlan{vlan}{(address.Is6 ? " nodad" : "")}");
            Vlan($"dev {Bridge} vid {vlan} self");
        }
    }

    public string IpLines => _ip.ToString();
    public string BridgeLines => _bridge.ToString();

    private void Group(Box box, string bond, IReadOnlyList<Cord> cords)
    {
        var mode = cords[0].Lacp == "static" ? "balance-xor" : $"802.3ad lacp_active {(cords[0].Lacp == "passive" ? "off" : "on")}";
        Ip($"link add name {bond} mtu {box.Mtu} type bond mode {mode} miimon 100 xmit_hash_policy layer3+4");
        foreach (var cord in cords) Ip($"link set dev {cord.Port} master {bond}");
        Port(box, bond, [.. cords.SelectMany(cord => cord.Tagged).Distinct(StringComparer.Ordinal)], cords[0].Native);
    }

    private void Port(Box box, string port, IReadOnlyList<string> tagged, long? native, bool up = true)
    {
        Ip($"link set dev {port} mtu {box.Mtu} addrgenmode none master {Bridge} {(up ? "up" : "down")}");
        foreach (var vlan in tagged) Vlan($"dev {port} vid {vlan}");
        // Said last: a native VLAN that is also within the tagged ones is untagged.
        if (native is not null) Vlan($"dev {port} vid {native} pvid untagged");
    }

    private void Ip(string line) => _ip.Append(line).Append('\n');

    private void Vlan(string what) => _bridge.Append("vlan add ").Append(what).Append('\n');
}
