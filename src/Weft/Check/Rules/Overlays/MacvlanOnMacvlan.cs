// A MACVLAN of a MACVLAN is one of the link below (macvlan_common_newlink goes down to it): the kernel takes the message, and it stands elsewhere than asked.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A MACVLAN stands on what is none.</summary>
public sealed class MacvlanOnMacvlan() : Rule("macvlan-on-macvlan", Severity.Error)
{
    public override string Why => "the kernel puts it beside the other, on the link below, without a word";

    public override string Bad => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: eth0}
          mv1: {link: [|mv0|]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: eth0}
          mv1: {link: eth0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from macvlan in stack.Sound
        where macvlan.Kind == LinkKind.Macvlan
        let lower = stack.LowerOf(macvlan)
        where lower is not null && lower.Kind == LinkKind.Macvlan
        select At(macvlan.Settings.PlaceOf(MacvlanLines.Lower), $"{macvlan.Name} stands on {lower.Name}, which is a MACVLAN of {lower.Lower}", $"let it stand on {lower.Lower}");
}
