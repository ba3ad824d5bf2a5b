// IPv6 switches, which netlink shows and only /proc/sys changes.

using System.Runtime.InteropServices;
using Weft.Apply;
using Weft.Netlink;

namespace Weft.Linux;

internal static class Kernel6
{
    /// <summary>DEVCONF_DISABLE_IPV6: its place in the array of IFLA_INET6_CONF (linux/ipv6.h).</summary>
    private const int DisableIpv6 = 26;

    private const string Folder = "/proc/sys/net/ipv6/conf";

    /// <summary>Whether a link speaks IPv6, from the array that its link message carries; null where it carries none.</summary>
    public static bool? IsOn(byte[]? conf)
    {
        var values = MemoryMarshal.Cast<byte, int>(conf);
        return values.Length > DisableIpv6 ? values[DisableIpv6] == 0 : null;
    }

    /// <summary>Whether new links start with IPv6. Without the module there is nothing to switch.</summary>
    public static bool NewLinks()
    {
        try
        {
            return !File.Exists($"{Folder}/default/disable_ipv6") || File.ReadAllText($"{Folder}/default/disable_ipv6").Trim() == "0";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Switches a link, or `default` for new ones.</summary>
    public static Refusal? Switch(string link, bool on)
    {
        try
        {
            // A kernel without IPv6 has it off everywhere already.
            if (!Directory.Exists(Folder))
                return on ? new("EOPNOTSUPP", "this kernel has no IPv6, or its module is not loaded") : null;
            File.WriteAllText($"{Folder}/{link}/disable_ipv6", on ? "0" : "1");
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            return new("EACCES", e.Message);
        }
        catch (DirectoryNotFoundException)
        {
            return new("ENODEV", $"there is no link {link}, or it has no IPv6 to switch");
        }
        catch (IOException e)
        {
            // On Linux the number is the kernel's own.
            return new(Errno.Name(e.HResult), e.Message);
        }
    }
}
