// layer2 chooses a port by the two MACs alone (bond_xmit_hash, bond_main.c; the hash of a frame is its last MAC bytes and its type). A host that sends in one network with one MAC has one other MAC
// for all that is routed: the gateway's. So all of it leaves by one port. Guests on a bridge have MACs of their own, and hosts in further networks too: of such bonds nothing is said.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A host that talks through a gateway chooses ports by more than MACs.</summary>
public sealed class HashOneGateway() : Rule("hash-one-gateway", Severity.Warning)
{
    public override string Why => "layer2 chooses the port by the MACs, and all that is routed has the same two, the host's and the gateway's: it leaves by one port, and the others idle";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|802.3ad|], addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, xmit_hash_policy: layer3+4, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        HashSet<string>? leadingOut = null;
        return from bond in stack.Sound
               where bond.Kind == LinkKind.Bond && bond.Ports.Length > 1 && Bonding.Mode(bond) is (BondLines.Xor or BondLines.Lacp) && Bonding.Policy(bond) == "layer2"
               where Bonding.Strangers(stack, bond) is null
               let own = Bonding.Senders(stack, bond).Where(link => !link.Addresses.IsEmpty || Bonding.IsLeased(link)).ToList()
               where own.Count == 1 && (leadingOut ??= LeadingOut(stack.Host)).Contains(own[0].Name.Value)
               select At(Bonding.PlaceOf(bond, BondLines.XmitHashPolicy), $"{bond.Name} chooses ports by layer2, and {own[0].Name} sends through one gateway", $"write xmit_hash_policy: layer3+4 on {bond.Name}, or layer2+3");
    }

    /// <summary>The links over which a default route leads.</summary>
    private static HashSet<string> LeadingOut(Host host) =>
    [
        .. host.Links.Where(link => !link.Gateways.IsEmpty || Bonding.IsLeased(link) && link.Settings.Flag(ClientLines.Routes) != false).Select(link => link.Name.Value),
        .. host.Routes.Where(route => route.To.Value.IsEverything).SelectMany(route => route.Ways.Select(way => host.WayOf(route, way)?.Name.Value)).OfType<string>(),
    ];
}
