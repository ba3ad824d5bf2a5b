// The kernel as a port of the hall. The real one speaks netlink; the twin is another. What a kernel refuses is a
// value: the walk decides what to do about it.

using System.Collections.Immutable;
using Weft.Model;
using Attribute = Weft.Model.Attributes.Attribute;
using Weft.Plan;

namespace Weft.Apply;

/// <summary>Why a kernel did not do something.</summary>
/// <param name="Errno">The error's name: `EBUSY`.</param>
/// <param name="Text">The kernel's own words (extended ACK), or the C library's for the errno.</param>
/// <param name="Attribute">The attribute that the kernel points at, as a path: `linkinfo.data.miimon`; null where it points at none.</param>
public sealed record Refusal(string Errno, string Text, string? Attribute = null)
{
    public override string ToString() => $"{Errno}: {Text}" + (Attribute is null ? "" : $" (at {Attribute})");
}

/// <summary>A host as a kernel holds it, or why it could not be read.</summary>
public sealed record Observation(Host Host, Refusal? Refusal)
{
    /// <summary>Tells two lives of a network namespace apart: boot id and namespace cookie.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>Whether new links start with IPv6 here.</summary>
    public bool NewLinksIpv6 { get; init; } = true;

    /// <summary>What new links start with here under /proc/sys/net (<see cref="Model.Attributes.ConfLines"/>).</summary>
    public Settings NewLinks { get; init; } = Settings.Empty;

    /// <summary>The kernel's ticks in a second (HZ): times told in 1/100 s are kept in these.</summary>
    public int TicksPerSecond { get; init; } = 100;

    /// <summary>Why no link can be given a client here; null where one can, or no clients are beside this kernel.</summary>
    public string? NoClients { get; init; }

    /// <summary>Why no name servers are set here; null where they are, or nobody beside this kernel keeps them.</summary>
    public Text.Finding? NoNames { get; init; }

    public static Observation Of(Host host) => new(host, null);
}

/// <summary>A kernel: the real one, its twin, or one with clients and names beside it.</summary>
public interface IKernel
{
    /// <summary>
    /// Every link, with every attribute of the table that the kernel tells, its addresses (permanent ones) and the routes of all
    /// tables but the kernel's own. `Settings` of an observed link are complete: what is absent, this kernel does not have, or does not tell now.
    /// </summary>
    /// <param name="inquiry">What hardware is asked for besides; null for nothing.</param>
    Observation Observe(Inquiry? inquiry = null);

    /// <summary>
    /// Executes steps in order, as fast as the kernel takes them, and answers each one: null where it was done. Steps after a refused
    /// one may have been executed too: what the caller wants kept apart, it sends apart.
    /// </summary>
    ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps);

    /// <summary>
    /// Which of these attributes this kernel has not: tried, and not told from its release, for distributions bring options to older
    /// kernels and leave others out. Where it cannot be tried, none.
    /// </summary>
    IReadOnlyCollection<Attribute> Lacks(IReadOnlyCollection<Attribute> asked);

    /// <summary>Which of these kinds of link this kernel makes none of: built without, or its module is not to be had. Tried, as above.</summary>
    IReadOnlyCollection<LinkKind> LacksKinds(IReadOnlyCollection<LinkKind> asked);
}
