// What a mode decides: which port sends a frame, which frames a port without a part in it takes, and what follows when a port comes or goes.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds;

internal abstract class BondMode(Bond bond)
{
    protected Bond Bond { get; } = bond;

    public static BondMode Of(Bond bond) => bond.Options.Mode switch
    {
        BondLines.RoundRobin => new RoundRobin(bond),
        _ => throw new ArgumentException($"there is no mode {bond.Options.Mode}", nameof(bond)),
    };

    /// <summary>Sends a frame over one port, over several, or over none. The frame is the mode's from here on.</summary>
    public abstract void Transmit(Frame frame);

    /// <summary>recv_probe: looks at a frame before anything else does, at every port.</summary>
    /// <returns>True where the frame was for the bond itself, and is gone.</returns>
    public virtual bool Inspect(BondPort port, Frame frame) => false;

    /// <summary>Whether a frame is taken though the port has no part in the traffic (bond_should_deliver_exact_match).</summary>
    public virtual bool AcceptsInactive(BondPort port, Frame frame) => false;

    /// <summary>A frame is taken, and goes up to the bond.</summary>
    public virtual void Received(BondPort port, Frame frame)
    {
    }

    /// <summary>Whether a port that can send is one of those that a hash chooses from.</summary>
    public virtual bool IsUsable(BondPort port) => true;
}
