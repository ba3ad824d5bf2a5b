// VLANs of bridge ports, and of bridges themselves. `vlans` are members, `pvid` is what untagged frames belong to; each goes
// its own way through the three-way merge. What others entered stays.

using Weft.Model;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    private void SettleVlans(Port port, Link bridge, Piece piece)
    {
        var earlier = last.Find(bridge.Name.Value)?.Ports.FirstOrDefault(other => other.Name == port.Name)?.Vlans;
        if (piece.Vlans is { } held)
            Settle(piece.Name, bridge.Name.Value, held, port.Vlans, earlier, port.Name.Place);
    }

    private void SettleOwnVlans(Link bridge, Piece piece)
    {
        if (piece.OwnVlans is { } held)
            Settle(piece.Name, null, held, bridge.Vlans, last.Find(bridge.Name.Value)?.Vlans, bridge.Name.Place);
    }

    private void Settle(string link, string? master, VlanTable held, VlanTable? said, VlanTable? earlier, Place place)
    {
        if (said is null && earlier is null)
            return;
        said ??= VlanTable.Empty;
        earlier ??= VlanTable.Empty;
        // A PVID that left the file goes back to the default one, unless this is the way back to a table without any; a new one does not take the
        // old one's membership away by itself.
        var target = before is null && said.Pvid is null && (earlier.Pvid is not null || earlier.Has(1)) && !said.Has(1) ? said.With(VlanTable.Default.Runs) : said;
        // On the way back VLAN 1 goes wherever it was not before: a change that was cut off may have left it without its PVID.
        var isFirstOurs = (said.Pvid is not null && held.Runs.Contains(VlanTable.Default.Runs[0])) || (before is not null && !said.Has(1));
        var ours = isFirstOurs ? earlier.With(VlanTable.Default.Runs) : earlier;
        if (target.Beyond(held) is { IsEmpty: false } missing)
            Plan(new Step.OfVlans(Verb.Add, link, master, missing, place));
        if (VlanTable.Of(ours.NotIn(target)).Common(held) is { IsEmpty: false } extra)
            Plan(new Step.OfVlans(Verb.Remove, link, master, extra, place));
    }
}
