// Linux had VXLAN before it had a port of its own: a kernel that is told none uses 8472, and nearly everybody else 4789. `ip link` warns of it too.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN's port is said.</summary>
public sealed class VxlanPortUnsaid() : Rule("vxlan-port-unsaid", Severity.Warning)
{
    public override string Why => "a kernel that is told none uses 8472, and nearly every other end listens on 4789: then nothing arrives, and nobody says so";

    public override string Bad => """
        vxlans:
          [|vx0|]: {id: 100, remote: 192.0.2.9, mtu: 1450}
        """;

    public override string Good => """
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, mtu: 1450}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vxlan in stack.Host.Of(LinkKind.Vxlan)
        where !vxlan.Settings.Has(VxlanLines.Port) && !Stack.IsUnread(vxlan, VxlanLines.Port)
        select At(vxlan.Name.Place, $"{vxlan.Name} says no port, and gets {VxlanLines.KernelsPort}", $"say port: 4789, or port: {VxlanLines.KernelsPort} if that is meant");
}
