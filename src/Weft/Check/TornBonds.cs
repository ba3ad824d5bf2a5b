// Bonds whose ports should be one group of one switch, or of a pair, and are in several.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A port whose group is not in the switch where most ports' is.</summary>
/// <param name="Pair">The name of the pair that the two switches seem to be meant to be.</param>
internal sealed record TornPort(CabledBond Bond, Lead Odd, Lead Main, Place Place, string? Pair);

/// <summary>A port in another group than most ports of its bond at the same switch.</summary>
internal sealed record Stray(CabledBond Bond, Lead Odd, Lead Main);

internal static class TornBonds
{
    /// <summary>Of two groups that are as large, the one that ports of other bonds are in is the wrong one.</summary>
    public static IEnumerable<Stray> Strays(Wiring wiring) =>
        from bond in wiring.Bonds
        where CabledBond.Aggregating.Contains(bond.Mode)
        from box in bond.Leads.Where(lead => lead.Cable!.Group is not null).GroupBy(lead => wiring.BoxOf(lead.Cable!), StringComparer.Ordinal)
        let all = box.ToList()
        let odd = Odd.Of(all, lead => lead.Cable!.Group!.Value, lead => -wiring.GroupWith(lead.Cable!).Count(cable => !all.Exists(own => own.Cable == cable)))
        where odd.Count > 0
        let main = all.First(lead => !odd.Contains(lead))
        from lead in odd
        select new Stray(bond, lead, main);

    public static IEnumerable<TornPort> Torn(Wiring wiring) =>
        from bond in wiring.Bonds
        where CabledBond.Aggregating.Contains(bond.Mode)
        let grouped = bond.Leads.Where(lead => lead.Cable!.Group is not null).ToList()
        let odd = Odd.Of(grouped, lead => wiring.BoxOf(lead.Cable!))
        where odd.Count > 0
        let main = grouped.First(lead => !odd.Contains(lead))
        from lead in odd
        where bond.Mode == BondLines.Lacp || wiring.AreOneSegment(lead.Cable!, main.Cable!)
        select Blame(wiring, bond, lead, main);

    /// <summary>Half a pair names what the other switch lacks; where neither is half of one, the cable leads to the wrong switch.</summary>
    private static TornPort Blame(Wiring wiring, CabledBond bond, Lead odd, Lead main)
    {
        var (there, here) = (wiring.SwitchOf(odd.Cable!)!, wiring.SwitchOf(main.Cable!)!);
        var (half, other) = (IsHalf(there), IsHalf(here));
        return there.Mlag is null && other ? new(bond, odd, main, there.Name.Place, here.Mlag!.Value)
            : here.Mlag is null && half ? new(bond, odd, main, here.Name.Place, there.Mlag!.Value)
            : half && other ? new(bond, odd, main, there.Mlag!.Place, here.Mlag!.Value)
            : new(bond, odd, main, odd.Cable!.Switch!.Place, null);

        bool IsHalf(Switch box) => box.Mlag is { } pair && wiring.Switches.Count(member => member.Mlag?.Value == pair.Value) == 1;
    }
}
