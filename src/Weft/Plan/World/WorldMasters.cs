// What a bond or bridge does by itself when its options change and when a port comes or goes. Each line here was seen on a
// kernel (6.1).

using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

internal sealed partial class World
{
    /// <summary>bond_option_mode_set: modes with LACP or balancing drop the ARP monitor and start polling carrier; what some modes have no use for begins anew.</summary>
    private static void SetMode(Piece bond, Value mode)
    {
        bond.Put(BondLines.Mode, mode);
        bond.Put(BondLines.ArpValidate, Value.Of("none"));
        if (bond.ValueOf(BondLines.BroadcastNeighbor) is not null)
            bond.Put(BondLines.BroadcastNeighbor, Value.Of(false));
        if (mode is Value.Word { Text: BondLines.Alb })
            bond.Put(BondLines.TlbDynamicLb, Value.Of(true));
        if (mode is not Value.Word { Text: BondLines.Lacp or BondLines.Tlb or BondLines.Alb })
            return;
        bond.Put(BondLines.ArpInterval, Value.Of(0));
        if (bond.Settings.Number(BondLines.Miimon) is null or 0)
            bond.Put(BondLines.Miimon, Value.Of(100));
    }

    /// <summary>The delays are kept as multiples of the interval, and go with it.</summary>
    private static void SetMiimon(Piece bond, long interval)
    {
        var before = bond.Settings.Number(BondLines.Miimon) ?? 0;
        bond.DelaysAreGuess |= interval == 0 && BondLines.Delays.Any(delay => bond.Settings.Number(delay) > 0);
        foreach (var delay in BondLines.Delays.Where(delay => bond.ValueOf(delay) is not null))
            bond.Put(delay, Value.Of(before == 0 ? 0 : (bond.Settings.Number(delay) ?? 0) / before * interval));
        bond.Put(BondLines.Miimon, Value.Of(interval));
        bond.CarriesAlone &= interval == 0;
        if (interval == 0 || bond.Settings.Number(BondLines.ArpInterval) is null or 0)
            return;
        bond.Put(BondLines.ArpInterval, Value.Of(0));
        bond.Put(BondLines.ArpValidate, Value.Of("none"));
    }

    private void SetMaster(Piece port, string name)
    {
        if (port.Master is { } before && Find(before) is { } old)
            Leave(port, old);
        if (name.Length == 0)
            return;
        var master = Known(name);
        Give(port, name);
        master.CarriesAlone = false;
        foreach (var option in Table.OfPort(master.Kind))
            if ((option == BridgePortLines.Cost ? Value.Of(NaturalCost(port.Name)) : option.Default(Settings.Empty)) is { } value)
                port.Put(option, value);
        if (master.Kind == LinkKind.Vrf)
            Cycle(port);
        else if (master.Kind == LinkKind.Bond)
        {
            (port.MtuBefore, port.MtuIsGuess, port.MacBefore) = (port.Mtu, false, port.Mac);
            // Its MAC as it comes, down: a VLAN's may be older than its lower link's. Coming up it follows that no more.
            if (PortsOf(name).Count == 1 && port.Mac is { } mac && !master.MacIsSet)
                SetMac(master, mac);
            else if (master.Mac is { } shared && !BondLines.MovesMac(master.Settings))
                SetMac(port, shared);
            port.MacIsSet = true;
            SetMtu(port, master.Mtu, byHand: false);
            SetUp(port, true);
        }
        else
        {
            port.Vlans = VlanTable.OfDefault(BridgeLines.DefaultPvidOf(master.Settings));
            FollowPorts(master);
            ChooseMac(master);
        }
    }

    /// <summary>Whether each port of the bond goes by its own MAC, and which one lends the bond's depends on who is active.</summary>
    public static bool OwnMacs(Piece bond) => bond.Settings.Word(BondLines.Mode) is BondLines.Tlb or BondLines.Alb || BondLines.MovesMac(bond.Settings);

    /// <summary>
    /// __br_vlan_set_default_pvid: whoever still has the old default as PVID, or where there was none any, gets the new one, unless that VLAN
    /// is there already; with 0 the old one goes.
    /// </summary>
    private void SetDefaultPvid(Piece bridge, int pvid)
    {
        var before = BridgeLines.DefaultPvidOf(bridge.Settings);
        bridge.Put(BridgeLines.VlanDefaultPvid, Value.Of(pvid));
        bridge.OwnVlans = bridge.OwnVlans?.WithDefaultPvid(before, pvid);
        foreach (var port in PortsOf(bridge.Name))
            port.Vlans = port.Vlans?.WithDefaultPvid(before, pvid);
    }

