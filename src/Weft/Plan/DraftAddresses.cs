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
                    if (!piece.Addresses.Contains(address.Value) && declared?.Contains(address) != true && (piece.Up || link.Settings.Flag(Table.Up) != true) && !address.Value.Address.IsIPv6LinkLocal)
                        Plan(GiveBack(piece.Name, address.Value));
        Leased();
    }

    /// <summary>
    /// What somebody gave a time comes again with what is left of it, on a link that was made anew or lost it on the way. What a router
    /// advertised comes by itself, and a client of ours asks for its own. On the way back only what the change itself took with its link: others renew theirs.
    /// </summary>
    private void Leased()
    {
        foreach (var link in (before ?? now).Links.Where(link => link.State is { Leased.IsEmpty: false } && ClientLines.WishOf(link.Settings).Count == 0 && (next.Find(link.Name.Value) is not { } said || ClientLines.WishOf(said.Settings).Count == 0)))
            if (world.Find(link.Name.Value) is { } piece && StandsForItself(piece) && (piece.Up || link.Settings.Flag(Table.Up) != true) && (before is null || now.Find(piece.Name)?.State?.Index != link.State!.Index))
                foreach (var address in link.State!.Leased.Except(link.State.Advertised))
                    if (link.LifetimeOf(address).Ends && !piece.Leased.Contains(address) && !piece.Addresses.Contains(address) && !steps.Any(step => step is Step.OfAddress { Verb: Verb.Remove } gone && gone.Link == piece.Name && gone.Address == address))
                        Plan(GiveBack(piece.Name, address));
    }

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
