// Addresses come in the file's order, which is the order in which the kernel prefers them. Of the IPv4 addresses of one network the first is the
// primary, and a new one stands last of its sort; an IPv6 address that comes stands before all others of its scope. So what stands where
// it should stays, and the rest is taken away and comes again. Addresses of others are never moved: a network that has one keeps its order.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    public void Address()
    {
        foreach (var link in BottomUp)
            if (world.Find(link.Name.Value) is { } piece && intent.MasterOf(piece.Name) is null)
            {
                Order4(link, piece);
                foreach (var scope in link.Addresses.Where(address => address.Value.Is6).GroupBy(address => World.ScopeOf(address.Value)).OrderByDescending(scope => scope.Key))
                    Order6(link, piece, [.. scope]);
                foreach (var address in link.Addresses)
                    Last(link, piece, address);
            }
        foreach (var link in (before ?? now).Links)
            if (world.Find(link.Name.Value) is { } piece && StandsForItself(piece) && last.Find(piece.Name)?.Addresses is var declared)
                foreach (var address in link.Addresses.Where(address => !address.Value.Is6).Concat(link.Addresses.Where(address => address.Value.Is6).Reverse()))
                    if (Takes(piece, address.Value) && !piece.Addresses.Contains(address.Value) && declared?.Contains(address) != true && (piece.Up || link.Settings.Flag(Table.Up) != true) && !address.Value.Address.IsIPv6LinkLocal)
                        Plan(GiveBack(piece.Name, address.Value));
        Leased();
    }

    /// <summary>Whether the kernel takes such an address there: of IPv6 none where that is off (EACCES), or too small an MTU leaves none (EINVAL).</summary>
    private static bool Takes(Piece piece, IpPrefix address) => !address.Is6 || piece.Settings.Flag(Table.Ipv6) == true;

    /// <summary>
    /// What somebody gave a time comes again with what is left of it, on a link that was made anew or lost it on the way. On the way back only
    /// where the change had to do with that: others renew theirs.
    /// </summary>
    private void Leased()
    {
        foreach (var link in (before ?? now).Links)
            if (world.Find(link.Name.Value) is { } piece && StandsForItself(piece) && (piece.Up || link.Settings.Flag(Table.Up) != true) && (before is null || StandsOtherwise(link)))
                foreach (var address in Lent(link))
                    if (Takes(piece, address) && link.LifetimeOf(address).Ends && !piece.Leased.Contains(address) && !piece.Addresses.Contains(address) && !steps.Any(step => step is Step.OfAddress { Verb: Verb.Remove } gone && gone.Link == piece.Name && gone.Address == address))
                        Plan(GiveBack(piece.Name, address));
    }

    /// <summary>
    /// The addresses that end by themselves and are somebody's. What a router advertised comes by itself, and a client of ours asks for its own; what one
    /// left that was killed is nobody's.
    /// </summary>
    private IEnumerable<IpPrefix> Lent(Link link) =>
        link.State is not { Leased.IsEmpty: false } state || ClientLines.IsThere(link.Settings) || (next.Find(link.Name.Value) is { } said && ClientLines.WishOf(said.Settings).Count > 0) ? [] : state.Leased.Except(state.Advertised);

    /// <summary>Whether a link is another one now, or has another master, is up or down or speaks IPv6 otherwise than before the change: each takes addresses along.</summary>
    private bool StandsOtherwise(Link was) =>
        now.Find(was.Name.Value) is not { } there || there.State?.Index != was.State!.Index || there.State.Master != was.State.Master
        || there.Settings.Flag(Table.Up) != was.Settings.Flag(Table.Up) || there.Settings.Flag(Table.Ipv6) != was.Settings.Flag(Table.Ipv6);

    /// <summary>
    /// Network by network: one that stands behind its forerunner, its first address before the others, stays. What must move goes from
    /// its end, so that a primary takes nobody along, and comes again from its beginning; with a primary, the networks behind it follow.
    /// </summary>
    private void Order4(Link link, Piece piece)
    {
        var (at, moved) = (-1, false);
        foreach (var network in link.Addresses.Where(address => !address.Value.Is6).GroupBy(address => address.Value.Network).Select(same => same.ToList()))
        {
            var wanted = network.ConvertAll(address => address.Value);
            var there = piece.Addresses.FindAll(wanted.Contains);
            if (!piece.Addresses.Concat(piece.Leased).Any(other => other.Network == wanted[0].Network && !wanted.Contains(other)))
            {
                var stays = moved || there.Count == 0 || piece.Addresses.IndexOf(there[0]) < at ? 0 : Begun(wanted, there);
                if (there.Count > 0 && there[0] != wanted[0] && !(piece.Promotes && World.LeavesItsPlaceLast(piece, there[0])))
                    stays = 0;
                foreach (var address in there.Except(wanted.Take(stays)).Reverse().ToList())
                    TakeOut(piece, address, network);
                moved |= there.Count == 0 || !piece.Addresses.Contains(there[0]);
            }
            foreach (var address in network)
                Come(piece, address, there);
            if (!moved && piece.Addresses.Contains(wanted[0]))
                at = Math.Max(at, piece.Addresses.IndexOf(wanted[0]));
        }
    }

    /// <summary>How many of the wanted, from the first on, stand there one behind the other.</summary>
    private static int Begun(List<IpPrefix> wanted, List<IpPrefix> there)
    {
        var (count, at) = (0, -1);
        for (; count < wanted.Count && there.IndexOf(wanted[count]) is var place && place > at; count++)
            at = place;
        return count;
    }

    /// <summary>The last ones that stand there one behind the other stay; the others come before them, the first of the file at the end.</summary>
    private void Order6(Link link, Piece piece, List<At<IpPrefix>> scope)
    {
        var wanted = scope.ConvertAll(address => address.Value);
        var there = piece.Addresses.FindAll(wanted.Contains);
        var comes = wanted.Count - Begun([.. Enumerable.Reverse(wanted)], [.. Enumerable.Reverse(there)]);
        if (wanted[0].Address.IsIPv6LinkLocal)
            comes = wanted.Count; // They are no one's source for long, and stay where they are.
        else
            foreach (var address in there.Where(wanted.Take(comes).Contains).ToList())
                TakeOut(piece, address, scope);
        foreach (var address in Enumerable.Reverse(scope.Take(comes)))
            Come(piece, address, there);
    }

    private void TakeOut(Piece piece, IpPrefix address, List<At<IpPrefix>> said)
    {
        if (piece.Addresses.Contains(address))
            Plan(new Step.OfAddress(Verb.Remove, piece.Name, address, said.Find(one => one.Value == address)!.Place));
    }

    /// <param name="piece">The link.</param>
    /// <param name="address">What it is to have.</param>
    /// <param name="there">What it had, and was moved: it comes again with all that it said.</param>
    private void Come(Piece piece, At<IpPrefix> address, List<IpPrefix> there)
    {
        if (!piece.Addresses.Contains(address.Value))
            Plan(before is not null || there.Contains(address.Value) ? GiveBack(piece.Name, address.Value, address.Place)
                : new Step.OfAddress(Verb.Add, piece.Name, address.Value, address.Place) { Lifetime = next.Find(piece.Name)!.LifetimeOf(address.Value) });
    }

    /// <summary>
    /// Gives an address that is there its lifetimes. Those that run out are given when a file begins to say them; after that, what is left of them is
    /// what the file says. On the way back, what cannot be left of what was there before is set to that.
    /// </summary>
    private void Last(Link link, Piece piece, At<IpPrefix> address)
    {
        if (!piece.Addresses.Contains(address.Value))
            return;
        var (held, wanted) = (piece.LifetimeOf(address.Value), link.LifetimeOf(address.Value));
        var told = last.Find(piece.Name) is { } file && file.Addresses.Contains(address) ? file.LifetimeOf(address.Value) : null;
        if (held == wanted || (before is not null ? held.IsLeftOf(wanted) && (told is null || !held.IsRatherLeftOf(told, wanted)) : told == wanted && held.IsLeftOf(wanted)))
            return;
        Plan(new Step.OfAddress(Verb.Set, piece.Name, address.Value, address.Place) { Lifetime = wanted, As = Raw(piece.Name, address.Value) });
    }
}
