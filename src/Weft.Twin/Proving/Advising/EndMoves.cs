// Changes of a host's own ends: the gateway that it asks, and an address that stands in the way of another.

using Weft.Model;
using Weft.Spec;

namespace Weft.Twin.Proving.Advising;

internal static class EndMoves
{
    public static IEnumerable<Move> Of(Ground ground)
    {
        foreach (var end in ground.Ends.Where(end => end.Guest is null))
            if (ground.Links.FirstOrDefault(one => one.Host.Name == end.Host.Name && one.Link.Name.Value == end.Link) is { } own && Ground.PathOf(own) is { Count: > 0 } path)
                foreach (var answering in ground.Layout.Boxes.SelectMany(box => box.Addresses.Values).SelectMany(list => list).Select(address => address.Address).Where(address => end.Own.Contains(address) && own.Link.Gateways.All(gateway => !gateway.Value.Equals(address))).Distinct())
                    yield return new($"the gateway of {end.Link} is {answering}", [Moves.Set(own.File, path, "gateway", Edit.Scalar($"{answering}"))]);
        // An address of a lower link in the network of the one above it answers there in its place.
        foreach (var lower in ground.Links.Where(one => !one.Link.Addresses.IsEmpty && Ground.PathOf(one).Count > 0 && one.Host.Host.Links.Any(link => link.Lowers.Any(below => below.Value == one.Link.Name.Value))))
            yield return new($"{lower.Link.Name} has no address of its own", [Moves.Remove(lower.File, Ground.PathOf(lower), "addresses"), .. lower.Link.Gateways.IsEmpty ? Array.Empty<Change>() : [Moves.Remove(lower.File, Ground.PathOf(lower), "gateway")]]);
    }
}
