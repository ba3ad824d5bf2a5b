// A policy routing rule (RFC 1812 leaves them to the implementation; net/core/fib_rules.c is Linux's). The kernel tells two
// rules apart by everything they say.

using System.Collections.Immutable;
using Weft.Text;

namespace Weft.Model;

/// <summary>Which table is looked up for which packets.</summary>
/// <param name="Table">FRA_TABLE: the table to look up.</param>
public sealed record PolicyRule(At<long> Table)
{
    /// <summary>AF_INET6 rather than AF_INET. Told by `from` or `to` where there is one.</summary>
    public bool Is6 { get; init; }

    public IpPrefix? From { get; init; }
    public IpPrefix? To { get; init; }
    public string? Iif { get; init; }
    public string? Oif { get; init; }

    /// <summary>FRA_FWMARK; all its bits count.</summary>
    public long? Mark { get; init; }

    /// <summary>FRA_PRIORITY; the smaller is asked first. Null: the kernel puts it before the rules there are.</summary>
    public long? Priority { get; init; }

    /// <summary>FRA_PROTOCOL as observed (since Linux 4.17); <see cref="Route.OurProtocol"/> in a file.</summary>
    public byte Protocol { get; init; } = Route.OurProtocol;

    /// <summary>False where the rule says more than this type can (not, tos, ports, goto): it is kept, never compared or spelled.</summary>
    public bool Plain { get; init; } = true;

    /// <summary>What `ip rule` would print; of a rule that is not plain, as much as is understood.</summary>
    public string Words { get; init; } = "";

    /// <summary>The kernel's own message where it was observed.</summary>
    public Bytes? Raw { get; init; }

    public Place Place => Table.Place;

    /// <summary>Whether an observed rule is the one that is wanted.</summary>
    public bool Satisfies(PolicyRule wanted) =>
        Plain && Is6 == wanted.Is6 && Table.Value == wanted.Table.Value && From == wanted.From && To == wanted.To
        && Iif == wanted.Iif && Oif == wanted.Oif && Mark == wanted.Mark && (wanted.Priority is null || Priority == wanted.Priority);

    public override string ToString() =>
        (Priority is { } priority ? $"{priority}: " : "") + $"from {(From is { } from ? from.ToString() : "all")}" + (To is { } to ? $" to {to}" : "")
        + (Iif is null ? "" : $" iif {Iif}") + (Oif is null ? "" : $" oif {Oif}") + (Mark is { } mark ? $" fwmark 0x{mark:x}" : "") + $" lookup {Table.Value}";
}
