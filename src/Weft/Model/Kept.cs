// What hangs on a link and no host file declares: a static forwarding entry, a neighbour, a nexthop, a qdisc, a VXLAN on top.
// It is somebody's. It is kept as the message that makes it again, in the kernel's own bytes, and never spelled anew; only
// the indexes of links in it may be others by then. A link's sysctls alone are no message: the kernel takes them by their files.

using System.Collections.Immutable;

namespace Weft.Model;

/// <summary>A kind of thing that is kept, in the order in which they are put back.</summary>
public enum KeptKind
{
    /// <summary>A link of a kind that stands on another: MACVLAN, VXLAN, a VLAN that no file declares.</summary>
    Link,

    /// <summary>What is on a link itself: its alias, its other names, its group, an XDP program; the options of a bridge or its port that no file says.</summary>
    Mark,

    /// <summary>Settings of a link under net.ipv4.conf that differ from what a new link has. <see cref="Kept.Message"/> is lines `file=number`.</summary>
    Sysctl4,

    /// <summary>The same under net.ipv6.conf. They are lost too with an MTU below 1280, where the kernel keeps nothing of IPv6 on a link.</summary>
    Sysctl6,

    /// <summary>A bridge port's VLAN table, or the bridge's own.</summary>
    Vlans,

    /// <summary>An IPv4 or IPv6 address with all it says: label, broadcast, peer, flags.</summary>
    Address,

    /// <summary>A permanent neighbour.</summary>
    Neighbour,

    /// <summary>A static or permanent forwarding entry.</summary>
    Forwarding,

    /// <summary>A permanent multicast group entry of a bridge.</summary>
    Group,

    /// <summary>A nexthop object.</summary>
    Nexthop,

    /// <summary>A group of nexthop objects. It hangs on the links of all its members.</summary>
    NexthopGroup,

    /// <summary>A queueing discipline that somebody chose, one of its classes, or one of its filters.</summary>
    Qdisc,
}

/// <summary>A request whose indexes are not said yet: <see cref="Kept.Message"/> and <see cref="Kept.Indexes"/>.</summary>
public sealed record Again(Bytes Message, ImmutableArray<(int Offset, string Link)> Indexes);

/// <summary>Something on a link that a change must not lose.</summary>
/// <param name="Link">The link it hangs on, and is lost with.</param>
/// <param name="Words">What identifies it, as `ip`, `bridge` or `tc` would print it; two that are the same thing have the same words.</param>
public sealed record Kept(KeptKind Kind, string Link, string Words)
{
    /// <summary>The request that makes it again: a whole netlink message, header included, and of sysctls lines. Null where nothing can.</summary>
    public Bytes? Message { get => message ?? Later?.Value.Message; init => message = value; }

    /// <summary>
    /// Where the message holds an ifindex (32 bits, offset in bytes from its header), and of which link. Below zero: it says no index, but is
    /// nothing without that link. An upper link does without any but itself and <see cref="Link"/>: its master may be gone.
    /// </summary>
    public ImmutableArray<(int Offset, string Link)> Indexes { get => indexes.IsDefault ? Later?.Value.Indexes ?? [] : indexes; init => indexes = value; }

    /// <summary>Message and indexes, made when they are first asked for: of all that hangs on a host's links hardly anything is ever lost.</summary>
    public Lazy<Again>? Later { get; init; }

    private readonly Bytes? message;
    private readonly ImmutableArray<(int Offset, string Link)> indexes;

    /// <summary>The bridge that it holds under: it is lost too when the link leaves it. Null where it is the link's own.</summary>
    public string? Master { get; init; }

    /// <summary>The attribute of which it is the value, where a file can say it: on a link that a file declares, that is the file's to say, and not kept.</summary>
    public string? Line { get; init; }

    /// <summary>The name of the link that stands on <see cref="Link"/>, where it is one (<see cref="KeptKind.Link"/>).</summary>
    public string? Upper { get; init; }

    /// <summary>Its number, where it is a nexthop object or a group of them.</summary>
    public uint? Nexthop { get; init; }

    /// <summary>The address, where it is one: how the planner tells that the link has lost it.</summary>
    public IpPrefix? Address { get; init; }

    /// <summary>
    /// Why it is gone for good once lost: a file descriptor of a guest, a namespace that is not ours, filters that are not kept. Null
    /// where it can be put back.
    /// </summary>
    public string? Irreversible { get; init; }

    public bool Equals(Kept? other) => other is not null && (Kind, Link, Words) == (other.Kind, other.Link, other.Words);
    public override int GetHashCode() => HashCode.Combine(Kind, Link, Words);
    public override string ToString() => Words;
}
