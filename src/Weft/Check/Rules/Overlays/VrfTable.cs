// The kernel takes two VRFs of one table, and one of the host's own tables (measured on 6.1). Two connected routes of one network
// are then in one table, and what is asked of either VRF goes by the first.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VRF has a table of its own.</summary>
public sealed class VrfTable() : Rule("vrf-table", Severity.Error)
{
    public override string Why => "the table is what a VRF keeps apart: shared with another VRF, or with the host itself, it keeps nothing apart, and of two networks that look alike one is never reached";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        vrfs:
          red: {table: 10, ports: [eth0]}
          blue: {table: [|10|], ports: [eth1]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        vrfs:
          red: {table: 10, ports: [eth0]}
          blue: {table: 11, ports: [eth1]}
        """;

    /// <summary>RT_TABLE_DEFAULT, RT_TABLE_MAIN, RT_TABLE_LOCAL.</summary>
    private static readonly Dictionary<long, string> Own = new() { [253] = "default", [254] = "main", [255] = "local" };

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var seen = new Dictionary<long, Link>();
        foreach (var vrf in stack.Host.Of(LinkKind.Vrf))
            if (vrf.Settings.Number(VrfLines.RoutingTable) is not { } table)
                continue;
            else if (Own.TryGetValue(table, out var name))
                yield return At(vrf.Settings.PlaceOf(VrfLines.RoutingTable), $"{vrf.Name} has the table {table}, which is the host's own ({name})", "take a number of its own");
            else if (!seen.TryAdd(table, vrf))
                yield return At(vrf.Settings.PlaceOf(VrfLines.RoutingTable), $"{vrf.Name} has the table {table}, and so has {seen[table].Name} (line {seen[table].Name.Place.Line})", "give each VRF a table of its own");
    }
}
