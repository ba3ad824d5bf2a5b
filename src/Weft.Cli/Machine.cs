// The real machine behind the commands: kernel, disk, permission, lock and namespace of this process.

using System.Globalization;
using Weft.Apply;
using Weft.Clients;
using Weft.Linux;
using Weft.Linux.Clients;

namespace Weft.Cli;

internal static class Machine
{
    /// <summary>CAP_NET_ADMIN (linux/capability.h).</summary>
    private const int NetAdmin = 12;

    public static ServedKernel Kernel() => new(LinuxKernel.Open(), new DhcpcdClients(RuntimeFolder()), Resolved.OfThisMachine(RuntimeFolder()));

    /// <summary>The present life of this namespace, as ledger and journal name it.</summary>
    public static string Epoch() => NetworkNamespace.Epoch();

    /// <summary>Where the ledger of this namespace is, and the journal of a change that is under way: on disk for the machine's own, under /run for any other.</summary>
    public static IDisk State() => Fate.Of(LinuxDisk.State());

    /// <summary>Who is at it, as a person would say it.</summary>
    public static string Who() => Environment.GetEnvironmentVariable("SUDO_USER") is { Length: > 0 } user ? $"{Environment.UserName} (sudo, {user})" : Environment.UserName;

    /// <summary>What is said of a change that is being made, beside the lock: it goes with the machine.</summary>
    public static IDisk Runtime() => Fate.Of(new LinuxDisk(RuntimeFolder()));

    /// <summary>Counts deadlines: it goes on while the machine sleeps.</summary>
    public static TimeProvider Clock { get; } = new BootClock();

    /// <summary>Where the lock of this namespace is.</summary>
    public static string RuntimeFolder() => LinuxDisk.Runtime();

    /// <summary>Whether the kernel will let this process change links. Unreadable counts as yes: then the kernel decides.</summary>
    public static bool MayChangeLinks()
    {
        try
        {
            var line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal));
            return line is null || (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> NetAdmin & 1) != 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return true;
        }
    }

    /// <summary>
    /// Goes into a named network namespace, by executing this program anew inside. Returns null where it is inside already, else why
    /// that failed.
    /// </summary>
    public static string? Enter(string name, IReadOnlyList<string> arguments)
    {
        var inside = Environment.GetEnvironmentVariable(NetworkNamespace.Inside);
        Environment.SetEnvironmentVariable(NetworkNamespace.Inside, null);
        return inside == name ? null : NetworkNamespace.Enter(name, Environment.ProcessPath ?? "/proc/self/exe", arguments);
    }
}
