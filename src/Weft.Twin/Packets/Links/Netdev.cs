// A link that carries frames (struct net_device): what every kind does the same way. Sending is dev_queue_xmit, receiving is
// __netif_receive_skb_core (net/core/dev.c): tags first, then the VLAN on top that the tag belongs to, then whoever took the link over
// (bond, bridge, MACVLAN), and only then the stack. That order is why a VLAN on a bond's port steals its frames from the bond.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

/// <summary>What a link tells those that stand on it (NETDEV_*).</summary>
internal enum Change
{
    Up,
    Down,
    Carrier,
    Address,
    Mtu,

    /// <summary>NETDEV_NOTIFY_PEERS: whoever has an address here says so to its neighbours.</summary>
    NotifyPeers,

    /// <summary>NETDEV_RESEND_IGMP.</summary>
    ResendIgmp,
}

/// <summary>Who took a link over (rx_handler_func_t): the bond, bridge or MACVLANs that it is a port of.</summary>
internal interface IReceiver
{
    /// <summary>Takes a frame that arrived, or leaves it to the link itself.</summary>
    /// <returns>False where the link's own stack is to see it; it was not touched then.</returns>
    bool Take(Frame frame);
}

internal abstract class Netdev(Machine machine, string name, int index)
{
    private VlanDev?[]? customers, services;
    private int mtu = 1500;

    public Machine Machine { get; } = machine;
    public World World { get; } = machine.World;
    public string Name { get; } = name;
    public int Index { get; } = index;

    /// <summary>In the lower 48 bits.</summary>
    public ulong Mac { get; private set; }

    public int Mtu
    {
        get => mtu;
        set
        {
            if (mtu == value)
                return;
            mtu = value;
            Announce(Change.Mtu);
        }
    }

    /// <summary>IFF_UP.</summary>
    public bool IsUp { get; private set; }

    /// <summary>netif_carrier_ok.</summary>
    public bool HasCarrier { get; private set; }

    /// <summary>Whether frames can be sent over it: up, and with carrier.</summary>
    public bool IsRunning => IsUp && HasCarrier;

    /// <summary>In Mbit/s; 0 where nobody knows.</summary>
    public virtual long Speed => 0;

    /// <summary>The bond, bridge or VRF that it is a port of.</summary>
    public Netdev? Master { get; set; }

    /// <summary>Who takes what arrives here.</summary>
    public IReceiver? Receiver { get; set; }

    /// <summary>VLANs and MACVLANs that stand on it.</summary>
    public List<Netdev> Uppers { get; } = [];

    /// <summary>
    /// How much above it wants frames for other MACs than its own (dev_uc_add, dev_set_promiscuity). No card here filters, and so only a bridge minds,
    /// to which such a frame is another's.
    /// </summary>
    public int Wanted { get; private set; }

    public long Received { get; private set; }
    public long Sent { get; private set; }
    public long Dropped { get; set; }

    /// <summary>When the last frame was sent (trans_start).</summary>
    public long SentAt { get; private set; } = long.MinValue / 2;

    /// <summary>dev_queue_xmit. The frame is the link's from here on.</summary>
    public void Send(Frame frame)
    {
        if (!IsUp)
        {
            World.Drop(frame, this, "the link is down");
            return;
        }
        frame.Device = this;
        SentAt = World.Time.Now;
        Sent++;
        Transmit(frame);
    }

    /// <summary>ndo_start_xmit.</summary>
    protected abstract void Transmit(Frame frame);

    /// <summary>A frame has come up to this link. The frame is the link's from here on.</summary>
    public void Receive(Frame frame)
    {
        frame.Device = this;
        Received++;
        if (frame.Tag < 0)
            frame.PopTag();
        if (Tagged(frame) || (Receiver is { } receiver && receiver.Take(frame)))
            return;
        // A tag that nobody wants: with an id the frame is somebody else's, whatever is behind the tag; without one (a priority) it is as if
        // there were none, and a VLAN may want the next (check_vlan_id).
        while (frame.Tag >= 0)
        {
            var isForeign = frame.Vlan != 0;
            frame.Tag = Frame.NoTag;
            if (isForeign)
            {
                frame.Cast = Cast.OtherHost;
                break;
            }
            if (!World.Kernel.LooksBehindPriorityTags)
                break;
            frame.PopTag();
            if (Tagged(frame))
                return;
        }
        Machine.Stack.Receive(frame, this);
    }

    /// <summary>vlan_do_receive: the VLAN that stands on this link takes its frame.</summary>
    private bool Tagged(Frame frame)
    {
        if (frame.Tag < 0 || TaggedFor(frame) is not { } vlan)
            return false;
        vlan.Untag(frame);
        return true;
    }

    /// <summary>Somebody above it wants frames for another MAC from here on, or no more. What it stands on must let them through too, while it is up.</summary>
    internal void Want(int more)
    {
        Wanted += more;
        if (IsUp && more != 0)
            PassOn(more);
    }

    /// <summary>What it stands on hears of <see cref="Wanted"/>.</summary>
    protected virtual void PassOn(int more)
    {
    }

    private VlanDev? TaggedFor(Frame frame) => ((frame.Tag & Ethernet.ServiceBit) != 0 ? services : customers)?[frame.Vlan];

    /// <summary>A VLAN stands on this link from now on.</summary>
    internal void Enter(VlanDev vlan)
    {
        Uppers.Add(vlan);
        ((vlan.IsService ? services ??= new VlanDev?[4096] : customers ??= new VlanDev?[4096]))[vlan.Id] = vlan;
    }

    /// <summary>Sets IFF_UP; what stands on it hears of it.</summary>
    public void Open()
    {
        if (IsUp)
            return;
        IsUp = true;
        Opened();
        Announce(Change.Up);
    }

    public void Close()
    {
        if (!IsUp)
            return;
        IsUp = false;
        Closed();
        Announce(Change.Down);
    }

    /// <summary>ndo_open.</summary>
    protected virtual void Opened()
    {
    }

    /// <summary>ndo_stop.</summary>
    protected virtual void Closed()
    {
    }

    /// <summary>netif_carrier_on and _off. The link watch tells of it at once: it does so for every port of a bond or bridge, and for everything that stands on another link (linkwatch_urgent_event).</summary>
    public void SetCarrier(bool on)
    {
        if (HasCarrier == on)
            return;
        HasCarrier = on;
        Announce(Change.Carrier);
    }

    public virtual void SetMac(ulong mac)
    {
        if (Mac == mac)
            return;
        Mac = mac;
        Announce(Change.Address);
    }

    /// <summary>The MAC before anybody listens.</summary>
    internal void StartWith(ulong mac) => Mac = mac;

    public void Announce(Change change)
    {
        Machine.Stack.Hear(this, change);
        Master?.Hear(this, change);
        foreach (var upper in Uppers)
            upper.Hear(this, change);
    }

    /// <summary>A link below said something.</summary>
    public virtual void Hear(Netdev lower, Change change)
    {
    }

    public override string ToString() => $"{Name} of {Machine.Name}";
}
