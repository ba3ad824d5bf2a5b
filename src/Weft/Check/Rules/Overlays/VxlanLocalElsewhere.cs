// Each packet of a VXLAN is routed with `local` as its source, and a source must be the host's own (ip_route_output_key_hash_rcu, net/ipv4/route.c: ENETUNREACH unless
// __ip_dev_find knows it): the packet is dropped and counted under tx_carrier_errors. IPv6 sends it all the same (ip6_dst_lookup_tail asks nothing of the source), and nobody
// answers the host. Both measured on 6.1.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN sends from an address of the host.</summary>
public sealed class VxlanLocalElsewhere() : Rule("vxlan-local-elsewhere", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the kernel drops what is to be sent over IPv4 from an address that no link has, and nobody answers to a foreign one";

    public override string Bad => """
        nics: {eth0: {addresses: [192.0.2.5/24]}}
        vxlans:
          vx0: {id: 100, link: eth0, remote: 192.0.2.9, local: [|192.0.2.6|], port: 4789}
        """;

    public override string Good => """
        nics: {eth0: {addresses: [192.0.2.5/24]}}
        vxlans:
          vx0: {id: 100, link: eth0, remote: 192.0.2.9, local: 192.0.2.5, port: 4789}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        if (!stack.Host.Unread.IsEmpty || stack.Host.Links.Any(link => link.Unread.Contains("addresses")))
            yield break;
        var own = new Prefixes(stack.Host.Links);
        foreach (var vxlan in stack.Host.Of(LinkKind.Vxlan))
            if (vxlan.Settings.Get(VxlanLines.Local) is { Value: Value.Word { Text: var text }, Place: var place } && IPAddress.TryParse(text, out var local) && !IsElsesMistake(vxlan, local)
                && !own.IsOwn(local) && IsAllSaid(stack.Host, own, local))
                yield return At(place, $"{vxlan.Name} sends from {local}, which no link of the host has", $"write one of the host's addresses{(LowerAddress(stack, vxlan, local) is { } lower ? $", such as {lower}" : "")}, or give {local} to a link");
    }

    /// <summary>An address that nobody can have, or of another family than the other end's, is vxlan-ends.</summary>
    private static bool IsElsesMistake(Link vxlan, IPAddress local) =>
        VxlanLines.IsMulticast(local.ToString()) || local.Equals(IPAddress.Any) || local.Equals(IPAddress.IPv6Any)
        || new[] { VxlanLines.Group, VxlanLines.Remote }.Any(line => VxlanLines.FamilyOf(vxlan.Settings.ValueOf(line)) is { } family && family != local.AddressFamily);

    /// <summary>
    /// Whether the file says the host's addresses of the family: nobody leases any, and some are said. Of IPv6 the kernel makes addresses of each router's
    /// network by itself, so that only a network of which an address is said is all said.
    /// </summary>
    private static bool IsAllSaid(Host host, Prefixes own, IPAddress local) =>
        local.AddressFamily == AddressFamily.InterNetworkV6
            ? own.Contain(local) && !local.IsIPv6LinkLocal && !host.Links.Any(link => ClientLines.Speaks6(link.Settings))
            : host.Links.Any(link => link.Addresses.Any(address => !address.Value.Is6)) && !host.Links.Any(link => link.Settings.Flag(ClientLines.Dhcp4) == true);

    private static IPAddress? LowerAddress(Stack stack, Link vxlan, IPAddress local) =>
        stack.LowerOf(vxlan)?.Addresses.Select(address => address.Value.Address).FirstOrDefault(address => address.AddressFamily == local.AddressFamily);
}
