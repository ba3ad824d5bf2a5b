// Permanent multicast group entries of bridges. The kernel tells them in one form and takes them in another, so the request
// is built; a bridge takes them only while it is up.
// Surprise: the host's own membership (the bridge as its own port) is never permanent, and is the kernel's.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Groups
{
    private const byte PermanentState = 1, StaticProtocol = 4;

    private const int EntryPlace = MessageHeader.Size + GroupHeader.Size + 4;

    public static IEnumerable<Kept> Of(IEnumerable<GroupMessage> dump, Func<int, bool> isBridge, Names names)
    {
        foreach (var message in dump)
            if (isBridge(message.Header.Index) && names.Of(message.Header.Index) is { } bridge)
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
            SetEntryAttrs = Wish(port),
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
    private static GroupWish? Wish(GroupMembership port)
    {
        var sources = port.SrcList?.Entries?.Where(source => source.Address is not null).Select(source => new GroupSource { Address = source.Address }).ToList();
        var wish = new GroupWish { Source = port.Source, Rtprot = port.Rtprot is StaticProtocol ? null : port.Rtprot };
        if (sources is { Count: > 0 })
            (wish.SrcList, wish.GroupMode) = (new GroupSources { Entries = sources }, port.GroupMode ?? 0);
        return wish is { Source: null, Rtprot: null, SrcList: null } ? null : wish;
    }
}
