// Who is the root, which port is the way to it, and which cables a bridge speaks for (net/bridge/br_stp.c; IEEE 802.1D-1998 clause 8.6).

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bridges.SpanningTree;

internal sealed partial class Tree
{
    /// <summary>br_is_designated_port: its bridge speaks for the cable there.</summary>
    public bool IsDesignated(BridgePort port) => port.Tree.DesignatedBridge == BridgeId && port.Tree.DesignatedPort == port.Tree.Id;

    /// <summary>An id as the kernel prints it.</summary>
    public static string Print(ulong id) => $"{id >> 48:x4}.{id & 0xffff_ffff_ffff:x12}";

    /// <summary>br_configuration_update: the root, the way to it, and the cables that this bridge speaks for.</summary>
    private void Elect()
    {
        var before = Root;
        BridgePort? best = null;
        foreach (var port in bridge.Newest)
            if (CouldBeRootPort(port, best))
            {
                if (port.Options.RootBlock)
                    BlockRoot(port);
                else
                    best = port;
            }
        RootPort = best;
        (Root, RootCost) = best is null ? (BridgeId, 0) : (best.Tree.DesignatedRoot, best.Tree.DesignatedCost + best.Tree.PathCost);
        foreach (var port in bridge.Newest)
            if (port.State != PortState.Disabled && ShouldSpeak(port))
                Designate(port);
        if (Root != before && IsOn && bridge.IsUp && world.IsHeard)
            world.Tell(bridge, "elected", best is null ? $"itself is the root ({Print(Root)})" : $"the root is {Print(Root)}, over {best}, at a cost of {RootCost}");
    }

    /// <summary>br_become_designated_port: what is said there is what this bridge knows.</summary>
    private void Designate(BridgePort port)
    {
        var tree = port.Tree;
        (tree.DesignatedRoot, tree.DesignatedCost, tree.DesignatedBridge, tree.DesignatedPort) = (Root, RootCost, BridgeId, tree.Id);
    }

    /// <summary>br_should_become_root_port.</summary>
    private bool CouldBeRootPort(BridgePort port, BridgePort? best)
    {
        var one = port.Tree;
        if (port.State == PortState.Disabled || IsDesignated(port) || BridgeId <= one.DesignatedRoot)
            return false;
        return best?.Tree is not { } other
            || (one.DesignatedRoot, one.DesignatedCost + one.PathCost, one.DesignatedBridge, one.DesignatedPort, one.Id)
                .CompareTo((other.DesignatedRoot, other.DesignatedCost + other.PathCost, other.DesignatedBridge, other.DesignatedPort, other.Id)) < 0;
    }

    /// <summary>br_root_port_block: root guard. The port listens, and listens anew at each better BPDU.</summary>
    private void BlockRoot(BridgePort port)
    {
        Set(port, PortState.Listening, $"{Print(port.Tree.DesignatedRoot)} behind it would be the root, and the port has root_block on");
        if (ForwardDelay > 0)
            port.Tree.ForwardDelay.Start(ForwardDelay);
    }

    /// <summary>br_should_become_designated_port.</summary>
    private bool ShouldSpeak(BridgePort port)
    {
        var tree = port.Tree;
        return IsDesignated(port) || tree.DesignatedRoot != Root || (RootCost, BridgeId, tree.Id).CompareTo((tree.DesignatedCost, tree.DesignatedBridge, tree.DesignatedPort)) < 0;
    }

    /// <summary>br_port_state_selection. The bridge has a carrier where one of its ports forwards.</summary>
    private void SelectStates()
    {
        var isLive = false;
        foreach (var port in bridge.Newest)
        {
            if (port.State == PortState.Disabled)
                continue;
            if (port != RootPort && IsDesignated(port))
            {
                port.Tree.MessageAge.Stop();
                MakeForwarding(port);
            }
            else
            {
                (port.Tree.IsPending, port.Tree.Acknowledges) = (false, false);
                if (port == RootPort)
                    MakeForwarding(port);
                else
                    MakeBlocking(port);
            }
            isLive |= port.State == PortState.Forwarding;
        }
        bridge.SetCarrier(isLive);
    }

    /// <summary>br_make_forwarding.</summary>
    private void MakeForwarding(BridgePort port)
    {
        if (port.State != PortState.Blocking)
            return;
        if (!IsOn || ForwardDelay == 0)
        {
            Set(port, PortState.Forwarding, IsOn ? "there is no forward delay" : "its link is up, and there is no spanning tree");
            DetectChange();
            port.Tree.ForwardDelay.Stop();
        }
        else
        {
            Set(port, PortState.Listening, port == RootPort ? $"it is the way to the root {Print(Root)}" : "its bridge is the designated one of the cable there");
            port.Tree.ForwardDelay.Start(ForwardDelay);
        }
        bridge.Snooping.Enable(port);
    }

    /// <summary>br_make_blocking.</summary>
    private void MakeBlocking(BridgePort port)
    {
        if (port.State is PortState.Disabled or PortState.Blocking)
            return;
        if (port.State is PortState.Forwarding or PortState.Learning)
            DetectChange();
        Set(port, PortState.Blocking, $"{Print(port.Tree.DesignatedBridge)} is the designated bridge of the cable there, and the way to the root is {RootPort?.Device.Name ?? "none"}");
        port.Tree.ForwardDelay.Stop();
    }

    /// <summary>br_become_root_bridge.</summary>
    private void BecomeRoot()
    {
        (MaxAge, HelloTime, ForwardDelay) = (bridge.Options.MaxAge, bridge.Options.HelloTime, OwnForwardDelay);
        DetectChange();
        notify.Stop();
        if (!bridge.IsUp)
            return;
        Generate();
        if (IsOn)
            hello.Start(HelloTime);
    }

    /// <summary>br_received_config_bpdu.</summary>
    private void HearConfig(BridgePort port, in Config config)
    {
        if (!Supersedes(port, config))
        {
            if (IsDesignated(port))
                Transmit(port);
            return;
        }
        var wasRoot = IsRoot;
        Record(port, config);
        Elect();
        SelectStates();
        if (!IsRoot && wasRoot)
        {
            hello.Stop();
            if (isDetected)
            {
                changed.Stop();
                Notify();
            }
        }
        if (port != RootPort)
            return;
        (MaxAge, HelloTime, ForwardDelay) = (config.MaxAge, config.HelloTime, config.ForwardDelay);
        SetChanging(config.TopologyChange);
        Generate();
        if (config.Acknowledges)
        {
            isDetected = false;
            notify.Stop();
        }
    }

    /// <summary>br_supersedes_port_info: it is better than what was known there, or the same speaker says it again.</summary>
    private bool Supersedes(BridgePort port, in Config config)
    {
        var tree = port.Tree;
        var better = (config.Root, config.Cost, config.Bridge).CompareTo((tree.DesignatedRoot, tree.DesignatedCost, tree.DesignatedBridge));
        return better < 0 || (better == 0 && (config.Bridge != BridgeId || config.Port <= tree.DesignatedPort));
    }

    /// <summary>br_record_config_information.</summary>
    private void Record(BridgePort port, in Config config)
    {
        var tree = port.Tree;
        (tree.DesignatedRoot, tree.DesignatedCost, tree.DesignatedBridge, tree.DesignatedPort) = (config.Root, config.Cost, config.Bridge, config.Port);
        tree.DesignatedAge = world.Time.Now - config.MessageAge;
        tree.MessageAge.Start(config.MaxAge - config.MessageAge);
    }
}
