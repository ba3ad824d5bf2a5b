// VLANs of bridge ports, and of bridges themselves. `vlans` are members, `pvid` is what untagged frames belong to; each goes
// its own way through the three-way merge. What others entered stays.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal sealed partial class Draft
{
    private void SettleVlans(Port port, Link bridge, Piece piece)
    {
        var earlier = last.Find(bridge.Name.Value)?.Ports.FirstOrDefault(other => other.Name == port.Name)?.Vlans;
        if (piece.Vlans is { } held)
            Settle(piece.Name, bridge.Name.Value, held, port.Vlans, earlier, bridge, port.Name.Place);
    }

    private void SettleOwnVlans(Link bridge, Piece piece)
    {
        if (piece.OwnVlans is { } held)
            Settle(piece.Name, null, held, bridge.Vlans, last.Find(bridge.Name.Value)?.Vlans, bridge, bridge.Name.Place);
    }

    private void Settle(string link, string? master, VlanTable held, VlanTable? said, VlanTable? earlier, Link bridge, Place place)
    {
        if (said is null && earlier is null)
            return;
        said ??= VlanTable.Empty;
        earlier ??= VlanTable.Empty;
        // A PVID that left the file goes back to the default one, unless this is the way back to a table without any; a new one does not take the
        // old one's membership away by itself.
        var first = BridgeLines.DefaultPvidOf(world.Find(bridge.Name.Value)?.Settings);
        var usual = VlanTable.OfDefault(first);
        var former = BridgeLines.DefaultPvidOf(last.Find(bridge.Name.Value)?.Settings);
        var hid = earlier.Pvid is not null || earlier.Has(first) || earlier.Has(former);
        var target = before is null && said.Pvid is null && hid && !said.Has(first) ? said.With(usual.Runs) : said;
        // On the way back the default one goes wherever it was not before: a change that was cut off may have left it without its PVID.
        var isFirstOurs = first > 0 && ((said.Pvid is not null && held.Runs.Contains(usual.Runs[0])) || (before is not null && !said.Has(first)));
        var ours = isFirstOurs ? earlier.With(usual.Runs) : earlier;
        if (former != first)
            ours = ours.With(VlanTable.OfDefault(former).Runs); // Where the new default was a member already, the kernel left the old one as it was.
        if (target.Beyond(held) is { IsEmpty: false } missing)
            Plan(new Step.OfVlans(Verb.Add, link, master, missing, place));
        if (VlanTable.Of(ours.NotIn(target)).Common(held) is { IsEmpty: false } extra)
            Plan(new Step.OfVlans(Verb.Remove, link, master, extra, place));
    }
}
