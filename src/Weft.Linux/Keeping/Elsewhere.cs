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
        var found = new List<(int Nsid, LinkMessage Link)>();
        // A namespace that ended meanwhile, or may not be asked, tells nothing.
        foreach (var nsid in socket.Dump<NsidMessage>(Dumps.Nsids()).Messages.Select(message => message.Nsid).OfType<int>().Where(nsid => nsid >= 0).Take(MostNamespaces))
            found.AddRange(socket.Dump<LinkMessage>(Dumps.LinksOf(nsid)).Messages
                .Where(link => link is { Info.Kind: not (null or "veth"), Link: { } lower, LinkNetnsid: { } of } && of != nsid && names.Of(lower) is not null).Select(link => (nsid, link)));
        // Asked last: telling of a link elsewhere that stands on one here is what gives this namespace a number.
        return found.Count == 0 || OwnNumber(socket) is not { } own ? [] : [.. found.Where(each => each.Link.LinkNetnsid == own).Select(each => Keep(each.Nsid, each.Link, names))];
    }

    private static Kept Keep(int nsid, LinkMessage link, Names names)
    {
        var lower = names.Of(link.Link!.Value)!;
        return new(KeptKind.Link, lower, $"link {link.Name}@{lower} {link.Info!.Kind} in another namespace (nsid {nsid})")
        {
            Irreversible = "it lives in a namespace that is not this host's, and nobody here can make it again",
        };
    }

    /// <summary>The number by which this namespace knows itself. The thread's namespace counts, and not the process's.</summary>
    private static int? OwnNumber(RouteSocket socket)
    {
        var answers = socket.Execute(new Request(MessageType.GetNsid, MessageFlags.None, new NsidMessage { Pid = (uint)NetworkNamespace.ThreadId() }));
        return answers.Each[0].Reply is { } reply && MessageHeader.TryRead(reply.Span, out var header) && header.Type == MessageType.NewNsid
            ? MessageCodec.Decode<NsidMessage>(reply).Nsid : null;
    }
}
