// A switch as the host file that it would be: a VLAN-aware bridge `sw`, a bond for each of its groups, a VLAN for each of its addresses.
// This is the one place that says what a switch is: the twin reads, plans and runs the file like a host's, and the lab says the
// same file with `ip` and `bridge`.
//
// Every VLAN is said (default_pvid 0): a port carries what the cabling says and nothing else. A group that is passive is a bond with
// lacp_active off; one without LACP hashes (balance-xor), as a static channel does. Its ports have no addresses of their own.
//
// The group of a pair is one bond here, and carries what either switch carries. Where one of them does not, its ports have a VLAN of their own that is down: the kernel
// hands them the frames before the bond sees them, and there they end. What comes back to the host goes by the other switch or by this one, as over a peer link.

using System.Text;
using Weft.Model;
using Weft.Spec;

namespace Weft.Topology;

public static class SwitchFile
{
    public const string Bridge = "sw";

    /// <summary>What a link between two switches carries without a tag.</summary>
    public const int NativeOfTrunk = 1;

    /// <summary>The file, and the NICs that it is of, with their MACs.</summary>
    public static (Host File, IReadOnlyList<(string Name, string Mac)> Nics) Of(Box box, Layout layout)
    {
        var cords = layout.Cords.Where(cord => cord.Box == box).ToList();
        var trunks = layout.Trunks.Where(trunk => trunk.One == box || trunk.Other == box).Select(trunk => (Port: trunk.One == box ? trunk.OnePort : trunk.OtherPort, trunk.Up)).ToList();
        var text = Text(box, layout, cords, trunks);
        return (HostFile.Read("", text).Host ?? throw new InvalidOperationException(text), [.. cords.Select(cord => cord.Port).Concat(trunks.Select(trunk => trunk.Port)).Select(port => (port, Names.PortMac(port)))]);
    }

    private static string Text(Box box, Layout layout, IReadOnlyList<Cord> cords, IReadOnlyList<(string Port, bool Up)> trunks)
    {
        var names = new HashSet<string>([Bridge, "lo", .. cords.Select(cord => cord.Port), .. trunks.Select(trunk => trunk.Port)], StringComparer.Ordinal);
        var (bonds, ports, vlans) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
        var known = new Lazy<List<long>>(() => Spoken(layout));

        foreach (var group in cords.Where(cord => cord.Group is not null).GroupBy(cord => cord.Group, StringComparer.Ordinal))
        {
            var (first, bond) = (group.First(), Names.Device(group.Key!, names));
            bonds.Append(Invariant($"  \"{bond}\": {{ports: [{Quoted(group.Select(cord => cord.Port))}], mode: {(first.Lacp == "static" ? "balance-xor" : $"802.3ad, lacp_active: {Flag(first.Lacp != "passive")}")}, miimon: 100, xmit_hash_policy: layer3+4, mtu: {box.Mtu}, ipv6: false}}\n"));
            foreach (var cord in group.Where(cord => group.Any(other => other.Member != cord.Member)))
                foreach (var vlan in known.Value.Where(vlan => !group.Any(own => own.SharesVlansWith(cord) && own.Carries(vlan)) && group.Any(other => other.Carries(vlan))))
                    vlans.Append(Invariant($"  \"{Names.Device($"no{vlan}-{cord.Port}", names)}\": {{link: \"{cord.Port}\", id: {vlan}, up: false, ipv6: false}}\n"));
            Port(ports, bond, [.. group.SelectMany(cord => cord.Tagged).Distinct(StringComparer.Ordinal)], first.Native);
        }
        foreach (var cord in cords.Where(cord => cord.Group is null))
            Port(ports, cord.Port, cord.Tagged, cord.Native);
        foreach (var (port, _) in trunks)
            Port(ports, port, ["2-4094"], NativeOfTrunk);
        foreach (var (vlan, addresses) in box.Addresses)
            vlans.Append(Invariant($"  vlan{vlan}: {{link: {Bridge}, id: {vlan}, addresses: [{Quoted(addresses.Select(address => $"{address}"))}]}}\n"));

        var text = new StringBuilder("version: 1\n");
        Section(text, "nics", string.Concat(cords.Select(cord => (cord.Port, Up: true)).Concat(trunks).Select(nic => Invariant($"  \"{nic.Port}\": {{mtu: {box.Mtu}, ipv6: false, up: {Flag(nic.Up)}}}\n"))));
        Section(text, "bonds", bonds.ToString());
        Section(text, "bridges", Invariant($"  {Bridge}:\n    mac: \"{Names.Mac("02", $"{box.Name} {Bridge}")}\"\n    mtu: {box.Mtu}\n    vlan_filtering: true\n    default_pvid: 0\n    stp: false\n    forward_delay: 0\n    mcast_snooping: false\n    vlans: [{string.Join(", ", box.Addresses.Keys)}]\n    ports: {{{ports.ToString().TrimEnd(',', ' ')}}}\n"));
        Section(text, "vlans", vlans.ToString());
        return text.ToString();
    }

    /// <summary>The VLANs that anybody sends in: no frame has another's tag.</summary>
    private static List<long> Spoken(Layout layout) =>
        [.. layout.Hosts.SelectMany(host => Tags.All(host.Host)).Where(vlan => !vlan.Contains('-', StringComparison.Ordinal)).Select(vlan => long.Parse(vlan, System.Globalization.CultureInfo.InvariantCulture))
            .Concat(layout.Boxes.SelectMany(box => box.Addresses.Keys)).Distinct().Order()];

    // A native VLAN that is also within the tagged ones is untagged, as `pvid` says.
    private static void Port(StringBuilder to, string port, IReadOnlyList<string> tagged, long? native) =>
        to.Append(Invariant($"\"{port}\": {{vlans: [{string.Join(", ", tagged)}]{(native is { } pvid ? Invariant($", pvid: {pvid}") : "")}}}, "));

    private static void Section(StringBuilder to, string name, string lines)
    {
        if (lines.Length > 0)
            to.Append(name).Append(":\n").Append(lines);
    }

    private static string Quoted(IEnumerable<string> words) => string.Join(", ", words.Select(word => $"\"{word}\""));

    private static string Flag(bool on) => on ? "true" : "false";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
