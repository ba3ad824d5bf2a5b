// A forced speed beside negotiation. The kernel takes both in one message and offers the other end what it makes of them
// (ethnl_auto_linkmodes), so the link may come up with another speed than the file says, or not come up.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Speed and duplex are forced, or agreed on.</summary>
public sealed class SpeedNegotiated() : Rule("speed-negotiated", Severity.Error)
{
    public override string Why => "speed and duplex are forced only where nothing is agreed on; where ends agree, advertise says what is offered";

    public override string Bad => """
        nics:
          eth0: {autoneg: true, speed: [|1000|]}
        """;

    public override string Good => """
        nics:
          eth0: {autoneg: false, speed: 1000, duplex: full}
          eth1: {autoneg: true, advertise: [1000baseT/Full]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from nic in stack.Host.Of(LinkKind.Nic)
        where !nic.Unread.Contains(NicLines.Autoneg.Name)
        let forces = nic.Settings.Flag(NicLines.Autoneg) == false
        from line in forces ? new[] { NicLines.Advertise } : [NicLines.Speed, NicLines.Duplex]
        where nic.Settings.Get(line) is { Value: not Value.Word { Text: "default" } }
        select At(nic.Settings.PlaceOf(line), $"{nic.Name} is given {line} and {(forces ? "autoneg: false, with which nothing is offered" : "not autoneg: false")}",
            forces ? "remove advertise, or autoneg: false" : "add autoneg: false, or say advertise in its place");
}
