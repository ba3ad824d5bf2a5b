// The cheapest honest way to the kernel from here: datagrams that are ready go out, every acknowledgement is read and looked
// at, nothing else is done. Weft's own socket is not used, so that it cannot be measured against itself.

using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weft.Bench;

/// <summary>A raw rtnetlink socket.</summary>
internal sealed unsafe partial class FloorSocket : IDisposable
{
    private const int Netlink = 16, Raw = 3, CloseOnExec = 0x80000, SocketLevel = 1, ReceiveBufferForce = 33, NetlinkLevel = 270, CapAck = 10, StrictCheck = 12;
    private const ushort Error = 2, Done = 3;

    private readonly SafeFileHandle socket;
    private readonly byte[] buffer = new byte[1 << 16];

    public FloorSocket()
    {
        socket = new(Open(Netlink, Raw | CloseOnExec, 0), ownsHandle: true);
        if (socket.IsInvalid)
            throw new Win32Exception();
        var (size, on) = (4 << 20, 1);
        _ = SetOption(socket, SocketLevel, ReceiveBufferForce, in size, sizeof(int));
        _ = SetOption(socket, NetlinkLevel, CapAck, in on, sizeof(int));
        _ = SetOption(socket, NetlinkLevel, StrictCheck, in on, sizeof(int));
    }

    /// <summary>Does everything, in order.</summary>
    /// <exception cref="InvalidOperationException">The kernel refused something: then the floor is no floor.</exception>
    public void Do(IReadOnlyList<Act> acts)
    {
        foreach (var act in acts)
            if (act is Act.Datagram datagram)
                Exchange(datagram);
            else if (act is Act.Ipv6 ipv6)
                File.WriteAllText($"/proc/sys/net/ipv6/conf/{ipv6.Link}/disable_ipv6", ipv6.On ? "0" : "1");
    }

    /// <summary>Reads a dump to its end and keeps nothing. Returns its bytes.</summary>
    public long Dump(byte[] request)
    {
        Put(request);
        var bytes = 0L;
        while (true)
        {
            var got = Get();
            bytes += got.Length;
            for (var rest = got; rest.Length >= 16; rest = rest[Math.Min(rest.Length, Length(rest))..])
                if (Type(rest) is Done or Error)
                    return bytes;
        }
    }

    private void Exchange(Act.Datagram datagram)
    {
        Put(datagram.Bytes);
        for (var answered = false; !answered;)
            for (var rest = Get(); rest.Length >= 16; rest = rest[Math.Min(rest.Length, Length(rest))..])
            {
                var (errno, number) = (Type(rest) == Error ? BinaryPrimitives.ReadInt32LittleEndian(rest[16..]) : 0, BinaryPrimitives.ReadUInt32LittleEndian(rest[8..]));
                if (errno != 0)
                    throw new InvalidOperationException($"the kernel refused message {number} of the floor: {Marshal.GetPInvokeErrorMessage(-errno)}");
                answered = number == datagram.Last;
            }
    }

    private static int Length(ReadOnlySpan<byte> message) => Math.Max(16, (BinaryPrimitives.ReadInt32LittleEndian(message) + 3) & ~3);
    private static ushort Type(ReadOnlySpan<byte> message) => BinaryPrimitives.ReadUInt16LittleEndian(message[4..]);

    private void Put(byte[] bytes)
    {
        fixed (byte* start = bytes)
            if (Send(socket, start, bytes.Length, 0) != bytes.Length)
                throw new Win32Exception();
    }

    private ReadOnlySpan<byte> Get()
    {
        fixed (byte* start = buffer)
        {
            var got = Receive(socket, start, buffer.Length, 0);
            return got > 0 ? buffer.AsSpan(0, (int)got) : throw new Win32Exception();
        }
    }

    public void Dispose() => socket.Dispose();

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial nint Open(int family, int kind, int protocol);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(SafeFileHandle socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static partial nint Send(SafeFileHandle socket, byte* bytes, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    private static partial nint Receive(SafeFileHandle socket, byte* bytes, nint length, int flags);
}
