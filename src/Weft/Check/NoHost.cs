// Addresses that no host has: of a group, of everybody, of nobody. address-refused tells each, and no other rule judges by one.

using System.Net;
using System.Net.Sockets;

namespace Weft.Check;

internal static class NoHost
{
    /// <summary>Why this is no host's address; null where it may be one.</summary>
    public static string? Wrong(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var is6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        return is6 && address.IsIPv6Multicast || !is6 && bytes[0] is >= 224 and < 240 ? "it is multicast"
            : !is6 && bytes[0] == 0 || address.Equals(IPAddress.IPv6Any) ? "it stands for no address"
            : !is6 && bytes[0] >= 240 ? (address.Equals(IPAddress.Broadcast) ? "it is everybody's (broadcast)" : "it is reserved")
            : null;
    }
}
