// The system calls, as the C library names them. .NET's Socket cannot be used: its AddressFamily 16 is AppleTalk, not
// AF_NETLINK.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

internal static unsafe partial class Libc
{
    public const int FamilyNetlink = 16;
    public const int SocketRaw = 3;
    public const int CloseOnExec = 0x80000;
    public const int ProtocolRoute = 0;
    public const int ProtocolGeneric = 16;
    public const int LevelSocket = 1;
    public const int LevelNetlink = 270;
    public const int SendBuffer = 7;
    public const int ReceiveBuffer = 8;
    public const int ReceiveBufferForce = 33;
    public const int AddMembership = 1;
    public const int CapAck = 10;
    public const int ExtendedAck = 11;
    public const int StrictCheck = 12;
    public const int DontWait = 0x40;
    public const int Truncate = 0x20;
    public const short PollIn = 1;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial NetlinkHandle Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    public static partial NetlinkHandle EventFd(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(nint descriptor);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(NetlinkHandle socket, in NetlinkAddress address, int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(NetlinkHandle socket, int level, int option, in int value, int length);

    [LibraryImport("libc", EntryPoint = "sendto", SetLastError = true)]
    public static partial nint SendTo(NetlinkHandle socket, byte* buffer, nint length, int flags, in NetlinkAddress address, int addressLength);

    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true)]
    public static partial nint ReceiveFrom(NetlinkHandle socket, byte* buffer, nint length, int flags, ref NetlinkAddress address, ref int addressLength);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(NetlinkHandle descriptor, in ulong value, nint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(NetlinkHandle descriptor, ref ulong value, nint length);

    // struct sockaddr_nl.
    [StructLayout(LayoutKind.Sequential)]
    public struct NetlinkAddress
    {
        public ushort Family;
        public ushort Padding;
        public uint Port;
        public uint Groups;
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
