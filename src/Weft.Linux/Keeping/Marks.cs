// What is on a link itself and no file has to declare: its alias, its other names, its group, the length of its queue; and an XDP
// program, which cannot be put back.

using System.Text;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

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
                new LinkMessage { Properties = new() { AltNames = others } }, MarkLines.Altnames);
        if (link.Alias is { } alias)
            yield return Keep(name, $"alias \"{alias}\" dev {name}", MessageType.SetLink, MessageFlags.None, new LinkMessage { AliasBytes = Encoding.UTF8.GetBytes(alias) }, MarkLines.Alias);
        var upper = UpperLinks.LowerOf(link) is not null;
        if (link.Group is > 0 and var group && !upper)
            yield return Keep(name, $"group {group} dev {name}", MessageType.SetLink, MessageFlags.None, new LinkMessage { Group = group });
        if (link.Txqlen is { } length and not UsualQueue && !upper)
            yield return Keep(name, $"qlen {length} dev {name}", MessageType.SetLink, MessageFlags.None, new LinkMessage { Txqlen = length }, MarkLines.Txqueuelen);
    }

    private static Kept Keep(string name, string words, MessageType type, MessageFlags flags, LinkMessage message, Attribute? line = null) => new(KeptKind.Mark, name, words)
    {
        Line = line?.Name,
        Message = new(MessageCodec.Encode(new(0, type, flags | MessageFlags.Request, 0, 0), message)),
        Indexes = [(Replay.IndexPlace, name)],
    };
}
