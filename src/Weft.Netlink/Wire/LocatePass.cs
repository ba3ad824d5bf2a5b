// Turns an offset of the kernel's extended ack into a path such as `linkinfo.data.miimon`: it walks the request that was
// sent and looks which line's attribute covers the offset. With a missing attribute the kernel gives the enclosing
// nest's offset (or none at all, for the message itself) and the type it wanted there.
// Surprise: the values are read along the way, because the kind of a link decides which set its data is.
using System.Globalization;

namespace Weft.Netlink;

/// <summary>Finds the line that an offset points into.</summary>
public ref struct LocatePass : IPass
{
    private readonly ReadOnlySpan<byte> _region;
    private readonly int _origin;
    private readonly int _target;
    private readonly int _missing;
    private readonly bool _naming;
    private ReadPass _reader;
    private string? _path;

    private LocatePass(ReadOnlySpan<byte> region, int origin, int target, int missing, bool naming)
    {
        _region = region;
        _origin = origin;
        _target = target;
        _missing = missing;
        _naming = naming;
        _reader = new ReadPass(region, origin);
    }

    /// <summary>The path of the attribute that covers a byte of a message, or null when none does.</summary>
    /// <param name="region">Header and attributes, without the netlink header.</param>
    /// <param name="origin">Where the region starts in the message.</param>
    /// <param name="framed">An empty message of the right kind.</param>
    /// <param name="offset">The byte, counted from the start of the message.</param>
    public static string? Locate<TFramed>(ReadOnlySpan<byte> region, int origin, TFramed framed, int offset) where TFramed : IFramed =>
        Frame(region, origin, framed, offset, -1, false);

    /// <summary>The path of an attribute that the kernel missed in a nest, or in the message itself when <paramref name="nest"/> is null.</summary>
    public static string? LocateMissing<TFramed>(ReadOnlySpan<byte> region, int origin, TFramed framed, int? nest, int type) where TFramed : IFramed =>
        Frame(region, origin, framed, nest ?? -1, type, nest is null);

    /// <inheritdoc/>
    public void U8(ushort type, string name, ref byte? value) => Line(type, name);

    /// <inheritdoc/>
    public void U16(ushort type, string name, ref ushort? value) => Line(type, name);

    /// <inheritdoc/>
    public void U32(ushort type, string name, ref uint? value) => Line(type, name);

    /// <inheritdoc/>
    public void I32(ushort type, string name, ref int? value) => Line(type, name);

    /// <inheritdoc/>
    public void U64(ushort type, string name, ref ulong? value) => Line(type, name);

    /// <inheritdoc/>
    public void U16Big(ushort type, string name, ref ushort? value) => Line(type, name);

    /// <inheritdoc/>
    public void U32Big(ushort type, string name, ref uint? value) => Line(type, name);

    /// <inheritdoc/>
    public void Flag(ushort type, string name, ref bool? value) => Line(type, name);

    /// <inheritdoc/>
    public void Text(ushort type, string name, ref string? value)
    {
        _reader.Text(type, name, ref value);
        Line(type, name);
    }

    /// <inheritdoc/>
    public void Bytes(ushort type, string name, ref byte[]? value) => Line(type, name);

    /// <inheritdoc/>
    public void Mac(ushort type, string name, ref HardwareAddress? value) => Line(type, name);

    /// <inheritdoc/>
    public void Ip(ushort type, string name, ref InetAddress? value) => Line(type, name);

    /// <inheritdoc/>
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T> => Line(type, name);

    /// <inheritdoc/>
    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T> => Line(type, name);

    /// <inheritdoc/>
    public void Texts(ushort type, string name, ref List<string>? values) => Line(type, name);

    /// <inheritdoc/>
    public void Ips(ushort type, string name, ref List<InetAddress>? values) => Line(type, name);

    /// <inheritdoc/>
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new() => Line(type, name);

    /// <inheritdoc/>
    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        if (!Line(type, name, out var payload, out var at)) return;
        var inner = new LocatePass(payload, at + Layout.AttributeHeader, _target, _missing, at == _target && _missing >= 0);
        set ??= new TSet();
        set.Walk(ref inner);
        _path = Join(name, inner.Found());
    }

    /// <inheritdoc/>
    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new()
    {
        if (!Line(type, name, out var payload, out var at)) return;
        message ??= new TMessage();
        var naming = at == _target && _missing >= 0;
        _path = Join(name, Frame(payload, at + Layout.AttributeHeader, message, _target, _missing, naming));
    }

    /// <inheritdoc/>
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new()
    {
        TFramed? frame = null;
        Framed(type, name, ref frame);
    }

    private static string? Frame<TFramed>(ReadOnlySpan<byte> region, int origin, TFramed framed, int target, int missing, bool naming)
        where TFramed : IFramed
    {
        var size = framed.HeaderSize;
        if (region.Length < size) return null;
        framed.ReadHeader(region[..size]);
        if (!naming && target >= origin && target < origin + size) return "header";
        var pass = new LocatePass(region[size..], origin + size, target, missing, naming);
        framed.Walk(ref pass);
        return pass.Found();
    }

    private static string Join(string name, string? inner) => inner is null ? name : $"{name}.{inner}";

    // What no line claimed is named by its number: the sender knows an attribute that the set does not.
    private readonly string? Found()
    {
        if (_path is not null) return _path;
        if (_naming) return Number(_missing);
        return Covering(out var found) ? Number(found.Type) : null;
    }

    private static string Number(int type) => string.Create(CultureInfo.InvariantCulture, $"#{type}");

    private void Line(ushort type, string name) => Line(type, name, out _, out _);

    // True when the target lies inside this line's attribute, whose payload may then be looked into.
    private bool Line(ushort type, string name, out ReadOnlySpan<byte> payload, out int at)
    {
        payload = default;
        at = 0;
        if (_path is not null) return false;
        if (_naming)
        {
            if (type == _missing) _path = name;
            return false;
        }

        if (!Covering(out var found) || found.Type != type) return false;
        _path = name;
        payload = _region.Slice(found.PayloadStart, found.PayloadLength);
        at = _origin + found.Start;
        return true;
    }

    private readonly bool Covering(out Attribute found)
    {
        var budget = ReadPass.BudgetFor(_region.Length);
        var position = 0;
        while (AttributeIndex.Next(_region, ref position, ref budget, out found, out _))
            if (_target >= _origin + found.Start && _target < _origin + found.Start + found.Length)
                return true;
        return false;
    }
}
