// The front of the room: decides where a lab runs, says so in one line, runs it, and leaves the machine as it was.
// Everything that can be wrong with the machine (no root, missing packages, a kernel without bonding) is one sentence and
// exit code 1, before anything was changed.
using System.Globalization;
using Weft.Lab.Staging;
using Weft.Topology;

namespace Weft.Lab;

/// <summary>Throw-away labs: the hosts, switches and guests of host files, made for one command.</summary>
public static class Lab
{
    private const int Refused = 1, Usage = 2;

    /// <summary>Runs a lab to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="say">Takes the lab's own words; standard error for people.</param>
    /// <returns>The command's exit code (128+n if a signal ended it); 124 at the time limit; 125 if the lab itself broke; 129,
    /// 130, 143 if SIGHUP, SIGINT, SIGTERM ended the lab; 1 if it was refused; 2 or 3 if a file cannot be read or has errors; what
    /// <c>weft apply</c> said, if that failed.</returns>
    public static int Run(LabRequest request, TextWriter say)
    {
        int Refuse(string why) { say.WriteLine($"lab: {why}"); return Refused; }
        if (!Environment.IsPrivilegedProcess) return Refuse("a lab makes namespaces and mounts, so it needs root; run it with sudo");
        string[] needed = [.. Missing("perl", "perl-base"), .. Missing("ip", "iproute2"), .. Missing("unshare", "util-linux")];
        if (needed.Length > 0) return Refuse($"missing here: apt install {string.Join(' ', needed)}");
        var weft = request.Weft ?? (Path.GetFileName(Environment.ProcessPath) == "weft" ? Environment.ProcessPath : null);
        if (weft is null && request.Files.Count > 0 && !request.Bare) return Refuse("the weft executable that is to apply the host files is not known");
        Layout? layout = null;
        if (request.Files.Count > 0 && LabFiles.Read(request, say) is var (read, code))
            if (read is null) return code;
            else layout = read;

        try { return Run(request with { Weft = weft }, layout, say); }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            return Refuse($"the machine does not let it: {refusal.Message}");
        }
    }

    private static int Run(LabRequest request, Layout? layout, TextWriter say)
    {
        int Refuse(string why) { say.WriteLine($"lab: {why}"); return Refused; }
        using var state = StateFolder.Make(request.RuntimeFolder);
        IReadOnlyList<string> lacks = [];
        if (request.Place != LabPlace.UserMode)
        {
            state.Borrow();
            lacks = Ability.Lacks();
        }
        var kernel = $"this kernel has no {string.Join(", ", lacks)}";
        if (request.Place == LabPlace.RightThere && lacks.Count > 0) return Refuse($"{kernel}, so a lab cannot run right there");
        var hostname = layout?.Hosts[0].Name ?? "host";
        request = Furnish(request, layout, state);
        if (request.Place != LabPlace.UserMode && lacks.Count == 0)
        {
            say.WriteLine("lab: running right there, in namespaces of this kernel");
            return RightThere.Run(request, state, hostname);
        }
        var reason = lacks.Count > 0 ? $"{kernel}: " : "";
        if (UserModeLinux.Lacks() is { Count: > 0 } packages)
            return Refuse($"{reason}user-mode Linux is needed; apt install {string.Join(' ', packages)}");
        say.WriteLine($"lab: {reason}running in user-mode Linux {UserModeLinux.Version()}");
        return UserModeLinux.Run(request, state, hostname, say);
    }

    /// <summary>Pulls or plugs a NIC's cable, from within a lab: the switch's end goes down or up, and the NIC's carrier with it.</summary>
    /// <param name="plug">True to plug, false to pull.</param>
    /// <param name="nic">The NIC as the kernel calls it, or HOST:NIC where there are several hosts.</param>
    /// <param name="say">Takes what is wrong.</param>
    /// <returns>0; 1 if the kernel refused; 2 outside a lab or where no cable leads to that NIC.</returns>
    public static int Cable(bool plug, string nic, TextWriter say)
    {
        var list = Path.Combine(StateFolder.Inside, "cables");
        if (!File.Exists(list)) { say.WriteLine("lab: this is not inside a lab: cables are pulled by the command that a lab runs"); return Usage; }
        var ends = File.ReadLines(list).Select(line => line.Split(' ')).Where(end => end.Length == 4).ToList();
        if (ends.Find(end => nic == end[1] || nic == $"{end[0]}:{end[1]}") is not [_, _, var box, var port])
        {
            say.WriteLine($"lab: no cable leads to {Text.Quote.Clean(nic)}; there is {string.Join(", ", ends.Select(end => $"{end[0]}:{end[1]}"))}");
            return Usage;
        }
        var tool = Tool.Run("ip", ["-n", box, "link", "set", "dev", port, plug ? "up" : "down"]);
        say.Write(tool.Errors);
        return tool.Code == 0 ? 0 : Refused;
    }

    // Puts the stage into the state folder and the command behind it; `weft` is in PATH, and the environment says that this is a lab.
    private static LabRequest Furnish(LabRequest request, Layout? layout, StateFolder state)
    {
        var environment = new Dictionary<string, string>(request.Environment, StringComparer.Ordinal) { ["WEFT_LAB"] = "1" };
        if (request.Weft is { } weft)
        {
            Directory.CreateDirectory(state.In("bin"));
            File.CreateSymbolicLink(Path.Combine(state.In("bin"), "weft"), Path.GetFullPath(weft, request.Folder));
            environment["PATH"] = $"{StateFolder.Inside}/bin:{environment.GetValueOrDefault("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")}";
        }
        if (layout is null) return request with { Environment = environment };
        environment["WEFT_LAB_FILE"] = layout.Hosts[0].File;
        environment["WEFT_LAB_HOST"] = layout.Hosts[0].Name;
        for (var index = 0; index < layout.Hosts.Count; index++)
            environment[string.Create(CultureInfo.InvariantCulture, $"WEFT_LAB_FILE_{index + 1}")] = layout.Hosts[index].File;
        foreach (var (name, text) in Stage.Files(layout, request.Command, request.Bare)) state.Write(name, text);
        return request with { Environment = environment, Command = ["/bin/sh", $"{StateFolder.Inside}/stage"] };
    }

    private static string[] Missing(string program, string package) => Tool.Find(program) is null ? [package] : [];
}
