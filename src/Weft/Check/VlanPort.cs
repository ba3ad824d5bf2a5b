// What a bridge's port makes of a VLAN (br_handle_vlan in net/bridge/br_vlan.c): a VLAN-aware bridge lets only members pass, tagged or not;
// any other bridge passes frames as they are.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Check;

/// <summary>A frame that a port lets out, with its tag or without one.</summary>
internal sealed record VlanOut(long? Vlan);

internal static class VlanPort
{
    /// <summary>The VLANs of a port as they will be: what a file says of it, beside the bridge's default_pvid where it names no other untagged VLAN.</summary>
    public static VlanTable Of(Link bridge, Port port)
    {
        var usual = VlanTable.OfDefault(BridgeLines.DefaultPvidOf(bridge.Settings));
        return port.Vlans is not { } said ? usual : said.Pvid is null && usual.Pvid is { } pvid && !said.Has(pvid) ? said.With(usual.Runs) : said;
    }

    /// <summary>The VLANs that the bridge itself takes part in.</summary>
    public static VlanTable OfItself(Link bridge) => Of(bridge, new(bridge.Name, Settings.Empty) { Vlans = bridge.Vlans });

    /// <summary>What leaves of a frame that the bridge has with this tag, or without; null where nothing does, or nobody can know.</summary>
    public static VlanOut? Out(Link bridge, Port port, long? tag)
    {
        if (bridge.Settings.Flag(BridgeLines.VlanFiltering) != true)
            return bridge.Unread.Contains(BridgeLines.VlanFiltering.Name) ? null : new(tag);
        if (bridge.Settings.Word(BridgeLines.VlanProtocol) == "802.1ad" || (tag ?? OfItself(bridge).Pvid) is not { } vlan)
            return null;
        return Of(bridge, port).Runs.FirstOrDefault(run => run.From <= vlan && vlan <= run.To) is { } run ? new(run.Untagged ? null : vlan) : null;
    }
}
