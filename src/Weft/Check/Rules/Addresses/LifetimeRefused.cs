// Lifetimes that an address cannot have. rtm_to_ifaddr and inet6_rtm_newaddr refuse one that is preferred for longer than it lives. Of an IPv4
// address that lives forever the kernel keeps no time at all (set_ifa_lifetime, check_lifetime): it takes the message, and nothing ever happens.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Preferred for no longer than it lives, and in IPv4 not for a time where it lives forever.</summary>
public sealed class LifetimeRefused() : Rule("lifetime-refused", Severity.Error)
{
    public override string Why => "the kernel refuses an address that is preferred for longer than it lives (EINVAL), and counts an IPv4 address down only where it ends";

    public override string Bad => """
        nics:
          eth0: {addresses: [{address: [|"2001:db8::1/64"|], preferred_lft: forever, valid_lft: 600}]}
          eth1: {addresses: [{address: [|192.0.2.5/24|], preferred_lft: 600}]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [{address: "2001:db8::1/64", preferred_lft: 0}, {address: "2001:db8::2/64", preferred_lft: 600}, {address: "2001:db8::3/64", valid_lft: 600}]}
          eth1: {addresses: [{address: 192.0.2.5/24, preferred_lft: 300, valid_lft: 600}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var link in stack.Host.Links)
            foreach (var address in link.Addresses)
                if (link.LifetimeOf(address.Value) is var lifetime && lifetime.Valid is { } valid && (lifetime.Preferred ?? long.MaxValue) > valid)
                    yield return At(address.Place, $"{address} is to be preferred for longer than it lives: {lifetime}", $"write a preferred_lft of at most {valid}, or a longer valid_lft");
                else if (!address.Value.Is6 && lifetime is { Valid: null, Preferred: not (null or 0) })
                    yield return At(address.Place, $"{address} is to be preferred for {lifetime.Preferred} s and lives forever, and of such an IPv4 address the kernel counts no time", "write a valid_lft too, or preferred_lft: 0 or forever");
    }
}
