// struct br_mdb_entry (linux/if_bridge.h), 28 bytes: 16 hold an IPv4, IPv6 or Ethernet group, and the protocol behind them
// (network order, 0 for Ethernet) says which.
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>A port in a multicast group.</summary>
/// <param name="Index">The port; the bridge's own index for the host itself.</param>
/// <param name="State">0 temporary, 1 permanent.</param>
/// <param name="Flags">Bits: 1 offloaded, 2 fast leave, 4 other sources blocked, 8 blocked. Told only.</param>
/// <param name="Vlan">VLAN, 0 without.</param>
/// <param name="Address">16 bytes, the group at their start.</param>
/// <param name="Protocol">0x0800 IPv4, 0x86dd IPv6, 0 Ethernet.</param>
public readonly record struct GroupEntry(int Index, byte State, byte Flags, ushort Vlan, UInt128 Address, ushort Protocol) : IWireStruct<GroupEntry>
{
    /// <summary>Bytes on the wire.</summary>
    public const int WireSize = 28;

    private const ushort Ipv4 = 0x0800, Ipv6 = 0x86dd;

    /// <inheritdoc/>
    public int Size => WireSize;

    /// <summary>The group in words.</summary>
    public string Group
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            BinaryPrimitives.WriteUInt128BigEndian(bytes, Address);
            return Protocol switch
            {
                Ipv4 => new InetAddress(bytes[..4]).ToString(),
                Ipv6 => new InetAddress(bytes).ToString(),
                _ => new HardwareAddress(bytes[..6]).ToString(),
            };
        }
    }

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> source, out GroupEntry value)
    {
        value = default;
        if (source.Length < WireSize) return false;
        value = new(
            MemoryMarshal.Read<int>(source), source[4], source[5], MemoryMarshal.Read<ushort>(source[6..]),
            BinaryPrimitives.ReadUInt128BigEndian(source[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(source[24..]));
        return true;
    }

    /// <inheritdoc/>
    public void Write(Span<byte> destination)
    {
        destination[..WireSize].Clear();
        MemoryMarshal.Write(destination, Index);
        destination[4] = State;
        destination[5] = Flags;
        MemoryMarshal.Write(destination[6..], Vlan);
        BinaryPrimitives.WriteUInt128BigEndian(destination[8..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(destination[24..], Protocol);
    }

    /// <inheritdoc/>
    public override string ToString() => $"index {Index} group {Group} vlan {Vlan} state {State} flags 0x{Flags:x}";
}
