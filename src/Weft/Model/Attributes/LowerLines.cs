// What a link stands on, for the kinds that say it with an attribute: `link` of a VLAN, a MACVLAN, a VXLAN.

using System.Collections.Immutable;

namespace Weft.Model.Attributes;

/// <summary>The line of each kind that names its lower link.</summary>
public static class LowerLines
{
    public static ImmutableArray<Attribute> All { get; } = [VlanLines.Lower, MacvlanLines.Lower, VxlanLines.Lower];

    public static Attribute? Of(LinkKind kind) =>
        kind == LinkKind.Vlan ? VlanLines.Lower : kind == LinkKind.Macvlan ? MacvlanLines.Lower : kind == LinkKind.Vxlan ? VxlanLines.Lower : null;

    /// <summary>The link that such a value names; null where it names none.</summary>
    public static string? Said(Value? value) => value is Value.Word { Text: not ("" or "default") } word ? word.Text : null;
}
