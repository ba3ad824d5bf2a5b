// Addresses of the predicted host, in the order in which the kernel lists and prefers them. IPv4: primaries in the order in which they came, then
// secondaries (__inet_insert_ifa); IPv6: the larger scope first, in it the one that came last (ipv6_link_dev_addr).

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

internal sealed partial class World
{
    /// <summary>ipv6_addr_src_scope: of the host alone, of the link, of the site, global.</summary>
    public static int ScopeOf(IpPrefix address) => address.Address switch
    {
        { IsIPv6LinkLocal: true } => 2,
        { IsIPv6SiteLocal: true } => 5,
        var other => IPAddress.IsLoopback(other) ? 1 : 14,
    };

    /// <summary>
    /// Whether the first secondary of a primary, promoted in its place, comes to stand behind all other primaries: one that has none behind
    /// it leaves the place behind the first of all (__inet_del_ifa).
    /// </summary>
    public static bool LeavesItsPlaceLast(Piece piece, IpPrefix primary)
    {
        var primaries = Primaries(piece).ToList();
        return primaries.Count == 1 || primaries[^1] != primary;
    }

    private static IEnumerable<IpPrefix> Primaries(Piece piece) => piece.Addresses.Where(address => !address.Is6).DistinctBy(address => address.Network);

    private static void PutAddress(Piece piece, IpPrefix address, Lifetime lifetime)
    {
        piece.Lifetimes[address] = lifetime;
        piece.Leased.Remove(address);
        if (piece.Addresses.Contains(address))
            return;
        var at = address.Is6 ? piece.Addresses.FindIndex(other => other.Is6 && ScopeOf(other) <= ScopeOf(address))
            : piece.Addresses.Concat(piece.Leased).Any(other => other.Network == address.Network) ? -1
            : piece.Addresses.IndexOf(Primaries(piece).LastOrDefault()!) + 1;
        piece.Addresses.Insert(at < 0 ? piece.Addresses.Count : at, address);
    }

    /// <summary>
    /// Removing the first IPv4 address of a network takes the others of it along, or has the next one promoted in its place where the link does
    /// so, and each takes the routes that prefer it as source; removing the last one of a link takes all its IPv4
    /// routes along (fib_disable_ip), but not those over nexthop objects.
    /// </summary>
    private void RemoveAddress(Piece piece, IpPrefix address)
    {
        List<IpPrefix> secondaries = !address.Is6 && Primaries(piece).Contains(address) ? piece.Addresses.FindAll(other => other != address && other.Network == address.Network) : [];
        if (piece.Promotes && secondaries is [var heir, ..])
        {
            // Behind the last of the primaries that stand behind this one; where there is none, behind the first of all.
            var primaries = Primaries(piece).ToList();
            var before = primaries[^1] != address ? primaries[^1] : primaries[0];
            if (piece.Addresses.IndexOf(heir) - piece.Addresses.IndexOf(address) > 1)
            {
                piece.Addresses.Remove(heir);
                piece.Addresses.Insert(piece.Addresses.IndexOf(before) + 1, heir);
            }
            secondaries = [];
        }
        foreach (var gone in secondaries.Prepend(address).ToList())
        {
            Forget(piece, gone);
            LoseSource(piece.Name, gone.Address);
        }
        piece.Leased.Remove(address);
        if (!address.Is6 && piece.Addresses.Concat(piece.Leased).All(other => other.Is6))
            LoseRoutes(piece.Name, is6: false);
    }

    private void Forget(Piece piece, IpPrefix address)
    {
        piece.Addresses.Remove(address);
        piece.Lifetimes.Remove(address);
        LoseAddress(piece.Name, address);
    }

    /// <summary>
    /// A route of its link's own table goes with the IPv4 address that it prefers as source, once no link has that (fib_sync_down_addr); an IPv6
    /// route stays, without the preference (rt6_remove_prefsrc).
    /// </summary>
    private void LoseSource(string link, IPAddress source)
    {
        if (source.AddressFamily == AddressFamily.InterNetworkV6)
            for (var i = 0; i < Routes.Count; i++)
                Routes[i] = Equals(Routes[i].Source, source) && Routes[i].Uses(link) ? Routes[i] with { Source = null } : Routes[i];
        else if (!All.Any(piece => piece.Addresses.Exists(other => other.Address.Equals(source))))
            DropRoutes(route => route.Table == TableOf(link) && Equals(route.Source, source));
    }

    private void LoseIpv6(Piece piece)
    {
        foreach (var address in piece.Addresses.Where(address => address.Is6).ToList())
        {
            Forget(piece, address);
        }
        piece.Leased.RemoveAll(address => address.Is6);
    }
}
