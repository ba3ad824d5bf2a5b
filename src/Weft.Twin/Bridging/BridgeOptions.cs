// A bridge's options (br_changelink), in the order in which it takes them from a message; those before a refused one stay. Most
// are only remembered here: what acts by itself is the VLAN filter and the default PVID.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Bridging;

internal static class BridgeOptions
{
    private const long LeastForwardDelay = 200, NotForwarded = 7;

    /// <summary>What stands first in a message's order; the rest asks for none, but for the switches of one attribute at the end.</summary>
    private static readonly Attribute[] First =
        [BridgeLines.ForwardDelay, BridgeLines.HelloTime, BridgeLines.MaxAge, BridgeLines.AgeingTime, BridgeLines.Stp, BridgeLines.Priority, BridgeLines.VlanFiltering, BridgeLines.VlanProtocol, BridgeLines.VlanDefaultPvid];

    private static readonly Attribute[] Last = [BridgeLines.NoLinklocalLearn, BridgeLines.McastVlanSnooping, BridgeLines.MstEnabled];

    public static void Begin(Device bridge)
    {
        foreach (var line in Table.OfLink(LinkKind.Bridge).Where(line => line.Home == Home.Data && Features.Has(line)))
            if (line.Default(Settings.Empty) is { } value)
                bridge.Data[line] = value;
    }

    public static Refusal? Change(Device bridge, Settings data)
    {
        foreach (var (line, value) in data.OrderBy(pair => Array.IndexOf(First, pair.Key) is >= 0 and var at ? at : Last.Contains(pair.Key) ? First.Length + 1 : First.Length))
            if (Features.Has(line) && Set(bridge, line, value.Value) is { } refused)
                return refused with { Attribute = $"linkinfo.data.{line.Wire}" };
        return null;
    }

    private static Refusal? Set(Device bridge, Attribute line, Value value)
    {
        var number = (value as Value.Number)?.Count ?? 0;
        if (line == BridgeLines.ForwardDelay && bridge.Data[BridgeLines.Stp] == Value.Of(true) && number < LeastForwardDelay)
            return Error.Of("ERANGE");
        if (line == BridgeLines.VlanStatsPerPort && bridge.Ports.Count > 0)
            return Error.Of("EBUSY");
        if (line == BridgeLines.MstEnabled && bridge.Ports.Exists(port => port.Vlans is { Runs.IsEmpty: false }))
            return Error.Of("EBUSY", "MST mode can't be changed while VLANs exist");
        if (line == BridgeLines.GroupFwdMask && (number & NotForwarded) != 0)
            return Error.Of("EINVAL");
        if (line == BridgeLines.McastVlanSnooping && value == Value.Of(true) && bridge.Data[BridgeLines.VlanFiltering] == Value.Of(false))
            return Error.Of("EINVAL", "Cannot enable multicast VLAN snooping with VLAN filtering disabled");
        if (line == BridgeLines.VlanDefaultPvid && SetDefaultPvid(bridge, (int)number) is { } noMac)
            return noMac;
        bridge.Data[line] = value;
        if (line == BridgeLines.Stp && value == Value.Of(true) && bridge.Number(BridgeLines.ForwardDelay) < LeastForwardDelay)
            bridge.Data[BridgeLines.ForwardDelay] = Value.Of(LeastForwardDelay); // br_stp_start.
        bridge.GroupAddressIsSet |= line == BridgeLines.GroupAddress;
        if ((line == BridgeLines.VlanFiltering || line == BridgeLines.VlanProtocol) && !bridge.GroupAddressIsSet && bridge.Data.ContainsKey(BridgeLines.GroupAddress))
            bridge.Data[BridgeLines.GroupAddress] = UsualGroup(bridge); // recalculate_group_addr.
        if (line == BridgeLines.VlanFiltering && value == Value.Of(false) && bridge.Data.ContainsKey(BridgeLines.McastVlanSnooping))
            bridge.Data[BridgeLines.McastVlanSnooping] = Value.Of(false);
        return null;
    }

    public static Value UsualGroup(Device bridge) =>
        Value.Of(bridge.Data[BridgeLines.VlanFiltering] == Value.Of(true) && bridge.Data[BridgeLines.VlanProtocol] == Value.Of("802.1ad") ? "01:80:c2:00:00:08" : "01:80:c2:00:00:00");

    /// <summary>
    /// __br_vlan_set_default_pvid: where the old default is still the PVID, the new one takes its place, and the old VLAN goes; where that
    /// VLAN is there already, or somebody chose another PVID, nothing happens. Of 0 to another, everybody gets it who has not that VLAN.
    /// </summary>
    private static Refusal? SetDefaultPvid(Device bridge, int pvid)
    {
        var before = (int)bridge.Number(BridgeLines.VlanDefaultPvid);
        if (pvid == before)
            return null;
        var after = bridge.OwnVlans is { } own ? After(own) : null;
        if (Links.Macs.Valid(bridge.Mac) is not null && after is not null && pvid > 0 && after.Has(pvid) && !bridge.OwnVlans!.Has(pvid))
            return Error.Of("EINVAL"); // It enters its own MAC for each of its VLANs (br_fdb_add_local).
        bridge.OwnVlans = after;
        foreach (var port in bridge.Ports)
            port.Vlans = port.Vlans is { } table ? After(table) : null;
        return null;

        VlanTable After(VlanTable table)
        {
            var run = new VlanRun(before, before, Pvid: true, Untagged: true);
            var isUsual = before > 0 && table.Runs.Contains(run);
            if ((before > 0 && !isUsual) || (pvid > 0 && table.Has(pvid)))
                return table;
            var without = isUsual ? table.Without([run]) : table;
            return pvid == 0 ? without : without.With([new(pvid, pvid, Pvid: true, Untagged: true)]);
        }
    }
}
