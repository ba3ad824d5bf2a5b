// balance-rr sends one packet after the other over another port (bond_xmit_roundrobin, bond_main.c); they overtake each other, and TCP takes three that come out of order for a loss
// (RFC 5681 3.2). It is also what a bond does whose file says no mode. Where cables are known and no static group takes them all together, that is worse, and rules of cabling say so.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One flow keeps to one port.</summary>
public sealed class RoundRobinReorders() : Rule("round-robin-reorders", Severity.Warning)
{
    public override string Why => "packets of one flow overtake each other on several ports, which TCP takes for losses: a flow over two links is often slower than over one";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: [|balance-rr|], miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100, xmit_hash_policy: layer3+4}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Mode(bond) == BondLines.RoundRobin && bond.Ports.Length > 1 && IsWellCabled(stack.Wiring, bond)
        select At(Bonding.PlaceOf(bond, BondLines.Mode), $"{bond.Name} sends packets of one flow over {bond.Ports.Length} ports in turn", "write mode: 802.3ad, or balance-xor for a static group, with xmit_hash_policy: layer3+4; or active-backup");

    private static bool IsWellCabled(Wiring wiring, Link bond) =>
        wiring.Leads(bond).All(lead => lead.Cable is null) || wiring.Cabled(bond) is [{ Cable: { Lacp.Value: "static" } first }, ..] leads && leads.All(lead => wiring.AreOneGroup(first, lead.Cable!));
}
