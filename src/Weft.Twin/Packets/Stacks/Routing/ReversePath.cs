// Whether a packet's source is believed (fib_validate_source): it must not be this machine's own, and with rp_filter the way back must be
// over the link it came from (strict, RFC 3704), or over any (loose).

namespace Weft.Twin.Packets.Stacks.Routing;

internal static class ReversePath
{
    /// <summary>What is wrong with the source; null where it is believed.</summary>
    public static string? Refusal(Stack stack, IpAddr from, IpAddr to, IpLink link)
    {
        if (stack.Router.Local(from, link) is not null)
            return "its source is an address of this machine (martian source)";
        if (link.Conf.RpFilter == 0)
            return null;
        if (!stack.Router.Lookup(from, to, null, link.Domain, out var back))
            return "rp_filter: no route leads back to its source";
        if (link.Conf.RpFilter == 2 || back.Route.Uses(link.Device) || (link.Device is Vrf && back.Way.Link.Domain == link.Device))
            return null;
        return "rp_filter 1: the way back to its source is over another link";
    }
}
