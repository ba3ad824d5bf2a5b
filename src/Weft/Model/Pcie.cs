// What a PCIe link carries. A generation says how many transfers a second a lane makes, and how many of the bits are its own encoding;
// the figure of a lane is rounded down to whole Mbit/s before lanes are counted, as the kernel does (PCIE_SPEED2MBS_ENC in
// drivers/pci/pci.h), so that it is the one that the kernel's log has for a card in a narrow slot.

namespace Weft.Model;

/// <summary>The arithmetic of PCIe.</summary>
public static class Pcie
{
    /// <summary>Mbit/s of a link in one direction, encoding taken off; 0 for a generation that there is none of.</summary>
    /// <param name="gen">From 1 to 7.</param>
    /// <param name="lanes">How many lanes are in use.</param>
    public static long MbitsOf(long gen, long lanes) => lanes * gen switch
    {
        1 => 2_500 * 8 / 10,
        2 => 5_000 * 8 / 10,
        3 => 8_000 * 128 / 130,
        4 => 16_000 * 128 / 130,
        5 => 32_000 * 128 / 130,
        // FLITs: nothing of the rate goes into encoding the bits.
        6 => 64_000,
        7 => 128_000,
        _ => 0,
    };
}
