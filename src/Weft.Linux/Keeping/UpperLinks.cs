// Links that stand on other links.

using System.Runtime.InteropServices;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class UpperLinks
{
    private const ushort VxlanLink = 3;

    /// <summary>
    /// The index of the link of this namespace that a link stands on. A veth's IFLA_LINK is its other end, on which it does not stand; a
    /// VXLAN says its own in its data.
    /// </summary>
    public static int? LowerOf(LinkMessage message) => message switch
    {
        { LinkNetnsid: not null } or { Info.Kind: "veth" } => null,
        { Link: { } lower } when lower != message.Header.Index => lower,
        { Info: { Kind: "vxlan", Other: { } data } } => Number(data, VxlanLink),
        _ => null,
    };

    private static int? Number(byte[] data, ushort wanted) =>
        Replay.Place(data, -MessageHeader.Size, wanted) is >= 0 and var at && at + 4 <= data.Length ? MemoryMarshal.Read<int>(data.AsSpan(at)) : null;
}
