// Who manages a host before Weft does: a program, the links that it manages and where it says so, and how it lets go. Every
// reader of this room makes one of these of one program's files; none changes anything.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Takeover;

/// <summary>One place at which a program says that it manages a link.</summary>
/// <param name="Link">The link, by the kernel's name; it need not be there.</param>
/// <param name="Place">File and line.</param>
/// <param name="Words">What stands there, shortened.</param>
public sealed record Claim(string Link, Place Place, string Words)
{
    /// <summary>Addresses that it gives the link, with their prefix.</summary>
    public ImmutableArray<IpPrefix> Addresses { get; init; } = [];

    /// <summary>It asks a DHCP server, or a router, for addresses.</summary>
    public bool Dynamic { get; init; }

    /// <summary>It runs programs of its own with the link: hooks that Weft knows nothing of.</summary>
    public string? Hook { get; init; }

    /// <summary>It is what the program does at this moment, not only what a file would have it do.</summary>
    public bool Running { get; init; }
}

/// <summary>A program that manages links.</summary>
/// <param name="Name">As its project spells it.</param>
/// <param name="Claims">The links it manages, in the order of its files.</param>
public sealed record Incumbent(string Name, ImmutableArray<Claim> Claims)
{
    /// <summary>It starts with the host, or runs. One that does not has nothing to let go of.</summary>
    public bool Alive { get; init; }

    /// <summary>What to do to its files so that it lets go; none where it has let go already.</summary>
    public ImmutableArray<Act> Acts { get; init; } = [];

    /// <summary>When it heeds that, as a sentence.</summary>
    public string Heeds { get; init; } = "";

    /// <summary>What stands in the way of its letting go (errors), and what else should be known.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>The links it manages, each once.</summary>
    public IEnumerable<string> Links => Claims.Select(claim => claim.Link).Distinct(StringComparer.Ordinal);
}
