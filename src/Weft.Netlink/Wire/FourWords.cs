// The layout that several of the kernel's cache-info structures share: four 32-bit numbers in host order, one after another.
// Surprise: a longer source is read, since the kernel lets structures grow at their end.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

internal static class FourWords
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = 16;

    /// <summary>Reads four numbers and makes a value of them; false, and nothing made, where the source is too short.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> source, Func<uint, uint, uint, uint, T> make, out T value) where T : struct
    {
        var whole = source.Length >= Size;
        value = whole
            ? make(MemoryMarshal.Read<uint>(source), MemoryMarshal.Read<uint>(source[4..]), MemoryMarshal.Read<uint>(source[8..]), MemoryMarshal.Read<uint>(source[12..]))
            : default;
        return whole;
    }

    public static void Write(Span<byte> destination, uint first, uint second, uint third, uint fourth)
    {
        MemoryMarshal.Write(destination, first);
        MemoryMarshal.Write(destination[4..], second);
        MemoryMarshal.Write(destination[8..], third);
        MemoryMarshal.Write(destination[12..], fourth);
    }
}
