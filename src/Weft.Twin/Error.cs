// What the kernel answers when it refuses. The texts are those of 6.1 where it gives one, else the C library's for the errno.

using Weft.Apply;

namespace Weft.Twin;

internal static class Error
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["EACCES"] = "Permission denied",
        ["EADDRINUSE"] = "Address already in use",
        ["EADDRNOTAVAIL"] = "Cannot assign requested address",
        ["EBUSY"] = "Device or resource busy",
        ["EEXIST"] = "File exists",
        ["EHOSTUNREACH"] = "No route to host",
        ["EINVAL"] = "Invalid argument",
        ["EIO"] = "Input/output error",
        ["ELOOP"] = "Too many levels of symbolic links",
        ["EMLINK"] = "Too many links",
        ["ENETDOWN"] = "Network is down",
        ["ENETUNREACH"] = "Network is unreachable",
        ["ENODEV"] = "No such device",
        ["ENOENT"] = "No such file or directory",
        ["ENOTEMPTY"] = "Directory not empty",
        ["EOPNOTSUPP"] = "Operation not supported",
        ["EPERM"] = "Operation not permitted",
        ["ERANGE"] = "Numerical result out of range",
        ["ESRCH"] = "No such process",
    };

    public static Refusal Of(string errno, string? text = null, string? attribute = null) => new(errno, text ?? Words[errno], attribute);
}
