// A switch knows the other end of an aggregation by system and key (IEEE 802.1AX, the link aggregation identifier). Two bonds with one system and one key are one to it, and unless its own configuration
// parts them it aggregates the ports of both: frames of one come in by the other. That two bonds share a system is well where their keys differ.
// Where cables say that the switch parts them, by another group or being another switch, nothing is said.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Each LACP bond is a system of its own, or has a key of its own.</summary>
public sealed class LacpSystemTwice() : Rule("lacp-system-twice", Severity.Warning)
{
    public override string Why => "to a switch two bonds with the same LACP system and key are one partner, and nothing but its own groups keep it from aggregating the ports of both";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, ad_actor_system: "02:00:5e:00:00:01"}
          bond1: {ports: [eth2, eth3], mode: 802.3ad, ad_actor_system: [|"02:00:5e:00:00:01"|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: 802.3ad, ad_actor_system: "02:00:5e:00:00:01"}
          bond1: {ports: [eth2, eth3], mode: 802.3ad, ad_actor_system: "02:00:5e:00:00:01", ad_user_port_key: 1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        where Bonding.Mode(bond) == BondLines.Lacp && System(bond) is not null && Bonding.Number(bond, BondLines.AdUserPortKey) is not null
        group bond by new { System = System(bond), Key = Bonding.Number(bond, BondLines.AdUserPortKey) } into same
        let first = same.First()
        from second in same.Skip(1)
        where !AreParted(stack.Wiring, first, second)
        select At(second.Settings.PlaceOf(BondLines.AdActorSystem), $"{second.Name} has the LACP system and key of {first.Name} (line {first.Name.Place.Line})", "give it an ad_actor_system of its own, or another ad_user_port_key");

    private static string? System(Link bond) => bond.Settings.Word(BondLines.AdActorSystem) is { } system && system is not ("default" or "00:00:00:00:00:00") ? system : null;

    private static bool AreParted(Wiring wiring, Link first, Link second) =>
        wiring.Cabled(first) is [{ Cable: { } one }, ..] && wiring.Cabled(second) is [{ Cable: { } other }, ..] && !wiring.AreOneGroup(one, other);
}
