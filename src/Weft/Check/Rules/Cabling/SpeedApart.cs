// A forced speed is offered to nobody, and both ends must have it: a port of 10 Gbit/s and a NIC forced to 1 Gbit/s have no link at all
// (IEEE 802.3 clause 28 and the PHYs' own clauses; without negotiation nothing brings the two together).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A forced speed is the switch port's.</summary>
public sealed class SpeedApart() : Rule("speed-apart", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a NIC that is forced to one speed and a switch port of another have no link";

    public override string Bad => """
        nics: {eth0: {autoneg: false, speed: [|1000|], duplex: full}}
        cabling:
          eth0: {switch: sw, port: "1", speed: 10G}
        switches: {sw: {}}
        """;

    public override string Good => """
        nics: {eth0: {autoneg: false, speed: 10000, duplex: full}}
        cabling:
          eth0: {switch: sw, port: "1", speed: 10G}
        switches: {sw: {}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from nic in stack.Host.Of(LinkKind.Nic)
        where Speeds.AreApart(stack, nic)
        let cable = stack.Wiring.CableOf(nic)!
        select At(nic.Settings.PlaceOf(NicLines.Speed), $"{nic.Name} is forced to {nic.Settings.Number(NicLines.Speed)} Mbit/s, and its cable leads to a port of {cable.Speed} Mbit/s", $"write speed: {cable.Speed}, or remove speed, duplex and autoneg");
}
