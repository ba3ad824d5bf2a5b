// Frames are told by their MAC whose they are: a MACVLAN does not come up with the MAC of its link or of another MACVLAN there (macvlan_addr_busy, EADDRINUSE).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>MACVLANs of one link differ in their MACs, and from the link.</summary>
public sealed class MacvlanMac() : Rule("macvlan-mac", Severity.Error)
{
    public override string Why => "the MAC tells which of them a frame is for, and one with a MAC that is taken does not come up (EADDRINUSE)";

    public override string Bad => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: eth0, mac: 02:00:5e:00:00:11}
          mv1: {link: eth0, mac: [|02:00:5e:00:00:11|]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: eth0, mac: 02:00:5e:00:00:11}
          mv1: {link: eth0, mac: 02:00:5e:00:00:12}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var group in stack.Sound.Where(link => link.Kind == LinkKind.Macvlan && link.Lower is not null).GroupBy(link => link.Lower))
        {
            var taken = new Dictionary<string, Link>(StringComparer.Ordinal);
            if (stack.Host.Find(group.Key!) is { } lower)
                foreach (var below in Lenders(stack, lower, 0))
                    taken.TryAdd(below.Settings.Word(Table.Mac)!, below);
            foreach (var macvlan in group.Where(IsSaid))
                if (!taken.TryAdd(macvlan.Settings.Word(Table.Mac)!, macvlan) && taken[macvlan.Settings.Word(Table.Mac)!] is var other)
                    yield return At(macvlan.Settings.PlaceOf(Table.Mac), $"{macvlan.Name} has the MAC of {other.Name} (line {other.Settings.PlaceOf(Table.Mac).Line})", "give it another, or none");
        }
    }

    /// <summary>Who may give a link its MAC: itself; what a VLAN or passthru stands on; the ports of a bond or bridge.</summary>
    private static IEnumerable<Link> Lenders(Stack stack, Link link, int depth) =>
        IsSaid(link) ? [link]
        : depth > Stack.DeepestNest ? []
        : link.Kind == LinkKind.Vlan || MacvlanLines.IsPassthru(link.Settings.ValueOf(MacvlanLines.Mode)) ? stack.LowerOf(link) is { } lower ? Lenders(stack, lower, depth + 1) : []
        : link.Kind.SpeaksForPorts ? stack.PortsOf(link).SelectMany(port => Lenders(stack, port.Link, depth + 1)) : [];

    private static bool IsSaid(Link link) => link.Settings.Word(Table.Mac) is { } mac and not "default";
}
