// The number of the network, which every VXLAN has whose frames nobody else directs: without a word the kernel takes 0 (measured on 6.1). With `external` each
// frame says its own.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN has a number, or is told one with each frame.</summary>
public sealed class VxlanId() : Rule("vxlan-id", Severity.Error)
{
    public override string Why => "the number is the network, and ends of different numbers do not hear each other: the kernel takes 0 where none is said; only where somebody else directs each frame is there none";

    public override string Bad => """
        vxlans:
          [|vx0|]: {remote: 192.0.2.9, port: 4789, mtu: 1450}
        """;

    public override string Good => """
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, mtu: 1450}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var vxlan in stack.Host.Of(LinkKind.Vxlan).Where(link => !Stack.IsUnread(link, VxlanLines.Id) && !Stack.IsUnread(link, VxlanLines.External)))
            if (vxlan.Settings.Flag(VxlanLines.External) == true && vxlan.Settings.Get(VxlanLines.Id) is { } id)
                yield return At(id.Place, $"{vxlan.Name} has the id {id.Value}, and external: true (line {vxlan.Settings.PlaceOf(VxlanLines.External).Line})", "leave one of the two away");
            else if (vxlan.Settings.Flag(VxlanLines.External) != true && !vxlan.Settings.Has(VxlanLines.Id))
                yield return At(vxlan.Name.Place, $"{vxlan.Name} has no id", "add id: with the number that the other ends use, or external: true");
    }
}
