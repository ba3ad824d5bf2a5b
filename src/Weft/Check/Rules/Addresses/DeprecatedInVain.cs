// A deprecated IPv4 address. The kernel shows it as deprecated and looks at that nowhere: what it chooses as a source (inet_select_addr, the
// source of a connected route) goes by the order of the addresses alone.

using Weft.Text;

namespace Weft.Check;

/// <summary>Deprecating an IPv4 address changes nothing by itself.</summary>
public sealed class DeprecatedInVain() : Rule("deprecated-in-vain", Severity.Warning)
{
    public override string Why => "the kernel chooses an IPv4 source by the order of the addresses, and passes over a deprecated one in IPv6 only";

    public override string Bad => """
        nics:
          eth0: {addresses: [{address: [|192.0.2.5/24|], preferred_lft: 0}, 192.0.2.6/24]}
        """;

    public override string Good => """
        nics:
          eth0: {addresses: [192.0.2.6/24, {address: 192.0.2.5/24, preferred_lft: 0}, {address: "2001:db8::1/64", preferred_lft: 0}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        from same in link.Addresses.Where(address => !address.Value.Is6).GroupBy(address => address.Value.Network)
        let first = same.First()
        where link.LifetimeOf(first.Value).Preferred == 0
        select At(first.Place, $"{first} is deprecated, and it is the first of {first.Value.Network} on {link.Name}: connections go on starting from it", "write another address of the network before it");
}
