// VLAN tables of bridge ports and of bridges, kept as the request that enters them. One that holds nothing but its bridge's
// default is the kernel's own doing: it comes by itself, and goes on following the default.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Vlans
{
    /// <param name="defaults">default_pvid by the index of a bridge; of those alone that have VLAN tables.</param>
    public static IEnumerable<Kept> Of(List<PortVlans> tables, Dictionary<int, int> defaults, Names names) =>
        tables.Where(port => defaults.TryGetValue(port.Bridge, out var pvid) && !IsDefault(port.Table, pvid) && names.Of(port.Index) is not null)
            .Select(port => Keep(names.Of(port.Index)!, port.Bridge == port.Index ? null : names.Of(port.Bridge), port.Index, port.Table));

    private static bool IsDefault(VlanTable table, int pvid) =>
        pvid == 0 ? table.Runs.IsEmpty : table.Runs is [{ Pvid: true, Untagged: true } only] && only.From == pvid;

    private static Kept Keep(string link, string? bridge, int index, VlanTable table) =>
        new(KeptKind.Vlans, link, $"vlan {table} dev {link}{(bridge is null ? " self" : "")}")
        {
            Later = new(() => new(new(MessageCodec.Encode(new(0, MessageType.SetLink, MessageFlags.Request, 0, 0), VlanReading.ToMessage(index, bridge is null, table.Runs))), [(Replay.IndexPlace, link)])),
            Master = bridge,
        };
}
