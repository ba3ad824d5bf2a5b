// A port of a bridge with a spanning tree listens and then learns for forward_delay each before it forwards (net/bridge/br_stp_timer.c), and a
// guest's tap is a port like any other, and so is the host's only uplink. A DHCP client asks again after 4, 8 and 16 s (RFC 2131 4.1), firmware that boots over the network
// soon gives up: the least that the kernel takes, 2 s twice, costs a guest one question at most, the usual 15 s twice its boot.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>No guest waits for the spanning tree.</summary>
public sealed class StpDelaysGuests() : Rule("stp-delays-guests", Severity.Warning)
{
    public override string Why => "with stp a port waits for twice the forward delay before it carries anything, a guest's port too: a guest that starts has no network for so long, DHCP and network boot give up, and so does the host after a cable was out";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], stp: [|true|]}
        guests:
          web1: {nics: [{bridge: br0}]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], stp: true, forward_delay: 200}
        guests:
          web1: {nics: [{bridge: br0}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Settings.Flag(BridgeLines.Stp) == true && !Stack.IsUnread(bridge, BridgeLines.ForwardDelay) && (stack.GuestsOn(bridge).Count > 0 || bridge.Addresses.Any())
        let said = bridge.Settings.Number(BridgeLines.ForwardDelay)
        let delay = said ?? ((Value.Number)BridgeLines.ForwardDelay.Default(bridge.Settings)!).Count
        where delay > BridgeLines.LeastForwardDelay
        select At(bridge.Settings.PlaceOf(said is null ? BridgeLines.Stp : BridgeLines.ForwardDelay),
            $"{bridge.Name} has stp, and {(stack.GuestsOn(bridge) is [var first, ..] ? $"a guest that plugs in, such as {first.Guest.Name}, waits" : "the host waits behind a cable that was plugged in")} for {delay * 2 / 100} s",
            said is null ? $"add forward_delay: {BridgeLines.LeastForwardDelay} (2 s), or write stp: false" : $"write {BridgeLines.LeastForwardDelay} (2 s), or stp: false in its place");
}
