// A VXLAN's packets are the host's own: they leave by the route that the link named leads over, and on the port of a bond or bridge there is
// none, for addresses and routes are its master's.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN goes over a link that speaks for itself.</summary>
public sealed class VxlanOnPort() : Rule("vxlan-on-port", Severity.Error)
{
    public override string Why => "what a VXLAN sends is the host's own, and the port of a bond or bridge has no address and no route for it to leave by";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, link: [|eth0|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, link: bond0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vxlan in stack.Sound
        where vxlan.Kind == LinkKind.Vxlan
        let lower = stack.LowerOf(vxlan)
        where lower is not null
        let master = stack.MasterOf(lower)
        where master is not null
        select At(vxlan.Settings.PlaceOf(VxlanLines.Lower), $"{vxlan.Name} goes over {lower.Name}, which is a port of {master.Name} (line {master.Name.Place.Line})", $"let it go over {master.Name}");
}
