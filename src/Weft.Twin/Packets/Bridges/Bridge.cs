// A learning bridge (net/bridge): its ports, its own part in its VLANs, and what follows when one of its ports says something. How
// frames go through it is in Forwarding; whether its ports forward at all, in the spanning tree, which with STP off lets
// every port forward as soon as it has a carrier.

using Weft.Twin.Packets.Bridges.Multicast;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bridges;

internal sealed class Bridge : Netdev
{
    private const int UsualMtu = 1500;

    private readonly List<BridgePort> ports = [];
    private readonly Timer collector;
    private bool macIsSet;

    public Bridge(Machine machine, string name, int index, BridgeOptions options)
        : base(machine, name, index)
    {
        Options = options;
        Own = new(options.Vlans);
        macIsSet = options.MacIsSet;
        collector = new(World.Time, Collect);
        Tree = new(this);
        Snooping = new(this);
        Forwarding = new(this);
        // One that is told nothing has its carrier until it chooses its id for the first time.
        SetCarrier(!macIsSet && !options.Stp);
    }

    public BridgeOptions Options { get; }
    public Fdb Fdb { get; } = new();
    public Tree Tree { get; }
    public Snooping Snooping { get; }
    public Forwarding Forwarding { get; }

    /// <summary>Its own VLANs ("self").</summary>
    public VlanMap Own { get; }

    /// <summary>In the order in which they joined.</summary>
    public IReadOnlyList<BridgePort> Ports => ports;

    /// <summary>As the kernel's list has them: the newest first. That is the order in which it floods.</summary>
    internal BridgePort[] Newest { get; private set; } = [];

    public override long Speed => ports.Where(port => port.Device.IsRunning).Select(port => port.Device.Speed).DefaultIfEmpty().Max();

    /// <summary>The forwarding database as `bridge -s fdb show br` has it, by MAC and VLAN.</summary>
    public IReadOnlyList<FdbRow> Entries => Fdb.Rows(World.Time.Now);

    /// <summary>hold_time: how long an address is remembered; while the topology changes, for as long only as a port listens.</summary>
    internal long HoldTime => Tree.IsChanging ? Tree.ForwardDelay : Tree.AgeingTime;

    /// <summary>A link becomes a port, as it was when the machine was put together.</summary>
    public BridgePort Join(Netdev device, BridgePortOptions options)
    {
        var port = new BridgePort(this, device, options, ports.Count + 1);
        ports.Add(port);
        Newest = [port, .. Newest];
        (device.Master, device.Receiver) = (this, port);
        device.Want(1); // br_manage_promisc; without that it is the MACs of the other ports that it is asked for.
        foreach (var one in ports)
            one.Backup = ports.Find(other => other.Device.Name == one.Options.BackupPort);
        FollowMac();
        FollowMtu();
        if (IsUp)
            Check(port);
        if (options.NeighSuppress && World.IsHeard)
            World.Tell(this, "passed over", $"{device} has neigh_suppress or proxy_arp: the twin floods ARP there as if it had not");
        return port;
    }

    /// <summary>A link above it wants frames for another MAC than its own: it takes everything then (IFF_PROMISC), for no bridge keeps a list of MACs.</summary>
    public bool IsPromiscuous => Wanted > 0;

    /// <summary>A port that is a member of the VLAN is up.</summary>
    internal bool Carries(int vlan)
    {
        foreach (var port in ports)
            if (port.Vlans.Has(vlan) && port.Device.IsRunning)
                return true;
        return false;
    }

    public BridgePort? PortOf(Netdev device) => ports.Find(port => port.Device == device);

    /// <summary>`bridge fdb add … static`: it does not age. It moves all the same where a frame from that address comes by another port, unless it is sticky.</summary>
    /// <param name="vlan">0: without a VLAN, which is all that a bridge without a filter looks for.</param>
    public void AddStatic(ulong mac, int vlan, BridgePort port, bool isSticky = false) =>
        Fdb.Add(mac, vlan, port, FdbFlags.Static | FdbFlags.ByUser | (isSticky ? FdbFlags.Sticky : FdbFlags.None), World.Time.Now);

