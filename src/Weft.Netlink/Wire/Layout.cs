// Sizes and masks of linux/netlink.h that every pass needs.
namespace Weft.Netlink;

internal static class Layout
{
    public const int AttributeHeader = 4;
    public const int MessageHeaderSize = 16;

    // NLA_F_NESTED; the kernel's strict parsers want it on nests, the older ones mask it off.
    public const ushort NestedFlag = 0x8000;

    // NLA_TYPE_MASK without NLA_F_NESTED and NLA_F_NET_BYTEORDER.
    public const ushort TypeMask = 0x3fff;

    // The deepest nest the kernel sends in these families is 4; a veth peer can add a link's own again.
    public const int DeepestNest = 12;

    public static int Align(int length) => (length + 3) & ~3;
}
