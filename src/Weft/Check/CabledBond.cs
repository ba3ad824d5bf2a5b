// A bond and the cables of its ports. Where mode and cables do not fit, one of them is the mistake: where all the cables agree with
// each other it is the mode, else those that are not like the others.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond of a known mode, and the ways of its ports that end in a cable.</summary>
internal sealed record CabledBond(Wiring Wiring, Link Bond, string Mode, IReadOnlyList<Lead> Leads)
{
    /// <summary>The modes that make one link of all ports, so that the switch has to do the same.</summary>
    public static readonly ImmutableArray<string> Aggregating = [BondLines.Lacp, BondLines.RoundRobin, BondLines.Xor];

    /// <summary>Where the mode is said, or would be.</summary>
    public Place ModePlace => Bond.Settings.Has(BondLines.Mode) ? Bond.Settings.PlaceOf(BondLines.Mode) : Bond.Name.Place;

    /// <summary>Whether it is of one of these modes.</summary>
    public bool Is(params ReadOnlySpan<string> modes) => modes.Contains(Mode);

    /// <summary>The ports at which the switch speaks no LACP.</summary>
    public List<Lead> WithoutLacp => [.. Leads.Where(lead => Wiring.IsPlain(lead.Cable!) || Wiring.LacpOf(lead.Cable!) == "static")];

    /// <summary>The ports at which the switch waits for LACP.</summary>
    public List<Lead> OnLacp => [.. Leads.Where(lead => Wiring.LacpOf(lead.Cable!) is "active" or "passive")];

    /// <summary>The ports that meet another one's frames.</summary>
    public List<Lead> Meeting => [.. Leads.Where(lead => Leads.Any(other => other.Nic != lead.Nic && Wiring.AreOneSegment(lead.Cable!, other.Cable!) && Wiring.ShareVlan(lead.Cable!, other.Cable!)))];

    /// <summary>Those of them that are in no group.</summary>
    public List<Lead> MeetingPlainly => Meeting.FindAll(lead => Wiring.IsPlain(lead.Cable!));

    /// <summary>The ports whose group has others in it, or may get them: a static group of one port is as good as a plain port.</summary>
    public List<Lead> Grouped => [.. Leads.Where(lead => lead.Cable!.Group is not null && !(Wiring.LacpOf(lead.Cable) == "static" && Wiring.GroupWith(lead.Cable).Count() == 1)).DistinctBy(lead => lead.Nic.Name.Value)];

    /// <summary>Whether all cables agree that the mode is not what the file says: then a rule tells that, and options that this mode does not have are no mistake of their own.</summary>
    public bool IsModeWrong => Leads.Count > 1 && Misfits().Count() == Leads.Count;

    private IEnumerable<Lead> Misfits() => Mode switch
    {
        BondLines.Lacp => WithoutLacp,
        BondLines.Broadcast => OnLacp.Union(Meeting),
        BondLines.RoundRobin or BondLines.Xor => OnLacp.Concat(MeetingPlainly),
        _ => Grouped,
    };

    /// <summary>Where the finding belongs and of which ports it speaks: at the mode where all of several cables are wrong, else at each of those that are.</summary>
    public IEnumerable<At<string>> Blame(IReadOnlyList<Lead> wrong, Func<Cable, Place> place) =>
        wrong.Count > 1 && wrong.Count == Leads.Count
            ? [At.Of(Names(wrong), ModePlace)]
            : wrong.Select(lead => At.Of(lead.Nic.Name.Value, place(lead.Cable!)));

    /// <summary>`eth0, eth1 and eth2`.</summary>
    public static string Names(IReadOnlyList<Lead> leads) => Odd.Listed([.. leads.Select(lead => lead.Nic.Name.Value)]);
}
