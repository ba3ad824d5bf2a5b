// A socket that never blocks. What does not work is a sentence; whether that ends the question is for the question to say.

using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace Weft.Linux.Probing;

/// <summary>A message that came, and the hop limit it came with where that was asked for.</summary>
internal readonly ref struct Received(ReadOnlySpan<byte> bytes, int hopLimit, ReadOnlySpan<byte> from)
{
    private readonly ReadOnlySpan<byte> from = from;

    /// <summary>Who sent it: the address in a sockaddr_in or sockaddr_in6, else no address at all.</summary>
    public IPAddress From => from.Length < 16 ? IPAddress.None : MemoryMarshal.Read<ushort>(from) == Libc.Inet6 && from.Length >= Endpoint.Longest ? new(from.Slice(8, 16)) : new(from.Slice(4, 4));

    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>-1 where it is not known.</summary>
    public int HopLimit { get; } = hopLimit;
}

internal sealed unsafe class ProbeSocket : IDisposable
{
    private readonly SocketHandle handle;
    private readonly byte[] buffer = new byte[2048], source = new byte[Endpoint.Longest];

    private ProbeSocket(SocketHandle handle) => this.handle = handle;

    /// <summary>The errno's words of the call that failed last.</summary>
    public static string Why => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    public int Descriptor => (int)handle.DangerousGetHandle();

    /// <summary>A socket of the calling thread's network namespace; null where it cannot be had.</summary>
    public static ProbeSocket? Open(int family, int kind, int protocol)
    {
        var opened = Libc.Socket(family, kind | Libc.NonBlocking | Libc.CloseOnExec, protocol);
        return opened.IsInvalid ? null : new(opened);
    }

    public bool Bind(byte[] address)
    {
        fixed (byte* at = address)
            return Libc.Bind(handle, at, address.Length) == 0;
    }

    public bool Connect(byte[] address)
    {
        fixed (byte* at = address)
            return Libc.Connect(handle, at, address.Length) == 0;
    }

    /// <summary>Whether a connection that was begun goes on in the background.</summary>
    public static bool IsUnderWay => Marshal.GetLastPInvokeError() == Libc.InProgress;

    /// <summary>What the socket is bound to, as the kernel tells it.</summary>
    public byte[]? Name()
    {
        var (bytes, length) = (new byte[64], 64);
        fixed (byte* at = bytes)
            return Libc.NameOf(handle, at, ref length) == 0 ? bytes[..Math.Clamp(length, 0, bytes.Length)] : null;
    }

    public bool Set(int level, int option, int value) => Set(level, option, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    public bool SetText(int level, int option, string value) => Set(level, option, Encoding.UTF8.GetBytes(value + "\0"));

    public bool Set(int level, int option, ReadOnlySpan<byte> value)
    {
        fixed (byte* at = value)
            return Libc.SetOption(handle, level, option, at, value.Length) == 0;
    }

    /// <summary>SO_ERROR: how a connection that was under way ended; 0 where it is there.</summary>
    public int Ended()
    {
        var length = sizeof(int);
        return Libc.GetOption(handle, Libc.SocketLevel, Libc.Error, out var error, ref length) == 0 ? error : Marshal.GetLastPInvokeError();
    }

    public bool Send(ReadOnlySpan<byte> message, byte[]? to = null)
    {
        fixed (byte* at = message)
        fixed (byte* address = to)
            return Libc.SendTo(handle, at, message.Length, 0, address, to?.Length ?? 0) >= 0;
    }

    /// <summary>Takes a message that has come; false where none has. One longer than any that is asked for is cut.</summary>
    public bool TryReceive(out Received received)
    {
        Span<byte> control = stackalloc byte[64];
        fixed (byte* start = buffer)
        fixed (byte* beside = control)
        fixed (byte* sender = source)
        {
            var part = new Libc.Part { Start = start, Length = buffer.Length };
            var message = new Libc.Message { Address = sender, AddressLength = source.Length, Parts = &part, PartCount = 1, Control = beside, ControlLength = control.Length };
            var length = Libc.Receive(handle, ref message, 0);
            received = length < 0 ? default : new(buffer.AsSpan(0, (int)length), HopLimitIn(control[..(int)Math.Clamp(message.ControlLength, 0, control.Length)]), source.AsSpan(0, Math.Clamp(message.AddressLength, 0, source.Length)));
            return length >= 0;
        }
    }

    public void Dispose() => handle.Dispose();

    /// <summary>struct cmsghdr is length (8 bytes), level, type; then the data.</summary>
    private static int HopLimitIn(ReadOnlySpan<byte> control)
    {
        const int Header = 16;
        return control.Length >= Header + sizeof(int) && MemoryMarshal.Read<int>(control[8..]) == Libc.Ipv6Level && MemoryMarshal.Read<int>(control[12..]) == Libc.HopLimit
            ? MemoryMarshal.Read<int>(control[Header..]) : -1;
    }
}
