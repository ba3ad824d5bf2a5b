// Prints a message for people: one line an attribute, nests indented, and at the end of each set what no line asked
// for, by type number and hex. It describes bytes, not objects, so a trace shows what was on the wire.
// Surprise: long payloads are cut after 32 bytes and say how many follow; a fault is printed in its place and ends
// the set, it is not an error of the describing.
using System.Globalization;
using System.Text;

namespace Weft.Netlink;

/// <summary>Prints attributes as text.</summary>
public ref struct DescribePass : IPass
{
    private const int ShownBytes = 32;
    private readonly StringBuilder _text;
    private readonly ReadOnlySpan<byte> _region;
    private readonly int _origin;
    private readonly int _indent;
    private ReadPass _reader;
    private UInt128 _asked;

    private DescribePass(StringBuilder text, ReadOnlySpan<byte> region, int origin, int indent)
    {
        _text = text;
        _region = region;
        _origin = origin;
        _indent = indent;
        _reader = new ReadPass(region, origin);
    }

    /// <summary>Prints a header and its attributes.</summary>
    public static void Frame<TFramed>(StringBuilder text, ReadOnlySpan<byte> region, int origin, TFramed framed, int indent) where TFramed : IFramed
    {
        var size = framed.HeaderSize;
        if (region.Length < size)
        {
            Fault(text, indent, new WireError(WireFault.BadLength, origin, "header"));
            return;
        }

        framed.ReadHeader(region[..size]);
        if (size > 0) text.Append(' ', indent * 2).Append(framed.DescribeHeader()).Append('\n');
        Set(text, region[size..], origin + size, framed, indent);
    }

    /// <summary>Prints a set without a header.</summary>
    public static void Set<TSet>(StringBuilder text, ReadOnlySpan<byte> region, int origin, TSet set, int indent) where TSet : IAttributes
    {
        if (indent > Layout.DeepestNest)
        {
            Fault(text, indent, new WireError(WireFault.TooDeep, origin, ""));
            return;
        }

        var pass = new DescribePass(text, region, origin, indent);
        set.Walk(ref pass);
        pass.Rest();
    }

    /// <inheritdoc/>
    public void U8(ushort type, string name, ref byte? value)
    {
        _reader.U8(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void U16(ushort type, string name, ref ushort? value)
    {
        _reader.U16(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void U32(ushort type, string name, ref uint? value)
    {
        _reader.U32(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void I32(ushort type, string name, ref int? value)
    {
        _reader.I32(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void U64(ushort type, string name, ref ulong? value)
    {
        _reader.U64(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void U16Big(ushort type, string name, ref ushort? value)
    {
        _reader.U16Big(type, name, ref value);
        Line(type, name, value is { } number ? $"0x{number:x4}" : null);
    }

    /// <inheritdoc/>
    public void U32Big(ushort type, string name, ref uint? value)
    {
        _reader.U32Big(type, name, ref value);
        Line(type, name, value is { } number ? $"0x{number:x8}" : null);
    }

    /// <inheritdoc/>
    public void Flag(ushort type, string name, ref bool? value)
    {
        _reader.Flag(type, name, ref value);
        Line(type, name, value is true ? "set" : null);
    }

    /// <inheritdoc/>
    public void Text(ushort type, string name, ref string? value)
    {
        _reader.Text(type, name, ref value);
        Line(type, name, value is null ? null : Quoted(value));
    }

    /// <inheritdoc/>
    public void Bytes(ushort type, string name, ref byte[]? value)
    {
        _reader.Bytes(type, name, ref value);
        Line(type, name, value is null ? null : Hex(value));
    }

    /// <inheritdoc/>
    public void Mac(ushort type, string name, ref HardwareAddress? value)
    {
        _reader.Mac(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void Ip(ushort type, string name, ref InetAddress? value)
    {
        _reader.Ip(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T>
    {
        _reader.Struct(type, name, ref value);
        Line(type, name, value);
    }

    /// <inheritdoc/>
    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T>
    {
        _reader.Structs(type, name, ref values);
        Line(type, name, values is null ? null : string.Join(", ", values));
    }

    /// <inheritdoc/>
    public void Texts(ushort type, string name, ref List<string>? values)
    {
        _reader.Texts(type, name, ref values);
        Line(type, name, values is null ? null : string.Join(", ", values.Select(Quoted)));
    }

    /// <inheritdoc/>
    public void Ips(ushort type, string name, ref List<InetAddress>? values)
    {
        _reader.Ips(type, name, ref values);
        Line(type, name, values is null ? null : $"[{string.Join(", ", values)}]");
    }

    /// <inheritdoc/>
    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        if (!Open(type, name, out var payload, out var at)) return;
        set ??= new TSet();
        Set(_text, payload, at, set, _indent + 1);
    }

    /// <inheritdoc/>
    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new()
    {
        if (!Open(type, name, out var payload, out var at)) return;
        message ??= new TMessage();
        Frame(_text, payload, at, message, _indent + 1);
    }

    /// <inheritdoc/>
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new()
    {
        Ask(type);
        var budget = ReadPass.BudgetFor(_region.Length);
        var position = 0;
        while (AttributeIndex.Next(_region, ref position, ref budget, out var found, out _))
        {
            if (found.Type != type) continue;
            _text.Append(' ', _indent * 2 + 2).Append(name).Append('\n');
            Frame(_text, _region.Slice(found.PayloadStart, found.PayloadLength), _origin + found.PayloadStart, new TFramed(), _indent + 1);
        }
    }

    /// <inheritdoc/>
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new()
    {
        if (!Open(type, name, out var payload, out var at)) return;
        var budget = ReadPass.BudgetFor(payload.Length);
        var position = 0;
        WireError error;
        while (AttributeIndex.Next(payload, ref position, ref budget, out var found, out error))
            Frame(_text, payload.Slice(found.Start, found.Length), at + found.Start, new TRecord(), _indent + 1);
        if (error.IsError) Fault(_text, _indent + 1, error with { Offset = at + error.Offset });
    }

    internal static string Hex(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= ShownBytes
            ? $"0x{Convert.ToHexStringLower(bytes)}"
            : $"0x{Convert.ToHexStringLower(bytes[..ShownBytes])}.. {bytes.Length} bytes";

    // Text from the wire may hold anything; on a terminal only printing ASCII is let through.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\') quoted.Append('\\').Append(letter);
            else if (letter is >= ' ' and < (char)127) quoted.Append(letter);
            else quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
        }

        return quoted.Append('"').ToString();
    }

    private static void Fault(StringBuilder text, int indent, WireError error) =>
        text.Append(' ', indent * 2).Append("! ").Append(error.ToString()).Append('\n');

    private void Line<T>(ushort type, string name, T? value)
    {
        Ask(type);
        if (value is null) return;
        _text.Append(' ', _indent * 2 + 2).Append(name).Append(' ').Append(CultureInfo.InvariantCulture, $"{value}").Append('\n');
    }

    private bool Open(ushort type, string name, out ReadOnlySpan<byte> payload, out int at)
    {
        Ask(type);
        payload = default;
        at = 0;
        var budget = ReadPass.BudgetFor(_region.Length);
        var position = 0;
        var any = false;
        while (AttributeIndex.Next(_region, ref position, ref budget, out var found, out _))
        {
            if (found.Type != type) continue;
            payload = _region.Slice(found.PayloadStart, found.PayloadLength);
            at = _origin + found.PayloadStart;
            any = true;
        }

        if (any) _text.Append(' ', _indent * 2 + 2).Append(name).Append('\n');
        return any;
    }

    private void Ask(ushort type)
    {
        if (type < 128) _asked |= UInt128.One << type;
    }

    private void Rest()
    {
        var budget = ReadPass.BudgetFor(_region.Length);
        var position = 0;
        WireError error;
        while (AttributeIndex.Next(_region, ref position, ref budget, out var found, out error))
        {
            if (found.Type < 128 && (_asked >> found.Type & 1) == 1) continue;
            // Empty ones are mostly padding, and many; each type is shown once.
            if (found.PayloadLength == 0) Ask(found.Type);
            _text.Append(' ', _indent * 2 + 2).Append(CultureInfo.InvariantCulture, $"#{found.Type} ")
                .Append(Hex(_region.Slice(found.PayloadStart, found.PayloadLength))).Append('\n');
        }

        if (error.IsError) Fault(_text, _indent + 1, error with { Offset = _origin + error.Offset });
        else if (_reader.Error.IsError) Fault(_text, _indent + 1, _reader.Error);
    }
}
