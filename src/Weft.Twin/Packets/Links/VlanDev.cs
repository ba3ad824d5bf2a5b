// A VLAN: one tag of the link below it (net/8021q/vlan_dev.c, vlan_core.c).

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

    private bool closedWithLower;

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

    protected override void Opened() => SetCarrier(Lower.HasCarrier);

    public override void Hear(Netdev lower, Change change)
    {
        switch (change)
        {
            case Change.Down when IsUp && !IsLoose:
                closedWithLower = true;
                Close();
                break;
            case Change.Up when closedWithLower:
                closedWithLower = false;
                Open();
                break;
            case Change.Carrier:
                SetCarrier(Lower.HasCarrier);
                break;
            case Change.Address when FollowsMac:
                SetMac(Lower.Mac);
                break;
            case Change.NotifyPeers or Change.ResendIgmp:
                Announce(change);
                break;
        }
    }
}
