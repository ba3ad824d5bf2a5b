// Links that stand on other links and go with them: VLANs, MACVLANs, VXLANs and what else there is. Kept as the request that
// makes them again, with the data of their kind in the kernel's own bytes.
// Surprises: some kinds refuse a part of what they tell. A MAC or MTU that only followed the lower link goes on following it,
// so it is said only where it differs. A bond takes no port that is up.

using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class UpperLinks
{
    private const ushort LinkAttribute = 5, MasterAttribute = 10, InfoAttribute = 18, DataAttribute = 2;
    private const ushort VxlanLink = 3;

    /// <summary>What VXLAN adds to a frame under IPv4 and IPv6 (VXLAN_HEADROOM), which its MTU leaves room for.</summary>
    private const uint VxlanOverIpv4 = 50, VxlanOverIpv6 = 70;

    /// <summary>A guest or another program holds its file descriptor; made again, it would be another.</summary>
    private static readonly HashSet<string> Held = ["macvtap", "ipvtap", "tun"];

    /// <summary>Kinds that were seen to come back as they were.</summary>
    private static readonly HashSet<string> Known = ["vlan", "macvlan", "ipvlan", "vxlan", .. Surviving];

    /// <summary>Tunnels that outlive the link they are bound to, and are bound again where they still are.</summary>
    private static string[] Surviving => ["gre", "gretap", "ipip", "sit"];

    /// <summary>Where a kind's data says the lower link too: IFLA_VXLAN_LINK, IFLA_GRE_LINK, IFLA_IPTUN_LINK.</summary>
    private static readonly Dictionary<string, ushort> DataLinks = new(StringComparer.Ordinal) { ["vxlan"] = VxlanLink, ["gre"] = 1, ["gretap"] = 1, ["ipip"] = 1, ["sit"] = 1 };

    /// <summary>
    /// The index of the link of this namespace that a link stands on. A veth's IFLA_LINK is its other end, on which it does not stand; a
    /// VXLAN says its own in its data.
    /// </summary>
    public static int? LowerOf(LinkMessage message) => message switch
    {
        { LinkNetnsid: not null } or { Info.Kind: "veth" } => null,
        { Link: > 0 and var lower } when lower != message.Header.Index => lower,
        { Info.Vxlan.Link: > 0 and var carrier } => carrier,
        _ => null,
    };

    public static IEnumerable<Kept> Of(IReadOnlyList<Seen> links, Names names)
    {
        var all = links.DistinctBy(link => link.Index).ToDictionary(link => link.Index);
        foreach (var link in links.OrderBy(link => Depth(link, all)))
            if (link.Lower is { } at && all.GetValueOrDefault(at) is { Name: { } lowerName } lower && link is { Name: { } name, Kind: { } kind })
                yield return Keep(link, name, kind, lower, lowerName, link.Master is { } master ? all.GetValueOrDefault(master) : null, names);
    }

    private const int Deepest = 64;

    /// <summary>ARPHRD_ETHER. What a tunnel calls its MAC is its own end.</summary>
    private const ushort Ethernet = 1;

    /// <summary>VLAN_FLAG_REORDER_HDR, the one flag that a VLAN has unless it is told otherwise.</summary>
    private const uint ReorderHeader = 1;

    private static int Depth(Seen link, Dictionary<int, Seen> all)
    {
        var depth = 0;
        for (var at = link; depth < Deepest && at.Lower is { } lower && all.TryGetValue(lower, out var below); at = below)
            depth++;
        return depth;
    }

    private static Kept Keep(Seen link, string name, string kind, Seen lower, string lowerName, Seen? master, Names names)
    {
        var kept = new Kept(KeptKind.Link, lowerName, $"link {name}@{lowerName} {(kind == "vlan" && link.VlanId is { } id ? $"vlan id {id}" : kind)}") { Upper = name };
        if (Held.Contains(kind))
            return kept with { Irreversible = $"whoever opened {name} holds its file descriptor, which ends with it" };
        return kept with
        {
            Later = new(() => Again(link.Message(), name, kind, lower, master, names)),
            Irreversible = Known.Contains(kind) ? null : $"a kernel may not take back what it tells of a link of kind {kind}",
        };
    }

    private static Again Again(LinkMessage link, string name, string kind, Seen lower, Seen? master, Names names)
    {
        var message = Request(link, kind, lower, master);
        return new(new(message),
        [
            (Replay.IndexPlace, name),
            .. Replay.Index(message, Replay.Place(message, LinkHeader.Size, LinkAttribute), names),
            .. Replay.Index(message, Replay.Place(message, LinkHeader.Size, MasterAttribute), names),
            .. DataLinks.TryGetValue(kind, out var place) ? Replay.Index(message, Replay.Place(message, LinkHeader.Size, InfoAttribute, DataAttribute, place), names) : [],
        ]);
    }

    /// <summary>The kernel tells a mask of all ones, and takes only flags that it knows.</summary>
    private static VlanData? Taken(VlanData? vlan) => vlan is not { Flags: { } flags } ? vlan
        : new() { Id = vlan.Id, Protocol = vlan.Protocol, Flags = flags with { Mask = flags.Flags | ReorderHeader }, EgressQos = vlan.EgressQos, IngressQos = vlan.IngressQos };

    private static byte[] Request(LinkMessage link, string kind, Seen lower, Seen? master)
    {
        var up = link.Header.Flags.HasFlag(LinkFlags.Up) && master?.Kind != "bond";
        var room = kind != "vxlan" ? 0 : link.Info!.Vxlan is { Group6: not null } or { Local6: not null } ? VxlanOverIpv6 : VxlanOverIpv4;
        var message = new LinkMessage
        {
            Header = { Index = link.Header.Index, Change = LinkFlags.Up, Flags = up ? LinkFlags.Up : LinkFlags.None },
            Name = link.Name,
            Address = link.Header.Type != Ethernet || link.Address == lower.Address ? null : link.Address,
            Mtu = link.Mtu + room == lower.Mtu ? null : link.Mtu,
            Link = link.Link,
            Master = link.Master,
            Txqlen = link.Txqlen,
            Group = link.Group,
            Info = new LinkInfo { Kind = kind, Vlan = Taken(link.Info!.Vlan), AsCame = kind == "vlan" ? null : LinkData.Taken(kind, Replay.Payload(link.Raw.Span, LinkHeader.Size, InfoAttribute, DataAttribute).ToArray()) },
        };
        var flags = MessageFlags.Request | MessageFlags.Create | (Surviving.Contains(kind) ? MessageFlags.None : MessageFlags.Exclusive);
        return MessageCodec.Encode(new(0, MessageType.NewLink, flags, 0, 0), message);
    }
}
