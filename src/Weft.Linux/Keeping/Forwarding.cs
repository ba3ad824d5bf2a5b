// Forwarding entries that somebody entered: static and permanent ones, those that a routing daemon taught (extern_learn),
// the further remotes of a VXLAN. What the kernel enters by itself is left out: what it learned, its ports' and its own MACs, the
// groups that a device listens to.
// Surprise: there are several entries a link of the kernel's own, so most are told by their fixed header and never decoded.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Forwarding
{
    private const ushort Reachable = 0x02, NoArp = 0x40, Permanent = 0x80;
    private const byte Self = 0x02, Master = 0x04, ExternLearned = 0x10, Offloaded = 0x20, Sticky = 0x40;
    private const ushort MacAttribute = 2, Cacheinfo = 3, Probes = 4, ViaIndex = 8, MasterIndex = 9, LinkNetnsid = 10;

    public static IEnumerable<Kept> Of(IReadOnlyList<ReadOnlyMemory<byte>> dump, IReadOnlyList<Seen> links, Names names)
    {
        var own = links.DistinctBy(link => link.Index).ToDictionary(link => link.Index);
        var macs = links.Select(link => link.Address).OfType<HardwareAddress>().ToHashSet();
        var entries = new List<NeighbourMessage>();
        foreach (var raw in dump.Where(raw => raw.Length >= MessageHeader.Size + NeighbourHeader.Size))
            if (IsSomebodys(NeighbourHeader.Read(raw.Span[MessageHeader.Size..])) && !IsListening(raw.Span) && Decoded(raw) is { Lladdr: { } mac } entry
                && names.Of(entry.Header.Index) is not null && !IsKernels(entry, mac, own, macs))
                entries.Add(entry);
        if (entries.Count == 0)
            return [];
        // What is static under a bridge is let through by its other ports too, as entries of their own.
        var under = entries.Where(entry => entry.Master is not null).Select(entry => entry.Lladdr).ToHashSet();
        return entries.Where(entry => !IsSelf(entry) || KindOf(entry, own) == "vxlan" || !under.Contains(entry.Lladdr)).Select(entry => Keep(entry, KindOf(entry, own), names));
    }

    private static bool IsSomebodys(NeighbourHeader header) => (header.State & (NoArp | Permanent)) != 0 || (header.Flags & ExternLearned) != 0;

    /// <summary>A group that a device listens to: its own entry of a multicast MAC without a far end. The MAC is the first attribute (nlmsg_populate_fdb_fill).</summary>
    private static bool IsListening(ReadOnlySpan<byte> message)
    {
        const int mac = MessageHeader.Size + NeighbourHeader.Size, payload = mac + 4;
        return message.Length == payload + 8 && message[mac + 2] == MacAttribute && (message[payload] & 1) != 0 && (NeighbourHeader.Read(message[MessageHeader.Size..]).Flags & Self) != 0;
    }

    /// <summary>Null where it cannot be read: then it is not known what it says, and it is nobody's that could be kept.</summary>
    private static NeighbourMessage? Decoded(ReadOnlyMemory<byte> raw)
    {
        var entry = new NeighbourMessage { Raw = raw };
        return MessageCodec.Read(raw.Span, entry).IsError ? null : entry;
    }

    private static bool IsKernels(NeighbourMessage entry, HardwareAddress mac, Dictionary<int, Seen> own, HashSet<HardwareAddress> macs)
    {
        if (IsSelf(entry))
            return KindOf(entry, own) == "vxlan" ? entry.Dst is { } dst && mac.Span.IndexOfAnyExcept((byte)0) < 0 && own[entry.Header.Index].Remote == dst : (mac.Length == 0 || (mac.Span[0] & 1) != 0 || macs.Contains(mac));
        return (entry.Header.State & Permanent) != 0
            && (own.GetValueOrDefault(entry.Header.Index)?.Address == mac || own.GetValueOrDefault(entry.Master ?? 0)?.Address == mac);
    }

    private static bool IsSelf(NeighbourMessage entry) => (entry.Header.Flags & Self) != 0;

    private static string? KindOf(NeighbourMessage entry, Dictionary<int, Seen> own) => own.GetValueOrDefault(entry.Header.Index)?.Kind;

    private static Kept Keep(NeighbourMessage entry, string? kind, Names names)
    {
        var self = IsSelf(entry);
        // A VXLAN has several remotes for "all others" and for groups; each is added to those there are (vxlan_fdb_update).
        var several = self && kind == "vxlan" && entry.Lladdr!.Value.Span is var mac && ((mac[0] & 1) != 0 || mac.IndexOfAnyExcept((byte)0) < 0);
        var flags = MessageFlags.Create | (several ? MessageFlags.Append : self && kind != "vxlan" ? MessageFlags.None : MessageFlags.Replace);
        var message = Replay.Request(entry.Raw.Span, NeighbourHeader.Size, MessageType.NewNeighbour, flags, Cacheinfo, Probes, MasterIndex, LinkNetnsid);
        var header = entry.Header;
        header.Flags = (byte)(header.Flags & ~Offloaded | (self ? 0 : Master));
        // One that was taught and has aged is taught anew: the kernel takes no entry that begins as stale.
        header.State = (header.State & (NoArp | Permanent)) != 0 ? header.State : Reachable;
        header.Write(message.AsSpan(MessageHeader.Size));
        var link = names.Of(header.Index)!;
        return new(KeptKind.Forwarding, link, Words(entry, link, names))
        {
            Message = new(message),
            Indexes = [(Replay.IndexPlace, link), .. Replay.Index(message, Replay.Place(message, NeighbourHeader.Size, ViaIndex), names)],
            Master = self ? null : names.Of(entry.Master ?? 0),
        };
    }

    /// <summary>As `bridge fdb` prints it.</summary>
    private static string Words(NeighbourMessage entry, string link, Names names) =>
        $"fdb {entry.Lladdr} dev {link}{(entry.Dst is { } dst ? $" dst {dst}" : "")}{(entry.Vlan is { } vlan ? $" vlan {vlan}" : "")}{(entry.Port is { } port ? $" port {port}" : "")}"
        + $"{(entry.Vni is { } vni ? $" vni {vni}" : "")}{(entry.SrcVni is { } from ? $" src_vni {from}" : "")}{(entry.NhId is { } hop ? $" nhid {hop}" : "")}"
        + $"{(entry.Ifindex is { } via ? $" via {names.Of(via)}" : "")}{(IsSelf(entry) ? " self" : $" master {names.Of(entry.Master ?? 0)}")}"
        + $"{((entry.Header.Flags & ExternLearned) != 0 ? " extern_learn" : "")}{((entry.Header.Flags & Sticky) != 0 ? " sticky" : "")}"
        + ((entry.Header.State & Permanent) != 0 ? " permanent" : (entry.Header.State & NoArp) != 0 ? " static" : "");
}
