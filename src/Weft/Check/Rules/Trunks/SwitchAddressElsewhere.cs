// A switch's address in a VLAN is the gateway of those who are in that VLAN. Where all addresses of its network are in another VLAN, one of
// the two ids is wrong, and neither side ever hears the other. What the host has nothing to do with is not judged: a switch has more VLANs
// than one host's.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A switch's address is in the VLAN of its network.</summary>
public sealed class SwitchAddressElsewhere() : Rule("switch-address-elsewhere", Severity.Warning)
{
    public override string Why => "hosts of one network that are in two VLANs do not hear each other, and the switch's address is their gateway";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9]}
        switches: {sw: {addresses: {[|6|]: 192.0.2.1/24}}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-9]}
        switches: {sw: {addresses: {5: 192.0.2.1/24}}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        if (!stack.Wiring.Switches.Any(box => box.Addresses.Any()) || IsMisplaced(stack))
            return [];
        var users = stack.Host.Links.Where(link => stack.MasterOf(link) is null).SelectMany(link => link.Addresses.Select(address => new User(address, link, null)))
            .Concat(stack.Host.Guests.SelectMany(guest => guest.Nics).Where(nic => nic.Bridge is not null && stack.Host.Find(nic.Bridge.Value) is not null)
                .SelectMany(nic => nic.Addresses.Select(address => new User(address, stack.Host.Find(nic.Bridge!.Value)!, nic.Vlan?.Value))))
            .ToLookup(user => user.Address.Value.Network);
        var own = stack.Wiring.Switches.SelectMany(box => box.Addresses).Select(svi => svi.Vlan.Value).ToHashSet();
        var places = new Dictionary<string, IReadOnlyList<Seen>>(StringComparer.Ordinal);
        return
            from box in stack.Wiring.Switches
            from svi in box.Addresses
            from address in svi.Addresses.Take(1)
            let seen = users[address.Value.Network].SelectMany(user => places.TryGetValue($"{user.Link.Name} {user.Vlan}", out var known) ? known : places[$"{user.Link.Name} {user.Vlan}"] = See(stack.Wiring, user))
                .Where(one => stack.Wiring.AreJoined(one.Cable.Switch!.Value, box.Name.Value)).ToList()
            where seen.Count > 0 && seen.TrueForAll(one => one.Vlan != svi.Vlan.Value && one.Passes)
            // A VLAN with a switch's address of another network in it is that network's: then the port is in the wrong one, or the addresses are.
            let taken = seen[0].Vlan is { } theirs && own.Contains(theirs)
            where !taken || (seen.TrueForAll(one => one.IsUntagged) && !IsAtHome(stack, users, seen[0].Vlan!.Value))
            select taken ? At(seen[0].Cable.Native!.Place, $"{seen[0].Cable} is in VLAN {seen[0].Vlan}, and {box} has {address} of the same network in VLAN {svi.Vlan}", $"write native: {svi.Vlan}, and set the switch so") : At(svi.Vlan.Place, $"{box} has {address} in VLAN {svi.Vlan}, and everybody else of that network is in VLAN {seen[0].Vlan}", $"write {seen[0].Vlan} in the place of {svi.Vlan}");
    }

    /// <summary>Whether somebody of the network that a switch has in this VLAN is in it: then the port is in the right one, and who is of another network is at the wrong place.</summary>
    private static bool IsAtHome(Stack stack, ILookup<IpPrefix, User> users, long vlan) =>
        stack.Wiring.Switches.SelectMany(box => box.Addresses).Where(svi => svi.Vlan.Value == vlan).SelectMany(svi => svi.Addresses)
            .Any(address => users[address.Value.Network].Any(user => See(stack.Wiring, user).Any(one => one.Vlan == vlan)));

    /// <summary>Whether who is where cannot be known: a VLAN's id could not be read or is another's, or a bridge is in a bridge. Rules of their own tell.</summary>
    private static bool IsMisplaced(Stack stack)
    {
        var tags = new HashSet<string>(StringComparer.Ordinal);
        return stack.Host.Of(LinkKind.Vlan).Any(vlan => Stack.IsUnread(vlan, VlanLines.Id) || !tags.Add($"{vlan.Lower} {vlan.Settings.Number(VlanLines.Id)} {vlan.Settings.Word(VlanLines.Protocol)}"))
            || stack.Host.Of(LinkKind.Bridge).Any(bridge => stack.PortsOf(bridge).Any(port => port.Link.Kind == LinkKind.Bridge));
    }

    /// <summary>An address, where it is, and the VLAN that a bridge's guest is in.</summary>
    private sealed record User(At<IpPrefix> Address, Link Link, long? Vlan);

    /// <summary>The VLAN that the switch has a user's frames in, and whether it takes them.</summary>
    private sealed record Seen(Cable Cable, long? Vlan, bool Passes, bool IsUntagged);

    private static IReadOnlyList<Seen> See(Wiring wiring, User user) =>
    [
        .. from lead in wiring.Leads(user.Link)
           where lead.Cable is { SaysVlans: true }
           let tag = user.Vlan ?? (lead.Tags.IsEmpty ? null : lead.Tags[^1])
           select new Seen(lead.Cable!, tag ?? lead.Cable!.Native?.Value, tag is { } vlan ? Wiring.Carries(lead.Cable!, vlan) == true : lead.Cable!.Native is not null, tag is null),
    ];
}
