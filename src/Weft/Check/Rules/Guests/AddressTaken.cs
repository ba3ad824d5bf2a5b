// One address of two in one network: whoever asks by ARP or neighbour discovery gets two answers and believes the last (RFC 5227 1). Two of the host's
// own links are address-twice; two switches may have one address together, as the gateway that every leaf is.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>An address is one machine's.</summary>
public sealed class AddressTaken() : Rule("address-taken", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "both answer whoever asks for the address, and traffic goes now to the one and now to the other";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], addresses: [[|192.0.2.1/24|]]}
        guests:
          web1: {nics: [{bridge: br0, addresses: [192.0.2.21/24]}]}
          web2: {nics: [{bridge: br0, addresses: [[|192.0.2.21/24|]]}]}
        cabling:
          eth0: {switch: leaf-a, native: 1}
        switches:
          leaf-a: {addresses: {1: 192.0.2.1/24}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0], addresses: [192.0.2.5/24]}
        guests:
          web1: {nics: [{bridge: br0, addresses: [192.0.2.21/24]}]}
          web2: {nics: [{bridge: br0, addresses: [192.0.2.22/24]}]}
        cabling:
          eth0: {switch: leaf-a, native: 1}
        switches:
          leaf-a: {addresses: {1: 192.0.2.1/24}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        if (!stack.Host.Cables.Any() && !stack.Host.Guests.Any())
            yield break;
        foreach (var link in stack.Sound.Where(link => !link.Addresses.IsEmpty))
        {
            var beside = stack.Neighbourhoods.Beside(link);
            foreach (var address in link.Addresses.Where(address => !IsOwnGateway(link, address)))
                if (beside.FirstOrDefault(other => other.Address.Value.Address.Equals(address.Value.Address)) is { } other)
                    yield return Taken(address, link.Name.Value, other);
        }
        var ownGateways = stack.Host.Links.SelectMany(link => link.Addresses.Where(address => IsOwnGateway(link, address))).ToHashSet();
        var taken = new Dictionary<string, Neighbour>(StringComparer.Ordinal);
        foreach (var guest in stack.Host.Guests)
            foreach (var nic in guest.Nics)
                if (!nic.Addresses.IsEmpty && stack.Neighbourhoods.Of(nic) is { } socket)
                    foreach (var address in nic.Addresses)
                        if ((stack.Neighbourhoods.Beside(socket).FirstOrDefault(other => other.Address.Value.Address.Equals(address.Value.Address) && !ownGateways.Contains(other.Address)) ?? Before(socket, address, guest)) is { } other)
                            yield return Taken(address, guest.Name.Value, other);

        Neighbour? Before(Socket socket, At<IpPrefix> address, Guest guest)
        {
            var own = new Neighbour(guest.Name.Value, address);
            return taken.TryAdd($"{socket} {address.Value.Address}", own) ? null : taken[$"{socket} {address.Value.Address}"];
        }
    }

    /// <summary>A host that has its gateway's address is gateway-unreachable, whoever has it too.</summary>
    private static bool IsOwnGateway(Link link, At<IpPrefix> address) => link.Gateways.Any(gateway => gateway.Value.Equals(address.Value.Address));

    private Finding Taken(At<IpPrefix> address, string owner, Neighbour other) =>
        At(address.Place, $"{owner} has the address {address.Value.Address}, and so has {other.Owner} in the same network (line {other.Address.Place.Line})", "give one of the two another address");
}
