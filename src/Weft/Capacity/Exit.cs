// Where a network's frames leave the host: down through VLANs and bridges to the bonds and NICs that they go out over. A bridge on which no
// such link stands keeps its frames to itself.

using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Capacity;

/// <summary>A way out.</summary>
/// <param name="Link">A bond, or a NIC.</param>
/// <param name="Tags">VLAN tags that are put on the way.</param>
/// <param name="Around">Bytes that tunnels put around a packet on the way; 0 where there is none.</param>
internal sealed record Exit(Link Link, int Tags, long Around);

internal sealed class Exits(Stack stack, IReadOnlySet<string> guests)
{
    /// <summary>How deep a way is followed; the kernel nests 8 deep.</summary>
    private const int Deepest = 16;

    /// <summary>Each way out of the link once.</summary>
    /// <param name="link">Where frames begin.</param>
    /// <param name="isLost">Some way leads where nobody can follow it: into another namespace, where routes decide, or by a name of a file that leads nowhere.</param>
    public IReadOnlyList<Exit> Of(Link link, out bool isLost)
    {
        var (found, seen, lost) = (new List<Exit>(), new HashSet<string>(StringComparer.Ordinal), false);
        Down(link, 0, 0, 0);
        isLost = lost;
        return found;

        void Down(Link at, int tags, long around, int depth)
        {
            if (depth > Deepest || stack.InCycle.Contains(at.Name.Value) || !seen.Add(at.Name.Value))
                return;
            if (at.Kind == LinkKind.Bond || at.Kind == LinkKind.Nic)
                found.Add(new(at, tags, around));
            else if (at.Kind == LinkKind.Bridge)
            {
                lost |= stack.LacksPorts(at);
                foreach (var (_, port) in stack.PortsOf(at).Where(port => !guests.Contains(port.Link.Name.Value)))
                    Down(port, tags, around, depth + 1);
            }
            else if (at.Kind == LinkKind.Veth)
            {
                if (at.Settings.Word(VethLines.Peer) is { } peer && stack.Host.Find(peer) is { } other && stack.MasterOf(other) is { } master)
                    Down(master, tags, around, depth + 1);
            }
            else if (stack.LowerOf(at) is { } lower)
                Down(lower, at.Kind == LinkKind.Vlan ? tags + 1 : tags, at.Kind == LinkKind.Vxlan ? around + VxlanLines.Overhead(at.Settings) : around, depth + 1);
            else
                lost |= at.Kind == LinkKind.Vlan || at.Kind == LinkKind.Macvlan || at.Kind == LinkKind.Vxlan;
        }
    }
}
