// VLAN tables of bridge ports and of bridges, kept as the request that enters them.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Vlans
{
    public static IEnumerable<Kept> Of(IReadOnlyList<LinkMessage> dump, Dictionary<int, VlanTable> tables, Names names)
    {
        foreach (var message in dump)
            if (tables.TryGetValue(message.Header.Index, out var table) && names.Of(message.Header.Index) is { } link)
            {
                var bridge = message.Master is { } master && master != message.Header.Index ? names.Of(master) : null;
                yield return Keep(link, bridge, message.Header.Index, table);
            }
    }

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
