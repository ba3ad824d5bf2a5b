// Ports that can take more together than their slot can carry. Of an active-backup bond one port works at a time, and then no more is asked of the slot than
// the fastest of them takes.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A slot carries what its ports do.</summary>
public sealed class PcieNarrow() : Rule("pcie-narrow", Severity.Warning)
{
    public override string Why => "what a card's ports take together goes over the lanes of its slot: generations 1 and 2 code 8 bits as 10, 3 to 5 128 as 130, 6 and 7 lose 14 bytes of 256; beyond that packets wait in the card and are dropped there";

    public override string Bad => """
        nics:
          eth0: {pcie: {gen: 3, lanes: [|8|], slot: riser1}}
          eth1: {pcie: {gen: 3, lanes: 8, slot: riser1}}
        cabling:
          eth0: {switch: leaf-a, speed: 40G}
          eth1: {switch: leaf-a, speed: 40G}
        switches: {leaf-a: {}}
        """;

    public override string Good => """
        nics:
          eth0: {pcie: {gen: 3, lanes: 16, slot: riser1}}
          eth1: {pcie: {gen: 3, lanes: 16, slot: riser1}}
        cabling:
          eth0: {switch: leaf-a, speed: 40G}
          eth1: {switch: leaf-a, speed: 40G}
        switches: {leaf-a: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from nic in stack.Host.Of(LinkKind.Nic)
        let pcie = nic.Rest.Map("pcie")
        where pcie is not null
        group new { Nic = nic, Pcie = pcie, Mbits = pcie.Number("gen") is { } gen && pcie.Number("lanes") is { } lanes ? Pcie.MbitsOf((int)gen, (int)lanes) : long.MaxValue } by pcie.Word("slot") is { } slot ? $"slot {slot}" : nic.Name.Value into card
        let least = card.MinBy(port => port.Mbits)
        let wanted = card.GroupBy(port => Shared(stack, port.Nic), port => stack.Wiring.SpeedOf(port.Nic) ?? 0).Sum(one => one.Key.Length > 0 ? one.Max() : one.Sum())
        where wanted > least.Mbits
        select At(least.Pcie.Get("lanes")!.Place, $"the ports {string.Join(", ", card.Select(port => port.Nic.Name))} take {Gbits(wanted)} together, and their slot carries {Gbits(least.Mbits)} (generation {least.Pcie.Number("gen")} with {least.Pcie.Number("lanes")} lanes)",
            Lanes(wanted, least.Pcie.Number("gen")!.Value) is { } enough ? $"put the card in a slot with {enough} lanes and write lanes: {enough}, or spread the ports over slots" : "put the card in a slot of a later generation and write its gen, or spread the ports over slots");

    /// <summary>The narrowest slot of a generation that carries so much; null where none does.</summary>
    private static int? Lanes(long mbits, long generation) => new int?[] { 1, 2, 4, 8, 16 }.FirstOrDefault(lanes => Pcie.MbitsOf((int)generation, lanes!.Value) >= mbits);

    /// <summary>The bond of whose ports one works at a time.</summary>
    private static string Shared(Stack stack, Link nic) => stack.MasterOf(nic) is { } bond && bond.Kind == LinkKind.Bond && Bonding.Mode(bond) == BondLines.ActiveBackup ? bond.Name.Value : "";

    private static string Gbits(long mbits) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{mbits / 1000.0:0.###} Gbit/s");
}
