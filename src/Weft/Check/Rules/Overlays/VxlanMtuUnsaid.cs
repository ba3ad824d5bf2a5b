// A VXLAN without a link has an MTU of 1500, whatever it goes over (vxlan_config_apply), and what it adds makes its frames too long for a
// way of 1500: over IPv4 the host cuts them up, or with df drops them; over IPv6, and behind any router that drops fragments, large frames vanish.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN leaves room for what it adds.</summary>
public sealed class VxlanMtuUnsaid() : Rule("vxlan-mtu-unsaid", Severity.Warning)
{
    public override string Why => "without a link the kernel cannot know the way, and leaves no room for the 50 bytes (IPv6: 70) that it adds: large frames vanish";

    public override string Bad => """
        vxlans:
          [|vx0|]: {id: 100, remote: 192.0.2.9, port: 4789}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, mtu: 1450}
          vx1: {id: 101, remote: 192.0.2.9, port: 4789, link: eth0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vxlan in stack.Host.Of(LinkKind.Vxlan)
        where vxlan.Lower is null && stack.MasterOf(vxlan)?.Kind != LinkKind.Bond && !vxlan.Settings.Has(Table.Mtu) && !Stack.IsUnread(vxlan, Table.Mtu) && !Stack.IsUnread(vxlan, VxlanLines.Lower)
        select At(vxlan.Name.Place, $"{vxlan.Name} says neither link nor mtu, and gets 1500", $"name the link that it goes over, or say mtu: {1500 - VxlanLines.Overhead(vxlan.Settings)} for a way of 1500");
}
