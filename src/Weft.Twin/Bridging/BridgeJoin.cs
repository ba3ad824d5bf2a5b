// A port comes to a bridge and leaves it (br_add_if, br_del_if). It joins as it is, up or down; the bridge chooses its MAC and
// MTU anew. Its VLAN table begins with the bridge's default PVID and is gone when it leaves, and so is what was kept under
// that bridge.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Links;

namespace Weft.Twin.Bridging;

internal static class BridgeJoin
{
    public static Refusal? Add(Net net, Device port, Device bridge)
    {
        if (port.Kind.Word == "loopback" || Macs.Valid(port.Mac) is not null)
            return Error.Of("EINVAL");
        if (port.Is(LinkKind.Bridge))
            return Error.Of("ELOOP", "Can not enslave a bridge to a bridge");
        if (Joining.MayStand(bridge, port) is { } circle)
            return circle;
        port.Master = bridge;
        bridge.Ports.Add(port);
        port.Vlans = VlanTable.OfDefault((int)bridge.Number(BridgeLines.VlanDefaultPvid));
        port.AsPort.Clear();
        foreach (var line in Table.OfPort(LinkKind.Bridge))
            if (Features.Has(line) && (line == BridgePortLines.Cost ? Value.Of(BridgePortLines.CostOf(Speed(port))) : line.Default(Settings.Empty)) is { } value)
                port.AsPort[line] = value;
        Macs.Choose(net, bridge);
        Mtus.Follow(net, bridge);
        return null;
    }

    /// <summary>As ethtool tells it, a VLAN its lower link's.</summary>
    private static long? Speed(Device device) => device.Lower is { } lower ? Speed(lower) : device.Observed?.Speed;

    public static void Remove(Net net, Device port, Device bridge)
    {
        bridge.Ports.Remove(port);
        foreach (var other in bridge.Ports.Where(other => other.AsPort.GetValueOrDefault(BridgePortLines.BackupPort) == Value.Of(port.Name)))
            other.AsPort[BridgePortLines.BackupPort] = Value.Of(""); // nbp_backup_clear.
        port.Master = null;
        port.Vlans = null;
        port.AsPort.Clear();
        net.Kept.RemoveAll(kept => kept.Link == port.Name && kept.Master == bridge.Name);
        Mtus.Follow(net, bridge);
        Macs.Choose(net, bridge);
    }
}
