// That the topology changed (net/bridge/br_stp.c; IEEE 802.1D-1998 clause 8.5.3.10): a bridge that sees it tells the root, over every
// bridge on the way and until it is acknowledged; the root says so in its BPDUs for a while, and all remember addresses for a
// shorter time. The kernel does not start collecting then: an address that was learned shortly before outlives the change
// and is used as long as before, unless the next collection happens to fall into it (seen on 6.1).

using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Bridges.SpanningTree;

internal sealed partial class Tree
{
    /// <summary>topology_change_detected: it was seen here, and the root has not acknowledged it.</summary>
    private bool isDetected;

    /// <summary>topology_change: the root says so.</summary>
    public bool IsChanging { get; private set; }

    /// <summary>br_topology_change_detection.</summary>
    private void DetectChange()
    {
        if (!IsOn)
            return;
        if (world.IsHeard && !isDetected)
            world.Tell(bridge, "topology", IsRoot ? "it changed, and as the root it tells all bridges to forget soon" : "it changed, and the root is to hear of it");
        if (IsRoot)
        {
            SetChanging(true);
            changed.Start(OwnForwardDelay + bridge.Options.MaxAge);
        }
        else if (!isDetected)
            Notify();
        isDetected = true;
    }

    /// <summary>__br_set_topology_change.</summary>
    private void SetChanging(bool isChanging)
    {
        if (IsOn && IsChanging != isChanging)
            AgeingTime = isChanging ? 2 * ForwardDelay : bridge.Options.AgeingTime;
        IsChanging = isChanging;
        bridge.Collectable();
    }

    /// <summary>br_transmit_tcn, and again until somebody acknowledges it.</summary>
    private void Notify()
    {
        if (RootPort is { } port && IsOn)
        {
            var frame = world.Frames.Rent();
            Bpdu.WriteChange(frame, bridge.Options.GroupAddress, port.Device.Mac);
            port.Device.Send(frame);
        }
        notify.Start(bridge.Options.HelloTime);
    }

    /// <summary>br_tcn_timer_expired.</summary>
    private void Renotify()
    {
        if (bridge.IsUp)
            Notify();
    }

    /// <summary>br_topology_change_timer_expired.</summary>
    private void Settled()
    {
        isDetected = false;
        SetChanging(false);
    }

    /// <summary>br_received_tcn_bpdu.</summary>
    private void HearChange(BridgePort port)
    {
        if (!IsDesignated(port))
            return;
        DetectChange();
        port.Tree.Acknowledges = true;
        Transmit(port);
    }
}
