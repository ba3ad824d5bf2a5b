// struct ifla_bridge_id (linux/if_link.h): priority in network order, then the address.
using System.Buffers.Binary;

namespace Weft.Netlink;

/// <summary>An STP bridge identity.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Address">The bridge's address, six bytes.</param>
public readonly record struct BridgeId(ushort Priority, HardwareAddress Address) : IWireStruct<BridgeId>
{
    private const int WireSize = 8;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out BridgeId value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new BridgeId(BinaryPrimitives.ReadUInt16BigEndian(source), new HardwareAddress(source.Slice(2, 6)));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        destination[..WireSize].Clear();
        BinaryPrimitives.WriteUInt16BigEndian(destination, Priority);
        Address.Span[..Math.Min(6, Address.Length)].CopyTo(destination[2..]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Priority:x4}.{Address}";
}
