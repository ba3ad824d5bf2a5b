// A VLAN's or MACVLAN's MTU cannot be above its lower link's, and a VXLAN's must leave room for what it adds: ERANGE when it is set, EINVAL when the link is made (vlan_dev_change_mtu,
// vlan_netlink.c). And a bond forces its MTU on its ports, so a bond over VLANs asks each VLAN for it in the same way.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No VLAN, MACVLAN or VXLAN is asked for more than its lower link carries.</summary>
public sealed class MtuAboveParent() : Rule("mtu-above-parent", Severity.Error)
{
    public override string Why => "the kernel refuses an MTU above the parent's (ERANGE), of a VXLAN one above that less what it adds (EINVAL)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5, mtu: [|9000|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, mtu: 9000}
        vlans:
          bond0.5: {link: bond0, id: 5, mtu: 9000}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var vlan in stack.Sound.Where(link => link.Lower is not null))
        {
            if (stack.LowerOf(vlan) is not { } lower || stack.Mtu(lower) is not { } whole)
                continue;
            var room = vlan.Kind == LinkKind.Vxlan ? VxlanLines.Overhead(vlan.Settings) : 0;
            var most = whole - room;
            var bond = stack.MasterOf(vlan) is { } master && master.Kind == LinkKind.Bond ? master : null;
            if (bond is not null && stack.Mtu(bond) is { } forced && forced > most && told.Add(bond.Name.Value))
                yield return At(bond.Settings.Has(Table.Mtu) ? bond.Settings.PlaceOf(Table.Mtu) : bond.Name.Place,
                    $"{bond.Name} has MTU {forced} and forces it on its port {vlan.Name}, which stands on {lower.Name} with MTU {whole}", Mend(lower, forced + room, $"lower {bond.Name} to {most}"));
            else if (vlan.Settings.Number(Table.Mtu) is { } asked && asked > most)
                yield return At(vlan.Settings.PlaceOf(Table.Mtu), $"{vlan.Name} asks for MTU {asked} on {lower.Name}, whose MTU is {whole}{(room > 0 ? $", and adds {room} bytes to each frame" : "")}", Mend(lower, asked + room, room > 0 ? $"lower this one to {most}" : "lower this one"));
        }
    }

    private static string Mend(Link lower, long asked, string other) =>
        $"raise {lower.Name} to {asked} (line {(lower.Settings.Has(Table.Mtu) ? lower.Settings.PlaceOf(Table.Mtu) : lower.Name.Place).Line}), or {other}";
}
