// struct ifla_vlan_flags (linux/if_link.h). A request changes exactly the bits that Mask names; the kernel sends a mask of
// all ones.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>Flags of a VLAN device: 1 reorder_hdr, 2 gvrp, 4 loose_binding, 8 mvrp, 16 bridge_binding.</summary>
/// <param name="Flags">The bits.</param>
/// <param name="Mask">Which bits are meant.</param>
public readonly record struct VlanFlags(uint Flags, uint Mask) : IWireStruct<VlanFlags>, IBits
{
    private static readonly string[] Switches = ["reorder_hdr", "gvrp", "loose_binding", "mvrp", "bridge_binding"];

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => Switches;

    /// <inheritdoc/>
    public uint On => Flags;

    /// <inheritdoc/>
    public IBits With(uint on, uint mask) => new VlanFlags(on, mask);

    private const int WireSize = 8;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out VlanFlags value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new VlanFlags(
            MemoryMarshal.Read<uint>(source),
            MemoryMarshal.Read<uint>(source[4..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Flags);
        MemoryMarshal.Write(destination[4..], Mask);
    }

    /// <inheritdoc/>
    public override string ToString() => $"0x{Flags:x}/0x{Mask:x}";
}
