// An IPv4 or IPv6 address by value: reading one allocates nothing, unlike System.Net.IPAddress. No scope: on the wire
// the interface is an attribute of its own.
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Weft.Netlink;

/// <summary>An IPv4 (4 bytes) or IPv6 (16 bytes) address.</summary>
public readonly record struct InetAddress
{
    // Two halves rather than a UInt128, whose layout the ahead-of-time compiler does not dare to fix. Of IPv4 the lower half.
    private readonly ulong _upper;
    private readonly ulong _lower;
    private readonly byte _length;

    /// <summary>An address of 4 or 16 bytes in network order.</summary>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public InetAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is not (4 or 16)) throw new ArgumentException("an IP address has 4 or 16 bytes", nameof(bytes));
        _upper = bytes.Length == 4 ? 0 : BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _lower = bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _length = (byte)bytes.Length;
    }

    /// <summary>4 or 16; 0 for the default value, which is no address.</summary>
    public int Length => _length;

    /// <summary>AF_INET or AF_INET6 as the kernel numbers them.</summary>
    public byte Family => _length == 4 ? Families.Inet : Families.Inet6;

    /// <summary>Copies the bytes out, network order.</summary>
    public void CopyTo(Span<byte> destination)
    {
        if (_length == 4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, (uint)_lower);
        }
        else if (_length == 16)
        {
            BinaryPrimitives.WriteUInt64BigEndian(destination, _upper);
            BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _lower);
        }
    }

    /// <summary>The same address as the framework's type.</summary>
    public IPAddress ToIPAddress()
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        return new IPAddress(bytes[..(_length == 4 ? 4 : 16)]);
    }

    /// <summary>The address, without its scope.</summary>
    public static InetAddress From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var written);
        return new InetAddress(bytes[..written]);
    }

    /// <summary>Reads "10.0.0.1" or "2001:db8::1"; an IPv4 address must have all four parts.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out InetAddress address)
    {
        address = default;
        if (!IPAddress.TryParse(text, out var parsed)) return false;
        if (parsed.AddressFamily == AddressFamily.InterNetwork && text.AsSpan().Count('.') != 3) return false;
        address = From(parsed);
        return true;
    }

    /// <summary>Reads "10.0.0.1" or "2001:db8::1".</summary>
    /// <exception cref="FormatException">Not an address.</exception>
    public static InetAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not an IP address");

    /// <inheritdoc/>
    public override string ToString() => _length == 0 ? "none" : ToIPAddress().ToString();
}
