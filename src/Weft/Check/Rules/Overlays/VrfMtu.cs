// vrf_setup: the least MTU of a VRF is that of IPv6 (EINVAL below), and it does not limit what passes between its ports.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VRF's MTU is 1280 at least.</summary>
public sealed class VrfMtu() : Rule("vrf-mtu", Severity.Error)
{
    public override string Why => "the kernel gives a VRF no MTU below 1280 (EINVAL), and it would limit nothing but what the host itself sends by it";

    public override string Bad => """
        vrfs:
          red: {table: 10, mtu: [|1000|]}
        """;

    public override string Good => """
        vrfs:
          red: {table: 10}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vrf in stack.Host.Of(LinkKind.Vrf)
        where vrf.Settings.Number(Table.Mtu) < Table.LeastMtuOfIpv6
        select At(vrf.Settings.PlaceOf(Table.Mtu), $"{vrf.Name} asks for MTU {vrf.Settings.Number(Table.Mtu)}", "leave it away, and set the MTU of its ports");
}
