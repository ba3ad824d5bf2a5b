// A link-layer address by value: reading one allocates nothing. Ethernet has 6 bytes, InfiniBand 20, tunnels 4 or 16;
// the kernel's limit is 32 (MAX_ADDR_LEN).
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Weft.Netlink;

/// <summary>A link-layer address of 0 to 32 bytes.</summary>
public readonly struct HardwareAddress : IEquatable<HardwareAddress>
{
    /// <summary>The longest address the kernel knows, in bytes.</summary>
    public const int MaxLength = 32;

    private readonly Storage _bytes;
    private readonly byte _length;

    /// <summary>An address of these bytes.</summary>
    /// <exception cref="ArgumentException">More than <see cref="MaxLength"/> bytes.</exception>
    public HardwareAddress(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxLength) throw new ArgumentException("a link-layer address has at most 32 bytes", nameof(bytes));
        bytes.CopyTo(_bytes);
        _length = (byte)bytes.Length;
    }

    /// <summary>Bytes in the address.</summary>
    public int Length => _length;

    /// <summary>The bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Span => ((ReadOnlySpan<byte>)_bytes)[.._length];

    /// <summary>Copies the bytes out.</summary>
    public void CopyTo(Span<byte> destination) => Span.CopyTo(destination);

    /// <summary>Reads "52:54:00:12:34:56"; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out HardwareAddress address)
    {
        address = default;
        if (text is null || text.Length % 3 != 2 || text.Length > MaxLength * 3) return false;
        Span<byte> bytes = stackalloc byte[MaxLength];
        var count = 0;
        for (var i = 0; i < text.Length; i += 3)
        {
            if (i > 0 && text[i - 1] != ':') return false;
            if (!byte.TryParse(text.AsSpan(i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count++])) return false;
        }

        address = new HardwareAddress(bytes[..count]);
        return true;
    }

    /// <summary>Reads "52:54:00:12:34:56".</summary>
    /// <exception cref="FormatException">Not an address.</exception>
    public static HardwareAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a link-layer address");

    /// <inheritdoc/>
    public bool Equals(HardwareAddress other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is HardwareAddress other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>Same bytes.</summary>
    public static bool operator ==(HardwareAddress left, HardwareAddress right) => left.Equals(right);

    /// <summary>Other bytes.</summary>
    public static bool operator !=(HardwareAddress left, HardwareAddress right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(Math.Max(0, _length * 3 - 1), this, static (text, address) =>
        {
            for (var i = 0; i < address._length; i++)
            {
                if (i > 0) text[i * 3 - 1] = ':';
                address.Span[i].TryFormat(text[(i * 3)..], out _, "x2", CultureInfo.InvariantCulture);
            }
        });

    [InlineArray(MaxLength)]
    private struct Storage
    {
        private byte _first;
    }
}
