// Another face of a link, with a MAC of its own (drivers/net/macvlan.c): what is for that MAC comes here and not to the link's own stack.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

internal sealed class MacvlanDev : Netdev
{
    private readonly Faces faces;

    public MacvlanDev(Machine machine, string name, int index, Netdev lower, string mode)
        : base(machine, name, index)
    {
        Lower = lower;
        Mode = mode switch
        {
            "private" => Reach.Private,
            "bridge" => Reach.Bridge,
            "passthru" => Reach.Passthru,
            "source" => Reach.Source,
            _ => Reach.Vepa,
        };
        lower.Receiver ??= new Faces(lower);
        faces = lower.Receiver as Faces ?? new Faces(lower); // On a bond's or bridge's port nothing comes up to it.
        faces.All.Add(this);
        lower.Uppers.Add(this);
    }

    /// <summary>Which other faces of its link one speaks with, and how (MACVLAN_MODE_*).</summary>
    [Flags]
    private enum Reach
    {
        Private = 1,
        Vepa = 2,
        Bridge = 4,
        Passthru = 8,

        /// <summary>It hears only senders that are named to it, which nobody here is.</summary>
        Source = 16,
        All = Private | Vepa | Bridge | Passthru,
    }

    public Netdev Lower { get; }

    public override long Speed => Lower.Speed;

    private Reach Mode { get; }

    protected override void Transmit(Frame frame)
    {
        // In mode bridge the faces of a link hear each other without a switch; in vepa a switch would have to send the frame back.
        if (Mode == Reach.Bridge)
        {
            if (Ethernet.IsGroup(frame.Destination))
                faces.Spread(frame, this, Reach.Bridge);
            else if (faces.With(frame.Destination) is { Mode: Reach.Bridge } other)
            {
                if (frame.IsWatched)
                    World.Note(frame, this, "handed", $"to {other.Name}, another face of {Lower.Name}");
                // As if it had come to the link (dev_forward_skb), whose VLANs see it before its faces do.
                if (!Lower.IsUp)
                {
                    World.Drop(frame, Lower, "the link is down");
                    return;
                }
                frame.Classify(Lower.Mac);
                Lower.Receive(frame);
                return;
            }
        }
        Lower.Send(frame);
    }

    protected override void Opened()
    {
        SetCarrier(Lower.HasCarrier);
        // For its own MAC, a passthru for all there are.
        Lower.Want(1 + Wanted);
    }

    protected override void Closed() => Lower.Want(-1 - Wanted);

    protected override void PassOn(int more) => Lower.Want(more);

    /// <summary>macvlan_set_mac_address: it is the link of a passthru that is told.</summary>
    public override void SetMac(ulong mac)
    {
        if (Mode != Reach.Passthru)
        {
            base.SetMac(mac);
            return;
        }
        if (Mac != mac)
            Lower.SetMac(mac);
        StartWith(mac);
        Announce(Change.Address);
    }

    public override void Hear(Netdev lower, Change change)
    {
        switch (change)
        {
            // It stays up while its link is down, and only its carrier follows (netif_stacked_transfer_operstate).
            case Change.Up or Change.Down or Change.Carrier:
                SetCarrier(Lower.HasCarrier);
                break;
            // Nobody above a passthru hears that it has another MAC (macvlan_sync_address).
            case Change.Address when Mode == Reach.Passthru:
                StartWith(Lower.Mac);
                break;
            case Change.NotifyPeers or Change.ResendIgmp:
                Announce(change);
                break;
        }
    }

    /// <summary>All faces of one link (struct macvlan_port).</summary>
    private sealed class Faces(Netdev lower) : IReceiver
    {
        public List<MacvlanDev> All { get; } = [];

        /// <summary>macvlan_hash_lookup: only those that are up are looked for.</summary>
        public MacvlanDev? With(ulong mac)
        {
            foreach (var face in All)
                if (face.Mac == mac && face.IsUp)
                    return face;
            return null;
        }

        /// <summary>macvlan_handle_frame.</summary>
        public bool Take(Frame frame)
        {
            if (Ethernet.IsGroup(frame.Destination))
                return TakeGroup(frame);
            var face = All is [{ Mode: Reach.Passthru } only] ? only : With(frame.Destination);
            if (face is null or { Mode: Reach.Source })
                return false;
            if (!face.IsUp)
                face.World.Drop(frame, face, "the link is down");
            else
            {
                if (frame.IsWatched)
                    face.World.Note(frame, face, "received", face.Mode == Reach.Passthru ? $"{face.Name} takes everything that comes to {lower.Name}" : $"its MAC is that of {face.Name} on {lower.Name}");
                frame.Cast = Cast.Host;
                face.Receive(frame);
            }
            return true;
        }

        /// <summary>
        /// A frame to a group. What a face sent may come back from a switch: one of mode bridge was heard by the others of that mode as it left, and one that speaks with nobody
        /// gets its own back, and the link nothing.
        /// </summary>
        private bool TakeGroup(Frame frame)
        {
            var from = With(frame.Source);
            if (from is { Mode: Reach.Private or Reach.Passthru or Reach.Source })
            {
                if (frame.IsWatched)
                    from.World.Note(frame, from, "received", $"its own frame came back, and {lower.Name} and its other faces do not see it");
                frame.Classify(0);
                from.Receive(frame);
                return true;
            }
            Spread(frame, from, from?.Mode switch { null => Reach.All, Reach.Vepa => Reach.Vepa | Reach.Bridge, _ => Reach.Vepa });
            return false;
        }

        /// <summary>macvlan_broadcast: a copy to every face of these modes but the sender.</summary>
        public void Spread(Frame frame, MacvlanDev? from, Reach modes)
        {
            foreach (var face in All)
                if (face != from && face.IsUp && (face.Mode & modes) == face.Mode)
                {
                    var copy = face.World.Frames.Copy(frame);
                    copy.Classify(face.Mac);
                    face.Receive(copy);
                }
        }
    }
}
