// lo is no Ethernet link. Measured on 6.1: a bridge and a MACVLAN refuse it (EINVAL), a bond (EADDRNOTAVAIL, for it has no MAC that could be set), a VLAN (EOPNOTSUPP,
// "VLANs not supported on device") and a VRF ("Can not enslave loopback device to a VRF"). A VXLAN may be sent from it.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Nothing is built on lo.</summary>
public sealed class LoopbackBelow() : Rule("loopback-below", Severity.Error)
{
    public override string Why => "lo carries no frames, and the kernel refuses it as a port and as what VLANs and MACVLANs stand on";

    public override string Bad => """
        nics: {lo: {}, eth0: {}}
        bridges:
          br0: {ports: [eth0, [|lo|]]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        stack.Host.Find("lo") is not { } lo || lo.Rest.Has("match") ? []
        : from upper in stack.Uppers(lo)
          where upper.Kind != LinkKind.Vxlan
          select At(upper.Lowers.First(lower => lower.Value == "lo").Place, $"{upper.Name} stands on lo", "leave lo out; for a link that is always there declare one under dummies");
}
