// A spanning tree needs 2 s at least in each of its two waiting states (BR_MIN_FORWARD_DELAY, IEEE 802.1D-1998 table 8-3). The
// kernel refuses less on a bridge whose STP is on (ERANGE), and raises it without a word when STP begins (br_stp_start).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A spanning tree listens for 2 s at least.</summary>
public sealed class ForwardDelayTooShort() : Rule("forward-delay-too-short", Severity.Error)
{
    public override string Why => "with stp on the kernel refuses a forward delay below 2 s (ERANGE), or raises it without a word";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0], stp: true, forward_delay: [|100|]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: [eth0], stp: true, forward_delay: 2s}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Settings.Flag(BridgeLines.Stp) == true && bridge.Settings.Number(BridgeLines.ForwardDelay) < BridgeLines.LeastForwardDelay
        select At(bridge.Settings.PlaceOf(BridgeLines.ForwardDelay), $"{bridge.Name} has stp, and forward_delay {bridge.Settings.Number(BridgeLines.ForwardDelay)} (1/100 s)", "write 2s or more, or leave stp off");
}
