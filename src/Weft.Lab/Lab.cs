// The front of the room: decides where a lab runs, says so in one line, runs it, and leaves the machine as it was.
// Everything that can be wrong with the machine (no root, missing packages, a kernel without bonding) is one sentence and
// exit code 1, before anything was changed.
namespace Weft.Lab;

/// <summary>Throw-away labs: the hosts, switches and guests of host files, made for one command.</summary>
public static class Lab
{
    private const int Refused = 1;

    /// <summary>Runs a lab to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="say">Takes the lab's own words; standard error for people.</param>
    /// <returns>The command's exit code (128+n if a signal ended it); 124 at the time limit; 125 if the lab itself broke; 129,
    /// 130, 143 if SIGHUP, SIGINT, SIGTERM ended the lab; 1 if it was refused.</returns>
    public static int Run(LabRequest request, TextWriter say)
    {
        int Refuse(string why) { say.WriteLine($"lab: {why}"); return Refused; }
        if (!Environment.IsPrivilegedProcess) return Refuse("a lab makes namespaces and mounts, so it needs root; run it with sudo");
        string[] needed = [.. Missing("perl", "perl-base"), .. Missing("ip", "iproute2"), .. Missing("unshare", "util-linux")];
        if (needed.Length > 0) return Refuse($"missing here: apt install {string.Join(' ', needed)}");

        using var state = StateFolder.Make(request.RuntimeFolder);
        IReadOnlyList<string> lacks = [];
        if (request.Place != LabPlace.UserMode)
        {
            state.Borrow();
            lacks = Ability.Lacks();
        }
        var kernel = $"this kernel has no {string.Join(", ", lacks)}";
        if (request.Place == LabPlace.RightThere && lacks.Count > 0) return Refuse($"{kernel}, so a lab cannot run right there");
        if (request.Place != LabPlace.UserMode && lacks.Count == 0)
        {
            say.WriteLine("lab: running right there, in namespaces of this kernel");
            return RightThere.Run(request, state, "host");
        }
        var reason = lacks.Count > 0 ? $"{kernel}: " : "";
        if (UserModeLinux.Lacks() is { Count: > 0 } packages)
            return Refuse($"{reason}user-mode Linux is needed; apt install {string.Join(' ', packages)}");
        say.WriteLine($"lab: {reason}running in user-mode Linux {UserModeLinux.Version()}");
        return UserModeLinux.Run(request, state, "host", say);
    }

    private static string[] Missing(string program, string package) => Tool.Find(program) is null ? [package] : [];
}
