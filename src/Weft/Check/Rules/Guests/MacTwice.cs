// A bridge and a switch send a frame to where they last heard its MAC from; of two with one MAC each hears what the other was sent, by turns. Most
// often it is a guest that was copied with its MAC, or a bond that has the MAC of a NIC which went elsewhere. Links that stand on one another
// share a MAC by right: a bond and its ports, a VLAN and its bridge. So do gateways that have one MAC on every host, whose bridges lead to no wire; links
// are compared where both do. Ports of one bond, MACVLANs of one link, one NIC in two entries: bond-ports-share-mac, macvlan-mac, nic-match-twice.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A MAC is one NIC's.</summary>
public sealed class MacTwice() : Rule("mac-twice", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "bridges and switches send a frame to where they last heard its MAC from, so two with one MAC take each other's frames by turns";

    public override string Bad => """
        nics:
          eth0: {mac: "02:00:5e:00:00:1a"}
          eth1: {mac: [|"02:00:5e:00:00:1a"|]}
        bridges: {br0: {ports: [eth0]}}
        guests:
          web1: {nics: [{bridge: br0, mac: "52:54:00:00:00:01"}]}
          web2: {nics: [{bridge: br0, mac: [|"52:54:00:00:00:01"|]}]}
        """;

    public override string Good => """
        nics:
          eth0: {mac: "02:00:5e:00:00:1a"}
          eth1: {mac: "02:00:5e:00:00:1b"}
        bridges: {br0: {ports: [eth0], mac: "02:00:5e:00:00:1a"}}
        guests:
          web1: {nics: [{bridge: br0, mac: "52:54:00:00:00:01"}]}
          web2: {nics: [{bridge: br0, mac: "52:54:00:00:00:02"}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from said in Links(stack.Host).Concat(Guests(stack.Host))
        group said by said.Mac.Value into same
        let first = same.First()
        from second in same.Skip(1)
        where second.Link is null || (first.Link is { } one && !second.IsBurntIn && !AreOne(stack, one, second.Link))
        select At(second.Mac.Place, $"{second.Owner} has the MAC {same.Key}, and so has {first.Owner} (line {first.Mac.Place.Line})", second.Link is null ? "give one of the two another MAC, or none: then the program that starts it makes one up" : "give one of the two another MAC, or remove this one");

    private sealed record Said(string Owner, At<string> Mac, Link? Link, bool IsBurntIn = false);

    /// <summary>What the file sets comes after what NICs bring along, which cannot be at fault.</summary>
    private static IEnumerable<Said> Links(Host host) =>
        host.Links.Where(link => link.Rest.Map("match")?.Has("mac") == true).Select(link => new Said(link.Name.Value, Entry.Word(link.Rest.Map("match")!, "mac")!, link, IsBurntIn: true))
            .Concat(host.Links.Where(link => link.Settings.Word(Table.Mac) is not (null or "default")).Select(link => new Said(link.Name.Value, Text.At.Of(link.Settings.Word(Table.Mac)!, link.Settings.PlaceOf(Table.Mac)), link)));

    private static IEnumerable<Said> Guests(Host host) =>
        host.Guests.SelectMany(guest => guest.Nics.Where(nic => nic.Mac is not null).Select(nic => new Said(guest.Name.Value, nic.Mac!, null)));

    /// <summary>Whether the two are one stack, or one of them leads to no NIC.</summary>
    private static bool AreOne(Stack stack, Link one, Link other)
    {
        var (ways, others) = (stack.Wiring.Leads(one), stack.Wiring.Leads(other));
        return ways.Count == 0 || others.Count == 0 || ways.Any(way => others.Any(there => there.Nic == way.Nic))
            || stack.MasterOf(one) is { } master && master.Kind == LinkKind.Bond && stack.MasterOf(other) == master;
    }
}
