// A bond of two ports of one card survives a cable and a switch, and not the card, its slot or its driver. Said only where it could be
// otherwise: a port of another card is free, or another bond has all its ports on another card and the two can swap.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond's ports are spread over cards.</summary>
public sealed class BondOnOneCard() : Rule("bond-on-one-card", Severity.Advice)
{
    public override string Why => "the bond survives a cable and a switch, and goes with the one card that all its ports are on";

    public override string Bad => """
        nics:
          eth0: {match: {pci: "0000:3b:00.0"}}
          eth1: {match: {pci: "0000:3b:00.1"}}
          eth2: {match: {pci: "0000:5e:00.0"}}
          eth3: {match: {pci: "0000:5e:00.1"}}
        bonds:
          bond0: {ports: [eth0, [|eth1|]], mode: active-backup, miimon: 100}
          bond1: {ports: [eth2, eth3], mode: 802.3ad}
        """;

    public override string Good => """
        nics:
          eth0: {match: {pci: "0000:3b:00.0"}}
          eth1: {match: {pci: "0000:3b:00.1"}}
          eth2: {match: {pci: "0000:5e:00.0"}}
          eth3: {match: {pci: "0000:5e:00.1"}}
        bonds:
          bond0: {ports: [eth0, eth2], mode: active-backup, miimon: 100}
          bond1: {ports: [eth1, eth3], mode: 802.3ad}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var whole = stack.Bonds.Select(bond => new Whole(bond, CardOf(stack, bond))).Where(one => one.Card is not null).ToList();
        var free = stack.Host.Of(LinkKind.Nic).Where(nic => stack.Uppers(nic).Count == 0 && nic.Addresses.IsEmpty && !ClientLines.Families.Any(family => nic.Settings.Flag(family) == true) && Card(nic) is not null).ToList();
        for (var at = 0; at < whole.Count; at++)
        {
            var (bond, card) = whole[at];
            var speed = stack.Wiring.SpeedOf(stack.PortsOf(bond).First().Link);
            var other = free.Find(nic => Card(nic) != card && Suits(nic)) ?? whole.Skip(at + 1).Where(next => next.Card != card).Select(next => stack.PortsOf(next.Bond).First().Link).FirstOrDefault(Suits);
            if (other is not null)
                yield return At(bond.Ports[^1].Name.Place, $"all ports of {bond.Name} are on the card {card}, and {other.Name} is on {Card(other)}", $"make {other.Name} a port of {bond.Name} in the place of {bond.Ports[^1].Name}");

            bool Suits(Link nic) => speed is null || stack.Wiring.SpeedOf(nic) is not { } its || its == speed;
        }
    }

    /// <summary>A bond and the card that all its ports are on.</summary>
    private sealed record Whole(Link Bond, string? Card);

    private static string? CardOf(Stack stack, Link bond)
    {
        var cards = stack.PortsOf(bond).Select(port => Card(port.Link)).Distinct(StringComparer.Ordinal).ToList();
        return bond.Ports.Length > 1 && cards.Count == 1 && stack.PortsOf(bond).Count() == bond.Ports.Length ? cards[0] : null;
    }

    /// <summary>The slot, or the PCI device without its function; null where the file tells neither.</summary>
    private static string? Card(Link nic) =>
        nic.Rest.Map("pcie")?.Word("slot") ?? (nic.Rest.Map("match")?.Word("pci") is { } pci && pci.LastIndexOf('.') is > 0 and var dot ? pci[..dot].ToLowerInvariant() : null);
}
