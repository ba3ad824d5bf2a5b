// Whose a link is. Guests' taps and container ends come and go in our bridges without our doing: they are kept and shown,
// and never written into a file.

using Weft.Model;
using Weft.Plan;

namespace Weft.Show;

internal static class Foreign
{
    /// <summary>
    /// A kind that no file declares, or a veth, dummy or MACVLAN; a bond, VLAN or bridge that no file of ours named, where some file is in force; or what somebody
    /// plugged into a bridge of ours.
    /// </summary>
    public static bool Is(Link link, Host now, Ledger ledger) =>
        !Ours(link, ledger) && (IsSomebodys(link.Kind) || (link.Kind != LinkKind.Nic && !ledger.Links.IsEmpty) || (link.State?.Master is { } master && now.Find(master) is { } there && ledger.Owns(there)));

    /// <summary>Foreign, and of a kind that stands for a guest rather than for a NIC.</summary>
    public static bool IsGuests(Link link, Host now, Ledger ledger) =>
        Is(link, now, ledger) && (IsSomebodys(link.Kind) || link.State?.Driver == "veth") && link.State?.Master is { } master && now.Find(master)?.Kind == LinkKind.Bridge;

    /// <summary>A kind that no file declares, or that is mostly a container's or a guest's.</summary>
    private static bool IsSomebodys(LinkKind kind) => kind.MayPassForNic && kind != LinkKind.Nic && kind != LinkKind.Vxlan;

    private static bool Ours(Link link, Ledger ledger) => ledger.Owns(link) || ledger.Last.Find(link.Name.Value) is not null;
}
