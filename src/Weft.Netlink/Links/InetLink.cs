// AF_INET inside IFLA_AF_SPEC.
// Surprise: conf reads as an array of 32-bit numbers, index = IPV4_DEVCONF_* - 1, but is written as a nest of numbers;
// it is kept as bytes and sysctl is the better way to change it.
namespace Weft.Netlink;

/// <summary>A link's IPv4 settings.</summary>
public sealed class InetLink : IAttributes
{
    /// <summary>The sysctls of net.ipv4.conf, in the kernel's order.</summary>
    public byte[]? Conf;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Bytes(1, "conf", ref Conf);
    }
}
