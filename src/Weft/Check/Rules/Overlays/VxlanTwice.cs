// A frame that arrives is told by UDP port and number whose it is: a second VXLAN of both is refused (vxlan_vni_in_use, EEXIST), but
// for one of the other address family. Those of one port share a socket, and so must take frames alike (vxlan_find_sock; the bind fails with
// EADDRINUSE). One that is external listens in both families.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>VXLANs of one UDP port tell their frames apart.</summary>
public sealed class VxlanTwice() : Rule("vxlan-twice", Severity.Error)
{
    public override string Why => "what arrives at a UDP port is told apart by its number alone, and one socket takes all of it in one way";

    public override string Bad => """
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, mtu: 1450}
          vx1: {id: [|100|], remote: 192.0.2.8, port: 4789, mtu: 1450}
        """;

    public override string Good => """
        vxlans:
          vx0: {id: 100, remote: 192.0.2.9, port: 4789, mtu: 1450}
          vx1: {id: 101, remote: 192.0.2.8, port: 4789, mtu: 1450}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var all = stack.Host.Of(LinkKind.Vxlan).Where(link => link.Unread.IsEmpty).ToList();
        for (var at = 1; at < all.Count; at++)
            foreach (var other in all.Take(at).Where(other => PortOf(other) == PortOf(all[at]) && Families(other).Intersect(Families(all[at])).Any()))
                if (Takes.FirstOrDefault(line => On(line, other) != On(line, all[at])) is { } line)
                {
                    yield return At(Place(all[at], line), $"{all[at].Name} and {other.Name} (line {other.Name.Place.Line}) have the UDP port {PortOf(other)}, and differ in {line}", $"give them different ports, or the same {line}");
                    break;
                }
                else if (IdOf(other) == IdOf(all[at]))
                {
                    yield return At(Place(all[at], VxlanLines.Id), $"{all[at].Name} has the number and UDP port of {other.Name} (line {other.Name.Place.Line})", "give it another id, or another port");
                    break;
                }
    }

    /// <summary>What must be alike where a port is shared (VXLAN_F_RCV_FLAGS).</summary>
    private static readonly Model.Attributes.Attribute[] Takes = [VxlanLines.External, VxlanLines.Gbp, VxlanLines.UdpZeroCsum6Rx];

    private static bool On(Model.Attributes.Attribute line, Link vxlan) => vxlan.Settings.Flag(line) == true;

    private static long IdOf(Link vxlan) => vxlan.Settings.Number(VxlanLines.Id) ?? 0;

    private static long PortOf(Link vxlan) => vxlan.Settings.Number(VxlanLines.Port) ?? VxlanLines.KernelsPort;

    private static Place Place(Link vxlan, Model.Attributes.Attribute line) => vxlan.Settings.Has(line) ? vxlan.Settings.PlaceOf(line) : vxlan.Name.Place;

    private static bool[] Families(Link vxlan) => On(VxlanLines.External, vxlan) ? [false, true] : [VxlanLines.Is6(vxlan.Settings)];
}
