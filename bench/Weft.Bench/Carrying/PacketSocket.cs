// A raw socket on a link, many frames a call. A ring of frames and going past the queueing discipline were tried, and are no
// faster: what a frame costs is not in the call.

using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Weft.Bench.Carrying;

internal sealed unsafe partial class PacketSocket : IDisposable
{
    private const int Packet = 17, Raw = 3, SocketLevel = 1, SendBufferForce = 32, Batch = 256;

    private readonly SafeFileHandle socket;

    public PacketSocket(string link)
    {
        socket = new(Open(Packet, Raw, 0), ownsHandle: true);
        if (socket.IsInvalid)
            throw new Win32Exception();
        var address = stackalloc int[5];
        (address[0], address[1]) = (Packet, (int)Index(link));
        if (Bind(socket, address, 20) != 0)
            throw new Win32Exception();
        var size = 8 << 20;
        _ = SetOption(socket, SocketLevel, SendBufferForce, in size, sizeof(int));
    }

    /// <summary>Sends the same frame so many times.</summary>
    public void Send(byte[] frame, int count)
    {
        var headers = stackalloc Header[Batch];
        fixed (byte* start = frame)
        {
            var part = new Part { Start = start, Length = frame.Length };
            for (var at = 0; at < Batch; at++)
                headers[at] = new() { Parts = &part, Count = 1 };
            for (var sent = 0; sent < count;)
            {
                var gone = SendMany(socket, headers, (uint)Math.Min(Batch, count - sent), 0);
                sent += gone >= 0 ? gone : throw new Win32Exception();
            }
        }
    }

    public static uint Index(string link) => IndexOf(link) is > 0 and var index ? index : throw new Win32Exception();

    public void Dispose() => socket.Dispose();

    /// <summary>struct iovec</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Part
    {
        public byte* Start;
        public nint Length;
    }

    /// <summary>struct mmsghdr, of which the rest stays zero.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Header
    {
        [FieldOffset(16)]
        public Part* Parts;
        [FieldOffset(24)]
        public nint Count;
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial nint Open(int family, int kind, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(SafeFileHandle socket, int* address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt")]
    private static partial int SetOption(SafeFileHandle socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    private static partial int SendMany(SafeFileHandle socket, Header* headers, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "if_nametoindex", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial uint IndexOf(string link);
}
