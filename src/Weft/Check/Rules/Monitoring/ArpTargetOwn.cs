// The route to an address of the host leads over lo, which stands on no bond: the monitor skips such a target without a word (bond_arp_send_all, bond_main.c). Addresses that
// nobody can have are address-refused.

using Weft.Text;

namespace Weft.Check;

/// <summary>The ARP monitor asks somebody else.</summary>
public sealed class ArpTargetOwn() : Rule("arp-target-own", Severity.Error)
{
    public override string Why => "the host answers itself without sending anything, so the monitor never asks this address, and no port hears an answer";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [|192.0.2.5|], addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: 192.0.2.1, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from question in Asking.Of(stack)
        where question.Is == Way.Own
        select At(question.Place, $"{question.Bond.Name} asks {question.Target}, which is the host's own address", "ask an address behind the switch, such as the gateway's");
}
