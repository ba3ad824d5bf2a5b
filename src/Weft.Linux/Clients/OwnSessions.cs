// Where no systemd runs this network namespace: each client is the first process of a session of its own, so that it outlives
// whoever started it, and is ended with all its helpers, every one by its id and none by its name. In a namespace that is not
// the machine's own dhcpcd's folders are its own too: it names its files by links alone, and two namespaces have links of one name.

using System.Diagnostics;
using System.Globalization;
using Weft.Apply;

namespace Weft.Linux.Clients;

internal sealed class OwnSessions(string folder) : IRunning
{
    private const int Terminate = 15, Kill = 9;

    /// <summary>How long a client may take to be up, and to give everything back: a busy machine's, for it does both in a fraction of it.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10), Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Where dhcpcd keeps its process ids and leases, which the program fixes.</summary>
    private const string Its = "/run/dhcpcd", ItsLeases = "/var/lib/dhcpcd";

    private readonly bool apart = !NetworkNamespace.IsInitial();

    /// <summary>
    /// Says who it is, as the kernel tells it, and which program and network namespace its helpers will have, then becomes the client. $1: that
    /// file; $2: the log; $3: where its folders are kept, or nothing; the rest: the program and its words.
    /// </summary>
    private const string Script = $$"""
        cd / && exec </dev/null >"$2" 2>&1 || exit 1
        read -r stat </proc/$$/stat && printf '%s\n' "$stat" "$(readlink -f "$4")" "$(readlink /proc/$$/ns/net)" >"$1.new" && mv "$1.new" "$1" || exit 1
        mkdir -p {{Its}} {{ItsLeases}} || exit 1
        if [ -n "$3" ]; then
          mkdir -p "$3/run" "$3/leases" && mount --bind "$3/run" {{Its}} && mount --bind "$3/leases" {{ItsLeases}} || exit 1
        fi
        shift 3
        exec "$@"
        """;

    public bool Lives(string link) => Born(link) is { } known && ProcessStat.Of(known.Process) is { } now && now.Began == known.Began && !now.IsGone;

    public Refusal? Start(string link, string program, IReadOnlyList<string> words)
    {
        var (who, log) = (Path.Combine(folder, $"{link}.process"), Path.Combine(folder, $"{link}.log"));
        File.Delete(who);
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = "/" };
        foreach (var word in (string[])[.. apart ? ["unshare", "--mount", "--propagation", "private", "--"] : Array.Empty<string>(), "/bin/sh", "-c", Script, "sh", who, log, apart ? folder : "", program, .. words])
            start.ArgumentList.Add(word);
        using var process = Process.Start(start)!;
        var up = Path.Combine(apart ? Path.Combine(folder, "run") : Its, $"{link}.pid");
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Longest && !process.HasExited; Thread.Sleep(Poll))
            if (Libc.NumberIn(up) == process.Id)
                return null;
        var said = Programs.LastLine(log);
        if (process.HasExited)
            return new("dhcpcd", $"it ended at once (exit code {Programs.Decimal(process.ExitCode)}){(said.Length > 0 ? $": {said}" : "")}");
        Stop(link);
        return new("dhcpcd", $"it did not begin within {Longest.TotalSeconds} s{(said.Length > 0 ? $": {said}" : "")}");
    }

    public Refusal? Stop(string link)
    {
        if (Born(link) is not { } known)
            return null;
        var (patience, helpers) = (Longest, new HashSet<(int Process, string Began)>());
        if (Lives(link))
            OwnProcess.Signal(known.Process, Terminate);
        else
            patience = TimeSpan.Zero; // Helpers of one that was killed stay for ever, and take no other signal either.
        for (var waited = Stopwatch.StartNew(); Session(known, helpers) is { Count: > 0 } left; Thread.Sleep(Poll))
        {
            if (waited.Elapsed >= patience)
                left.ForEach(process => OwnProcess.Signal(process, Kill));
            if (waited.Elapsed > Longest * 2)
                return new("EBUSY", $"the client of {link} does not end (process {Programs.Decimal(known.Process)})");
        }
        File.Delete(Path.Combine(folder, $"{link}.process"));
        return null;
    }

    /// <summary>
    /// The living processes of a client's session. While the client lives the number of its session is nobody else's. Once it is gone the
    /// number may be that of a stranger's session whose first process ended too: then those are ours that were seen before, and those
    /// that are what the client was, in its network namespace.
    /// </summary>
    private static List<int> Session(Identity known, HashSet<(int Process, string Began)> helpers)
    {
        var first = ProcessStat.Of(known.Process);
        if (first is { } other && other.Began != known.Began)
            return [];
        var found = new List<int>();
        foreach (var path in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var process) && ProcessStat.Of(process) is { } stat && stat.Session == known.Process && !stat.IsGone
                && (helpers.Contains((process, stat.Began)) || first is not null || known.IsOf(path)))
            {
                helpers.Add((process, stat.Began));
                found.Add(process);
            }
        return found;
    }

    /// <summary>Who a client is: its process, and what its helpers have of it.</summary>
    private sealed record Identity(int Process, string Began, string Program, string Network)
    {
        /// <summary>A program that was replaced on disk since is told as deleted.</summary>
        public bool IsOf(string proc)
        {
            try
            {
                return new FileInfo(Path.Combine(proc, "ns", "net")).LinkTarget == Network
                    && new FileInfo(Path.Combine(proc, "exe")).LinkTarget is { } program && (program == Program || program == Program + " (deleted)");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return false; // It ended.
            }
        }
    }

    private Identity? Born(string link)
    {
        try
        {
            var path = Path.Combine(folder, $"{link}.process");
            return File.Exists(path) && File.ReadAllLines(path) is [var line, ..] lines && ProcessStat.Parse(line) is { } stat ? new(stat.Id, stat.Began, lines.ElementAtOrDefault(1) ?? "", lines.ElementAtOrDefault(2) ?? "") : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
