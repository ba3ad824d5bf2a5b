// One link on the way from a NIC to its processor. What hangs on the same link shares it: the ports of one card, and cards behind one
// PCIe switch. A file knows one such link, its slot's; a running host tells each.

namespace Weft.Model;

/// <summary>A PCIe link as it was negotiated.</summary>
/// <param name="Name">The slot, or the PCI address of the device at the link's lower end.</param>
/// <param name="Gen">The generation that it talks in.</param>
/// <param name="Lanes">How many lanes are in use.</param>
public sealed record PcieLink(string Name, long Gen, long Lanes)
{
    /// <summary>What it carries in one direction, in Mbit/s.</summary>
    public long Mbits => Pcie.MbitsOf(Gen, Lanes);

    public override string ToString() => $"PCIe gen {Gen} with {Lanes} {(Lanes == 1 ? "lane" : "lanes")} at {Name}";
}
