// An address together with how much of it names the network. Equal by value; prints as `ip` does.

using System.Net;
using System.Net.Sockets;

namespace Weft.Model;

/// <summary>An IPv4 or IPv6 address with a prefix length (RFC 4632, RFC 4291).</summary>
public sealed record IpPrefix(IPAddress Address, int Length)
{
    public bool Is6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The same with every bit behind the length cleared.</summary>
    public IpPrefix Network
    {
        get
        {
            var bytes = Address.GetAddressBytes();
            for (var bit = Length; bit < bytes.Length * 8; bit++)
                bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
            return new(new IPAddress(bytes), Length);
        }
    }

    /// <summary>0.0.0.0/0 or ::/0.</summary>
    public bool IsEverything => Length == 0;

    public bool Contains(IPAddress other) =>
        other.AddressFamily == Address.AddressFamily && new IpPrefix(other, Length).Network == Network;

    /// <summary>Reads what <see cref="ToString"/> wrote. Only for text that a shape has accepted.</summary>
    public static IpPrefix Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = IPAddress.Parse(slash < 0 ? text : text[..slash]);
        return new(address, slash < 0 ? address.GetAddressBytes().Length * 8 : int.Parse(text[(slash + 1)..], System.Globalization.CultureInfo.InvariantCulture));
    }

    public static IpPrefix Everything(bool is6) => new(is6 ? IPAddress.IPv6Any : IPAddress.Any, 0);

    public override string ToString() => $"{Address}/{Length}";
}
