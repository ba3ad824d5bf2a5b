// The vocabulary in which an attribute set says its lines. A set lists each attribute once, in Walk; writing, reading,
// describing and locating are passes over that list, and other rooms may bring passes of their own.
// Invariant: a pass never throws for what is on the wire. It keeps its first error and turns later calls into nothing.
// Surprise: passes are mostly ref structs over a span, hence the `allows ref struct` on every Walk.
namespace Weft.Netlink;

/// <summary>A walker over the lines of an attribute set. Null means "not there": it is not written, and it is what an absent attribute reads as.</summary>
public interface IPass
{
    /// <summary>An unsigned byte.</summary>
    void U8(ushort type, string name, ref byte? value);

    /// <summary>A 16-bit number in host order.</summary>
    void U16(ushort type, string name, ref ushort? value);

    /// <summary>A 32-bit number in host order.</summary>
    void U32(ushort type, string name, ref uint? value);

    /// <summary>A signed 32-bit number in host order; all interface indexes are said this way.</summary>
    void I32(ushort type, string name, ref int? value);

    /// <summary>A 64-bit number in host order.</summary>
    void U64(ushort type, string name, ref ulong? value);

    /// <summary>A 16-bit number in network order.</summary>
    void U16Big(ushort type, string name, ref ushort? value);

    /// <summary>A 32-bit number in network order.</summary>
    void U32Big(ushort type, string name, ref uint? value);

    /// <summary>An attribute without payload, whose presence is the value. False is not written.</summary>
    void Flag(ushort type, string name, ref bool? value);

    /// <summary>Text, ended by a zero byte on the wire. Bytes that are not UTF-8 read as U+FFFD; the raw message keeps them.</summary>
    void Text(ushort type, string name, ref string? value);

    /// <summary>Bytes whose meaning is not ours, carried as they are.</summary>
    void Bytes(ushort type, string name, ref byte[]? value);

    /// <summary>A link-layer address: 6 bytes on Ethernet, up to 32 elsewhere.</summary>
    void Mac(ushort type, string name, ref HardwareAddress? value);

    /// <summary>An IPv4 or IPv6 address; its length says which.</summary>
    void Ip(ushort type, string name, ref InetAddress? value);

    /// <summary>A small structure of the kernel's.</summary>
    void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T>;

    /// <summary>A set inside an attribute.</summary>
    void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new();

    /// <summary>A whole message, fixed header first, inside an attribute (the peer of a veth).</summary>
    void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new();

    /// <summary>The same attribute repeated, each time a fixed header, perhaps an empty one, and a set behind it (multicast group entries).</summary>
    void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new();

    /// <summary>The same attribute repeated, each time one structure (bridge VLAN entries, QoS mappings).</summary>
    void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T>;

    /// <summary>The same attribute repeated, each time one text (alternative names).</summary>
    void Texts(ushort type, string name, ref List<string>? values);

    /// <summary>A nest of addresses numbered from 0 (arp_ip_target). An empty list is written, and clears.</summary>
    void Ips(ushort type, string name, ref List<InetAddress>? values);

    /// <summary>Records one after another inside an attribute, each opened by its own 16-bit length (next hops).</summary>
    void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new();
}
