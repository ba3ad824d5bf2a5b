// A target that is silent is a port that is down: with one target its reboot takes every port down in turn, and with them what never wanted to reach it (measured: both ports flap). A router
// is what the network is for, and there are mostly two of them behind one address: of one that this file knows as a gateway, next hop or address of a switch nothing is said.

using System.Net;
using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>The ARP monitor asks two, or the router.</summary>
public sealed class ArpTargetAlone() : Rule("arp-target-alone", Severity.Warning)
{
    public override string Why => "when the one target is silent, for a reboot for instance, the monitor takes every port for dead";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [|192.0.2.9|], addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100, arp_ip_target: [192.0.2.1, 192.0.2.9], addresses: [192.0.2.5/24], gateway: 192.0.2.1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        HashSet<IPAddress>? routers = null;
        return from alone in Asking.Of(stack).GroupBy(question => question.Bond.Name.Value)
               let question = alone.First()
               where question.Is == Way.Over && Bonding.Targets(question.Bond).Sum(targets => targets.List.Count) == 1 && question.Bond.Ports.Length > 1
               where !(routers ??= Routers(stack.Host)).Contains(question.Target)
               select At(question.Place, $"{question.Bond.Name} asks {question.Target} and nobody else", "add a second address, the gateway's for instance");
    }

    private static HashSet<IPAddress> Routers(Host host) =>
    [
        .. host.Links.SelectMany(link => link.Gateways).Select(gateway => gateway.Value),
        .. host.Routes.SelectMany(route => route.Ways).Select(way => way.Via?.Value).OfType<IPAddress>(),
        .. host.Switches.SelectMany(box => box.Addresses).SelectMany(network => network.Addresses).Select(address => address.Value.Address),
    ];
}
