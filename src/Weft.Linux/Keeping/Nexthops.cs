// Nexthop objects over a link, and the groups they are in. A group hangs on the links of all its members: the kernel takes a
// member out of it when the member's link goes down, and drops the group with the last.
// Surprise: the kernel tells a scope and flags that it refuses to be told, and the age of a resilient group's imbalance.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Nexthops
{
    private const uint OnLink = 4;
    private const ushort OifAttribute = 5;

    public static IEnumerable<Kept> Of(IReadOnlyList<NexthopMessage> dump, Names names)
    {
        var links = new Dictionary<uint, string>();
        foreach (var hop in dump)
            if (hop is { Id: { } id, Oif: { } oif } && names.Of(oif) is { } link)
            {
                links[id] = link;
                var message = Request(hop);
                yield return new(KeptKind.Nexthop, link, $"nexthop id {id}{(hop.Gateway is { } via ? $" via {via}" : "")} dev {link}")
                {
                    Nexthop = id, Message = new(message), Indexes = [.. Replay.Index(message, Replay.Place(message, NexthopHeader.Size, OifAttribute), names)],
                };
            }
        foreach (var group in dump)
            if (group is { Id: { } id, Group: { } members })
            {
                var over = members.Members.Select(member => links.GetValueOrDefault(member.Id)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
                foreach (var link in over)
                    // No index in it, but it is nothing without them: -1 is nowhere in the message.
                    yield return new(KeptKind.NexthopGroup, link, $"nexthop id {id} group {members}") { Nexthop = id, Message = new(Request(group)), Indexes = [.. over.Select(other => (-1, other))] };
            }
    }

    private static byte[] Request(NexthopMessage hop)
    {
        var message = Replay.Request(hop.Raw.Span, NexthopHeader.Size, MessageType.NewNexthop, MessageFlags.Create | MessageFlags.Replace);
        if (hop.ResGroup is not null)
        {
            var again = MessageCodec.Decode<NexthopMessage>(message);
            again.ResGroup!.UnbalancedTime = null;
            message = MessageCodec.Encode(new(0, MessageType.NewNexthop, MessageFlags.Request | MessageFlags.Create | MessageFlags.Replace, 0, 0), again);
        }
        new NexthopHeader { Family = hop.Header.Family, Protocol = hop.Header.Protocol, Flags = hop.Header.Flags & OnLink }.Write(message.AsSpan(MessageHeader.Size));
        return message;
    }
}
