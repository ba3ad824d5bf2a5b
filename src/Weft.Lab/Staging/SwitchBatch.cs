// The host file of a switch (`SwitchFile`) as lines for `ip -batch` and `bridge -batch` in its namespace: a switch is there in a moment, and
// whether `weft apply` works or not. What is said here is spelling alone; what a switch is, the file says. The ends of its cables
// are there already, and down.
using System.Text;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Lab.Staging;

internal sealed class SwitchBatch
{
    private readonly StringBuilder _ip = new(), _bridge = new();

    public SwitchBatch(Host file)
    {
        Ip("link set dev lo up");
        foreach (var bond in file.Of(LinkKind.Bond))
        {
            Ip($"link add name {bond.Name} mtu {bond.Settings.Number(Table.Mtu)} type bond{Options(bond)}");
            foreach (var port in bond.Ports) Ip($"link set dev {port.Name} master {bond.Name}");
        }
        foreach (var bridge in file.Of(LinkKind.Bridge))
        {
            Ip($"link add name {bridge.Name} address {bridge.Settings.Word(Table.Mac)} type bridge{Options(bridge)}");
            // Of its own, and not with the link: only then the bridge does not follow its ports.
            Ip($"link set dev {bridge.Name} mtu {bridge.Settings.Number(Table.Mtu)} up");
            foreach (var port in bridge.Ports)
            {
                Join(file.Find(port.Name.Value)!, bridge);
                Vlans($"{port.Name}", port.Rest, "");
            }
            Vlans($"{bridge.Name}", bridge.Rest, " self");
        }
        foreach (var vlan in file.Of(LinkKind.Vlan))
        {
            Ip($"link add link {vlan.Lower} name {vlan.Name} type vlan id {vlan.Settings.Number(VlanLines.Id)}");
            if (vlan.Settings.Flag(Table.Up) != false) Ip($"link set dev {vlan.Name} up");
            foreach (var address in vlan.Addresses) Ip($"addr add {address} dev {vlan.Name}{(address.Value.Is6 ? " nodad" : "")}");
        }
    }

    public string IpLines => _ip.ToString();
    public string BridgeLines => _bridge.ToString();

    private void Join(Link port, Link bridge)
    {
        var settings = port.Settings;
        Ip($"link set dev {port.Name} mtu {settings.Number(Table.Mtu)}{(settings.Flag(Table.Ipv6) == false ? " addrgenmode none" : "")} master {bridge.Name} {(settings.Flag(Table.Up) == false ? "down" : "up")}");
    }

    // Said last: a PVID that is also within the tagged ones is untagged.
    private void Vlans(string link, Fields entry, string self)
    {
        foreach (var vlan in entry.List("vlans")) _bridge.Append($"vlan add dev {link} vid {vlan.Value}{self}\n");
        if (entry.Number("pvid") is { } pvid) _bridge.Append($"vlan add dev {link} vid {pvid} pvid untagged{self}\n");
    }

    // `ip` calls an option as the kernel does, and takes a switch of any kind as 1 or 0.
    private static string Options(Link link) => string.Concat(link.Settings.Where(option => option.Key.Home == Home.Data)
        .Select(option => $" {option.Key.Wire} {(option.Value.Value is Value.Flag { On: var on } ? on ? "1" : "0" : option.Value)}"));

    private void Ip(string line) => _ip.Append(line).Append('\n');
}
