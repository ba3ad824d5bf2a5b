// struct ifla_vxlan_port_range (linux/if_link.h): two ports in network order.
using System.Buffers.Binary;

namespace Weft.Netlink;

/// <summary>A range of UDP ports; 0 and 0 is the host's own range.</summary>
/// <param name="Low">The first.</param>
/// <param name="High">The last.</param>
public readonly record struct UdpPorts(ushort Low, ushort High) : IWireStruct<UdpPorts>
{
    private const int WireSize = 4;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out UdpPorts value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new UdpPorts(BinaryPrimitives.ReadUInt16BigEndian(source), BinaryPrimitives.ReadUInt16BigEndian(source[2..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, Low);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], High);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Low}-{High}";
}
