// Reads a set out of the caller's span: every line looks its attribute up and takes it, or becomes null.
// Invariants: nothing outside the span is read; nests are bounded in depth and all walking by one budget of steps, so
// hostile bytes end in a fault, never in a loop. After a fault the set's values mean nothing.
// Surprises: objects and lists already in the set are reused, and a text equal to the one already there is kept, so
// reading a like message again allocates nothing. Fixed-size payloads must have exactly their size.
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Weft.Netlink;

/// <summary>Reads attributes from a span.</summary>
public ref struct ReadPass : IPass
{
    private readonly AttributeIndex _index;
    private readonly int _origin;
    private readonly int _depth;
    private int _budget;

    /// <summary>A pass over a region of attributes; <paramref name="origin"/> is where the region lies in its message, for faults.</summary>
    public ReadPass(ReadOnlySpan<byte> region, int origin) : this(region, origin, 0, BudgetFor(region.Length)) { }

    private ReadPass(ReadOnlySpan<byte> region, int origin, int depth, int budget)
    {
        _origin = origin;
        _depth = depth;
        _budget = budget;
        if (depth > Layout.DeepestNest)
        {
            Error = new WireError(WireFault.TooDeep, origin, "");
            return;
        }

        _index = new AttributeIndex(region, ref _budget, out var error);
        if (error.IsError) Error = error with { Offset = origin + error.Offset };
    }

    /// <summary>The first fault.</summary>
    public WireError Error { get; private set; }

    /// <summary>Steps left before reading is given up as endless.</summary>
    public readonly int Budget => _budget;

    // Each nest level walks its bytes once and each repeated line once more; an attribute takes at least four bytes.
    internal static int BudgetFor(int length) => 1024 + length * 8;

    /// <summary>Reads a header and its attributes from the region's start.</summary>
    /// <returns>The first fault, or none.</returns>
    public static WireError Frame<TFramed>(ReadOnlySpan<byte> region, int origin, TFramed framed) where TFramed : IFramed
    {
        var budget = BudgetFor(region.Length);
        return Frame(region, origin, framed, 0, ref budget);
    }

    /// <inheritdoc/>
    public void U8(ushort type, string name, ref byte? value) => value = Sized(type, name, 1, out var payload) ? payload[0] : null;

    /// <inheritdoc/>
    public void U16(ushort type, string name, ref ushort? value) => value = Number<ushort>(type, name);

    /// <inheritdoc/>
    public void U32(ushort type, string name, ref uint? value) => value = Number<uint>(type, name);

    /// <inheritdoc/>
    public void I32(ushort type, string name, ref int? value) => value = Number<int>(type, name);

    /// <inheritdoc/>
    public void U64(ushort type, string name, ref ulong? value) => value = Number<ulong>(type, name);

    /// <inheritdoc/>
    public void U16Big(ushort type, string name, ref ushort? value) =>
        value = Sized(type, name, 2, out var payload) ? BinaryPrimitives.ReadUInt16BigEndian(payload) : null;

    /// <inheritdoc/>
    public void U32Big(ushort type, string name, ref uint? value) =>
        value = Sized(type, name, 4, out var payload) ? BinaryPrimitives.ReadUInt32BigEndian(payload) : null;

    /// <inheritdoc/>
    public void Flag(ushort type, string name, ref bool? value) => value = Find(type, out _, out _) ? true : null;

    /// <inheritdoc/>
    public void Text(ushort type, string name, ref string? value) => value = Find(type, out var payload, out _) ? TextOf(payload, value) : null;

    /// <inheritdoc/>
    public void Bytes(ushort type, string name, ref byte[]? value)
    {
        if (!Find(type, out var payload, out _)) value = null;
        else if (value is null || !payload.SequenceEqual(value)) value = payload.ToArray();
    }

    /// <inheritdoc/>
    public void Mac(ushort type, string name, ref HardwareAddress? value)
    {
        value = null;
        if (!Find(type, out var payload, out var at)) return;
        if (payload.Length > HardwareAddress.MaxLength) Fail(WireFault.WrongSize, at, name);
        else value = new HardwareAddress(payload);
    }

    /// <inheritdoc/>
    public void Ip(ushort type, string name, ref InetAddress? value)
    {
        value = null;
        if (!Find(type, out var payload, out var at)) return;
        if (payload.Length is not (4 or 16)) Fail(WireFault.WrongSize, at, name);
        else value = new InetAddress(payload);
    }

    /// <inheritdoc/>
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T>
    {
        value = null;
        if (!Find(type, out var payload, out var at)) return;
        if (T.TryRead(payload, out var read)) value = read;
        else Fail(WireFault.WrongSize, at, name);
    }

    /// <inheritdoc/>
    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        if (!Find(type, out var payload, out var at))
        {
            set = null;
            return;
        }

        var inner = new ReadPass(payload, at + Layout.AttributeHeader, _depth + 1, _budget);
        if (!inner.Error.IsError)
        {
            set ??= new TSet();
            set.Walk(ref inner);
        }

        _budget = inner._budget;
        Error = inner.Error;
    }

    /// <inheritdoc/>
    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new()
    {
        if (!Find(type, out var payload, out var at))
        {
            message = null;
            return;
        }

        message ??= new TMessage();
        Error = Frame(payload, at + Layout.AttributeHeader, message, _depth + 1, ref _budget);
    }

    /// <inheritdoc/>
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new()
    {
        if (!Repeats(type, ref frames, clear: false)) return;
        var (count, position) = (0, 0);
        while (NextOf(type, ref position, out var payload, out var at))
        {
            if (frames.Count == count) frames.Add(new TFramed());
            Error = Frame(payload, at + Layout.AttributeHeader, frames[count++], _depth + 1, ref _budget);
        }

        frames.RemoveRange(count, frames.Count - count);
    }

    /// <inheritdoc/>
    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T>
    {
        if (!Repeats(type, ref values)) return;
        var position = 0;
        while (NextOf(type, ref position, out var payload, out var at))
        {
            if (T.TryRead(payload, out var read)) values.Add(read);
            else Fail(WireFault.WrongSize, at, name);
        }
    }

    /// <inheritdoc/>
    public void Texts(ushort type, string name, ref List<string>? values)
    {
        if (!Repeats(type, ref values)) return;
        var position = 0;
        while (NextOf(type, ref position, out var payload, out _)) values.Add(TextOf(payload, null));
    }

    /// <inheritdoc/>
    public void Ips(ushort type, string name, ref List<InetAddress>? values)
    {
        if (!Find(type, out var region, out var origin))
        {
            values = null;
            return;
        }

        values ??= [];
        values.Clear();
        var position = 0;
        WireError error;
        while (AttributeIndex.Next(region, ref position, ref _budget, out var found, out error))
        {
            if (found.PayloadLength is 4 or 16) values.Add(new InetAddress(region.Slice(found.PayloadStart, found.PayloadLength)));
            else
            {
                Fail(WireFault.WrongSize, origin + Layout.AttributeHeader + found.Start, name);
                return;
            }
        }

        if (error.IsError) Fail(error.Fault, origin + Layout.AttributeHeader + error.Offset, name);
    }

    /// <inheritdoc/>
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new()
    {
        if (!Find(type, out var region, out var origin))
        {
            records = null;
            return;
        }

        records ??= [];
        var count = 0;
        var position = 0;
        // A record opens with its length, as an attribute does; the header beyond that is the record's own.
        while (AttributeIndex.Next(region, ref position, ref _budget, out var found, out var error) || error.IsError)
        {
            if (error.IsError)
            {
                Fail(error.Fault, origin + Layout.AttributeHeader + error.Offset, name);
                return;
            }

            if (records.Count == count) records.Add(new TRecord());
            var at = origin + Layout.AttributeHeader + found.Start;
            Error = Frame(region.Slice(found.Start, found.Length), at, records[count++], _depth + 1, ref _budget);
            if (Error.IsError) return;
        }

        records.RemoveRange(count, records.Count - count);
    }

    private static WireError Frame<TFramed>(ReadOnlySpan<byte> region, int origin, TFramed framed, int depth, ref int budget)
        where TFramed : IFramed
    {
        var size = framed.HeaderSize;
        if (region.Length < size) return new WireError(WireFault.BadLength, origin, "header");
        framed.ReadHeader(region[..size]);
        var inner = new ReadPass(region[size..], origin + size, depth, budget);
        if (!inner.Error.IsError) framed.Walk(ref inner);
        budget = inner._budget;
        return inner.Error;
    }

    private bool Find(ushort type, out ReadOnlySpan<byte> payload, out int at)
    {
        payload = default;
        at = 0;
        if (Error.IsError || !_index.Find(type, ref _budget, out var found)) return false;
        payload = _index.Region.Slice(found.PayloadStart, found.PayloadLength);
        at = _origin + found.Start;
        return true;
    }

    // Keeps the list only when there is at least one attribute of the type, and empties it unless its objects are to be read into again.
    private bool Repeats<T>(ushort type, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] ref List<T>? values, bool clear = true)
    {
        if (!Find(type, out _, out _))
        {
            values = null;
            return false;
        }

        values ??= [];
        if (clear) values.Clear();
        return true;
    }

    private bool NextOf(ushort type, ref int position, out ReadOnlySpan<byte> payload, out int at)
    {
        payload = default;
        at = 0;
        while (!Error.IsError)
        {
            if (!AttributeIndex.Next(_index.Region, ref position, ref _budget, out var found, out var error))
            {
                if (error.IsError) Fail(error.Fault, _origin + error.Offset, "");
                return false;
            }

            if (found.Type != type) continue;
            payload = _index.Region.Slice(found.PayloadStart, found.PayloadLength);
            at = _origin + found.Start;
            return true;
        }

        return false;
    }

    private bool Sized(ushort type, string name, int size, out ReadOnlySpan<byte> payload)
    {
        if (!Find(type, out payload, out var at)) return false;
        if (payload.Length == size) return true;
        Fail(WireFault.WrongSize, at, name);
        return false;
    }

    private T? Number<T>(ushort type, string name) where T : unmanaged =>
        Sized(type, name, Unsafe.SizeOf<T>(), out var payload) ? MemoryMarshal.Read<T>(payload) : null;

    private static string TextOf(ReadOnlySpan<byte> payload, string? already)
    {
        var end = payload.IndexOf((byte)0);
        if (end >= 0) payload = payload[..end];
        return already is not null && SameText(payload, already) ? already : Encoding.UTF8.GetString(payload);
    }

    private static bool SameText(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length != text.Length) return false;
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] != text[i] || bytes[i] > 127) return false;
        return true;
    }

    private void Fail(WireFault fault, int at, string name)
    {
        if (!Error.IsError) Error = new WireError(fault, at, name);
    }
}
