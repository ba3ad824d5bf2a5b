// The system calls of probing, as the C library names them. Probes speak ARP, ND and ICMP on sockets that .NET has no words
// for, and need the hop limit that a message came with. Descriptors do not block, and are closed with their handle.

using System.Runtime.InteropServices;

namespace Weft.Linux.Probing;

/// <summary>A socket's descriptor.</summary>
internal sealed class SocketHandle : SafeHandle
{
    public SocketHandle() : base(-1, ownsHandle: true) { }

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => Libc.Close(handle) == 0;
}

internal static unsafe partial class Libc
{
    public const int Inet = 2, Inet6 = 10, Packet = 17;
    public const int Stream = 1, Datagram = 2, Raw = 3, NonBlocking = 0x800, CloseOnExec = 0x80000;
    public const int SocketLevel = 1, BindToDevice = 25, Error = 4;
    public const int Ipv6Level = 41, MulticastInterface = 17, MulticastHops = 18, ReceiveHopLimit = 51, HopLimit = 52;
    public const int Icmp6Filter = 1;
    public const short In = 1, Out = 4;
    public const int Interrupted = 4, Again = 11, InProgress = 115;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial SocketHandle Socket(int family, int kind, int protocol);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(nint descriptor);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(SocketHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(SocketHandle socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int NameOf(SocketHandle socket, byte* address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(SocketHandle socket, int level, int option, byte* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(SocketHandle socket, int level, int option, out int value, ref int length);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(SocketHandle socket, byte* buffer, nint length, int flags, byte* address, int addressLength);

    [LibraryImport("libc", EntryPoint = "recvmsg", SetLastError = true)]
    public static partial nint Receive(SocketHandle socket, ref Message message, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    // struct iovec.
    [StructLayout(LayoutKind.Sequential)]
    public struct Part
    {
        public byte* Start;
        public nint Length;
    }

    // struct msghdr, as 64-bit Linux has it: the C library's control length is a size_t.
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public byte* Address;
        public int AddressLength;
        public Part* Parts;
        public nint PartCount;
        public byte* Control;
        public nint ControlLength;
        public int Flags;
    }

    // struct pollfd.
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Results;
    }
}
