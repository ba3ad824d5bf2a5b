// Another face of a link, with a MAC of its own (drivers/net/macvlan.c): what is for that MAC comes here and not to the link's own stack.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

internal sealed class MacvlanDev : Netdev
{
    private readonly Faces faces;
    private readonly string mode;

    public MacvlanDev(Machine machine, string name, int index, Netdev lower, string mode)
        : base(machine, name, index)
    {
        (Lower, this.mode) = (lower, mode);
        lower.Receiver ??= new Faces(lower);
        faces = lower.Receiver as Faces ?? new Faces(lower); // On a bond's or bridge's port nothing comes up to it.
        faces.All.Add(this);
        lower.Uppers.Add(this);
    }

    public Netdev Lower { get; }

    public override long Speed => Lower.Speed;

    private bool IsBridge => mode == "bridge";

    protected override void Transmit(Frame frame)
    {
        // In mode bridge the faces of a link hear each other without a switch; in vepa a switch would have to send the frame back.
        if (IsBridge)
        {
            if (Ethernet.IsGroup(frame.Destination))
                faces.Spread(frame, this, onlyBridges: true);
            else if (faces.With(frame.Destination) is { IsBridge: true, IsUp: true } other)
            {
                if (frame.IsWatched)
                    World.Note(frame, this, "handed", $"to {other.Name}, another face of {Lower.Name}");
                frame.Classify(other.Mac);
                other.Receive(frame);
                return;
            }
        }
        Lower.Send(frame);
    }

    protected override void Opened() => SetCarrier(Lower.HasCarrier);

    public override void Hear(Netdev lower, Change change)
    {
        if (change == Change.Carrier)
            SetCarrier(Lower.HasCarrier);
        else if (change is Change.NotifyPeers or Change.ResendIgmp)
            Announce(change);
        else if (change == Change.Address && mode == "passthru")
            SetMac(Lower.Mac);
        else if (change == Change.Down)
            Close();
    }

    /// <summary>All faces of one link (struct macvlan_port).</summary>
    private sealed class Faces(Netdev lower) : IReceiver
    {
        public List<MacvlanDev> All { get; } = [];

        public MacvlanDev? With(ulong mac)
        {
            foreach (var face in All)
                if (face.Mac == mac)
                    return face;
            return null;
        }

        public bool Take(Frame frame)
        {
            if (Ethernet.IsGroup(frame.Destination))
            {
                Spread(frame, With(frame.Source), onlyBridges: false);
                return false;
            }
            var face = All is [{ mode: "passthru" } only] ? only : With(frame.Destination);
            if (face is null)
                return false;
            if (!face.IsUp)
                face.World.Drop(frame, face, "the link is down");
            else
            {
                if (frame.IsWatched)
                    face.World.Note(frame, face, "received", $"its MAC is that of {face.Name} on {lower.Name}");
                frame.Cast = Cast.Host;
                face.Receive(frame);
            }
            return true;
        }

        public void Spread(Frame frame, MacvlanDev? from, bool onlyBridges)
        {
            foreach (var face in All)
                if (face != from && face.IsUp && (face.IsBridge || !onlyBridges))
                {
                    var copy = face.World.Frames.Copy(frame);
                    copy.Classify(face.Mac);
                    face.Receive(copy);
                }
        }
    }
}
