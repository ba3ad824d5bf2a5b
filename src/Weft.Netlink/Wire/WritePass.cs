// Writes a set into the caller's span. Nests and records are opened with an empty length that is patched when they
// close, so one walk suffices and nothing is allocated.
// Invariant: Position never passes the end of the span; the first value that does not fit leaves NoSpace behind and
// everything after it is skipped. The bytes written so far are then worthless.
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Weft.Netlink;

/// <summary>Writes attributes into a span.</summary>
public ref struct WritePass(Span<byte> buffer) : IPass
{
    private readonly Span<byte> _buffer = buffer;

    /// <summary>Bytes written, padding included.</summary>
    public int Position { get; private set; }

    /// <summary>The first fault: NoSpace or Oversized.</summary>
    public WireError Error { get; private set; }

    /// <summary>Writes a header and its attributes at the current position.</summary>
    public void Frame<TFramed>(TFramed framed) where TFramed : IFramed
    {
        var header = Take(framed.HeaderSize, "header");
        if (Error.IsError) return;
        framed.WriteHeader(header);
        framed.Walk(ref this);
    }

    /// <inheritdoc/>
    public void U8(ushort type, string name, ref byte? value)
    {
        if (value is not { } present) return;
        var payload = Open(type, name, 1);
        if (!Error.IsError) payload[0] = present;
    }

    /// <inheritdoc/>
    public void U16(ushort type, string name, ref ushort? value)
    {
        if (value is { } present) Number(type, name, present);
    }

    /// <inheritdoc/>
    public void U32(ushort type, string name, ref uint? value)
    {
        if (value is { } present) Number(type, name, present);
    }

    /// <inheritdoc/>
    public void I32(ushort type, string name, ref int? value)
    {
        if (value is { } present) Number(type, name, present);
    }

    /// <inheritdoc/>
    public void U64(ushort type, string name, ref ulong? value)
    {
        if (value is { } present) Number(type, name, present);
    }

    /// <inheritdoc/>
    public void U16Big(ushort type, string name, ref ushort? value)
    {
        if (value is { } present) Number(type, name, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(present) : present);
    }

    /// <inheritdoc/>
    public void U32Big(ushort type, string name, ref uint? value)
    {
        if (value is { } present) Number(type, name, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(present) : present);
    }

    /// <inheritdoc/>
    public void Flag(ushort type, string name, ref bool? value)
    {
        if (value == true) Open(type, name, 0);
    }

    /// <inheritdoc/>
    public void Text(ushort type, string name, ref string? value)
    {
        if (value is not null) OneText(type, name, value);
    }

    /// <inheritdoc/>
    public void Bytes(ushort type, string name, ref byte[]? value)
    {
        if (value is null) return;
        var payload = Open(type, name, value.Length);
        if (!Error.IsError) value.CopyTo(payload);
    }

    /// <inheritdoc/>
    public void Mac(ushort type, string name, ref HardwareAddress? value)
    {
        if (value is not { } present) return;
        var payload = Open(type, name, present.Length);
        if (!Error.IsError) present.CopyTo(payload);
    }

    /// <inheritdoc/>
    public void Ip(ushort type, string name, ref InetAddress? value)
    {
        if (value is { } present) OneIp(type, name, present);
    }

    /// <inheritdoc/>
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T>
    {
        if (value is { } present) OneStruct(type, name, present);
    }

    /// <inheritdoc/>
    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        if (set is null) return;
        var start = OpenNest(type, name);
        if (Error.IsError) return;
        set.Walk(ref this);
        Close(start, name);
    }

    /// <inheritdoc/>
    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new()
    {
        if (message is null) return;
        var start = OpenNest(type, name);
        if (Error.IsError) return;
        Frame(message);
        Close(start, name);
    }

    /// <inheritdoc/>
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new()
    {
        for (var i = 0; i < frames?.Count; i++)
        {
            var frame = frames[i];
            Framed(type, name, ref frame!);
        }
    }

    /// <inheritdoc/>
    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T>
    {
        if (values is null) return;
        foreach (var value in values) OneStruct(type, name, value);
    }

    /// <inheritdoc/>
    public void Texts(ushort type, string name, ref List<string>? values)
    {
        if (values is null) return;
        foreach (var value in values) OneText(type, name, value);
    }

    /// <inheritdoc/>
    public void Ips(ushort type, string name, ref List<InetAddress>? values)
    {
        if (values is null) return;
        var start = OpenNest(type, name);
        for (var i = 0; i < values.Count && !Error.IsError; i++) OneIp((ushort)i, name, values[i]);
        Close(start, name);
    }

    /// <inheritdoc/>
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new()
    {
        if (records is null) return;
        var start = Position;
        Open(type, name, 0);
        for (var i = 0; i < records.Count && !Error.IsError; i++)
        {
            var record = Position;
            Frame(records[i]);
            Close(record, name);
        }

        Close(start, name);
    }

    private void OneText(ushort type, string name, string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        var payload = Open(type, name, length + 1);
        if (Error.IsError) return;
        Encoding.UTF8.GetBytes(value, payload);
        payload[length] = 0;
    }

    private void OneIp(ushort type, string name, InetAddress value)
    {
        var payload = Open(type, name, value.Length);
        if (!Error.IsError) value.CopyTo(payload);
    }

    private void OneStruct<T>(ushort type, string name, T value) where T : struct, IWireStruct<T>
    {
        var payload = Open(type, name, value.Size);
        if (!Error.IsError) value.Write(payload);
    }

    private void Number<T>(ushort type, string name, T value) where T : unmanaged
    {
        var payload = Open(type, name, System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
        if (!Error.IsError) MemoryMarshal.Write(payload, in value);
    }

    private int OpenNest(ushort type, string name)
    {
        var start = Position;
        Open((ushort)(type | Layout.NestedFlag), name, 0);
        return start;
    }

    // Patches the 16-bit length with which attributes and records alike begin.
    private void Close(int start, string name)
    {
        if (Error.IsError) return;
        var length = Position - start;
        if (length > ushort.MaxValue) Error = new WireError(WireFault.Oversized, start, name);
        else MemoryMarshal.Write(_buffer[start..], (ushort)length);
    }

    private Span<byte> Open(ushort type, string name, int length)
    {
        if (length > ushort.MaxValue - Layout.AttributeHeader && !Error.IsError) Error = new WireError(WireFault.Oversized, Position, name);
        var whole = Take(Layout.Align(Layout.AttributeHeader + length), name);
        if (Error.IsError) return default;
        MemoryMarshal.Write(whole, (ushort)(Layout.AttributeHeader + length));
        MemoryMarshal.Write(whole[2..], type);
        return whole.Slice(Layout.AttributeHeader, length);
    }

    // The bytes come zeroed, so padding never leaks what the buffer held before.
    private Span<byte> Take(int length, string name)
    {
        if (Error.IsError) return default;
        if (length > _buffer.Length - Position)
        {
            Error = new WireError(WireFault.NoSpace, Position, name);
            return default;
        }

        var taken = _buffer.Slice(Position, length);
        taken.Clear();
        Position += length;
        return taken;
    }
}
