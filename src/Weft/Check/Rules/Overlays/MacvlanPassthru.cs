// A MACVLAN in mode passthru has its link alone (macvlan_common_newlink: EINVAL for another beside it), and its MAC is the link's, which setting it
// would change (macvlan_set_mac_address): a bond that it is a port of does just that.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A MACVLAN in mode passthru is alone, and has its link's MAC.</summary>
public sealed class MacvlanPassthru() : Rule("macvlan-passthru", Severity.Error)
{
    public override string Why => "in mode passthru a MACVLAN has its link and the link's MAC for itself, and the kernel takes no other beside it";

    public override string Bad => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: eth0, mode: passthru}
          mv1: {link: [|eth0|]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: eth0, mode: bridge}
          mv1: {link: eth0, mode: bridge}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var group in stack.Host.Of(LinkKind.Macvlan).Where(link => link.Lower is not null && !Stack.IsUnread(link, MacvlanLines.Mode)).GroupBy(link => link.Lower))
        {
            if (group.FirstOrDefault(IsPassthru) is not { } whole)
                continue;
            foreach (var second in group.Skip(1))
                yield return At(second.Settings.PlaceOf(MacvlanLines.Lower), $"{second.Name} and {group.First().Name} (line {group.First().Name.Place.Line}) stand on {group.Key}, and {whole.Name} is in mode passthru", "take another mode, or another link");
            if (whole.Settings.Get(Table.Mac) is { Value: not Value.Word { Text: "default" } } mac)
                yield return At(mac.Place, $"{whole.Name} is in mode passthru, and its MAC is {group.Key}'s", $"say mac: of {group.Key}");
            if (stack.LowerOf(whole) is { } lower && Said(lower) is { } own && stack.MasterOf(whole) is { } bond && LendsMac(bond) && (Said(bond) is { } lent ? lent != own : bond.Ports[0].Name.Value != whole.Name.Value))
                yield return At(lower.Settings.PlaceOf(Table.Mac), $"{whole.Name} has {lower.Name} in mode passthru, and is a port of {bond.Name}, whose MAC it is given, and {lower.Name} with it", $"say mac: of {bond.Name}, and none here");
        }
    }

    private static bool LendsMac(Link bond) => bond.Kind == LinkKind.Bond && bond.Settings.Word(BondLines.Mode) is not (BondLines.Tlb or BondLines.Alb) && !BondLines.MovesMac(bond.Settings);

    private static string? Said(Link link) => link.Settings.Word(Table.Mac) is { } mac and not "default" ? mac : null;

    private static bool IsPassthru(Link macvlan) => MacvlanLines.IsPassthru(macvlan.Settings.ValueOf(MacvlanLines.Mode));
}
