// XenServer's limits by number (docs.xenserver.com, configuration limits): nothing counts them, and beyond them nothing was tried.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>No more NICs and bonds than XenServer was tried with.</summary>
public sealed class XenserverMany() : Rule("xenserver-many", Severity.Warning)
{
    private const int MostNics = 16, MostBonds = 4, MostOfGuest = 7;

    public override string Why => "XenServer supports 16 NICs and 4 bonds a host and 7 NICs a guest; it counts none of them, and is tried with no more";

    public override string Bad => """
        profile: xenserver
        nics: {eth0: {}}
        bridges: {br0: {ports: [eth0]}, br1: {}, br2: {}, br3: {}, br4: {}, br5: {}, br6: {}, br7: {}}
        guests:
          router1:
            nics: [{bridge: br0}, {bridge: br1}, {bridge: br2}, {bridge: br3}, {bridge: br4}, {bridge: br5}, {bridge: br6}, {bridge: [|br7|]}]
        """;

    public override string Good => """
        profile: xenserver
        nics: {eth0: {}}
        bridges: {br0: {ports: [eth0]}, br1: {}, br2: {}, br3: {}, br4: {}, br5: {}, br6: {}}
        guests:
          router1:
            nics: [{bridge: br0}, {bridge: br1}, {bridge: br2}, {bridge: br3}, {bridge: br4}, {bridge: br5}, {bridge: br6}]
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        if (!XenServer.IsAsked(stack))
            yield break;
        foreach (var (kind, most) in new[] { (LinkKind.Nic, MostNics), (LinkKind.Bond, MostBonds) })
            if (stack.Host.Of(kind).Where(link => link.Name.Value != "lo").ElementAtOrDefault(most) is { } link)
                yield return At(link.Name.Place, $"this host has more than {most} {kind.Section}", $"leave {most} of them");
        foreach (var guest in stack.Host.Guests)
            if (guest.Nics.ElementAtOrDefault(MostOfGuest) is { } nic)
                yield return At(nic.Bridge?.Place ?? nic.Network?.Place ?? nic.Place, $"{guest.Name} has {guest.Nics.Count()} NICs", $"leave {MostOfGuest} of them; VLANs of a VLAN-aware bridge come in by one");
    }
}
