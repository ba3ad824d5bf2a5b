// Names and words of the error numbers that rtnetlink answers with (asm-generic/errno.h; the same on every architecture
// that .NET runs on with Linux).
using System.Globalization;

namespace Weft.Netlink;

/// <summary>Error numbers in words.</summary>
public static class Errno
{
    internal const int Interrupted = 4;
    internal const int TryAgain = 11;
    internal const int NoBuffers = 105;
    internal const int TimedOut = 110;
    internal const int Cancelled = 125;

    /// <summary>"EBUSY", or "errno 999" for a number without a name here.</summary>
    public static string Name(int errno) => Entry(errno).Name ?? string.Create(CultureInfo.InvariantCulture, $"errno {errno}");

    /// <summary>What the number means in general, such as "device or resource busy".</summary>
    public static string Words(int errno) => Entry(errno).Words ?? "unknown error";

    private static (string? Name, string? Words) Entry(int errno) => errno switch
    {
        1 => ("EPERM", "operation not permitted"),
        2 => ("ENOENT", "no such entry"),
        3 => ("ESRCH", "no such object"),
        4 => ("EINTR", "interrupted system call"),
        5 => ("EIO", "input/output error"),
        6 => ("ENXIO", "no such device or address"),
        7 => ("E2BIG", "too many values"),
        9 => ("EBADF", "bad file descriptor"),
        11 => ("EAGAIN", "try again"),
        12 => ("ENOMEM", "out of memory"),
        13 => ("EACCES", "permission denied"),
        14 => ("EFAULT", "bad address"),
        16 => ("EBUSY", "device or resource busy"),
        17 => ("EEXIST", "exists already"),
        18 => ("EXDEV", "belongs to another device"),
        19 => ("ENODEV", "no such device"),
        20 => ("ENOTDIR", "not a directory"),
        22 => ("EINVAL", "invalid value"),
        23 => ("ENFILE", "too many open files in the system"),
        24 => ("EMFILE", "too many open files"),
        28 => ("ENOSPC", "no space left"),
        30 => ("EROFS", "read-only"),
        32 => ("EPIPE", "broken pipe"),
        34 => ("ERANGE", "value out of range"),
        39 => ("ENOTEMPTY", "not empty"),
        40 => ("ELOOP", "loop"),
        54 => ("EXFULL", "full: no place left"),
        61 => ("ENODATA", "no data"),
        62 => ("ETIME", "timer expired"),
        71 => ("EPROTO", "protocol error"),
        74 => ("EBADMSG", "bad message"),
        75 => ("EOVERFLOW", "value too large"),
        76 => ("ENOTUNIQ", "name not unique"),
        88 => ("ENOTSOCK", "not a socket"),
        90 => ("EMSGSIZE", "message too long"),
        92 => ("ENOPROTOOPT", "option not available"),
        93 => ("EPROTONOSUPPORT", "protocol not supported"),
        95 => ("EOPNOTSUPP", "operation not supported"),
        97 => ("EAFNOSUPPORT", "address family not supported"),
        98 => ("EADDRINUSE", "address already in use"),
        99 => ("EADDRNOTAVAIL", "address not available"),
        100 => ("ENETDOWN", "network is down"),
        101 => ("ENETUNREACH", "network is unreachable"),
        105 => ("ENOBUFS", "no buffer space"),
        110 => ("ETIMEDOUT", "timed out"),
        111 => ("ECONNREFUSED", "connection refused"),
        113 => ("EHOSTUNREACH", "no route to host"),
        114 => ("EALREADY", "already under way"),
        115 => ("EINPROGRESS", "now under way"),
        116 => ("ESTALE", "stale"),
        125 => ("ECANCELED", "cancelled"),
        _ => (null, null),
    };
}
