// What one lab is asked for. A plain value: everything that the lab takes from outside (files, command, environment,
// limits) is in here, so that two labs with equal requests are equal labs.
using System.Collections;

namespace Weft.Lab;

/// <summary>Where a lab runs.</summary>
public enum LabPlace
{
    /// <summary>In namespaces of this kernel if it can do bonding, 802.1Q and VLAN-aware bridges, else in user-mode Linux.</summary>
    Either,

    /// <summary>In namespaces of this kernel; refused if it cannot.</summary>
    RightThere,

    /// <summary>In user-mode Linux, whatever this kernel can do.</summary>
    UserMode,
}

/// <summary>One run of a throw-away lab: hosts, switches and guests of some host files, and a command among them.</summary>
public sealed record LabRequest
{
    /// <summary>Program and arguments; looked up in PATH inside the lab, and never given to a shell.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Paths of the host files; the command runs on the host of the first. Without any, it runs in a bare lab.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// Reads a host file by the name that <see cref="Files"/> has for it: its text, or the sentence that says why it cannot be had.
    /// </summary>
    public required Func<string, (string? Text, string? Wrong)> Read { get; init; }

    /// <summary>Where to run; by default wherever this kernel allows.</summary>
    public LabPlace Place { get; init; }

    /// <summary>Leave the hosts bare: cables, switches and guests are there, and no host file is applied.</summary>
    public bool Bare { get; init; }

    /// <summary>After this time everything in the lab is ended, with exit code 124. No limit if null.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Memory of user-mode Linux in the kernel's spelling (512M, 1G). Only touched pages are really used.</summary>
    public string Memory { get; init; } = "1G";

    /// <summary>Folders that user-mode Linux may write to; everything else it writes stays inside. The working folder is one.</summary>
    public IReadOnlyList<string> Shares { get; init; } = [];

    /// <summary>An image file that is user-mode Linux's first disk, /dev/ubda. Its kernel writes to it, and it outlives the lab.</summary>
    public string? Disk { get; init; }

    /// <summary>Keep the log of user-mode Linux there. Without it the log is kept only if that kernel died.</summary>
    public string? KernelLog { get; init; }

    /// <summary>Hand this program's standard input to the command. User-mode Linux reads it to its end first.</summary>
    public bool Input { get; init; }

    /// <summary>The weft executable that applies the host files and is <c>weft</c> in the lab's PATH; null is this program.</summary>
    public string? Weft { get; init; }

    /// <summary>The command's working folder.</summary>
    public string Folder { get; init; } = System.Environment.CurrentDirectory;

    /// <summary>The command's environment; by default this program's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = Own();

    /// <summary>Where labs keep their state while they live. A folder that only root can write to.</summary>
    public string RuntimeFolder { get; init; } = "/run/weft-lab";

    private static Dictionary<string, string> Own() => System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
