// What a bridge's port makes of a VLAN (br_handle_vlan in net/bridge/br_vlan.c): a VLAN-aware bridge lets only members pass, tagged or not;
// any other bridge passes frames as they are.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Check;

/// <summary>A frame that a port lets out, with its tag or without one.</summary>
public sealed record VlanOut(long? Vlan);

public static class VlanPort
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
    /// <param name="bridge">The bridge.</param>
    /// <param name="own">The VLANs of the port.</param>
    /// <param name="tag">The frame's; null where it has none.</param>
    public static VlanOut? Out(Link bridge, VlanTable own, long? tag)
    {
        if (bridge.Settings.Flag(BridgeLines.VlanFiltering) != true)
            return bridge.Unread.Contains(BridgeLines.VlanFiltering.Name) ? null : new(tag);
        if (bridge.Settings.Word(BridgeLines.VlanProtocol) == "802.1ad" || (tag ?? OfItself(bridge).Pvid) is not { } vlan)
            return null;
        return own.Runs.FirstOrDefault(run => run.From <= vlan && vlan <= run.To) is { } run ? new(run.Untagged ? null : vlan) : null;
    }

    /// <summary>Whether the VLAN's link is the port of a master that would have its frames.</summary>
    internal static bool IsTaken(Stack stack, Link vlan) =>
        stack.LowerOf(vlan) is { } lower && !stack.InCycle.Contains(lower.Name.Value) && stack.MasterOf(lower) is { } master
        && (master.Kind == LinkKind.Bond || (stack.MasterOf(vlan) != master && IsMissed(stack, master, lower, vlan)));

    /// <summary>
    /// Whether the bridge is to have the VLAN: by the tables of a VLAN-aware one, or because a VLAN link stands on it too. Else the two share the wire: the bridge has
    /// what is untagged and the VLAN its tag, as on every host with a bridge for each VLAN and one for none.
    /// </summary>
    private static bool IsMissed(Stack stack, Link bridge, Link port, Link vlan) =>
        vlan.Settings.Number(VlanLines.Id) is { } id && (bridge.Settings.Flag(BridgeLines.VlanFiltering) == true
            ? bridge.Ports.Any(entry => entry.Name.Value == port.Name.Value && Of(bridge, entry).Has((int)id))
            : stack.Uppers(bridge).Any(upper => upper.Kind == LinkKind.Vlan && upper.Settings.Number(VlanLines.Id) == id));
}
