// VLAN tables of bridges and their ports, out of one dump and back. A range is two entries on the wire, and a PVID is never
// in one.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux;

internal static class VlanReading
{
    private const ushort Pvid = 2, Untagged = 4, RangeBegin = 8, RangeEnd = 16;

    /// <summary>BRIDGE_FLAGS_SELF: the device itself is to act, not the bridge that it is a port of.</summary>
    private const ushort Self = 2;

    /// <summary>Tables by the ifindex of a port or bridge. Who is not there has none, or an empty one.</summary>
    public static Dictionary<int, VlanTable> Tables(IEnumerable<LinkMessage> dump)
    {
        var tables = new Dictionary<int, VlanTable>();
        foreach (var message in dump)
            if (message is { Bridge.VlanInfos: { } entries, Master: not null } && IsOfBridge(message))
                tables[message.Header.Index] = Table(entries);
        return tables;
    }

    /// <summary>A NIC with a switch of its own answers for itself too: that is not the bridge's table.</summary>
    public static bool IsOfBridge(LinkMessage message) => ((message.Bridge?.Flags ?? 0) & Self) == 0;

    /// <summary>What enters VLANs (SetLink) or takes them away (DeleteLink). The longest table there can be fits one attribute: 32 KiB.</summary>
    /// <param name="index">The port; for a bridge's own VLANs, the bridge.</param>
    public static LinkMessage ToMessage(int index, bool isBridge, IEnumerable<VlanRun> runs) => new()
    {
        Header = { Family = Families.Bridge, Index = index },
        Bridge = new BridgeFamily { Flags = isBridge ? Self : null, VlanInfos = [.. runs.SelectMany(Entries)] },
    };

    /// <summary>The table that a message enters.</summary>
    public static VlanTable TableOf(LinkMessage message) => message.Bridge?.VlanInfos is { } entries ? Table(entries) : VlanTable.Empty;

    private static VlanTable Table(List<BridgeVlanInfo> entries)
    {
        if (entries is [{ Id: 1, Flags: Pvid | Untagged }])
            return VlanTable.Default;
        var runs = new List<VlanRun>(entries.Count);
        var begin = 0;
        foreach (var entry in entries)
        {
            if ((entry.Flags & RangeBegin) != 0)
                begin = entry.Id;
            else
                runs.Add(new((entry.Flags & RangeEnd) != 0 && begin > 0 ? begin : entry.Id, entry.Id, (entry.Flags & Pvid) != 0, (entry.Flags & Untagged) != 0));
        }
        return VlanTable.Of(runs);
    }

    private static BridgeVlanInfo[] Entries(VlanRun run)
    {
        var flags = (ushort)((run.Pvid ? Pvid : 0) | (run.Untagged ? Untagged : 0));
        return run.From == run.To
            ? [new(flags, (ushort)run.From)]
            : [new((ushort)(flags | RangeBegin), (ushort)run.From), new((ushort)(flags | RangeEnd), (ushort)run.To)];
    }
}
