// Network namespaces: which one this is, and running in another. setns changes one thread only, and /sys shows the
// namespace of its mount; so the program enters on one thread and executes itself anew, before it has done anything.

using System.Globalization;
using System.Runtime.InteropServices;

namespace Weft.Linux;

public static partial class NetworkNamespace
{
    private const int NewNamespaces = 0x00020000, NewNetwork = 0x40000000;
    private const int DetachLazily = 2;
    private const int WorkingFolder = -100; // AT_FDCWD
    private const uint WantInode = 0x100; // STATX_INO
    private const ulong Recursive = 0x4000, Slave = 1 << 19;
    private const int Inet = 2, Datagram = 2, CloseOnExec = 0x80000, SocketLevel = 1, CookieOption = 71;

    /// <summary>The variable that tells the program executed anew that it is inside already.</summary>
    public const string Inside = "WEFT_NETNS";

    /// <summary>Boot id and namespace cookie (SO_NETNS_COOKIE, since 5.14): the life in which an ifindex means something.</summary>
    public static string Epoch()
    {
        try
        {
            return $"{File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim()}/{Cookie()}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"unknown/{Cookie()}";
        }
    }

    /// <summary>
    /// Whether this is the namespace of the machine's first process. Only root may read /proc/1/ns/net; but everybody may look at a file under
    /// /proc/1/net, and each namespace has its own (fs/proc/proc_net.c). Where process 1 is hidden (hidepid) nobody can tell, and it is taken for
    /// the machine's: what is remembered there root alone may read, so that who cannot tell is told so.
    /// </summary>
    public static bool IsInitial() => Number("/proc/1/net/dev") is not { } first || first == Number("/proc/self/net/dev");

    /// <summary>The inode of a file; null where it cannot be looked at.</summary>
    private static ulong? Number(string path) => Look(WorkingFolder, path, 0, WantInode, out var about) == 0 ? about.Inode : null;

    /// <summary>struct statx (linux/stat.h), as far as it is looked at.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct About
    {
        [FieldOffset(32)]
        public ulong Inode;
    }

    /// <summary>The namespace's cookie; before 5.14 the inode of its file, which may come again.</summary>
    public static string Cookie()
    {
        var socket = Socket(Inet, Datagram | CloseOnExec, 0);
        if (socket >= 0)
        {
            var length = sizeof(ulong);
            var failed = GetSocketOption(socket, SocketLevel, CookieOption, out var cookie, ref length);
            _ = Close(socket);
            if (failed == 0)
                return cookie.ToString(CultureInfo.InvariantCulture);
        }
        return File.ResolveLinkTarget("/proc/self/ns/net", false)?.Name ?? "net";
    }

    /// <summary>
    /// Enters the namespace that `ip netns` knows by this name and executes the program anew in it. Returns only where that failed, with why.
    /// </summary>
    public static string Enter(string name, string program, IReadOnlyList<string> arguments)
    {
        if (EnterWithThread(name) is { } failure)
            return failure;
        _ = SetVariable(Inside, name, 1);
        string?[] words = [program, .. arguments, null];
        _ = Execute(program, words);
        return $"{program} could not be executed: {Why()}";
    }

    /// <summary>Does some work on a thread of its own inside the namespace, and returns its result, or why it could not be entered.</summary>
    public static (T? Result, string? Failure) Within<T>(string name, Func<T> work)
    {
        (T?, string?) outcome = default;
        System.Runtime.ExceptionServices.ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                outcome = EnterWithThread(name) is { } failure ? (default, failure) : (work(), null);
            }
            catch (Exception e)
            {
                thrown = System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(e);
            }
        });
        // The thread ends with the work: one that stayed would carry its namespace into the thread pool.
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return outcome;
    }

    /// <summary>Moves the calling thread to a network namespace of its own, which goes when the thread ends.</summary>
    internal static bool LeaveWithThread() => Unshare(NewNetwork) == 0;

    /// <summary>Moves the calling thread to a namespace that `ip netns` knows; returns why it could not be. /sys goes on showing where it was before.</summary>
    internal static string? MoveWithThread(string name)
    {
        if (name.Length == 0 || name.Contains('/', StringComparison.Ordinal) || name is "." or "..")
            return $"\"{name}\" is not the name of a network namespace";
        var file = Open($"/run/netns/{name}", CloseOnExec);
        if (file < 0)
            return Marshal.GetLastPInvokeError() is 2 ? $"there is no network namespace \"{name}\"; ip netns list shows those there are" : $"the network namespace \"{name}\" cannot be opened: {Why()}";
        var entered = SetNamespace(file, NewNetwork) == 0;
        var why = entered ? "" : Why();
        _ = Close(file);
        return entered ? null : $"the network namespace \"{name}\" cannot be entered: {why}; it needs root";
    }

    /// <summary>Moves the calling thread, and a /sys that shows the same namespace with it.</summary>
    private static string? EnterWithThread(string name)
    {
        if (MoveWithThread(name) is { } failure)
            return failure;
        // /sys shows the namespace in which it was mounted. In a mount namespace of our own it is mounted anew.
        if (Unshare(NewNamespaces) != 0 || Mount("none", "/", null, Recursive | Slave, 0) != 0)
            return $"no mount namespace could be made: {Why()}";
        _ = Unmount("/sys", DetachLazily);
        return Mount("weft", "/sys", "sysfs", 0, 0) == 0 ? null : $"/sys could not be mounted for the namespace: {Why()}";
    }

    private static string Why() => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(int file, int kind);

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    private static partial int Unshare(int kinds);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string? kind, ulong flags, nint data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "setenv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int family, int kind, int protocol);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSocketOption(int socket, int level, int option, out ulong value, ref int length);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Look(int folder, string path, int flags, uint wanted, out About about);

    /// <summary>The calling thread's number, which the kernel takes wherever it takes a process's.</summary>
    [LibraryImport("libc", EntryPoint = "gettid")]
    internal static partial int ThreadId();

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
