// Permanent multicast group entries of bridges. The kernel tells them in one form and takes them in another, so the request
// is built; a bridge takes them only while it is up.
// Surprise: the host's own membership (the bridge as its own port) is never permanent, and is the kernel's.

using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Groups
{
    private const byte PermanentState = 1, StaticProtocol = 4;

    /// <summary>MDBE_ATTR_SOURCE, MDBE_ATTR_SRC_LIST, MDBE_ATTR_GROUP_MODE and MDBE_ATTR_RTPROT; all but the first since Linux 6.3.</summary>
    private const ushort SourceAttribute = 1, SourceListAttribute = 2, ModeAttribute = 3, ProtocolAttribute = 4;

    /// <summary>MDBA_MDB_SRCLIST_ENTRY and MDBA_MDB_SRCATTR_ADDRESS, which MDBE_* number alike.</summary>
    private const ushort ListEntry = 1, ListAddress = 1;

    private const int EntryPlace = MessageHeader.Size + GroupHeader.Size + 4;

    public static IEnumerable<Kept> Of(IEnumerable<GroupMessage> dump, IReadOnlySet<int> bridges, Names names)
    {
        foreach (var message in dump)
            if (bridges.Contains(message.Header.Index) && names.Of(message.Header.Index) is { } bridge)
                foreach (var port in message.Mdb?.Entries?.SelectMany(entry => entry.Ports ?? []) ?? [])
                    if (port.Header.State == PermanentState && port.Header.Index != message.Header.Index && names.Of(port.Header.Index) is { } link)
                        yield return Keep(message.Header.Index, bridge, link, port);
    }

    private static Kept Keep(int index, string bridge, string link, GroupMembership port)
    {
        var message = new GroupMessage
        {
            IsRequest = true,
            Header = { Family = Families.Bridge, Index = index },
            SetEntry = port.Header with { Flags = 0 },
            SetEntryAttrs = Attributes(port) is { Length: > 0 } said ? said : null,
        };
        var entry = port.Header;
        return new(KeptKind.Group, link, $"mdb dev {bridge} port {link} grp {entry.Group}{(port.Source is { } source ? $" src {source}" : "")} permanent{(entry.Vlan > 0 ? $" vid {entry.Vlan}" : "")}")
        {
            Message = new(MessageCodec.Encode(new(0, MessageType.NewMdb, MessageFlags.Request | MessageFlags.Create, 0, 0), message)),
            Indexes = [(Replay.IndexPlace, bridge), (EntryPlace, link)],
            Master = bridge,
        };
    }

    /// <summary>What a kernel before 6.3 does not know is said only where it differs from what the kernel does by itself.</summary>
    private static byte[] Attributes(GroupMembership port)
    {
        Span<byte> address = stackalloc byte[16];
        var made = new List<byte>();
        if (port.Source is { } source)
        {
            source.CopyTo(address);
            made.AddRange(Attribute(SourceAttribute, address[..source.Length]));
        }
        if (port.SrcList is { } list && Sources(list) is { Count: > 0 } sources)
        {
            made.AddRange(Attribute(SourceListAttribute, CollectionsMarshal.AsSpan(sources)));
            made.AddRange(Attribute(ModeAttribute, [port.GroupMode ?? 0]));
        }
        if (port.Rtprot is { } protocol and not StaticProtocol)
            made.AddRange(Attribute(ProtocolAttribute, [protocol]));
        return [.. made];
    }

    /// <summary>The list without the sources' timers, which are not taken back.</summary>
    private static List<byte> Sources(byte[] list)
    {
        var made = new List<byte>();
        foreach (var entry in Replay.Payloads(list, ListEntry))
            foreach (var address in Replay.Payloads(entry, ListAddress))
                made.AddRange(Attribute(ListEntry, Attribute(ListAddress, address)));
        return made;
    }

    private static byte[] Attribute(ushort type, ReadOnlySpan<byte> payload)
    {
        var made = new byte[4 + payload.Length + 3 & ~3];
        MemoryMarshal.Write(made, (ushort)(4 + payload.Length));
        MemoryMarshal.Write(made.AsSpan(2), type);
        payload.CopyTo(made.AsSpan(4));
        return made;
    }
}
