// An end of a cable: a host's NIC, a switch's port, a guest's NIC and the tap at its other end. As a veth, it has carrier while both
// ends are up and the cable is in.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

internal sealed class Nic(Machine machine, string name, int index) : Netdev(machine, name, index)
{
    /// <summary>What a veth says of itself, in Mbit/s.</summary>
    public const long VethSpeed = 10_000;

    /// <summary>Null where nothing is plugged in.</summary>
    public Cable? Cable { get; set; }

    public long Rate { get; set; } = VethSpeed;

    /// <summary>Of which 802.3ad aggregates none.</summary>
    public bool IsHalfDuplex { get; set; }

    /// <summary>The permanent MAC, which LACPDUs are sent from.</summary>
    public ulong BurntMac { get; set; }

    public override long Speed => HasCarrier ? Rate : 0;

    protected override void Transmit(Frame frame)
    {
        if (!HasCarrier || Cable is not { } cable)
            World.Drop(frame, this, "there is no carrier");
        else
            cable.Carry(frame, this);
    }

    /// <summary>A frame comes out of the cable.</summary>
    public void Arrive(Frame frame)
    {
        if (!IsRunning)
            World.Drop(frame, this, "it was on its way when the link went down");
        else if (frame.Length > Mtu + Ethernet.HeaderLength + Ethernet.TagLength)
            // is_skb_forwardable; a switch counts a giant. Nobody is told.
            World.Drop(frame, this, frame.IsWatched ? $"it is {frame.Length - Ethernet.HeaderLength} bytes long behind its header, and the link takes {Mtu}" : "too long");
        else
        {
            frame.Classify(Mac);
            Receive(frame);
        }
    }

    protected override void Opened() => Cable?.Look();

    protected override void Closed() => Cable?.Look();
}
