// A port's frames go to its master before the stack sees them, so an address left on the port gets no answers; and its
// connected route still wins, so the host cannot reach that network at all: a black hole (measured on 6.1 and 6.18).

using Weft.Text;

namespace Weft.Check;

/// <summary>Ports have no addresses.</summary>
public sealed class AddressOnPort() : Rule("address-on-port", Severity.Error)
{
    public override string Why => "a port's frames go to its master, so its address gets no answers, while its route still takes the traffic: a black hole";

    public override string Bad => """
        nics:
          eth0: {addresses: [[|192.0.2.5/24|]]}
        bridges:
          br0: {ports: [eth0]}
        """;

    public override string Good => """
        nics:
          eth0: {}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Sound
        where link.Addresses.Length + link.Gateways.Length > 0
        let master = stack.MasterOf(link)
        where master is not null
        let what = link.Addresses.IsEmpty ? $"the gateway {link.Gateways[0]}" : $"the address {link.Addresses[0]}"
        select At(link.Addresses.IsEmpty ? link.Gateways[0].Place : link.Addresses[0].Place, $"{link.Name} has {what} and is a port of {master.Name}", $"move addresses and gateway to {master.Name} (line {master.Name.Place.Line})");
}
