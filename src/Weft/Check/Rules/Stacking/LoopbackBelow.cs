// lo is no Ethernet link. Measured on 6.1: a bridge and a MACVLAN refuse it (EINVAL), a bond (EADDRNOTAVAIL, for it has no MAC that could be set), a VLAN (EOPNOTSUPP,
// "VLANs not supported on device") and a VRF ("Can not enslave loopback device to a VRF"). A VXLAN and a route may lead over it, to this host alone.
// It cannot be declared (`name-taken`), so a name that leads to it would be a dangling one: this rule speaks in place of `dangling-name`.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Nothing is built on lo.</summary>
public sealed class LoopbackBelow() : Rule("loopback-below", Severity.Error)
{
    public override string Why => "lo leads to this host alone: the kernel refuses it as a port and as what VLANs and MACVLANs stand on, and what else is sent over it comes back";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0, [|lo|]]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var host = stack.Host;
        // Of another kind than a NIC it is a link that needs another name.
        if (host.Find(Stack.Loopback) is { Kind: var kind } && kind != LinkKind.Nic)
            return [];
        return
        [
            .. from upper in host.Links
               from lower in upper.Lowers
               where lower.Value == Stack.Loopback
               select At(lower.Place, $"{upper.Name} stands on lo", upper.Kind == LinkKind.Vxlan ? "leave link out: the route to the other end leads on" : "leave lo out; for a link that is always there declare one under dummies"),
            .. from route in host.Routes
               from way in route.Ways
               where way.Link?.Value == Stack.Loopback
               select At(way.Link!.Place, $"the route to {route.To} leads over lo", "name a link that leads there, or remove the route"),
            .. from network in host.Networks
               where network.Link?.Value == Stack.Loopback && host.Find(Stack.Loopback) is null
               select At(network.Link!.Place, $"the network {network} stands on lo", "name a NIC or a bond"),
            .. from cable in host.Cables
               where cable.Nic.Value == Stack.Loopback
               select At(cable.Nic.Place, "a cable is said to be in lo", "remove the cable, or name the NIC that it is in"),
        ];
    }
}
