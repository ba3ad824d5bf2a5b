// VLAN tables of bridges and their ports, out of one dump and back. A range is two entries on the wire, and a PVID is never
// in one.

using System.Runtime.InteropServices;
using Weft.Linux.Keeping;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux;

/// <summary>The VLANs of a bridge port; of the bridge itself where the two indexes are one.</summary>
internal sealed record PortVlans(int Index, int Bridge, VlanTable Table);

internal static class VlanReading
{
    private const ushort Pvid = 2, Untagged = 4, RangeBegin = 8, RangeEnd = 16;

    /// <summary>BRIDGE_FLAGS_SELF: the device itself is to act, not the bridge that it is a port of.</summary>
    private const ushort Self = 2;

    private const ushort MasterAttribute = 10, FamilyAttribute = 26, FlagsAttribute = 0, VlanAttribute = 2;
    private const int AttributeHeader = 4;

    /// <summary>
    /// What a dump tells of bridges and their ports. Two attributes of some dozens are looked at, so the messages are not decoded. A NIC
    /// with a switch of its own answers for itself too: that is not its bridge's table.
    /// </summary>
    public static List<PortVlans> Tables(IEnumerable<ReadOnlyMemory<byte>> dump)
    {
        var tables = new List<PortVlans>();
        foreach (var raw in dump)
        {
            var message = raw.Span;
            if (message.Length < MessageHeader.Size + LinkHeader.Size || Replay.Payload(message, LinkHeader.Size, MasterAttribute) is not { Length: 4 } master)
                continue;
            var flags = Replay.Payload(message, LinkHeader.Size, FamilyAttribute, FlagsAttribute);
            if (flags.Length < 2 || (MemoryMarshal.Read<ushort>(flags) & Self) == 0)
                tables.Add(new(LinkHeader.Read(message[MessageHeader.Size..]).Index, MemoryMarshal.Read<int>(master), Table(Entries(Replay.Payload(message, LinkHeader.Size, FamilyAttribute)))));
        }
        return tables;
    }

    private static List<BridgeVlanInfo> Entries(ReadOnlySpan<byte> family)
    {
        var entries = new List<BridgeVlanInfo>();
        for (var from = 0; Replay.Next(family, ref from, out var at, out var length);)
            if (Replay.TypeAt(family, at) == VlanAttribute && BridgeVlanInfo.TryRead(family[(at + AttributeHeader)..(at + length)], out var entry))
                entries.Add(entry);
        return entries;
    }

    /// <summary>What enters VLANs (SetLink) or takes them away (DeleteLink). The longest table there can be fits one attribute: 32 KiB.</summary>
    /// <param name="index">The port; for a bridge's own VLANs, the bridge.</param>
    public static LinkMessage ToMessage(int index, bool isBridge, IEnumerable<VlanRun> runs) => new()
    {
        Header = { Family = Families.Bridge, Index = index },
        Bridge = new BridgeFamily { Flags = isBridge ? Self : null, VlanInfos = Entries(runs) },
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

    private static List<BridgeVlanInfo> Entries(IEnumerable<VlanRun> runs)
    {
        var entries = new List<BridgeVlanInfo>();
        foreach (var run in runs)
        {
            var flags = (ushort)((run.Pvid ? Pvid : 0) | (run.Untagged ? Untagged : 0));
            if (run.From == run.To)
                entries.Add(new(flags, (ushort)run.From));
            else
                entries.AddRange([new((ushort)(flags | RangeBegin), (ushort)run.From), new((ushort)(flags | RangeEnd), (ushort)run.To)]);
        }
        return entries;
    }
}