    /// <summary>
    /// br_vlan_filter_toggle, __br_vlan_set_proto: snooping by VLAN ends with the filter, and a group address that nobody set is the one that goes
    /// with the tags. Whether somebody set it the kernel does not tell: one that is as it would be by itself is taken for its own.
    /// </summary>
    private static void SetFilter(Piece bridge, Attribute attribute, Value value)
    {
        var follows = bridge.ValueOf(BridgeLines.GroupAddress) == BridgeLines.GroupAddress.Default(bridge.Settings);
        bridge.Put(attribute, value);
        if (attribute == BridgeLines.VlanFiltering && value == Value.Of(false) && bridge.Settings.Flag(BridgeLines.McastVlanSnooping) == true)
            bridge.Put(BridgeLines.McastVlanSnooping, Value.Of(false));
        if (follows)
            bridge.Put(BridgeLines.GroupAddress, BridgeLines.GroupAddress.Default(bridge.Settings)!);
    }

    /// <summary>nbp_backup_clear: nobody's backup is a port any more that has left.</summary>
    private void LoseBackup(Piece port)
    {
        if (port.Master is { } bridge)
            foreach (var other in PortsOf(bridge).Where(other => (other.ValueOf(BridgePortLines.BackupPort) as Value.Word)?.Text == port.Name))
                other.Put(BridgePortLines.BackupPort, BridgePortLines.BackupPort.Default(Settings.Empty)!);
    }

    /// <summary>What a port costs by its speed; a VLAN has its lower link's.</summary>
    public long NaturalCost(string port)
    {
        var at = port;
        for (var depth = 0; depth < DeepestNest && Find(at)?.Lower is { } lower; depth++)
            at = lower;
        return BridgePortLines.CostOf(observed.Find(at)?.State?.Speed);
    }

    /// <summary>MAX_NEST_DEV (linux/netdevice.h).</summary>
    private const int DeepestNest = 8;

    /// <summary>A bond puts a leaving port down and gives it its own MAC and MTU back; a bridge leaves it as it is.</summary>
    private void Leave(Piece port, Piece master)
    {
        LoseBackup(port);
        Give(port, null);
        left.Add(port.Name);
        port.Vlans = null;
        master.CarriesAlone = false;
        LoseUnder(port.Name, master.Name);
        if (master.Kind == LinkKind.Vrf)
            Cycle(port);
        else if (master.Kind == LinkKind.Bond)
        {
            SetUp(port, false);
            if (port.MacBefore is { } own)
                SetMac(port, own);
            (port.MacBefore, port.MacIsSet) = (null, true);
            if (port.MtuBefore is { } mtu)
                port.Put(Table.Mtu, Value.Of(mtu));
            ForgetMac(master);
        }
        else
        {
            FollowPorts(master);
            ChooseMac(master);
        }
    }

    /// <summary>A bridge that nobody told its MTU has the least of its ports', and without ports 1500.</summary>
    private void FollowPorts(Piece bridge)
    {
        if (!bridge.MtuFollows || LeastPortMtu(bridge.Name) is var least && least == bridge.Mtu)
            return;
        SetMtu(bridge, least, byHand: false);
        // Whether somebody had set it the kernel does not tell: where that was guessed, what comes of it is a guess too.
        bridge.MtuIsGuess = !IsNew(bridge.Name);
    }

    /// <summary>What a bridge without ports has for a MAC when its last one left.</summary>
    public const string NoMac = "00:00:00:00:00:00";

    /// <summary>A bridge that nobody gave a MAC has the lowest of its ports'.</summary>
    private void ChooseMac(Piece bridge)
    {
        if (bridge.Kind != LinkKind.Bridge || bridge.MacIsSet)
            return;
        var macs = PortsOf(bridge.Name).Select(port => port.Mac ?? "").ToList();
        var lowest = macs.Count == 0 ? NoMac : macs.Contains("") ? "" : macs.Min(StringComparer.Ordinal)!;
        if (lowest != bridge.Mac)
            Follow(bridge, lowest);
    }

    /// <summary>A bond that its last port leaves makes up a MAC, even where it had been given one.</summary>
    private void ForgetMac(Piece bond)
    {
        if (bond.Kind != LinkKind.Bond || PortsOf(bond.Name).Count > 0)
            return;
        bond.MacIsSet = false;
        SetMac(bond, "");
    }
}