    /// <summary>`bridge fdb add … permanent` (and of the bridge, `self`): frames to it go up.</summary>
    public void AddLocal(ulong mac, int vlan, BridgePort? port) => Fdb.Add(mac, vlan, port, FdbFlags.Local | FdbFlags.Static | FdbFlags.ByUser, World.Time.Now);

    /// <summary>Somebody gives it a MAC: it follows no port any more.</summary>
    public override void SetMac(ulong mac)
    {
        macIsSet = true;
        Take(mac);
    }

    protected override void Transmit(Frame frame) => Forwarding.FromHost(frame);

    protected override void Opened()
    {
        FollowMac();
        FollowMtu();
        EnterOwn();
        if (macIsSet || ports.Count > 0)
            Tree.Rename();
        collector.Start(100 * VirtualTime.Millisecond);
        Tree.Open();
        Snooping.Open();
    }

    protected override void Closed()
    {
        Tree.Close();
        Snooping.Close();
        collector.Stop();
    }

    /// <summary>br_device_event. NETDEV_NOTIFY_PEERS stops here: no bridge tells its neighbours that a bond below it took another port.</summary>
    public override void Hear(Netdev lower, Change change)
    {
        if (PortOf(lower) is not { } port)
            return;
        switch (change)
        {
            case Change.Up or Change.Down or Change.Carrier:
                if (IsUp)
                    Check(port);
                foreach (var upper in Uppers)
                    (upper as VlanDev)?.Rebind();
                break;
            case Change.Address:
                FollowMac();
                EnterOwn();
                break;
            case Change.Mtu:
                FollowMtu();
                break;
            case Change.ResendIgmp:
                Announce(change);
                break;
        }
    }

    /// <summary>Starts collecting again after it had nothing to wait for.</summary>
    internal void Collectable()
    {
        if (IsUp && !collector.IsPending)
            Collect();
    }

    /// <summary>br_port_carrier_check.</summary>
    private void Check(BridgePort port)
    {
        port.LearnCost();
        if (port.Device.IsRunning == (port.State != PortState.Disabled))
            return;
        if (port.Device.IsRunning)
            Tree.Enable(port);
        else
            Tree.Disable(port, "its link is down");
    }

    /// <summary>br_fdb_cleanup: what is due by then goes, and not before; at least 10 ms pass until the next time.</summary>
    private void Collect()
    {
        var next = Fdb.Collect(World.Time.Now, HoldTime);
        if (HoldTime > 0 || Fdb.Learned > 0)
            collector.Start(Math.Max(next, 10 * VirtualTime.Millisecond));
    }

    /// <summary>br_stp_recalculate_bridge_id: the lowest MAC of its ports.</summary>
    private void FollowMac()
    {
        if (!macIsSet && ports.Count > 0)
            Take(ports.Min(port => port.Device.Mac));
    }

    private void Take(ulong mac)
    {
        if (Mac == mac)
            return;
        base.SetMac(mac);
        EnterOwn();
        Tree.Rename();
    }

    /// <summary>br_mtu_auto_adjust.</summary>
    private void FollowMtu()
    {
        if (!Options.MtuIsPinned)
            Mtu = ports.Count > 0 ? ports.Min(port => port.Device.Mtu) : UsualMtu;
    }

    /// <summary>Its own addresses: of each port and of itself, without a VLAN and in each of its VLANs. Where two are the same, the first stays.</summary>
    private void EnterOwn()
    {
        Fdb.ForgetOwn();
        foreach (var port in ports)
            Enter(port.Device.Mac, port, port.Options.Vlans);
        Enter(Mac, null, Options.Vlans);

        void Enter(ulong mac, BridgePort? port, Weft.Model.VlanTable vlans)
        {
            const FdbFlags Kept = FdbFlags.Local | FdbFlags.Static;
            Fdb.Add(mac, 0, port, Kept, World.Time.Now);
            foreach (var run in vlans.Runs)
                for (var vlan = run.From; vlan <= run.To; vlan++)
                    Fdb.Add(mac, vlan, port, Kept, World.Time.Now);
        }
    }
}
