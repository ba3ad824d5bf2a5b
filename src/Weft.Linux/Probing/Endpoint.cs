// Socket addresses in bytes, as the system calls take them.

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Weft.Linux.Probing;

internal static class Endpoint
{
    /// <summary>The size of the largest of them, sockaddr_in6.</summary>
    public const int Longest = 28;

    private const int Inet6Scope = 24, LinkLayerHeader = 12;

    /// <summary>struct sockaddr_in or sockaddr_in6.</summary>
    /// <param name="address">The address.</param>
    /// <param name="port">The port; 0 where the protocol has none.</param>
    /// <param name="scope">The link of a link-local address.</param>
    public static byte[] Of(IPAddress address, int port = 0, uint scope = 0)
    {
        var is6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        var bytes = new byte[is6 ? Longest : 16];
        MemoryMarshal.Write(bytes, (ushort)(is6 ? Libc.Inet6 : Libc.Inet));
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)port);
        address.GetAddressBytes().CopyTo(bytes, is6 ? 8 : 4);
        if (is6)
            MemoryMarshal.Write(bytes.AsSpan(Inet6Scope), scope);
        return bytes;
    }

    /// <summary>struct sockaddr_ll: a link, and a MAC on it.</summary>
    public static byte[] OfLink(uint index, ushort protocol, ReadOnlySpan<byte> mac)
    {
        var bytes = new byte[LinkLayerHeader + 8];
        MemoryMarshal.Write(bytes, (ushort)Libc.Packet);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), protocol);
        MemoryMarshal.Write(bytes.AsSpan(4), index);
        bytes[11] = (byte)mac.Length;
        mac.CopyTo(bytes.AsSpan(LinkLayerHeader));
        return bytes;
    }

    /// <summary>The MAC in a sockaddr_ll that the kernel filled in; null where the link has none of six bytes.</summary>
    public static byte[]? MacOf(ReadOnlySpan<byte> linkAddress) =>
        linkAddress.Length >= LinkLayerHeader + 6 && linkAddress[11] == 6 ? linkAddress.Slice(LinkLayerHeader, 6).ToArray() : null;

    /// <summary>The address in a sockaddr_in.</summary>
    public static byte[] Ip4Of(ReadOnlySpan<byte> address) => address.Slice(4, 4).ToArray();
}
