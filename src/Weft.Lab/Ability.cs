// What this kernel can do for a lab, found out by doing it: a bond, a VLAN-aware bridge, a veth and a VLAN in a throw-away
// network namespace. Neither the kernel's version nor its list of modules would tell as much.
namespace Weft.Lab;

/// <summary>The features that this kernel lacks, in the words of its modules; none: labs run right there.</summary>
internal static class Ability
{
    // One feature a line: `ip` names the line that failed, and -force goes on after it.
    private static readonly (string Feature, string Line)[] Trial =
    [
        ("bonding", "link add name t0 type bond"),
        ("bridge", "link add name t1 type bridge"),
        ("bridge VLAN filtering", "link set dev t1 type bridge vlan_filtering 1"),
        ("veth", "link add name t2 type veth peer name t3"),
        ("8021q", "link add link t2 name t4 type vlan id 2"),
    ];

    public static IReadOnlyList<string> Lacks()
    {
        var lines = string.Concat(Trial.Select(entry => entry.Line + "\n"));
        var trial = Tool.Run("unshare", ["--net", "ip", "-force", "-batch", "-"], lines);
        if (trial.Code < 0) return ["an answer to a trial of its features"]; // Silence is no ability.
        if (trial.Errors.Contains("unshare failed", StringComparison.Ordinal)) return ["network namespaces"];
        return [.. Trial.Where((_, index) => trial.Errors.Contains($"Command failed -:{index + 1}\n", StringComparison.Ordinal))
            .Select(entry => entry.Feature)];
    }
}
