// Names that a host has already, before any file. Measured on 6.1: lo is the kernel's own link, and a second of that name, or another name like it, is EEXIST;
// bonding_masters is the bonding driver's file among the links in /sys/class/net (EEXIST, whatever kind the link is); config is the VLAN driver's
// file in /proc/net/vlan, and a VLAN of that name is EINVAL (vlan_proc_add_dev). What no link may be called, all and default, reading refuses (`LinkName`).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No link takes a name that the kernel has given away.</summary>
public sealed class NameTaken() : Rule("name-taken", Severity.Error)
{
    private const string BondsFile = "bonding_masters", VlansFile = "config";

    public override string Why => "lo is there on every host and is the kernel's own, no NIC and no link that could be made; bonding_masters and, for a VLAN, config are files of the drivers, and the kernel refuses links of these names";

    public override string Bad => """
        nics:
          [|lo|]: {addresses: [192.0.2.5/32]}
          eth0: {}
        vlans:
          [|config|]: {link: eth0, id: 5}
        """;

    public override string Good => """
        nics:
          eth0: {}
        dummies:
          lo0: {addresses: [192.0.2.5/32]}
        vlans:
          eth0.5: {link: eth0, id: 5}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        // Where lo is declared, a second that would be lo too has its own rules: `altname-twice`, `nic-match-twice`.
        var alone = stack.Host.Find(Stack.Loopback) is null;
        return stack.Host.Links.SelectMany(link => Wrong(link, alone));
    }

    private IEnumerable<Finding> Wrong(Link link, bool alone)
    {
        if (link.Name.Value == Stack.Loopback)
            yield return link.Kind == LinkKind.Nic
                ? At(link.Name.Place, "lo is declared as a NIC, and is none", "leave lo out; for an address that is always there declare a link under dummies, as lo0: {addresses: […]}")
                : At(link.Name.Place, $"lo is declared as a {link.Kind}, and is the kernel's loopback", "choose another name");
        else if (alone && link.Rest.Map("match")?.Get("name") is { } match && match.Value == Value.Of(Stack.Loopback))
            yield return At(match.Place, $"{link.Name} is matched by the name lo, and lo is no NIC", "name a NIC; for an address that is always there declare a link under dummies");
        if (link.Name.Value == BondsFile)
            yield return At(link.Name.Place, $"{link.Name} is a file of the bonding driver", "choose another name");
        if (link.Kind == LinkKind.Vlan && link.Name.Value == VlansFile)
            yield return At(link.Name.Place, $"{link.Name} is a file of the VLAN driver", "choose another name");
        if (alone && link.Settings.Get(MarkLines.Altnames)?.Value is Value.List names)
            foreach (var name in names.Items.Where(name => name.ToString() == Stack.Loopback))
                yield return At(name.Place, $"lo is wanted as another name of {link.Name}, and is the kernel's loopback", "choose another name, or remove it");
    }
}
