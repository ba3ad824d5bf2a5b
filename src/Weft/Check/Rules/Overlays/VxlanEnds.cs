// Where frames go: one end or a group, not both (it is one attribute of the kernel's); a group over a link that is named (EINVAL); all addresses of
// one family (vxlan_config_validate).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A VXLAN's addresses go together.</summary>
public sealed class VxlanEnds() : Rule("vxlan-ends", Severity.Error)
{
    public override string Why => "the kernel keeps one destination, sends to a group over a link that it is told, and uses one family of addresses";

    public override string Bad => """
        vxlans:
          vx0: {id: 100, group: [|239.1.1.1|], port: 4789, mtu: 1450}
        """;

    public override string Good => """
        nics: {eth0: {}}
        vxlans:
          vx0: {id: 100, link: eth0, group: 239.1.1.1, port: 4789}
        """;

    private static readonly Model.Attributes.Attribute[] Addresses = [VxlanLines.Group, VxlanLines.Remote, VxlanLines.Local];

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var vxlan in stack.Host.Of(LinkKind.Vxlan).Where(link => !Addresses.Append(VxlanLines.Lower).Any(line => Stack.IsUnread(link, line))))
            foreach (var line in Addresses)
                if (vxlan.Settings.Get(line) is { } said && VxlanLines.FamilyOf(said.Value) is not null && Wrong(vxlan, line, said.Value.ToString()!) is var (what, mend))
                    yield return At(said.Place, what, mend);
    }

    private static (string What, string Mend)? Wrong(Link vxlan, Model.Attributes.Attribute line, string address)
    {
        if (line == VxlanLines.Group && !VxlanLines.IsMulticast(address))
            return ($"{vxlan.Name}'s group {address} is no multicast address", "say remote: for one other end");
        if (line != VxlanLines.Group && VxlanLines.IsMulticast(address))
            return ($"{vxlan.Name}'s {line} {address} is a multicast address", line == VxlanLines.Remote ? "say group: for it" : "name one of the host's own addresses");
        if (line == VxlanLines.Group && LowerLines.Said(vxlan.Settings.ValueOf(VxlanLines.Lower)) is null)
            return ($"{vxlan.Name} sends to the group {address}, and says no link", "add link: with the link that the group is reached over");
        if (line == VxlanLines.Remote && VxlanLines.FamilyOf(vxlan.Settings.ValueOf(VxlanLines.Group)) is not null)
            return ($"{vxlan.Name} has a remote and a group", "leave one of the two away");
        return line == VxlanLines.Local && Addresses.Take(2).Select(other => VxlanLines.FamilyOf(vxlan.Settings.ValueOf(other))).FirstOrDefault(family => family is not null) is { } family && family != VxlanLines.FamilyOf(Value.Of(address))
            ? ($"{vxlan.Name} sends from {address} to an address of the other family", "name addresses of one family") : null;
    }
}
