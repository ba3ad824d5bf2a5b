// IFLA_INFO_DATA of kinds without a set of their own: attributes in the kernel's bytes. What a kind tells and does not take
// is left out or spelled as it is taken.

using System.Runtime.InteropServices;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class LinkData
{
    private const int AttributeHeader = 4;

    /// <summary>IFLA_VXLAN_TTL_INHERIT: told as a number, taken as a flag.</summary>
    private const ushort VxlanTtlInherit = 28;

    /// <summary>IFLA_MACVLAN_MACADDR_MODE, MACADDR_DATA, MACADDR_COUNT and BC_QUEUE_LEN_USED; MACVLAN_MACADDR_SET.</summary>
    private const ushort MacvlanAddressMode = 3, MacvlanAddresses = 5, MacvlanCount = 6, MacvlanQueueUsed = 8;
    private const uint SetAddresses = 3;

    public static bool Has(byte[]? data, ushort type) => Replay.Payloads(data, type).Count > 0;

    public static int? Number(byte[] data, ushort type) =>
        Replay.Payloads(data, type) is [.., { Length: >= 4 } payload] ? MemoryMarshal.Read<int>(payload) : null;

    /// <summary>The data as the kind takes it.</summary>
    public static byte[]? Taken(string kind, byte[]? data) => (kind, data) switch
    {
        (_, null) => null,
        ("macvlan", _) => [.. Without(data, MacvlanCount, MacvlanQueueUsed), .. Has(data, MacvlanAddresses) ? Attribute(MacvlanAddressMode, BitConverter.GetBytes(SetAddresses)) : []],
        ("vxlan", _) => [.. Without(data, VxlanTtlInherit), .. Replay.Payloads(data, VxlanTtlInherit) is [[not 0, ..]] ? Attribute(VxlanTtlInherit, []) : []],
        _ => data,
    };

    public static byte[] Attribute(ushort type, ReadOnlySpan<byte> payload)
    {
        var made = new byte[AttributeHeader + payload.Length + 3 & ~3];
        MemoryMarshal.Write(made, (ushort)(AttributeHeader + payload.Length));
        MemoryMarshal.Write(made.AsSpan(2), type);
        payload.CopyTo(made.AsSpan(AttributeHeader));
        return made;
    }

    private static byte[] Without(byte[] data, params ReadOnlySpan<ushort> left)
    {
        // As the body of a message without a header of its own, behind a netlink header that is cut off again.
        byte[] message = [.. new byte[MessageHeader.Size], .. data];
        return Replay.Request(message, 0, MessageType.None, MessageFlags.None, left)[MessageHeader.Size..];
    }
}
