// Links in other namespaces that stand on links of this one: a guest's macvtap, a container's VLAN. They are not this host's
// links, but they go with theirs, and nobody here can make them again.
// Surprise: only namespaces that this one knows by number can be asked, and a link that was made straight into another
// namespace does not give it a number here. Those are not seen.

using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Elsewhere
{
    /// <summary>Namespaces that are asked, one dump each.</summary>
    private const int MostNamespaces = 4096;

    public static IReadOnlyList<Kept> Of(RouteSocket socket, Names names)
    {
        var nsids = socket.Dump<NsidMessage>(Dumps.Nsids()).Messages.Select(message => message.Nsid).OfType<int>().Where(nsid => nsid >= 0).ToList();
        if (nsids.Count == 0)
            return [];
        // Where this namespace has a number it is among them, and all its own links would be asked for again.
        var own = OwnNumber(socket);
        var found = new List<(int Nsid, LinkMessage Link)>();
        // A namespace that ended meanwhile, or may not be asked, tells nothing.
        foreach (var nsid in nsids.Where(nsid => nsid != own).Take(MostNamespaces))
            found.AddRange(socket.Dump<LinkMessage>(Dumps.LinksOf(nsid)).Messages
                .Where(link => link is { Info.Kind: not (null or "veth"), Link: { } lower, LinkNetnsid: not null } && names.Of(lower) is not null).Select(link => (nsid, link)));
        // Telling of a link elsewhere that stands on one here is what gives this namespace its number.
        own = found.Count == 0 ? null : own ?? OwnNumber(socket);
        return own is null ? [] : [.. found.Where(each => each.Link.LinkNetnsid == own).Select(each => Keep(each.Nsid, each.Link, names))];
    }

    private static Kept Keep(int nsid, LinkMessage link, Names names)
    {
        var lower = names.Of(link.Link!.Value)!;
        return new(KeptKind.Link, lower, $"link {link.Name}@{lower} {link.Info!.Kind} in another namespace (nsid {nsid})")
        {
            Irreversible = "it lives in a namespace that is not this host's, and nobody here can make it again",
        };
    }

    /// <summary>The number by which this namespace knows itself, where it has one. The thread's namespace counts, and not the process's.</summary>
    private static int? OwnNumber(RouteSocket socket)
    {
        var answers = socket.Execute(new Request(MessageType.GetNsid, MessageFlags.None, new NsidMessage { Pid = (uint)NetworkNamespace.ThreadId() }));
        return answers.Each[0].Reply is { } reply && MessageHeader.TryRead(reply.Span, out var header) && header.Type == MessageType.NewNsid
            && MessageCodec.Decode<NsidMessage>(reply).Nsid is >= 0 and var number ? number : null;
    }
}
