// A bridge in the spanning tree (IEEE 802.1D-1998; net/bridge/br_stp_if.c, br_stp_timer.c): what begins and ends it, what comes in,
// and what time brings. Who is the root and which port does what is in Election; that the topology changed, in Topology.
// With STP off the same machine runs, says nothing, and lets every port forward at once, as the kernel does.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bridges.SpanningTree;

internal sealed partial class Tree
{
    private const long HoldTime = VirtualTime.Second;

    private readonly Bridge bridge;
    private readonly World world;
    private readonly Timer hello, notify, changed;

    public Tree(Bridge bridge)
    {
        (this.bridge, world) = (bridge, bridge.World);
        var options = bridge.Options;
        // br_stp_start: with STP a port listens for two seconds at least.
        OwnForwardDelay = options.Stp ? Math.Clamp(options.ForwardDelay, 2 * VirtualTime.Second, 30 * VirtualTime.Second) : options.ForwardDelay;
        (MaxAge, HelloTime, ForwardDelay, AgeingTime) = (options.MaxAge, options.HelloTime, OwnForwardDelay, options.AgeingTime);
        BridgeId = Root = (ulong)options.Priority << 48;
        hello = new(world.Time, Hello);
        notify = new(world.Time, Renotify);
        changed = new(world.Time, Settled);
    }

    /// <summary>Its priority above its MAC.</summary>
    public ulong BridgeId { get; private set; }

    /// <summary>Whom it takes for the root.</summary>
    public ulong Root { get; private set; }

    public uint RootCost { get; private set; }

    /// <summary>The port with the best way to the root; null at the root itself.</summary>
    public BridgePort? RootPort { get; private set; }

    public bool IsRoot => Root == BridgeId;

    // The root's times, which are everybody's.
    public long MaxAge { get; private set; }
    public long HelloTime { get; private set; }
    public long ForwardDelay { get; private set; }

    /// <summary>What its ports learn addresses for: with a topology change, twice as long as a port listens.</summary>
    public long AgeingTime { get; private set; }

    private long OwnForwardDelay { get; }
    private bool IsOn => bridge.Options.Stp;

    /// <summary>The state in the kernel's word.</summary>
    public static string Word(PortState state) => state switch
    {
        PortState.Listening => "listening",
        PortState.Learning => "learning",
        PortState.Forwarding => "forwarding",
        PortState.Blocking => "blocking",
        _ => "disabled",
    };

    /// <summary>br_stp_enable_bridge.</summary>
    public void Open()
    {
        if (IsOn)
            hello.Start(HelloTime);
        Generate();
        foreach (var port in bridge.Newest)
        {
            port.LearnCost();
            if (port.Device.IsRunning)
                Enable(port);
        }
        if (bridge.Ports.Count > 0)
            SelectStates();
    }

    /// <summary>br_stp_disable_bridge.</summary>
    public void Close()
    {
        foreach (var port in bridge.Newest)
            if (port.State != PortState.Disabled)
                Disable(port, "its bridge is down");
        // The time that addresses are remembered for is its own again.
        SetChanging(false);
        isDetected = false;
        hello.Stop();
        notify.Stop();
        changed.Stop();
    }

    /// <summary>br_stp_enable_port: its link is up.</summary>
    public void Enable(BridgePort port)
    {
        Designate(port);
        Set(port, PortState.Blocking, "its link is up");
        (port.Tree.Acknowledges, port.Tree.IsPending) = (false, false);
        SelectStates();
    }

    /// <summary>br_stp_disable_port. What was learned there goes, unless another port stands in for it.</summary>
    public void Disable(BridgePort port, string why)
    {
        var wasRoot = IsRoot;
        Designate(port);
        Set(port, PortState.Disabled, why);
        (port.Tree.Acknowledges, port.Tree.IsPending) = (false, false);
        port.Tree.StopTimers();
        if (port.Backup is null)
            bridge.Fdb.Flush(port);
        bridge.Snooping.Disable(port);
        Elect();
        SelectStates();
        if (IsRoot && !wasRoot)
            BecomeRoot();
    }

