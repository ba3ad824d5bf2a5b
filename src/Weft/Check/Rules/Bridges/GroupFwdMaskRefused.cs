// 01:80:c2:00:00:00, 01 and 02 are STP, pause and LACP: frames that end at the next bridge by definition (IEEE 802.1D table 7-10).
// The kernel refuses their bits in a bridge's mask (BR_GROUPFWD_RESTRICTED) and pause's in a port's (BR_GROUPFWD_MACPAUSE).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Some link-local groups are never forwarded.</summary>
public sealed class GroupFwdMaskRefused() : Rule("group-fwd-mask-refused", Severity.Error)
{
    public override string Why => "these frames are for the next bridge alone: the kernel refuses to forward them (EINVAL)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0], group_fwd_mask: [|0x4|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0], group_fwd_mask: 0x4000}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        stack.Host.Of(LinkKind.Bridge).SelectMany(bridge => bridge.Ports.Select(port => Wrong($"port {port.Name} of {bridge.Name}", port.Settings, BridgePortLines.GroupFwdMask, OfPorts))
            .Prepend(Wrong($"{bridge.Name}", bridge.Settings, BridgeLines.GroupFwdMask, OfBridges))).OfType<Finding>();

    private const long OfBridges = 7, OfPorts = 2;

    private Finding? Wrong(string whose, Settings settings, Model.Attributes.Attribute mask, long refused) =>
        settings.Number(mask) is { } bits && (bits & refused) != 0
            ? At(settings.PlaceOf(mask), $"group_fwd_mask of {whose} is 0x{bits:x}, with the bits 0x{bits & refused:x}", (bits & ~refused) == 0 ? "remove it; bit N forwards 01:80:c2:00:00:0N, LLDP is 0x4000" : $"write 0x{bits & ~refused:x}")
            : null;
}
