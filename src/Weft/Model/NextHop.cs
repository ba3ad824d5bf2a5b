// One way that a route leads. A route has one of them, or several over which the kernel spreads its flows (RTA_MULTIPATH).

using System.Net;
using Weft.Text;

namespace Weft.Model;

/// <summary>A next hop, or a link that leads straight there, or both.</summary>
/// <param name="Via">RTA_GATEWAY; null where the destination is on the link.</param>
/// <param name="Link">The link that leads there; null where a file leaves that to its networks.</param>
public sealed record NextHop(At<IPAddress>? Via, At<string>? Link)
{
    /// <summary>How many parts of the flows it gets, from 1 to 256; rtnh_hops is one less.</summary>
    public long Weight { get; init; } = 1;

    /// <summary>RTNH_F_ONLINK.</summary>
    public bool OnLink { get; init; }

    /// <summary>Whether an observed one is the one that is wanted; what the wish leaves open may be anything.</summary>
    public bool Satisfies(NextHop wanted) =>
        Equals(Via?.Value, wanted.Via?.Value) && (wanted.Link is null || Link?.Value == wanted.Link.Value) && Weight == wanted.Weight && OnLink == wanted.OnLink;

    public override string ToString() =>
        string.Join(' ', new[] { Via is { } via ? $"via {via}" : "", Link is { Value.Length: > 0 } link ? $"dev {link}" : "", Weight == 1 ? "" : $"weight {Weight}", OnLink ? "onlink" : "" }.Where(word => word.Length > 0));
}
