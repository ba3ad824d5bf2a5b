// Two NICs of a guest in one network: it answers ARP for both addresses on either (arp_ignore 0 in the guest too), sends all by one of them, and gains
// neither speed nor safety, for below both is one bridge. Where the two have addresses of different networks, they were meant.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A guest is in a network by one NIC.</summary>
public sealed class GuestTwiceInNetwork() : Rule("guest-twice-in-network", Severity.Advice)
{
    public override string Why => "below both NICs is one bridge, so the second brings neither speed nor safety; and the guest sends by one of them whatever it was asked by the other";

    public override string Bad => """
        bridges: {br0: {}}
        guests:
          web1: {nics: [{bridge: br0}, {bridge: [|br0|]}]}
        """;

    public override string Good => """
        bridges: {br0: {}, br1: {}}
        guests:
          web1: {nics: [{bridge: br0}, {bridge: br1}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var guest in stack.Host.Guests)
        {
            var before = new Dictionary<string, GuestNic>(StringComparer.Ordinal);
            foreach (var nic in guest.Nics)
                if (stack.Neighbourhoods.Of(nic) is { } socket && !before.TryAdd(socket.ToString(), nic) && AreOne(before[socket.ToString()], nic))
                    yield return At(nic.Bridge!.Place, $"{guest.Name} has two NICs in {(socket.Vlan == 0 ? "" : $"VLAN {socket.Vlan} of ")}{socket.Bridge.Name}", "remove one of the two, or plug it into another network");
        }
    }

    private static bool AreOne(GuestNic one, GuestNic other) =>
        one.Addresses.IsEmpty || other.Addresses.IsEmpty || one.Addresses.Any(address => other.Addresses.Any(there => there.Value.Network == address.Value.Network));
}
