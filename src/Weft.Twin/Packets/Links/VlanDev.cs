// A VLAN: one tag of the link below it (net/8021q/vlan_dev.c, vlan_core.c).

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

internal sealed class VlanDev : Netdev
{
    private readonly int tag;

    public VlanDev(Machine machine, string name, int index, Netdev lower, int id, bool isService)
        : base(machine, name, index)
    {
        (Lower, Id, IsService, tag) = (lower, id, isService, id | (isService ? Ethernet.ServiceBit : 0));
        lower.Enter(this);
    }

    public Netdev Lower { get; }
    public int Id { get; }

    /// <summary>Its tag is one of 802.1ad.</summary>
    public bool IsService { get; }

    /// <summary>Its MAC follows the lower link's, because nobody set it.</summary>
    public bool FollowsMac { get; set; }

    /// <summary>VLAN_FLAG_LOOSE_BINDING: its being up does not follow the lower link's.</summary>
    public bool IsLoose { get; set; }

    /// <summary>The priority of the tag by that of the frame (egress-qos-map); 0 for all others.</summary>
    public IReadOnlyDictionary<long, long> Egress { get; set; } = new Dictionary<long, long>();

    /// <summary>VLAN_FLAG_BRIDGE_BINDING: it has carrier while a port of the bridge below it is up that is a member of this VLAN.</summary>
    public bool IsBound { get; set; }

    private bool lowerWasDown, wants;

    public override long Speed => Lower.Speed;

    protected override void Transmit(Frame frame)
    {
        // An inner tag is among the bytes, the outer one beside them (validate_xmit_vlan).
        frame.PushTag();
        frame.Tag = tag | (Egress.TryGetValue(frame.Priority, out var priority) ? (int)priority << 13 : 0);
        if (frame.IsWatched)
            World.Note(frame, this, "tagged", $"{Name} is VLAN {Id} of {Lower.Name}");
        Lower.Send(frame);
    }

    /// <summary>A frame with its tag came up to the lower link (vlan_do_receive).</summary>
    public void Untag(Frame frame)
    {
        if (!IsUp)
        {
            World.Drop(frame, this, "the VLAN is down");
            return;
        }
        if (frame.Cast == Cast.OtherHost && frame.Destination == Mac)
            frame.Cast = Cast.Host;
        if (frame.IsWatched)
            World.Note(frame, this, "untagged", $"the tag {Id} on {Lower.Name} is that of {Name}");
        frame.Tag = Frame.NoTag;
        Receive(frame);
    }

    protected override void Opened()
    {
        if (FollowsMac)
            SetMac(Lower.Mac);
        Follow();
        Filter();
        Lower.Want(Wanted);
    }

    protected override void Closed()
    {
        // One that is bound keeps what its bridge's ports say.
        if (!IsBound)
            SetCarrier(false);
        Filter();
        Lower.Want(-Wanted);
    }

    protected override void PassOn(int more) => Lower.Want(more);

    public override void SetMac(ulong mac)
    {
        base.SetMac(mac);
        Filter();
    }

    /// <summary>The link below must take frames for a MAC that is not its own (vlan_dev_open, vlan_sync_address).</summary>
    private void Filter()
    {
        var now = IsUp && Mac != Lower.Mac;
        if (now == wants)
            return;
        wants = now;
        Lower.Want(now ? 1 : -1);
    }

    /// <summary>vlan_stacked_transfer_operstate, br_vlan_set_vlan_dev_state.</summary>
    private void Follow() => SetCarrier(IsBound && Lower is Bridge bridge ? bridge.HasCarrier && bridge.Carries(Id) : Lower.HasCarrier);

    /// <summary>A port of the bridge below it went up or down.</summary>
    internal void Rebind()
    {
        if (IsBound)
            Follow();
    }

    public override void Hear(Netdev lower, Change change)
    {
        switch (change)
        {
            case Change.Down:
                lowerWasDown = true;
                if (!IsLoose)
                    Close();
                Follow();
                break;
            // All VLANs come up with the link again, also one that was down before it.
            case Change.Up:
                if (lowerWasDown && !IsLoose)
                    Open();
                Follow();
                break;
            case Change.Carrier:
                Follow();
                break;
            case Change.Address:
                if (IsUp && FollowsMac)
                    SetMac(Lower.Mac);
                Filter();
                break;
            case Change.NotifyPeers or Change.ResendIgmp:
                Announce(change);
                break;
        }
    }
}
