// An address that ends by itself passes for leased: a client or router gave it, and gives it again. One that a file says is that file's: it
// stands among the others of its link, in the kernel's order.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Text;

namespace Weft.Plan;

/// <summary>Tells a file's own addresses from leased ones.</summary>
internal static class OwnAddresses
{
    public static Observation Of(Observation seen, Host last, Host next) => Of(seen.Host, last, next) is var host && ReferenceEquals(host, seen.Host) ? seen : seen with { Host = host };

    /// <summary>The host with what these files say of its leased addresses: the one before, of those that it gave an end itself.</summary>
    public static Host Of(Host seen, Host last, Host next) =>
        seen.Links.All(link => link.State is null or { Leased.IsEmpty: true }) ? seen : seen with { Links = [.. seen.Links.Select(link => Of(link, last.Find(link.Name.Value), next.Find(link.Name.Value)))] };

    private static Link Of(Link link, Link? last, Link? next)
    {
        if (link.State is not { Leased: { IsEmpty: false } leased } state)
            return link;
        var said = leased.Where(address => Says(next, address) || (Says(last, address) && last!.LifetimeOf(address).Ends)).ToHashSet();
        if (said.Count == 0)
            return link;
        var own = link.Addresses.Select(address => address.Value).ToHashSet();
        return link with
        {
            Addresses = [.. state.Listed.Where(address => own.Contains(address) || said.Contains(address)).Select(At.Nowhere)],
            State = state with { Leased = [.. leased.Where(address => !said.Contains(address))] },
        };
    }

    private static bool Says(Link? file, IpPrefix address) => file?.Addresses.Any(said => said.Value == address) == true;
}
