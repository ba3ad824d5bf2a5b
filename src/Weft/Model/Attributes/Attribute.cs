// One line of the attribute table: everything Weft knows about one key of a link. The kernel's number and wire type are said
// once in the netlink room, under the same name (or `Wire`); everything else is said here.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>Where an attribute lives.</summary>
public enum Home
{
    /// <summary>The link itself: IFLA_*, or a flag of ifinfomsg.</summary>
    Link,

    /// <summary>IFLA_INFO_DATA of the link's kind.</summary>
    Data,

    /// <summary>IFLA_INFO_SLAVE_DATA: a port's options under its master of that kind.</summary>
    Port,

    /// <summary>/proc/sys/net/…/LINK.</summary>
    Sysctl,

    /// <summary>The host as a whole: /proc/sys/net.</summary>
    Host,

    /// <summary>The NIC's driver: ethtool over generic netlink. Observed only where somebody asks for it.</summary>
    Hardware,

    /// <summary>The client that leases addresses for the link: no kernel holds it.</summary>
    Client,

    /// <summary>Where the machine keeps whom it asks for names: systemd-resolved, or /etc/resolv.conf.</summary>
    Names,

    /// <summary>Open vSwitch's database: no kernel holds it, and without Open vSwitch nobody does.</summary>
    Switch,
}

/// <summary>What the kernel wants before it changes an attribute; measured, not assumed.</summary>
public enum Change
{
    /// <summary>Any time.</summary>
    Live,

    /// <summary>The link must be down; its ports may stay.</summary>
    Down,

    /// <summary>The link must be down and have no ports.</summary>
    DownWithoutPorts,

    /// <summary>The link must have no ports; it may be up.</summary>
    WithoutPorts,

    /// <summary>Never: the kernel takes the message and does nothing. Remove and add again.</summary>
    Recreate,
}

/// <summary>One attribute of a kind of link.</summary>
/// <param name="Name">Its spelling in the host file.</param>
/// <param name="Shape">What it may hold.</param>
/// <param name="Home">Where it lives.</param>
/// <param name="Change">What its change needs.</param>
/// <param name="Doc">One sentence.</param>
public sealed record Attribute(string Name, Shape Shape, Home Home, Change Change, string Doc)
{
    /// <summary>The kernel's spelling, where the host file's differs.</summary>
    public string Wire { get; init; } = Name;

    /// <summary>The kinds of link that have it; for <see cref="Home.Port"/> the kinds of master. Empty: every kind.</summary>
    public ImmutableArray<LinkKind> Kinds { get; init; } = [];

    /// <summary>
    /// The kernel's value where none was set, seen from the link's other settings (a bond's `miimon` follows its mode).
    /// Null where it derives from other links (`mtu`, `mac`) or there is none.
    /// </summary>
    public Func<Settings, Value?> Default { get; init; } = static _ => null;

    /// <summary>The bond modes in which it means something. Empty: all.</summary>
    public ImmutableArray<string> Modes { get; init; } = [];

    /// <summary>Whether the kernel refuses it outside <see cref="Modes"/> (EACCES), instead of taking it in vain.</summary>
    public bool RefusedElsewhere { get; init; }

    /// <summary>The first kernel release that has it; empty where every kernel has it that this program runs on. Distributions bring options to older kernels: what counts is what the kernel tells.</summary>
    public string Since { get; init; } = "";

    /// <summary>The option that a kernel must have been built with; empty where there is none that one could leave out.</summary>
    public string Option { get; init; } = "";

    /// <summary>Whether there are kernels in use without it.</summary>
    public bool IsNotEverywhere => Since.Length > 0 || Option.Length > 0;

    /// <summary>The folder under /proc/sys/net where it is: `ipv4` or `ipv6`; empty for what is not there, and for the switch of IPv6 itself.</summary>
    public string Family { get; init; } = "";

    /// <summary>Whether most drivers start the NIC anew for it, so that its link falls for a moment.</summary>
    public bool Restarts { get; init; }

    /// <summary>Which change, of those that its <see cref="Change"/> allows, the kernel refuses all the same: the link must be made anew (a MACVLAN's mode to or from passthru).</summary>
    public Func<Value, Value, bool> Anew { get; init; } = static (_, _) => false;

    public bool Required { get; init; }

    /// <summary>False where it is read and printed but not acted on yet.</summary>
    public bool Acted { get; init; } = true;

    /// <summary>Its line number in the table, for stable printing.</summary>
    public int Order { get; internal set; }

    public bool Of(LinkKind kind) => Kinds.IsEmpty || Kinds.Contains(kind);

    public bool Equals(Attribute? other) => ReferenceEquals(this, other);
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    public override string ToString() => Name;
}
