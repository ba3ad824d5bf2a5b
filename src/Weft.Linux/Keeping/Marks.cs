// What is on a link itself and no file declares: its alias, its other names, its group, the length of its queue; and an XDP
// program, which cannot be put back.

using System.Text;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Marks
{
    private const uint UsualQueue = 1000;

    public static IEnumerable<Kept> Of(LinkMessage link, string name)
    {
        if (link.Xdp is { Attached: > 0 } xdp)
            yield return new(KeptKind.Mark, name, $"xdp program{(xdp.ProgId is { } id ? $" {id}" : "")} on {name}") { Irreversible = "whoever loaded the program has to attach it again" };
        if (link.Properties?.AltNames is { Count: > 0 } others)
            yield return Keep(name, $"altname {string.Join(' ', others)} dev {name}", MessageType.NewLinkProperty, MessageFlags.Create | MessageFlags.Append | MessageFlags.Exclusive,
                new LinkMessage { Properties = new() { AltNames = others } });
        var upper = UpperLinks.LowerOf(link) is not null;
        var group = link.Group is > 0 and var number && !upper ? number : (uint?)null;
        var queue = link.Txqlen is { } length and not UsualQueue && !upper ? length : (uint?)null;
        if (link.Alias is null && group is null && queue is null)
            yield break;
        var words = new StringBuilder(link.Alias is null ? "" : $"alias \"{link.Alias}\" ").Append(group is null ? "" : $"group {group} ").Append(queue is null ? "" : $"qlen {queue} ");
        yield return Keep(name, $"{words}dev {name}", MessageType.SetLink, MessageFlags.None, new LinkMessage { Alias = link.Alias, Group = group, Txqlen = queue });
    }

    private static Kept Keep(string name, string words, MessageType type, MessageFlags flags, LinkMessage message) => new(KeptKind.Mark, name, words)
    {
        Message = new(MessageCodec.Encode(new(0, type, flags | MessageFlags.Request, 0, 0), message)),
        Indexes = [(Replay.IndexPlace, name)],
    };
}
