// The door of this room: the text of a host file in, a host and findings out. Nothing is thrown, whatever the text; nothing
// stops at the first finding, save where YAML's own structure is lost.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Spec;

/// <summary>What a host file says.</summary>
/// <param name="Host">The host, without what was refused and with its networks expanded; null where the file is no YAML or nothing at all.</param>
/// <param name="Findings">Sorted by place. With an error among them the host is only fit for further checks.</param>
public sealed record Reading(Host? Host, ImmutableArray<Finding> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>Reads host files.</summary>
public static class HostFile
{
    /// <param name="fileName">The name that findings show.</param>
    /// <param name="text">The whole text; a byte order mark at its beginning counts for nothing. The caller bounds its size.</param>
    public static Reading Read(string fileName, string text)
    {
        var findings = new List<Finding>();
        var host = Host(fileName, text.StartsWith('\ufeff') ? text[1..] : text, findings);
        return new(host, [.. findings.OrderBy(finding => finding.Place)]);
    }

    private static Host? Host(string file, string text, List<Finding> findings)
    {
        if (Characters.Refused(file, text) is { } refused)
        {
            findings.Add(refused);
            return null;
        }
        if (Characters.TabIndent(file, text) is { } tab)
            findings.Add(tab);
        var root = Tree.Read(file, text, findings);
        if (root is null && findings.Count == 0)
            findings.Add(Finding.Error("empty-file", new Place(file, 1, 1), "the file declares nothing",
                "an empty file is more often a write that failed than a wish to remove every link", "write version: 1, if a host without declared links is what you want"));
        if (root is null)
            return null;
        var walk = new ShapeWalk(findings);
        if (walk.Read(root, Schema.File, "a host file")?.Value is not Value.Map map)
            return null;
        var allowances = Allowances.Read(file, text, findings);
        var (host, more) = Networks.Expand(new Lift(walk, findings).Host(map.Fields), walk.Unread);
        findings.AddRange(more);
        return Profiles.Expand(host) with { Allowances = allowances };
    }
}
