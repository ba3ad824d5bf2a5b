// A unicast route. What identifies a route is what the kernel tells two apart by: table, destination,
// metric (and for IPv6 also the next hops).

using System.Collections.Immutable;
using System.Net;
using Weft.Text;

namespace Weft.Model;

/// <summary>A route of the main table or another.</summary>
/// <param name="To">Destination; host bits zero.</param>
public sealed record Route(At<IpPrefix> To)
{
    /// <summary>rtm_protocol of the routes that Weft adds: what is not of this number is somebody else's.</summary>
    public const byte OurProtocol = 119;

    public const long MainTable = 254;

    public At<IPAddress>? Via { get; init; }
    public At<string>? Link { get; init; }

    /// <summary>RTA_PRIORITY; null is the family's default (0 for IPv4, 1024 for IPv6).</summary>
    public At<long>? Metric { get; init; }

    public long Table { get; init; } = MainTable;

    /// <summary>
    /// Whether a file says the table outright: where it does not, it is that of the VRF whose port the route leads over, if any. Null where no file is asked:
    /// the table is as observed.
    /// </summary>
    public bool? IsTableSaid { get; init; }

    /// <summary>rtm_scope by name; null is what the kernel derives.</summary>
    public string? Scope { get; init; }

    /// <summary>The preferred source address.</summary>
    public IPAddress? Source { get; init; }

    public bool OnLink { get; init; }

    /// <summary>RTAX_MTU in bytes.</summary>
    public long? Mtu { get; init; }

    /// <summary>rtm_protocol as observed; <see cref="OurProtocol"/> in a file.</summary>
    public byte Protocol { get; init; } = OurProtocol;

    /// <summary>
    /// The kernel's own message where the route was observed: what Weft cannot spell (several next hops, a nexthop object) is
    /// put back from these bytes. Null in a file.
    /// </summary>
    public Bytes? Raw { get; init; }

    /// <summary>The number of the nexthop object that it leads over (RTA_NH_ID); without that object the kernel takes no such route.</summary>
    public uint? Nexthop { get; init; }

    /// <summary>
    /// Its next hops, where it has several; <see cref="Via"/> is null then, and observed, <see cref="Link"/> is the first one's.
    /// </summary>
    public ImmutableArray<NextHop> Nexthops { get; init; } = [];

    /// <summary>Every way that it leads: its one next hop, or its several.</summary>
    public ImmutableArray<NextHop> Ways => Nexthops.IsEmpty ? [new(Via, Link) { OnLink = OnLink }] : Nexthops;

    /// <summary>The same with these ways only; with one it is a route like any other. A message that told the others too is not its own; one that names a nexthop object is.</summary>
    public Route Over(ImmutableArray<NextHop> ways) => ways is [var only] ? this with { Via = only.Via, Link = only.Link, OnLink = only.OnLink, Nexthops = [], Raw = Nexthop is null ? null : Raw }
        : this with { Nexthops = ways, Link = Link is null ? null : ways[0].Link, Raw = Nexthop is null ? null : Raw };

    /// <summary>The same without its ways over a link; it has another.</summary>
    public Route Without(string link) => Over(Ways.RemoveAll(way => way.Link?.Value == link));

    /// <summary>Whether an observed route has the several next hops that are wanted, in whatever order.</summary>
    public bool SameHops(Route wanted) =>
        Nexthops.Length == wanted.Nexthops.Length && wanted.Nexthops.All(hop => Nexthops.Any(there => there.Satisfies(hop)));

    /// <summary>The links that it leads over.</summary>
    public IEnumerable<string> Links => Ways.Select(way => way.Link?.Value).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>Whether it leads over this link.</summary>
    public bool Uses(string link) => Link?.Value == link || (!Nexthops.IsEmpty && Links.Contains(link));

    /// <summary>False where the route says more than this type can: it is kept, never compared or spelled.</summary>
    public bool Plain { get; init; } = true;

    /// <summary>A finding has already refused a key of its entry, so that what is missing here was perhaps written.</summary>
    public bool IsUnread { get; init; }

    /// <summary>The file's entry, whose line a refusal points at.</summary>
    public Place Place => To.Place;

    public long EffectiveMetric => Metric is { Value: var metric } && (metric != 0 || !To.Value.Is6) ? metric : To.Value.Is6 ? 1024 : 0;

    public override string ToString() =>
        (To.Value.IsEverything ? "default" : To.Value.ToString())
        + (Nexthops.IsEmpty ? (Via is { } via ? $" via {via}" : "") + (Link is { } link ? $" dev {link}" : "") : string.Concat(Nexthops.Select(hop => $" nexthop {hop}")))
        + (EffectiveMetric != 0 ? $" metric {EffectiveMetric}" : "") + (Table != MainTable ? $" table {Table}" : "");
}

/// <summary>Bytes that are carried along and never looked into; two are equal when they are the same object.</summary>
public sealed class Bytes(byte[] content)
{
    public ReadOnlyMemory<byte> Content => content;
}
