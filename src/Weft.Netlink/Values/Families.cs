// Address families as the kernel numbers them (linux/socket.h). .NET's AddressFamily is another numbering.
namespace Weft.Netlink;

/// <summary>Address families in the kernel's numbers.</summary>
public static class Families
{
    /// <summary>AF_UNSPEC: any.</summary>
    public const byte Unspecified = 0;

    /// <summary>AF_INET: IPv4.</summary>
    public const byte Inet = 2;

    /// <summary>AF_BRIDGE: forwarding entries and port VLANs.</summary>
    public const byte Bridge = 7;

    /// <summary>AF_INET6: IPv6.</summary>
    public const byte Inet6 = 10;

    /// <summary>The family's word, or its number.</summary>
    public static string Name(byte family) => family switch
    {
        Unspecified => "unspec",
        Inet => "inet",
        Bridge => "bridge",
        Inet6 => "inet6",
        _ => family.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
