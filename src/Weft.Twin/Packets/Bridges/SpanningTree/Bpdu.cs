// BPDUs as they are on the wire (IEEE 802.1D-1998 clause 9; net/bridge/br_stp_bpdu.c): 802.3 frames with LLC, whose times are in
// 256ths of a second. A frame with times that others cannot tell from zero would never age, so they are rounded up when read.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Bridges.SpanningTree;

/// <summary>What a configuration BPDU says. Ids are a priority in 16 bits above a MAC; the lower one is the better.</summary>
internal readonly record struct Config(bool TopologyChange, bool Acknowledges, ulong Root, uint Cost, ulong Bridge, ushort Port, long MessageAge, long MaxAge, long HelloTime, long ForwardDelay);

internal static class Bpdu
{
    /// <summary>One 256th of a second, by which a BPDU is older at each bridge (MESSAGE_AGE_INCR).</summary>
    public const long Tick = VirtualTime.Second / 256;

    private const int LlcLength = 3, ConfigLength = 35, ChangeLength = 4;
    private const byte ConfigType = 0, ChangeType = 0x80;
    private const byte Changing = 0x01, Acknowledging = 0x80;

    /// <summary>DSAP and SSAP of the spanning tree, unnumbered information.</summary>
    private static ReadOnlySpan<byte> Llc => [0x42, 0x42, 0x03];

    /// <summary>Whether a frame carries one: its length in place of a type, and that LLC header.</summary>
    public static bool IsOne(Frame frame) => frame.EtherType <= 1500 && frame.Payload.StartsWith(Llc);

    /// <summary>Whether it is one of 802.1D-1998: what RSTP and MSTP say, the kernel leaves unheard.</summary>
    public static bool IsKnown(Frame frame) => frame.Payload is [_, _, _, 0, 0, 0, _, ..];

    public static bool IsConfig(Frame frame) => frame.Payload[LlcLength + 3] == ConfigType && frame.Payload.Length >= LlcLength + ConfigLength;

    /// <summary>Whether it says that the topology changed.</summary>
    public static bool IsChange(Frame frame) => frame.Payload[LlcLength + 3] == ChangeType;

    public static void Write(Frame frame, ulong destination, ulong source, in Config config)
    {
        var body = Begin(frame, destination, source, ConfigLength, ConfigType);
        body[4] = (byte)((config.TopologyChange ? Changing : 0) | (config.Acknowledges ? Acknowledging : 0));
        BinaryPrimitives.WriteUInt64BigEndian(body[5..], config.Root);
        BinaryPrimitives.WriteUInt32BigEndian(body[13..], config.Cost);
        BinaryPrimitives.WriteUInt64BigEndian(body[17..], config.Bridge);
        BinaryPrimitives.WriteUInt16BigEndian(body[25..], config.Port);
        WriteTime(body[27..], config.MessageAge);
        WriteTime(body[29..], config.MaxAge);
        WriteTime(body[31..], config.HelloTime);
        WriteTime(body[33..], config.ForwardDelay);
    }

    /// <summary>A topology change notification says nothing but that it is one.</summary>
    public static void WriteChange(Frame frame, ulong destination, ulong source) => Begin(frame, destination, source, ChangeLength, ChangeType);

    public static Config Read(Frame frame)
    {
        var body = frame.Payload[LlcLength..];
        return new(
            (body[4] & Changing) != 0,
            (body[4] & Acknowledging) != 0,
            BinaryPrimitives.ReadUInt64BigEndian(body[5..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[13..]),
            BinaryPrimitives.ReadUInt64BigEndian(body[17..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[25..]),
            ReadTime(body[27..]),
            ReadTime(body[29..]),
            ReadTime(body[31..]),
            ReadTime(body[33..]));
    }

    private static Span<byte> Begin(Frame frame, ulong destination, ulong source, int length, byte type)
    {
        frame.Begin(Ethernet.Shortest, Ethernet.Shortest);
        (frame.Destination, frame.Source, frame.EtherType) = (destination, source, (ushort)(LlcLength + length));
        Llc.CopyTo(frame.Payload);
        var body = frame.Payload[LlcLength..];
        body[3] = type;
        return body;
    }

    private static void WriteTime(Span<byte> at, long time) => BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(time * 256 / VirtualTime.Second));

    private static long ReadTime(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt16BigEndian(at) * Tick;
}
