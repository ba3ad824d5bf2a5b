// What an MTU leaves of a wire: each packet costs its headers and the gap before the next, so small packets carry less of anybody's own.

namespace Weft.Capacity;

internal static class Payload
{
    /// <summary>Preamble and gap between frames (IEEE 802.3), Ethernet's header and its checksum, in bytes.</summary>
    private const long Frame = 8 + 12 + 14 + 4;

    /// <summary>IPv4 and TCP with the time stamps that Linux sends.</summary>
    private const long Headers = 20 + 20 + 12;

    private const long Tag = 4;

    /// <summary>How much of 1000 bits on the wire is TCP's payload.</summary>
    /// <param name="mtu">In bytes.</param>
    /// <param name="tags">VLAN tags that each frame bears.</param>
    /// <param name="around">What a tunnel puts around it, in bytes.</param>
    public static long PerMille(long mtu, int tags, long around) => mtu <= Headers ? 0 : (mtu - Headers) * 1000 / (mtu + Frame + (tags * Tag) + around);
}
