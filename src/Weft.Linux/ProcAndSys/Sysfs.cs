// The few facts about a link that netlink does not tell: driver, speed, and whether its MAC was set by hand. A kernel's name
// holds no '/', so it is safe in a path; what cannot be read is not known.

using System.Globalization;
using System.Text;

namespace Weft.Linux;

internal static class Sysfs
{
    /// <summary>NET_ADDR_SET (linux/netdevice.h): the address was set with dev_set_mac_address.</summary>
    private const string SetByHand = "3";

    /// <summary>A value is one short line; read so, it costs an open and a read, and no buffer of a stream's size.</summary>
    private static string? Read(string link, string file)
    {
        try
        {
            using var handle = File.OpenHandle($"/sys/class/net/{link}/{file}");
            Span<byte> line = stackalloc byte[64];
            return Encoding.ASCII.GetString(line[..RandomAccess.Read(handle, line, 0)]).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool MacIsSet(string link) => Read(link, "addr_assign_type") == SetByHand;

    /// <summary>Mbit/s; null where the driver does not know.</summary>
    public static long? Speed(string link) =>
        long.TryParse(Read(link, "speed"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var speed) && speed > 0 ? speed : null;

    public static string? Driver(string link)
    {
        try
        {
            return Path.GetFileName(Directory.ResolveLinkTarget($"/sys/class/net/{link}/device/driver", returnFinalTarget: false)?.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
