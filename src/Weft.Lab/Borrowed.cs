// What labs on this very kernel need from the machine and it did not have: kernel modules, and the folder /var/lib/weft as a
// place to mount on. Both are written down before they are taken and given back when no lab lives any more.
//
// The surprise: unloading bonding, 8021q, bridge or veth *removes* every such device in every namespace; a device does
// not hold its module. So a module stays while anybody in any network namespace has a device of its kind.
namespace Weft.Lab;

internal static class Borrowed
{
    // In the order in which they can be unloaded; the kinds are those of `ip -d link`.
    private static readonly (string Module, string Kind)[] Modules =
        [("bonding", "bond"), ("8021q", "vlan"), ("veth", "veth"), ("bridge", "bridge"), ("garp", ""), ("mrp", ""), ("stp", ""), ("llc", ""), ("tls", "")];

    private const string Folder = "/var/lib/weft";

    /// <summary>Loads what is missing. A module that cannot be had is no error here: the trial of the kernel says so.</summary>
    public static void Take(string runtime)
    {
        var loaded = Loaded();
        var missing = Modules.Where(entry => !loaded.Contains(entry.Module)).Select(entry => $"module {entry.Module}").ToList();
        if (!Directory.Exists(Folder)) missing.Add($"folder {Folder}");
        File.WriteAllLines(List(runtime), Listed(runtime).Union(missing));
        if (!Present("bonding")) Tool.Run("modprobe", ["-q", "bonding", "max_bonds=0"]);
        string[] others = [.. ((string[])["8021q", "veth", "bridge"]).Where(module => !Present(module))];
        if (others.Length > 0) Tool.Run("modprobe", ["-q", "-a", .. others]);
        Directory.CreateDirectory(Folder);
    }

    /// <summary>Unloads and removes what is on the list and nobody uses.</summary>
    public static void GiveBack(string runtime)
    {
        var listed = Listed(runtime).ToHashSet(StringComparer.Ordinal);
        if (listed.Count == 0) return;
        var loaded = Loaded();
        var mine = Modules.Where(entry => listed.Contains($"module {entry.Module}") && loaded.Contains(entry.Module)).ToList();
        if (mine.Count > 0 && KindsInUse() is { } used)
            Tool.Run("rmmod", mine.Where(entry => !used.Contains(entry.Kind)).Select(entry => entry.Module));
        if (listed.Contains($"folder {Folder}") && Directory.Exists(Folder) && !Directory.EnumerateFileSystemEntries(Folder).Any())
            Directory.Delete(Folder);
        File.Delete(List(runtime));
    }

    // Loaded, or built in with something to show.
    private static bool Present(string module) => Directory.Exists($"/sys/module/{module}");

    private static string List(string runtime) => Path.Combine(runtime, "borrowed");

    private static string[] Listed(string runtime) => File.Exists(List(runtime)) ? File.ReadAllLines(List(runtime)) : [];

    private static HashSet<string> Loaded() => File.Exists("/proc/modules")
        ? File.ReadLines("/proc/modules").Select(line => line.Split(' ')[0]).ToHashSet(StringComparer.Ordinal) : [];

    // The kinds of all devices in all network namespaces that have a process or a name; null if one could not be read.
    private static HashSet<string>? KindsInUse()
    {
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var processes = Directory.GetDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])).Select(path => $"{path}/ns/net");
        var names = Directory.Exists("/run/netns") ? Directory.GetFiles("/run/netns") : [];
        foreach (var path in processes.Concat(names))
        {
            var identity = path.StartsWith("/proc", StringComparison.Ordinal) ? new FileInfo(path).LinkTarget : path;
            if (identity is null || !seen.Add(identity)) continue;
            var links = Tool.Run("nsenter", [$"--net={path}", "ip", "-d", "-o", "link", "show"]);
            if (links.Code != 0 && File.Exists(path)) return null;
            kinds.UnionWith(Modules.Select(entry => entry.Kind).Where(kind => kind.Length > 0
                && links.Output.Contains($" {kind} ", StringComparison.Ordinal)));
        }
        return kinds;
    }
}
