// IPv6 switches, which netlink shows and only /proc/sys changes.

using System.Runtime.InteropServices;
using Weft.Apply;

namespace Weft.Linux;

internal static class Kernel6
{
    /// <summary>DEVCONF_DISABLE_IPV6: its place in the array of IFLA_INET6_CONF (linux/ipv6.h).</summary>
    private const int DisableIpv6 = 26;

    private const string Family = "ipv6", File = "disable_ipv6";

    /// <summary>Whether a link speaks IPv6, from the array that its link message carries; null where it carries none.</summary>
    public static bool? IsOn(byte[]? conf)
    {
        var values = MemoryMarshal.Cast<byte, int>(conf);
        return values.Length > DisableIpv6 ? values[DisableIpv6] == 0 : null;
    }

    /// <summary>Whether new links start with IPv6. On a host that booted without it (ipv6.disable=1) none does, and nothing is there to switch.</summary>
    public static bool NewLinks() => Conf.Read(Family, "default", File) == "0";

    /// <summary>Switches a link, or `default` for new ones. A kernel without IPv6 has it off everywhere already.</summary>
    public static Refusal? Switch(string link, bool on) =>
        Conf.Has(Family) ? Conf.Write(Family, link, File, on ? "0" : "1")
        : on ? new("EOPNOTSUPP", "this kernel has no IPv6, or its module is not loaded") : null;
}
