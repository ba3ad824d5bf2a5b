// struct bridge_vlan_info (linux/if_bridge.h).
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>One entry of a VLAN table, or one end of a range.</summary>
/// <param name="Flags">1 master, 2 pvid, 4 untagged, 8 range begin, 16 range end, 32 brentry.</param>
/// <param name="Id">VLAN id.</param>
public readonly record struct BridgeVlanInfo(ushort Flags, ushort Id) : IWireStruct<BridgeVlanInfo>
{
    private const int WireSize = 4;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out BridgeVlanInfo value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new BridgeVlanInfo(
            MemoryMarshal.Read<ushort>(source),
            MemoryMarshal.Read<ushort>(source[2..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Flags);
        MemoryMarshal.Write(destination[2..], Id);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Id}/0x{Flags:x}";
}
