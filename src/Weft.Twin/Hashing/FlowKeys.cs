// What is read of a frame's headers for the hash, and how: never past the end, and in the byte order in which the kernel finds it.
// The kernel XORs addresses and ports as they lie in memory, which on x86-64 and arm64 is little-endian.

using System.Buffers.Binary;

namespace Weft.Twin.Hashing;

/// <summary>What a hash was made of. A policy that looks for more than a frame has makes do with less.</summary>
internal enum HashedBy
{
    /// <summary>Nothing in the frame counts: every such frame has the same hash.</summary>
    Nothing,

    /// <summary>The MACs and the EtherType.</summary>
    Macs,

    /// <summary>The source MAC and the tag.</summary>
    SourceAndTag,

    /// <summary>IP addresses.</summary>
    Addresses,

    /// <summary>IP addresses, and ports or the SPI of IPsec.</summary>
    Ports,

    /// <summary>IP addresses, and type, code and identifier of an ICMP query.</summary>
    IcmpId,
}

/// <summary>struct flow_keys, as far as a hash takes of it.</summary>
internal struct FlowKeys
{
    /// <summary>Source XOR destination; of IPv6 the XOR of the four words of each.</summary>
    public uint Addresses;
    public bool HasAddresses;
    public uint Ports;
    public bool HasPorts;

    /// <summary>Type, code and identifier as struct flow_dissector_key_icmp has them in memory; 0 in the identifier's half where there is none.</summary>
    public uint Icmp;

    public readonly bool HasIcmpId => Icmp >> 16 != 0;
}

/// <summary>Reading headers.</summary>
internal static class Headers
{
    /// <summary>skb_header_pointer: whether so many bytes are there.</summary>
    public static bool Has(ReadOnlySpan<byte> frame, int at, int count) => at >= 0 && frame.Length - at >= count;

    public static int Number(ReadOnlySpan<byte> frame, int at) => BinaryPrimitives.ReadUInt16BigEndian(frame[at..]);

    public static uint Word(ReadOnlySpan<byte> frame, int at) => BinaryPrimitives.ReadUInt32LittleEndian(frame[at..]);

    /// <summary>ip_is_fragment: more fragments follow, or others went before.</summary>
    public static bool IsFragment(ReadOnlySpan<byte> frame, int ip) => (Number(frame, ip + 6) & 0x3fff) != 0;

    public static void TakeAddresses4(ReadOnlySpan<byte> frame, int ip, ref FlowKeys keys) =>
        (keys.Addresses, keys.HasAddresses) = (Word(frame, ip + 12) ^ Word(frame, ip + 16), true);

    public static void TakeAddresses6(ReadOnlySpan<byte> frame, int ip, ref FlowKeys keys)
    {
        var all = 0u;
        for (var at = ip + 8; at < ip + IpHeader.Length6; at += 4)
            all ^= Word(frame, at);
        (keys.Addresses, keys.HasAddresses) = (all, true);
    }

    /// <summary>__skb_flow_get_ports; 0 where the protocol has none, or the frame ends before.</summary>
    public static void TakePorts(ReadOnlySpan<byte> frame, int at, int protocol, ref FlowKeys keys)
    {
        var offset = PortsAt(protocol);
        keys.HasPorts = offset >= 0 && Has(frame, at + offset, 4);
        keys.Ports = keys.HasPorts ? Word(frame, at + offset) : 0;
    }

    /// <summary>skb_flow_get_icmp_tci: an identifier of 0 counts as 1, so that it is not taken for none.</summary>
    public static void TakeIcmp(ReadOnlySpan<byte> frame, int at, ref FlowKeys keys)
    {
        if (!Has(frame, at, 8))
            return;
        var id = HasIcmpId(frame[at]) ? Math.Max(Number(frame, at + 4), 1) : 0;
        keys.Icmp = frame[at] | (uint)frame[at + 1] << 8 | (uint)id << 16;
    }

    /// <summary>proto_ports_offset: where the ports stand in the header, or what is taken for them; -1 where there are none.</summary>
    public static int PortsAt(int protocol) => protocol switch
    {
        IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Dccp or IpProtocol.Esp or IpProtocol.Sctp or IpProtocol.UdpLite => 0,
        IpProtocol.Ah => 4,
        _ => -1,
    };

    /// <summary>Echo and timestamp of ICMP, echo of ICMPv6; the kernel does not look which of the two it has.</summary>
    public static bool HasIcmpId(int type) => type is IcmpType.Echo4 or IcmpType.EchoReply4 or IcmpType.Timestamp4 or IcmpType.TimestampReply4 or IcmpType.Echo6 or IcmpType.EchoReply6;

    /// <summary>icmp_is_err and icmpv6_is_err.</summary>
    public static bool IsIcmpError(int protocol, int type) => protocol == IpProtocol.Icmp4
        ? type is IcmpType.Unreachable4 or IcmpType.Quench4 or IcmpType.Redirect4 or IcmpType.Exceeded4 or IcmpType.Parameter4
        : type is IcmpType.Unreachable6 or IcmpType.TooBig6 or IcmpType.Exceeded6 or IcmpType.Parameter6;
}
