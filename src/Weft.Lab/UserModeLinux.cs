// A lab in user-mode Linux: a kernel as a process, from Debian's package, whose root is the machine's own files under an
// overlay that nobody else sees. Only the shared folders are really written to.
//
// The exit code comes back in a file; both outputs come back byte exact by ttys of the guest on pipes of ours. The user's own
// terminal is never handed to UML: it would be left in raw mode by a kernel that dies.
using System.Text;

namespace Weft.Lab;

internal static class UserModeLinux
{
    private const string Kernel = "linux.uml", Modules = "/usr/lib/uml/modules";

    /// <summary>The exit code when the kernel itself failed.</summary>
    public const int Died = 125;

    /// <summary>The Debian packages that are missing.</summary>
    public static IReadOnlyList<string> Lacks() =>
    [
        .. Tool.Find(Kernel) is null || !Directory.Exists(Modules) ? (string[])["user-mode-linux"] : [],
        .. Tool.Find("modprobe") is null ? (string[])["kmod"] : [],
    ];

    /// <summary>The version that the kernel says it has.</summary>
    public static string Version() => Tool.Run(Kernel, ["--version"]).Output.Trim();

    public static int Run(LabRequest request, StateFolder state, string hostname, TextWriter say)
    {
        if (request.Input)
        {
            using var spool = File.Create(state.In("stdin"));
            using var input = Console.OpenStandardInput();
            input.CopyTo(spool);
        }
        WriteConf(request, state, hostname);
        var id = Path.GetFileName(state.Path);
        var keeper = Keeper.Run("uml", state,
        [
            Tool.Find(Kernel)!, $"mem={request.Memory}", "rootfstype=hostfs", "rootflags=/", "ro", $"init={state.WriteScript("uml-init.pl")}",
            $"weftlab={state.Path}", $"umid={id}", $"uml_dir={state.In("uml")}", "quiet", "noreboot", "panic=-1", "loglevel=4",
            "pty.legacy_count=0", "zswap.enabled=0", "initcall_blacklist=raid6_select_algo,calibrate_xor_blocks,init_zswap",
            "con=null", "con0=null,fd:1", "con1=null,fd:4", "con2=null,fd:5", "ssl=null",
            .. request.Disk is { } disk ? (string[])[$"ubd0={Path.GetFullPath(disk, request.Folder)}"] : [],
        ], request with { Folder = "/" }, hostname);
        if (request.KernelLog is { } wanted) Copy(state.In("boot.log"), Path.GetFullPath(wanted, request.Folder), FileMode.Create, say);
        if (keeper.Ended) return keeper.Code;
        if (File.Exists(state.In("rc")) && int.TryParse(File.ReadAllText(state.In("rc")), out var code)) return code;
        Report(request, state, say);
        return Died;
    }

    /// <summary>
    /// .NET maps its code anew for each method that it compiles, so that no page is ever both written and run. Here that is system calls
    /// and first touches of pages, of which each is a hundred times as dear as elsewhere: a fifth of what a command takes.
    /// </summary>
    private static readonly KeyValuePair<string, string> Remapping = KeyValuePair.Create("DOTNET_EnableWriteXorExecute", "0");

    // NUL ends every entry: no value that a process can be given holds one.
    private static void WriteConf(LabRequest request, StateFolder state, string hostname)
    {
        var entries = request.Command.Select(argument => $"ARG={argument}")
            .Concat(request.Environment.Append(Remapping).DistinctBy(entry => entry.Key).Select(entry => $"ENV={entry.Key}={entry.Value}"))
            .Concat(Shares(request).Select(folder => $"SHARE={folder}"))
            .Append($"CWD={request.Folder}").Append($"HOST={hostname}");
        if (request.Files.Count > 0) entries = entries.Concat(["MODULE=veth", "MODULE=bridge", "MODULE=8021q", "MODULE=bonding"]);
        if (request.Input) entries = entries.Append("STDIN=1");
        state.Write("conf", string.Concat(entries.Select(entry => entry + "\0")));
    }

    // The working folder is shared unless it is one that a guest must have for itself. What lies below /run or /dev, which the
    // guest has its own of, is only seen where it is shared.
    private static IEnumerable<string> Shares(LabRequest request)
    {
        string[] own = ["/", "/dev", "/proc", "/run", "/sys", "/etc", "/usr", "/var", "/bin", "/sbin", "/lib", "/lib64", "/tmp"];
        var hidden = request.Files.Append(request.Weft ?? Environment.ProcessPath ?? "/").Select(file => Path.GetFullPath(file, request.Folder))
            .Where(file => file.StartsWith("/run/", StringComparison.Ordinal) || file.StartsWith("/dev/", StringComparison.Ordinal))
            .Select(file => Path.GetDirectoryName(file)!);
        return request.Shares.Select(folder => Path.GetFullPath(folder, request.Folder)).Append(request.Folder).Concat(hidden)
            .Where(folder => !own.Contains(folder) && Directory.Exists(folder)).Distinct(StringComparer.Ordinal);
    }

    private static void Report(LabRequest request, StateFolder state, TextWriter say)
    {
        if (File.Exists(state.In("initerr")))
        {
            say.WriteLine($"lab: user-mode Linux could not be set up: {File.ReadAllText(state.In("initerr")).Trim()}");
            return;
        }
        // The log is the guest's: hostile bytes are not sent to a terminal.
        var log = File.Exists(state.In("boot.log")) ? File.ReadAllText(state.In("boot.log"), Encoding.Latin1) : "";
        var lines = log.Split('\n').Select(line => new string([.. line.Where(letter => letter is >= ' ' and <= '~')]))
            .Where(line => line.Length > 0).ToList();
        var panic = lines.Find(line => line.Contains("Kernel panic", StringComparison.Ordinal));
        var kept = request.KernelLog ?? Path.Combine(Path.GetTempPath(), $"weft-lab-{Path.GetFileName(state.Path)}.log");
        if (request.KernelLog is null) Copy(state.In("boot.log"), kept, FileMode.CreateNew, say);
        say.WriteLine($"lab: user-mode Linux died{(panic is null ? "" : $": {panic}")}; its log is {kept} and ends:");
        foreach (var line in lines.TakeLast(20)) say.WriteLine($"  {line}");
    }

    private static void Copy(string from, string to, FileMode mode, TextWriter say)
    {
        try
        {
            using var source = File.OpenRead(from);
            using var target = new FileStream(to, mode, FileAccess.Write);
            source.CopyTo(target);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            say.WriteLine($"lab: cannot keep the kernel's log: {refusal.Message}");
        }
    }
}
