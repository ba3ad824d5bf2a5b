// The few facts about a link that netlink does not tell: driver, the PCI function behind it, speed, and whether its MAC was set by hand. A kernel's name
// holds no '/', so it is safe in a path; what cannot be read is not known.

using System.Globalization;
using Weft.Model.Shapes;

namespace Weft.Linux;

internal static class Sysfs
{
    /// <summary>NET_ADDR_SET (linux/netdevice.h): the address was set with dev_set_mac_address.</summary>
    private const string SetByHand = "3";

    private static string? Read(string link, string file) => ShortFile.Read($"{Root}/class/net/{link}/{file}");

    public static bool MacIsSet(string link) => Read(link, "addr_assign_type") == SetByHand;

    /// <summary>Mbit/s; null where the driver does not know.</summary>
    public static long? Speed(string link) =>
        long.TryParse(Read(link, "speed"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var speed) && speed > 0 ? speed : null;

    /// <summary>The kernel driver behind a link; null where none is.</summary>
    /// <param name="link">Its name.</param>
    /// <param name="root">Where /sys is, for those who recorded one.</param>
    public static string? Driver(string link, string root = Root) => Target(root, "class", "net", link, "device", "driver") is { } path ? Path.GetFileName(path) : null;

    /// <summary>
    /// The PCI function behind a link: its own device, or for a virtual machine's NIC the one that its virtio device sits on. What hangs on a
    /// USB controller is none of that function.
    /// </summary>
    public static string? Pci(string link, string root = Root)
    {
        if (Target(root, "class", "net", link, "device") is not { } device)
            return null;
        var (own, parent) = (Path.GetFileName(device), Path.GetFileName(Path.GetDirectoryName(device)) ?? "");
        return PciShape.IsOne(own) ? own : own.StartsWith("virtio", StringComparison.Ordinal) && PciShape.IsOne(parent) ? parent : null;
    }

    internal const string Root = "/sys";

    /// <summary>Where a path leads, each symbolic link on the way followed from where it lies: in /sys they are relative, and stand one behind the other.</summary>
    internal static string? Target(string root, params ReadOnlySpan<string> parts)
    {
        try
        {
            var at = root;
            foreach (var part in parts)
            {
                var next = new DirectoryInfo(Path.Combine(at, part));
                if (!next.Exists)
                    return null;
                at = next.LinkTarget is { } target ? Path.GetFullPath(Path.Combine(at, target)) : next.FullName;
            }
            return at;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