    /// <summary>br_stp_change_bridge_id: the bridge has another MAC than its id says.</summary>
    public void Rename()
    {
        var (wasRoot, before, id) = (IsRoot, BridgeId, ((ulong)bridge.Options.Priority << 48) | bridge.Mac);
        if (id == before)
            return;
        BridgeId = id;
        foreach (var port in bridge.Newest)
        {
            if (port.Tree.DesignatedBridge == before)
                port.Tree.DesignatedBridge = BridgeId;
            if (port.Tree.DesignatedRoot == before)
                port.Tree.DesignatedRoot = BridgeId;
        }
        Elect();
        SelectStates();
        if (IsRoot && !wasRoot)
            BecomeRoot();
    }

    /// <summary>br_stp_rcv: a BPDU came in by a port. The frame stays the caller's.</summary>
    public void Receive(BridgePort port, Frame frame)
    {
        if (!Bpdu.IsKnown(frame))
            return; // Not even guard hears of it.
        if (port.Options.Guard)
            Disable(port, "a BPDU came in, and the port has guard on; it stays so until its link was down");
        else if (Bpdu.IsChange(frame))
            HearChange(port);
        else if (Bpdu.IsConfig(frame) && Bpdu.Read(frame) is var config && config.MessageAge <= config.MaxAge)
            HearConfig(port, config);
    }

    /// <summary>br_transmit_config.</summary>
    private void Transmit(BridgePort port)
    {
        var tree = port.Tree;
        if (tree.Hold.IsPending)
        {
            tree.IsPending = true;
            return;
        }
        var age = RootPort is { } way && !IsRoot ? world.Time.Now - way.Tree.DesignatedAge + Bpdu.Tick : 0;
        if (age >= MaxAge)
            return;
        if (IsOn)
        {
            var frame = world.Frames.Rent();
            Bpdu.Write(frame, bridge.Options.GroupAddress, port.Device.Mac, new(IsChanging, tree.Acknowledges, Root, RootCost, BridgeId, tree.Id, age, MaxAge, HelloTime, ForwardDelay));
            port.Device.Send(frame);
        }
        (tree.Acknowledges, tree.IsPending) = (false, false);
        tree.Hold.Start(HoldTime);
    }

    /// <summary>br_config_bpdu_generation: it speaks at each cable that it speaks for.</summary>
    private void Generate()
    {
        foreach (var port in bridge.Newest)
            if (port.State != PortState.Disabled && IsDesignated(port))
                Transmit(port);
    }

    private void Set(BridgePort port, PortState state, string why)
    {
        if (port.State == state)
            return;
        port.State = state;
        // Without a spanning tree a port blocks for no time, on its way to forwarding.
        if (world.IsHeard && (IsOn || state != PortState.Blocking))
            world.Tell(port.Device, Word(state), why);
    }

    /// <summary>br_hello_timer_expired.</summary>
    private void Hello()
    {
        Generate();
        hello.Start(HelloTime);
    }

    /// <summary>br_hold_timer_expired.</summary>
    internal void Held(BridgePort port)
    {
        if (port.Tree.IsPending)
            Transmit(port);
    }

    /// <summary>br_message_age_timer_expired: nothing was heard of the root there for too long.</summary>
    internal void Forgotten(BridgePort port)
    {
        if (port.State == PortState.Disabled)
            return;
        if (world.IsHeard)
            world.Tell(port.Device, "forgot", $"no BPDU came for {MaxAge / VirtualTime.Second} s, and the bridge behind it is taken for gone");
        var wasRoot = IsRoot;
        Designate(port);
        Elect();
        SelectStates();
        if (IsRoot && !wasRoot)
            BecomeRoot();
    }

    /// <summary>br_forward_delay_timer_expired.</summary>
    internal void Advance(BridgePort port)
    {
        if (port.State == PortState.Listening)
        {
            Set(port, PortState.Learning, $"it listened for {ForwardDelay / VirtualTime.Second} s");
            port.Tree.ForwardDelay.Start(ForwardDelay);
        }
        else if (port.State == PortState.Learning)
        {
            Set(port, PortState.Forwarding, $"it learned for {ForwardDelay / VirtualTime.Second} s");
            if (Array.Exists(bridge.Newest, one => one.State != PortState.Disabled && one.Tree.DesignatedBridge == BridgeId))
                DetectChange();
            bridge.SetCarrier(true);
        }
    }
}
