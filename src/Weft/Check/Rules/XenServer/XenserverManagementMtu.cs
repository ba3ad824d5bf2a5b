// XCP-ng's manual (networking): no jumbo frames on the management network. Pool members and clients speak there with 1500 each, and the host installs and recovers
// over it with the default. The MTU above its link's is mtu-above-parent.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>XenServer's management has Ethernet's own MTU.</summary>
public sealed class XenserverManagementMtu() : Rule("xenserver-management-mtu", Severity.Warning)
{
    private const long Ethernet = 1500;

    public override string Why => "pool members, clients and the host's own recovery speak to management with 1500 bytes: with more, joining a pool and moving guests hang where somebody in between has less";

    public override string Bad => """
        profile: xenserver
        nics: {eth0: {mtu: 9000}}
        networks:
          management: {link: eth0, vlan: 83, mtu: [|9000|], addresses: [172.20.83.11/24], role: management}
        """;

    public override string Good => """
        profile: xenserver
        nics: {eth0: {mtu: 9000}}
        networks:
          management: {link: eth0, vlan: 83, mtu: 1500, addresses: [172.20.83.11/24], role: management}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from network in XenServer.IsAsked(stack) ? stack.Host.Networks : []
        where network.Role?.Value == "management" && !network.IsRange && network.Link is not null
        let id = (int?)network.Vlan?.Value.From
        let end = stack.Host.Find(network.BridgeOf(id)) ?? (id is { } tag ? stack.Host.Find(network.VlanOf(tag)) : null)
        where end is not null
        let mtu = stack.Mtu(end)
        where mtu > Ethernet
        select At(network.Mtu?.Place ?? network.Name.Place, $"the network {network} is for management and has an MTU of {mtu}", network.Mtu is null ? $"add mtu: {Ethernet}" : $"write {Ethernet}");
}
