// VLAN tables of bridge ports and of bridges, kept as the request that enters them. One that holds nothing but its bridge's
// default is the kernel's own doing: it comes by itself, and goes on following the default.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Vlans
{
    /// <param name="defaults">default_pvid by the index of a bridge; of those alone that have VLAN tables.</param>
    public static IEnumerable<Kept> Of(IReadOnlyList<LinkMessage> dump, Dictionary<int, VlanTable> tables, Dictionary<int, int> defaults, Names names)
    {
        foreach (var message in dump)
            if (message.Master is { } master && defaults.TryGetValue(master, out var pvid) && VlanReading.IsOfBridge(message) && names.Of(message.Header.Index) is { } link)
            {
                // A table that is not told is empty, which a port's is not by itself.
                var table = tables.GetValueOrDefault(message.Header.Index, VlanTable.Empty);
                if (!IsDefault(table, pvid))
                    yield return Keep(link, master == message.Header.Index ? null : names.Of(master), message.Header.Index, table);
            }
    }

    private static bool IsDefault(VlanTable table, int pvid) =>
        pvid == 0 ? table.Runs.IsEmpty : table.Runs is [{ Pvid: true, Untagged: true } only] && only.From == pvid;

    private static Kept Keep(string link, string? bridge, int index, VlanTable table)
    {
        var message = VlanReading.ToMessage(index, bridge is null, table.Runs);
        return new(KeptKind.Vlans, link, $"vlan {table} dev {link}{(bridge is null ? " self" : "")}")
        {
            Message = new(MessageCodec.Encode(new(0, MessageType.SetLink, MessageFlags.Request, 0, 0), message)),
            Indexes = [(Replay.IndexPlace, link)],
            Master = bridge,
        };
    }
}
