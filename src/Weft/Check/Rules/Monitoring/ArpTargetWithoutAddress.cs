// Without an address in the target's network the kernel knows neither the VLAN nor a sender and asks untagged from 0.0.0.0 (bond_arp_send_all, bond_main.c; measured). On a trunk nobody
// hears that; on a port of one network many answer, but with arp_validate no answer counts: it is for nobody's address (bond_validate_arp).

using Weft.Text;

namespace Weft.Check;

/// <summary>The host has an address where the ARP monitor asks.</summary>
public sealed class ArpTargetWithoutAddress() : Rule("arp-target-without-address", Severity.Warning)
{
    public override string Why => "without an address in the target's network the kernel asks untagged and from 0.0.0.0: on a trunk nobody hears it, elsewhere not everybody answers, and no answer passes arp_validate";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [[|192.0.2.1|], 192.0.2.2]}
        vlans:
          bond0.5: {link: bond0, id: 5}
        bridges:
          br5: {ports: [bond0.5]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.1, 192.0.2.2]}
        vlans:
          bond0.5: {link: bond0, id: 5}
        bridges:
          br5: {ports: [bond0.5], addresses: [192.0.2.5/24]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from question in Asking.Of(stack)
        where question.Is == Way.Senderless
        group question by question.Bond.Name.Value into same
        let first = same.First()
        let hidden = stack.WithUppers(first.Bond).FirstOrDefault(link => link.Addresses.Any(address => address.Value.Contains(first.Target)))
        select At(first.Place, $"{first.Bond.Name} asks {first.Target}{(same.Count() > 1 ? " and others" : "")}, and {Missing(stack, hidden)}",
            hidden is null ? "give the link on the bond that is in the target's network an address there, ask an address in a network that is there, or use miimon: 100" : "use miimon: 100");

    private static string Missing(Stack stack, Model.Link? hidden) =>
        hidden is null ? "neither it nor what stands on it has an address in that network"
        : stack.Host.TableOf(hidden.Name.Value) is { } table ? $"its network is that of {hidden.Name}, in table {table}, where no monitor looks" : $"its network is that of {hidden.Name}, where no monitor looks";
}
