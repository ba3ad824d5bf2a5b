// struct br_boolopt_multi (linux/if_bridge.h). A request changes exactly the bits that Mask names.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>Switches of a bridge: 1 no_linklocal_learn, 2 mcast_vlan_snooping, 4 mst.</summary>
/// <param name="Values">The bits.</param>
/// <param name="Mask">Which bits are meant.</param>
public readonly record struct BoolOptions(uint Values, uint Mask) : IWireStruct<BoolOptions>, IBits
{
    private static readonly string[] Switches = ["no_linklocal_learn", "mcast_vlan_snooping", "mst_enabled"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => Switches;

    /// <inheritdoc/>
    public uint On => Values;

    /// <inheritdoc/>
    public IBits With(uint on, uint mask) => new BoolOptions(on, mask);

    private const int WireSize = 8;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out BoolOptions value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new BoolOptions(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Values);
        MemoryMarshal.Write(destination[4..], Mask);
    }

    /// <inheritdoc/>
    public override string ToString() => $"0x{Values:x}/0x{Mask:x}";
}
