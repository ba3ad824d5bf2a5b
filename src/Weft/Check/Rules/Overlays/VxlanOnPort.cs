// A VXLAN's packets are the host's own, and leave over the link named. No route leads over the port of a bond or bridge, so the kernel takes the other end for a neighbour there
// (ip_route_output_key_hash_rcu) and asks for its MAC; the answer goes to the master, and the neighbour of the port stays INCOMPLETE (measured on 6.1).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN goes over a link that speaks for itself.</summary>
public sealed class VxlanOnPort() : Rule("vxlan-on-port", Severity.Error)
{
    public override string Why => "what a VXLAN sends is the host's own: over the port of a bond or bridge the kernel asks for the other end's MAC, and the master takes the answer, so that nothing leaves";

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
