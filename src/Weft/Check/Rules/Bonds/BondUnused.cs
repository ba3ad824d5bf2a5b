// A bond that carries no address, no lease, no link and no route moves no frame; most often a line was forgotten, or stands on another bond. In a file that uses nothing at all, as one is
// when it is begun, nobody is told so.

using Weft.Text;

namespace Weft.Check;

/// <summary>Somebody uses each bond.</summary>
public sealed class BondUnused() : Rule("bond-unused", Severity.Advice)
{
    public override string Why => "a bond without an address, VLAN, bridge or route of this file carries nothing of it";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}
          [|bond1|]: {ports: [eth2, eth3], mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}
          bond1: {ports: [eth2, eth3], mode: active-backup, miimon: 100}
        bridges:
          br1: {ports: [bond1]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var host = stack.Host;
        if (!host.Unread.IsEmpty || !host.Guests.Any() && !host.Links.Any(link => !link.Addresses.IsEmpty || Bonding.IsLeased(link)))
            return [];
        var routed = host.Routes.SelectMany(route => route.Ways).Select(way => way.Link?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return from bond in stack.Bonds
               where stack.Uppers(bond).Count == 0 && bond.Addresses.IsEmpty && bond.Gateways.IsEmpty && bond.Unread.IsEmpty && !Bonding.IsLeased(bond) && !routed.Contains(bond.Name.Value)
               select At(bond.Name.Place, $"nothing stands on {bond.Name}, and it has no address", "put the VLAN, bridge or address on it that it is for, or remove it");
    }
}
