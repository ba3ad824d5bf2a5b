// Which of its own addresses a machine sends from, where nobody says: inet_select_addr for IPv4, RFC 6724 as ipv6_dev_get_saddr has it for IPv6.

namespace Weft.Twin.Packets.Stacks.Routing;

internal static class SourceChoice
{
    private const int OwnLink = 1 << 10, LargerScope = 1 << 15, RightScope = 1 << 16;

    public static IpAddr For(Stack stack, in Found found, IpAddr to) =>
        !found.Route.Source.IsNone ? found.Route.Source : On(stack, found.Way.Link, to, found.Way.Gateway);

    /// <summary>The address to send from over a link.</summary>
    public static IpAddr On(Stack stack, IpLink link, IpAddr to, IpAddr gateway = default) => to.Is4 ? Of4(stack, link, gateway) : Of6(stack, link, to);

    /// <summary>The link's first primary in the gateway's network, else its first primary, else the VRF's, else that of any link beside it.</summary>
    private static IpAddr Of4(Stack stack, IpLink link, IpAddr near)
    {
        var first = First4(link, near);
        if (!first.IsNone)
            return first;
        if (link.Domain is { } vrf && vrf != link.Device)
            first = First4(stack.Of(vrf), default);
        foreach (var other in stack.Links)
            if (first.IsNone && other.Domain == link.Domain)
                first = First4(other, default);
        return first;
    }

    public static IpAddr First4(IpLink link, IpAddr near)
    {
        IpAddr first = default;
        foreach (var own in link.Addresses)
        {
            if (!own.Subnet.Is4 || own.IsSecondary || own.Address.IsLoopback)
                continue;
            if (near.IsNone || own.Subnet.Contains(near))
                return own.Address;
            if (first.IsNone)
                first = own.Address;
        }
        return first;
    }

    private static IpAddr Of6(Stack stack, IpLink link, IpAddr to)
    {
        var (best, most) = (default(IpAddr), -1);
        Best6(link, link, to, ref best, ref most);
        // What never leaves its link is sent from the link's own addresses (__ipv6_dev_get_saddr), and no other's is better than one of its own of the right scope.
        if (most < RightScope && !to.IsLinkLocal && !to.IsMulticast)
            foreach (var other in stack.Links)
                if (other != link && other.Domain == link.Domain && other.Device.IsUp)
                    Best6(other, link, to, ref best, ref most);
        return best;
    }

    private static void Best6(IpLink of, IpLink over, IpAddr to, ref IpAddr best, ref int most)
    {
        foreach (var own in of.Addresses)
            if (!own.Subnet.Is4 && Score(own, of == over, to) is var score && score > most)
                (best, most) = (own.Address, score);
    }

    /// <summary>Rules 2 (scope), 5 (the link it leaves over) and 8 (the longest common prefix).</summary>
    private static int Score(in OwnAddress own, bool isOnLink, IpAddr to)
    {
        var near = own.Address.IsLinkLocal;
        var wanted = to.IsLinkLocal || (to.IsMulticast && ((byte)(to.Bits >> 112) & 15) == 2);
        return (near == wanted ? RightScope : near ? 0 : LargerScope) + (isOnLink ? OwnLink : 0) + Math.Min(own.Address.Common(to), own.Subnet.Length);
    }
}
