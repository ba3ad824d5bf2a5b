// What a PCIe slot carries in each direction, in Mbit/s, as the kernel reckons it (PCIE_SPEED2MBS_ENC, drivers/pci/pci.h: so many transfers a
// second and lane, less the line's coding). Of generations 6 and 7 it says the bare transfers; there the coding is in the frames of 256 bytes (FLITs), of which 14 are
// check sums and forward error correction (PCI Express Base 6.0, 4.2.3). Headers of packets come off as well: a tenth, about, of any of these.

namespace Weft.Model;

/// <summary>The capacity of PCIe.</summary>
public static class Pcie
{
    /// <summary>Mega transfers a second and lane, and how much of so many bits is not coding, by generation.</summary>
    private static readonly (long Transfers, long Of, long In)[] Generations =
        [(2500, 8, 10), (5000, 8, 10), (8000, 128, 130), (16000, 128, 130), (32000, 128, 130), (64000, 242, 256), (128000, 242, 256)];

    /// <summary>Mbit/s in each direction; whole Mbit/s a lane, as the kernel has it: 63008 of generation 3 with 8 lanes.</summary>
    public static long MbitsOf(int generation, int lanes)
    {
        var (transfers, of, all) = Generations[generation - 1];
        return transfers * of / all * lanes;
    }
}
