// A step: one thing that Weft asks of a kernel, as a value. A plan is a list of them; what is printed is what is sent, and
// every IKernel executes the same ones.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

/// <summary>What a step does with its object.</summary>
public enum Verb
{
    /// <summary>Take an object over as it is. Sends nothing.</summary>
    Adopt,
    Add,
    Set,
    Remove,

    /// <summary>Let a NIC go: out of its master, down, without our addresses.</summary>
    Release,

    /// <summary>Put back what another step takes along and nobody declared.</summary>
    Restore,
}

/// <summary>Who is disturbed by a step.</summary>
/// <param name="Object">A link or guest by name; an address as `10.0.0.1/24 dev br0`; a route as `route default via 10.0.0.254 dev br0`.</param>
/// <param name="Kind">
/// `blinks` (it comes back), `goes`, `released` (it stays, without its master), `lowered` (its MTU falls with another's) or `irreversible`.
/// </param>
/// <param name="AtMostMs">
/// Of what blinks, for how long at most: milliseconds from this step on (<see cref="BlinkTimes"/>). Null where that cannot be known, and for
/// what does not come back.
/// </param>
public sealed record Disturbance(string Object, string Kind, int? AtMostMs = null)
{
    public const string Blinks = "blinks", Goes = "goes";
}

/// <summary>One step of a plan.</summary>
/// <param name="Place">The line of the host file that asked for it; nowhere for what left the file.</param>
public abstract record Step(Verb Verb, Place Place)
{
    public ImmutableArray<Disturbance> Disturbs { get; init; } = [];

    /// <summary>What it acts on, as `ip` would name it.</summary>
    public abstract string Object { get; }

    /// <summary>Whether anything is sent for it.</summary>
    public bool Sends => Verb != Verb.Adopt;

    /// <summary>
    /// A link is added, changed, removed or released. <see cref="Settings"/> holds what is sent, `master` and `up` included;
    /// an empty `master` takes the link out of the one it has.
    /// </summary>
    public sealed record OfLink(Verb Verb, string Name, LinkKind Kind, Settings Settings, Place Place) : Step(Verb, Place)
    {
        public override string Object => Name;
    }

    /// <summary>An address comes or goes, or gets other lifetimes (Set).</summary>
    public sealed record OfAddress(Verb Verb, string Link, IpPrefix Address, Place Place) : Step(Verb, Place)
    {
        /// <summary>How long it lasts from now on; of one that goes, nothing.</summary>
        public Lifetime Lifetime { get; init; } = Lifetime.Forever;

        /// <summary>Of one that is set: all it says. The kernel takes flags and metric that are not said again for gone.</summary>
        public Kept? As { get; init; }

        public override string Object => $"{Address} dev {Link}";
    }

    /// <summary>A route is added, replaced (Set), removed or restored.</summary>
    public sealed record OfRoute(Verb Verb, Route Route, Place Place) : Step(Verb, Place)
    {
        public override string Object => Route.ToString();
    }

    /// <summary>A policy rule is added or removed.</summary>
    public sealed record OfRule(Verb Verb, PolicyRule Rule, Place Place) : Step(Verb, Place)
    {
        public override string Object => $"rule {Rule}";
    }

    /// <summary>VLANs come to a bridge port or go from it (Add, Remove). Where <see cref="Master"/> is null, they are the bridge's own.</summary>
    public sealed record OfVlans(Verb Verb, string Link, string? Master, ImmutableArray<VlanRun> Runs, Place Place) : Step(Verb, Place)
    {
        public override string Object => $"vlan {string.Join(", ", Runs)} dev {Link}{(Master is null ? " self" : "")}";
    }

    /// <summary>Something that another step took along is put back, as it was.</summary>
    public sealed record OfKept(Kept Kept) : Step(Verb.Restore, Place.None)
    {
        public override string Object => Kept.Words;
    }

    /// <summary>Settings of the whole host change.</summary>
    public sealed record OfSysctls(Settings Settings, Place Place) : Step(Verb.Set, Place)
    {
        public override string Object => "sysctls";
    }

    /// <summary>A link's client is started (Add), started anew with another wish or on a link made anew (Set), or stopped with all that it got (Remove).</summary>
    public sealed record OfClient(Verb Verb, string Link, Settings Wish, Place Place) : Step(Verb, Place)
    {
        public override string Object => $"dhcpcd dev {Link}";
    }

    /// <summary>The name servers and search domains of a link are set, or taken back (Remove).</summary>
    public sealed record OfNames(Verb Verb, string Link, Settings Wish, Place Place) : Step(Verb, Place)
    {
        public override string Object => $"names dev {Link}";
    }

    /// <summary>
    /// Whether links made from now on start with IPv6 (net.ipv6.conf.default.disable_ipv6). A bridge port that never had
    /// IPv6 never advertises an address, and building thousands of them is not slowed by IPv6's own tables.
    /// </summary>
    public sealed record OfNewLinksIpv6(bool On) : Step(Verb.Set, Place.None)
    {
        public override string Object => $"ipv6 {(On ? "on" : "off")} for new links";
    }
}
