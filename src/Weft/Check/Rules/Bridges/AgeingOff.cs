// With an ageing time of 0 a bridge forgets an address as soon as it has learned it (has_expired, net/bridge/br_private.h): every frame to somebody else goes to all ports. With
// two of them, the host with an address of its own counted, that is where it would go anyway. It is also a cure that is passed on for frames that a switch sends back; there is a better one.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge of several ports learns.</summary>
public sealed class AgeingOff() : Rule("ageing-off", Severity.Warning)
{
    public override string Why => "a bridge that forgets at once floods every frame to all ports: each guest is sent the traffic of all others";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], ageing_time: [|0|]}
        guests:
          web1: {nics: [{bridge: br0}]}
          web2: {nics: [{bridge: br0}]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: {eth0: {learning: false}}}
        guests:
          web1: {nics: [{bridge: br0}]}
          web2: {nics: [{bridge: br0}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Settings.Number(BridgeLines.AgeingTime) == 0
        let guests = stack.GuestsOn(bridge).Count
        let own = bridge.Addresses.IsEmpty ? 0 : 1
        where bridge.Ports.Length + guests + own > 2
        select At(bridge.Settings.PlaceOf(BridgeLines.AgeingTime), $"{bridge.Name} has ageing_time 0, {Count(bridge.Ports.Length, "port")} and {Count(guests, "guest")}",
            "remove it; where a switch sends a guest's frames back, write learning: false on the port that leads there");

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
