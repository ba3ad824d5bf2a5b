// A cable between two NICs. Pulled, both ends lose their carrier; where only some frames get lost on it, neither notices.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

internal sealed class Cable
{
    public Cable(Nic one, Nic other)
    {
        (One, Other, World) = (one, other, one.World);
        (one.Cable, other.Cable) = (this, this);
    }

    public Nic One { get; }
    public Nic Other { get; }
    private World World { get; }

    /// <summary>How many things keep it from working: it was pulled, a NIC or switch at its end died. It works at 0.</summary>
    private int broken;

    /// <summary>Sees every frame that goes in at either end, as it is on the wire; null where nobody listens.</summary>
    public Action<Frame, Nic>? Tap { get; set; }

    /// <summary>The VLAN of frames without a tag, at the switch; 0 where it takes none.</summary>
    public int Native { get; init; }

    public bool IsWhole => broken == 0;

    public Nic Beyond(Nic end) => end == One ? Other : One;

    public void Break()
    {
        broken++;
        Look();
    }

    public void Mend()
    {
        broken = Math.Max(0, broken - 1);
        Look();
    }

    /// <summary>Works out the carrier of both ends.</summary>
    public void Look()
    {
        var on = IsWhole && One.IsUp && Other.IsUp;
        One.SetCarrier(on);
        Other.SetCarrier(on);
    }

    private int deaf;
    private Dictionary<int, int>? lost;

    /// <summary>LACPDUs get lost on it from now on, and nothing else: what a switch with a dead control plane does. Counted, as all that breaks is: each that begins must end.</summary>
    public void LoseLacp(bool on) => deaf = Math.Max(0, deaf + (on ? 1 : -1));

    /// <summary>Frames of this VLAN get lost on it, tagged ones with its id; nobody's link goes down for that. Counted too.</summary>
    public void Lose(int vlan, bool on) => (lost ??= [])[vlan] = Math.Max(0, lost.GetValueOrDefault(vlan) + (on ? 1 : -1));

    public void Carry(Frame frame, Nic from)
    {
        Tap?.Invoke(frame, from);
        if (deaf > 0 && frame.Destination == Ethernet.SlowProtocols)
        {
            World.Drop(frame, from, "LACPDUs get lost on this cable");
            return;
        }
        if (lost is not null && lost.GetValueOrDefault(frame.Vlan == 0 ? Native : frame.Vlan) > 0)
        {
            World.Drop(frame, from, frame.IsWatched ? $"the switch's port does not carry VLAN {(frame.Vlan == 0 ? Native : frame.Vlan)}" : "VLAN");
            return;
        }
        if (frame.IsWatched)
            World.Note(frame, from, "sent", $"over the cable to {Beyond(from)}");
        World.Time.Fly(frame, Beyond(from));
    }

    public override string ToString() => $"{One} to {Other}";
}
