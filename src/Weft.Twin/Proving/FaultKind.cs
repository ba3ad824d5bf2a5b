// What kinds of things fail: one table, which the search, the prose, the page and the JSON read.

using System.Collections.Immutable;

namespace Weft.Twin.Proving;

/// <summary>What kind of thing fails.</summary>
/// <param name="Word">In JSON.</param>
/// <param name="One">Of one, in a sentence.</param>
/// <param name="Many">Of several.</param>
/// <param name="Title">Above all of them in a table.</param>
internal sealed record FaultKind(string Word, string One, string Many, string Title)
{
    public static readonly FaultKind
        Cable = new("cable", "cable", "cables", "Cables") { IsCounted = true },
        Nic = new("nic", "NIC", "NICs", "NICs") { IsCounted = true },

        /// <summary>A cable between two switches, or the peer link of a pair.</summary>
        Link = new("link", "link between switches", "links between switches", "Links between switches") { IsCounted = true },
        Switch = new("switch", "switch", "switches", "Switches") { IsCounted = true },

        /// <summary>The partner of a port sends no LACPDU any more and hears none, while all else passes: a dead control plane.</summary>
        Lacp = new("lacp", "silent LACP partner", "silent LACP partners", "LACP partners"),

        /// <summary>The switch's port does not carry a VLAN, and its link stays up: a mistake in its configuration.</summary>
        Vlan = new("vlan", "VLAN missing at a switch's port", "VLANs missing at a switch's port", "VLANs of the switches' ports");

    /// <summary>In the order in which a counter-example is preferred: the plainest first.</summary>
    public static readonly ImmutableArray<FaultKind> All = [Cable, Nic, Link, Switch, Lacp, Vlan];

    /// <summary>Whether `survives` counts it: what one can take away, cables between switches too. What only misbehaves it does not count.</summary>
    public bool IsCounted { get; private init; }

    /// <summary>Its place among all.</summary>
    public int Order => All.IndexOf(this);

    public override string ToString() => Word;
}
