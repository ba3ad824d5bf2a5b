// A bond and the cables of its ports. Where mode and cables do not fit, one of them is the mistake: where all the cables agree with
// each other it is the mode, else those that are not like the others.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond of a known mode, and the ways of its ports that end in a cable.</summary>
internal sealed record CabledBond(Link Bond, string Mode, IReadOnlyList<Lead> Leads)
{
    /// <summary>The modes that make one link of all ports, so that the switch has to do the same.</summary>
    public static readonly ImmutableArray<string> Aggregating = [BondLines.Lacp, BondLines.RoundRobin, BondLines.Xor];

    /// <summary>Where the mode is said, or would be.</summary>
    public Place ModePlace => Bond.Settings.Has(BondLines.Mode) ? Bond.Settings.PlaceOf(BondLines.Mode) : Bond.Name.Place;

    /// <summary>Whether it is of one of these modes.</summary>
    public bool Is(params ReadOnlySpan<string> modes) => modes.Contains(Mode);

    /// <summary>Where the finding belongs and of which ports it speaks: at the mode where all of several cables are wrong, else at each of those that are.</summary>
    public IEnumerable<At<string>> Blame(IReadOnlyList<Lead> wrong, Func<Cable, Place> place) =>
        wrong.Count > 1 && wrong.Count == Leads.Count
            ? [At.Of(Names(wrong), ModePlace)]
            : wrong.Select(lead => At.Of(lead.Nic.Name.Value, place(lead.Cable!)));

    /// <summary>`eth0, eth1 and eth2`.</summary>
    public static string Names(IReadOnlyList<Lead> leads) => Odd.Listed([.. leads.Select(lead => lead.Nic.Name.Value)]);
}
