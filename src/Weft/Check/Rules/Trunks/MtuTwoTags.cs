// A switch has room for one tag beside its MTU (IEEE 802.3 3.2.7: Q-tagged frames of 1522 octets), and a second tag takes 4 bytes of the payload.
// A VLAN in a VLAN with the MTU of the link below fills the frame and its tags come on top: full packets are dropped, small ones pass.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Each tag inside another leaves 4 bytes less.</summary>
public sealed class MtuTwoTags() : Rule("mtu-two-tags", Severity.Warning)
{
    public override string Why => "a switch counts a second tag as payload: full packets are 4 bytes too large, are dropped, and nobody is told";

    public override string Bad => """
        nics: {eth0: {mtu: 1500}}
        vlans:
          eth0.100: {link: eth0, id: 100, protocol: 802.1ad}
          eth0.100.5: {link: eth0.100, id: 5, mtu: [|1500|], addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1"}
        switches: {sw: {mtu: 1500}}
        """;

    public override string Good => """
        nics: {eth0: {mtu: 1500}}
        vlans:
          eth0.100: {link: eth0, id: 100, protocol: 802.1ad}
          eth0.100.5: {link: eth0.100, id: 5, mtu: 1496, addresses: [192.0.2.5/24]}
        cabling:
          eth0: {switch: sw, port: "1"}
        switches: {sw: {mtu: 1500}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from sent in stack.Wiring.Oversize.All
        where sent.Size <= sent.Room && sent.Size + sent.Tags > sent.Room
        // More than its link carries is that mistake, whatever the switch would do.
        where !(stack.LowerOf(sent.Way.Port) is { } lower && stack.Mtu(sent.Way.Port) > stack.Mtu(lower))
        group sent by (Said(sent) is { } said ? said.Settings.PlaceOf(Table.Mtu) : sent.Of.Name.Place) into same
        let first = same.First()
        select At(same.Key, $"{first.Of.Name} sends packets of {first.Size} bytes with {first.Way.Tags.Length} tags by {first.Way.Nic.Name}, and {first.To} takes {first.Room}",
            $"write mtu: {first.Room - first.Tags} on {(Said(first) ?? first.Of).Name}, or raise the mtu of {first.To} to {first.Size + first.Tags} (line {first.To.Mtu!.Place.Line})");

    private static Link? Said(Sent sent) => new[] { sent.Of, sent.Way.Port }.FirstOrDefault(link => link.Settings.Has(Table.Mtu));
}
