// One VLAN device for each id and protocol on a link (net/8021q/vlan.c: EEXIST, "8021q: VLAN device already exists."). The
// same id as 802.1Q and as 802.1ad is two different tags and allowed.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VLAN id stands once on a link.</summary>
public sealed class VlanIdTwice() : Rule("vlan-id-twice", Severity.Error)
{
    public override string Why => "a frame's tag leads to one VLAN link, and the kernel refuses a second of the same id and protocol (EEXIST)";

    public override string Bad => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          guests: {link: eth0, id: [|5|]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vlans:
          eth0.5: {link: eth0, id: 5}
          guests: {link: eth0, id: 5, protocol: 802.1ad}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from vlan in stack.Host.Of(LinkKind.Vlan)
        where stack.LowerOf(vlan) is not null && vlan.Settings.Number(VlanLines.Id) is not null && !Stack.IsUnread(vlan, VlanLines.Protocol)
        group vlan by new { vlan.Lower, Id = vlan.Settings.Number(VlanLines.Id), Protocol = Protocol(vlan) } into same
        from second in same.Skip(1)
        select At(second.Settings.PlaceOf(VlanLines.Id), $"{second.Name} is VLAN {same.Key.Id} of {same.Key.Lower}, and so is {same.First().Name}",
            $"give it another id, or use {same.First().Name} (line {same.First().Name.Place.Line})");

    private static string Protocol(Link vlan) => vlan.Settings.Word(VlanLines.Protocol) is { } word and not "default" ? word : "802.1Q";
}
