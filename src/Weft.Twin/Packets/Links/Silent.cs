// A link out of which nothing ever comes: a dummy, and a tunnel that this twin does not carry, which says so.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Links;

internal sealed class Silent(Machine machine, string name, int index, string kind) : Netdev(machine, name, index)
{
    /// <summary>Of a link that would carry frames on a kernel, its kind; else empty.</summary>
    public string Uncarried { get; } = kind;

    protected override void Opened() => SetCarrier(true);

    protected override void Closed() => SetCarrier(false);

    protected override void Transmit(Frame frame) => World.Drop(frame, this, Uncarried.Length == 0 ? "nothing is behind this link" : "the twin carries no frames over such a link");
}
