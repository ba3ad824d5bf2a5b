// The PCIe links between a NIC and its processor, as /sys/bus/pci tells them: each function says how its link was negotiated, and above
// it stand the bridges that it hangs on, up to the root port. What a virtual machine makes up for its guests (a virtio device, an emulated card, the root port
// that it is plugged into) says figures too, and they hold nothing back: they are left out.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Model.Shapes;

namespace Weft.Linux;

internal static class PcieLinks
{
    /// <summary>Red Hat's vendor ids (include/hw/pci/pci.h of QEMU): virtio and whatever QEMU emulates, and its bridges.</summary>
    private static readonly string[] Virtual = ["0x1af4", "0x1b36"];

    /// <summary>GT/s of a lane, from generation 1 on.</summary>
    private static readonly decimal[] Rates = [2.5m, 5, 8, 16, 32, 64, 128];

    /// <summary>From the NIC's own link upwards; empty where nothing is told, or nothing of it is hardware.</summary>
    /// <param name="function">A PCI address.</param>
    /// <param name="root">Where /sys is, for those who recorded one.</param>
    public static ImmutableArray<PcieLink> Of(string function, string root = Sysfs.Root)
    {
        if (Sysfs.Target(root, "bus", "pci", "devices", function) is not { } device || IsVirtual(device))
            return [];
        var links = ImmutableArray.CreateBuilder<PcieLink>();
        for (var (at, own) = (device, true); at is not null && PciShape.IsOne(Path.GetFileName(at)); (at, own) = (Path.GetDirectoryName(at), false))
            if (!IsVirtual(at) && Of(at, own) is { } link)
                links.Add(link);
        return links.ToImmutable();
    }

    /// <summary>
    /// A card's functions share its link and are named as one; of bridges each port has a link of its own. The lower end of a link says the same of it
    /// as the port above, so a card's link is there twice, and holds no more back for that.
    /// </summary>
    private static PcieLink? Of(string folder, bool own) =>
        Gen(ShortFile.Read(Path.Combine(folder, "current_link_speed"))) is { } gen && long.TryParse(ShortFile.Read(Path.Combine(folder, "current_link_width")), NumberStyles.None, CultureInfo.InvariantCulture, out var lanes) && lanes is > 0 and <= 32
            ? new(own ? Path.GetFileName(folder)[..^2] : Path.GetFileName(folder), gen, lanes) : null;

    /// <summary>`8.0 GT/s PCIe`; before 5.7 it was `8 GT/s`, and what a device does not know is `Unknown`.</summary>
    private static long? Gen(string? told) =>
        told?.Split(' ') is [var rate, "GT/s", ..] && decimal.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var transfers) && Array.IndexOf(Rates, transfers) is >= 0 and var at ? at + 1 : null;

    private static bool IsVirtual(string folder) => Virtual.Contains(ShortFile.Read(Path.Combine(folder, "vendor"))) || Virtual.Contains(ShortFile.Read(Path.Combine(folder, "subsystem_vendor")));
}
