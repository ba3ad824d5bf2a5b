// dhcpcd, one for each link. In the folder of a network namespace three files tell of each: what it was started with (LINK.conf),
// who it is (in LINK.process), and what it changed of its link's settings and does not put back (LINK.before). The first and the
// last are written before it runs, the other by itself before it becomes dhcpcd: there is no moment at which one runs unknown.

using Weft.Apply;
using Weft.Clients;
using Weft.Model;

namespace Weft.Linux.Clients;

/// <summary>The clients of this network namespace.</summary>
public sealed class DhcpcdClients : IClients
{
    /// <summary>What a client sets on its link and leaves so (dhcpcd 9.4): without its own link-local address back, a link would have none.</summary>
    private static readonly (string Family, string File)[] Its = [("ipv4", "promote_secondaries"), ("ipv6", "accept_ra"), ("ipv6", "addr_gen_mode")];

    private readonly string runtime, folder;
    private readonly Lazy<string?> program = new(() => Programs.Find("dhcpcd"));
    private readonly IRunning running;

    /// <param name="runtime">The runtime folder.</param>
    public DhcpcdClients(string runtime)
    {
        (this.runtime, folder) = (runtime, Path.Combine(runtime, "clients"));
        running = NetworkNamespace.IsInitial() && Booted.BySystemd ? new SystemdUnits() : new OwnSessions(folder);
    }

    public string? Missing => program.Value is null ? "this machine has no dhcpcd" : null;

    public IReadOnlyList<Client> All()
    {
        try
        {
            if (!Directory.Exists(folder))
                return [];
            var all = new List<Client>();
            foreach (var path in Directory.EnumerateFiles(folder, "*.conf").Order(StringComparer.Ordinal))
                if (DhcpcdFile.Read(File.ReadAllText(path)) is { } read && Path.GetFileNameWithoutExtension(path) is var link)
                    all.Add(new(link, read.Index, read.Wish, running.Lives(link)));
            return all;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // Who may not look sees none.
        }
    }

    public Refusal? Start(string link, Settings wish)
    {
        if (program.Value is not { } dhcpcd)
            return new("ENOENT", Missing!);
        if (LinkIndex.Of(link) is not (> 0 and var index))
            return new("ENODEV", $"there is no link {link}");
        try
        {
            Directory.CreateDirectory(folder, Programs.Readable);
            if (running.Stop(link) is { } stays)
                return stays;
            File.Delete(Named(link, LeasedNames.Ending));
            // One that was started on this very link may have changed its settings already.
            if (!File.Exists(Named(link, "conf")) || DhcpcdFile.Read(File.ReadAllText(Named(link, "conf")))?.Index != index || !File.Exists(Named(link, "before")))
                File.WriteAllLines(Named(link, "before"), Its.Select(one => (one, Value: Conf.Read(one.Family, link, one.File))).Where(pair => pair.Value is not null).Select(pair => $"{pair.one.Family} {pair.one.File} {pair.Value}"));
            File.WriteAllText(Named(link, "conf"), DhcpcdFile.Of(link, index, wish, LeasedNames.Hook(runtime)));
            return running.Start(link, dhcpcd, ["-B", "-q", "-f", Named(link, "conf"), link]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return new("EIO", $"the client of {link} could not be started: {e.Message}");
        }
    }

    public Refusal? Stop(string link)
    {
        try
        {
            if (!File.Exists(Named(link, "conf")))
                return null;
            if (running.Stop(link) is { } stays)
                return stays;
            if (DhcpcdFile.Read(File.ReadAllText(Named(link, "conf")))?.Index == LinkIndex.Of(link) && File.Exists(Named(link, "before")))
                foreach (var words in File.ReadLines(Named(link, "before")).Select(line => line.Split(' ')))
                    if (words.Length == 3 && Its.Contains((words[0], words[1])) && Conf.Read(words[0], link, words[1]) != words[2])
                        Conf.Write(words[0], link, words[1], words[2]);
            // The one that tells of it goes last: who dies before it is told again.
            foreach (var ending in new[] { "process", "log", LeasedNames.Ending, "before", "conf" })
                File.Delete(Named(link, ending));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return new("EIO", $"the client of {link} could not be stopped: {e.Message}");
        }
    }

    private string Named(string link, string ending) => Path.Combine(folder, $"{link}.{ending}");
}

/// <summary>How processes are kept running: each by itself, or by systemd.</summary>
internal interface IRunning
{
    bool Lives(string link);

    /// <summary>Starts a program and waits until it is up.</summary>
    Refusal? Start(string link, string program, IReadOnlyList<string> words);

    /// <summary>Ends it, whole; nothing where it does not run.</summary>
    Refusal? Stop(string link);
}
