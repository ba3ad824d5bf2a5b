// The layout as files for a lab: a shell script, and batches of `ip` and `bridge`, one process for a namespace, because a process
// costs 60 ms in user-mode Linux. All names in them are plain (Layouts refuses others); the command alone is quoted.
//
// The same script runs on this kernel and in user-mode Linux; both see these files as /run/lab. It needs no .NET: only
// `weft apply` is one.
using System.Text;
using Weft.Model;
using Weft.Topology;

namespace Weft.Lab.Staging;

internal static class Stage
{
    /// <summary>The files by name; `stage` is the script that makes the lab and then is the command.</summary>
    public static SortedDictionary<string, string> Files(Layout layout, IReadOnlyList<string> command, bool bare)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["cables.ip"] = Cables(layout), ["hosts"] = Hosts(layout), ["cables"] = Ends(layout) };
        var script = new StringBuilder("""
            broke() { echo "lab: the lab could not be made ($1)" >&2; exit 125; }
            ip=$(PATH=$PATH:/usr/sbin:/sbin command -v ip) bridge=$(PATH=$PATH:/usr/sbin:/sbin command -v bridge) L=/run/lab
            $ip -batch $L/cables.ip || broke cables
            [ ! -e /etc/hosts ] || mount --bind $L/hosts /etc/hosts

            """);
        foreach (var box in layout.Boxes)
        {
            var batch = new SwitchBatch(SwitchFile.Of(box, layout).File);
            (files[$"{box.Name}.ip"], files[$"{box.Name}.bridge"]) = (batch.IpLines, batch.BridgeLines);
            script.Append($"$ip -n {box.Name} -batch $L/{box.Name}.ip && $bridge -n {box.Name} -batch $L/{box.Name}.bridge || broke {box.Name}\n");
            foreach (var other in box.Others) script.Append($"ln -s {box.Name} /run/netns/{other}\n");
            if (box.Routes)
                script.Append($"$ip netns exec {box.Name} sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward; echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'\n");
        }
        foreach (var host in layout.Hosts) script.Append($"$ip -n {host.Name} link set dev lo up || broke {host.Name}\n");
        if (!bare)
            foreach (var host in layout.Hosts) script.Append($"$ip netns exec {host.Name} weft apply {Quote(host.File)} </dev/null >&2 || exit\n");
        Guests(layout, files, script);
        script.Append($"exec $ip netns exec {layout.Hosts[0].Name} {string.Join(' ', command.Select(Quote))}\n");
        files["stage"] = script.ToString();
        return files;
    }

    // All namespaces, and every cable with both its ends where they belong, in one process.
    private static string Cables(Layout layout)
    {
        var lines = new StringBuilder();
        foreach (var name in layout.Hosts.Select(host => host.Name).Concat(layout.Boxes.Select(box => box.Name)).Concat(layout.GuestNames))
            lines.Append($"netns add {name}\n");
        foreach (var cord in layout.Cords)
            lines.Append($"link add name {cord.Nic} address {cord.Mac} netns {cord.Host.Name} type veth peer name {cord.Port} address {Names.PortMac(cord.Port)}")
                .Append(cord.Box is null ? "\n" : $" netns {cord.Box.Name}\n");
        foreach (var trunk in layout.Trunks)
            lines.Append($"link add name {trunk.OnePort} address {Names.PortMac(trunk.OnePort)} netns {trunk.One.Name} type veth peer name {trunk.OtherPort} address {Names.PortMac(trunk.OtherPort)} netns {trunk.Other.Name}\n");
        return lines.ToString();
    }

    // Guests come after the host file was applied, as guests do. A bridge that is not there leaves a guest unplugged, and says so.
    private static void Guests(Layout layout, SortedDictionary<string, string> files, StringBuilder script)
    {
        if (layout.Guests.Count > 0)
        {
            files["taps.ip"] = string.Concat(layout.Guests.Select(cord =>
                $"link add name {cord.Tap} mtu {cord.Mtu} address fe{cord.Mac[2..]} netns {cord.Host.Name} type veth peer name {cord.Nic} mtu {cord.Mtu} address {cord.Mac} netns {cord.Guest}\n"));
            script.Append("$ip -batch $L/taps.ip || broke taps\n");
        }
        foreach (var host in layout.Guests.Where(cord => cord.Bridge is not null).GroupBy(cord => cord.Host))
        {
            files[$"{host.Key.Name}.plug"] = string.Concat(host.Select(cord => $"link set dev {cord.Tap} addrgenmode none master {cord.Bridge} up\n"));
            script.Append($"$ip -n {host.Key.Name} -force -batch $L/{host.Key.Name}.plug 2>$L/unplugged || sed '/^$/d; /^Command failed/d; s/^/lab: a guest of {host.Key.Name} is not plugged in: /' $L/unplugged >&2\n");
            if (!host.Any(cord => cord.Vlan is not null)) continue;
            files[$"{host.Key.Name}.bridge"] = string.Concat(host.Where(cord => cord.Vlan is not null).Select(Access));
            script.Append($"$bridge -n {host.Key.Name} -force -batch $L/{host.Key.Name}.bridge\n");
        }
        foreach (var guest in layout.GuestNames)
        {
            var lines = new StringBuilder("link set dev lo up\n");
            foreach (var cord in layout.Guests.Where(cord => cord.Guest == guest))
            {
                lines.Append($"link set dev {cord.Nic} up\n");
                foreach (var address in cord.Addresses) lines.Append($"addr add {address} dev {cord.Nic}{(address.Is6 ? " nodad" : "")}\n");
                foreach (var gateway in cord.Gateways) lines.Append($"route add default via {gateway} dev {cord.Nic}\n");
            }
            files[$"{guest}.ip"] = lines.ToString();
            script.Append($"$ip -n {guest} -batch $L/{guest}.ip || broke {guest}\n");
        }
    }

    // An access port: the guest's VLAN and no other. A port starts in its bridge's own VLAN, and would go on hearing it.
    private static string Access(GuestCord cord) =>
        (cord.Leaves == 0 ? "" : $"vlan del dev {cord.Tap} vid {cord.Leaves}\n") + $"vlan add dev {cord.Tap} vid {cord.Vlan} pvid untagged\n";

    // HOST NIC BOX PORT, a cable a line: what `weft lab cable` reads.
    private static string Ends(Layout layout) => string.Concat(layout.Cords.Where(cord => cord.Box is not null)
        .Select(cord => $"{cord.Host.Name} {cord.Nic} {cord.Box!.Name} {cord.Port}\n"));

    private static string Hosts(Layout layout)
    {
        var lines = new StringBuilder("127.0.0.1 localhost\n::1 localhost ip6-localhost\n");
        void Name(IEnumerable<IpPrefix> addresses, string names)
        {
            foreach (var address in addresses) lines.Append($"{address.Address} {names}\n");
        }
        foreach (var host in layout.Hosts) Name(host.Host.Links.SelectMany(link => link.Addresses).Select(address => address.Value), host.Name);
        foreach (var guest in layout.Guests) Name(guest.Addresses, guest.Guest);
        foreach (var box in layout.Boxes) Name(box.Addresses.Values.SelectMany(list => list), string.Join(' ', box.Members));
        return lines.ToString();
    }

    private static string Quote(string word) => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
