// A link: what a file declares, what a kernel holds and what a snapshot kept are this one type. Only an observed link has
// a `State`, and nothing in a state is ever compared with a file.

using System.Collections.Immutable;
using System.Net;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Model;

/// <summary>A port of a bond, bridge or VRF and the options it has there.</summary>
public sealed record Port(At<string> Name, Settings Settings)
{
    /// <summary>A bridge port's VLANs. Null where a file says nothing of them, or the kernel has no table for them.</summary>
    public VlanTable? Vlans { get; init; }

    /// <summary>The other keys of its entry (a bridge port's `vlans` and `pvid` as they were written), as read.</summary>
    public Fields Rest { get; init; } = Fields.Empty;

    /// <summary>A finding has already refused a key of its entry, so that what is missing here was perhaps written.</summary>
    public bool IsUnread { get; init; }
}

/// <summary>A NIC, bond, VLAN, bridge or whatever else a file declares, or a link of another kind that was observed.</summary>
public sealed record Link(At<string> Name, LinkKind Kind)
{
    public Settings Settings { get; init; } = Settings.Empty;

    /// <summary>The ports, in the file's order; the first gives a bond its MAC.</summary>
    public ImmutableArray<Port> Ports { get; init; } = [];

    /// <summary>The VLANs that a bridge itself takes part in, as a port of its own would. Null as for a <see cref="Port"/>.</summary>
    public VlanTable? Vlans { get; init; }

    /// <summary>In the file's order; what was observed, in the kernel's.</summary>
    public ImmutableArray<At<IpPrefix>> Addresses { get; init; } = [];

    /// <summary>How long they last, those that do not last forever; of what was observed the leased ones too.</summary>
    public ImmutableDictionary<IpPrefix, Lifetime> Lifetimes { get; init; } = Lifetime.OfNone;

    public Lifetime LifetimeOf(IpPrefix address) => Lifetimes.GetValueOrDefault(address, Lifetime.Forever);

    /// <summary>The next hops of the default routes, at most one a family.</summary>
    public ImmutableArray<At<IPAddress>> Gateways { get; init; } = [];

    /// <summary>The other keys of its entry (`match`, `dns`, …), as read.</summary>
    public Fields Rest { get; init; } = Fields.Empty;

    /// <summary>
    /// Keys of its entry that a finding has already refused. A rule that would judge by their absence stays silent: one
    /// mistake is one finding. Empty for what was observed.
    /// </summary>
    public ImmutableArray<string> Unread { get; init; } = [];

    /// <summary>What the kernel says about it beyond configuration; null in a file.</summary>
    public LinkState? State { get; init; }

    /// <summary>What a VLAN, MACVLAN or VXLAN stands on; null where there is none.</summary>
    public string? Lower => LowerLines.Of(Kind) is { } line ? LowerLines.Said(Settings.ValueOf(line)) : null;

    /// <summary>Every link that this one stands on: its ports, or what it is a tag of.</summary>
    public IEnumerable<At<string>> Lowers =>
        LowerLines.Of(Kind) is { } line && Settings.Get(line) is { } said && LowerLines.Said(said.Value) is { } lower ? [At.Of(lower, said.Place)] : Ports.Select(port => port.Name);

    /// <summary>The same by name, and what a link of a kind that no file declares was observed on (a MACVLAN's lower link).</summary>
    public IEnumerable<string> Below =>
        State?.Lower is { } lower ? Lowers.Select(below => below.Value).Append(lower).Distinct(StringComparer.Ordinal) : Lowers.Select(below => below.Value);

    public override string ToString() => $"{Kind} {Name}";
}

/// <summary>What was observed of a link beyond its configuration.</summary>
/// <param name="Index">ifindex in its namespace.</param>
public sealed record LinkState(int Index)
{
    /// <summary>The master it is a port of.</summary>
    public string? Master { get; init; }

    public bool Carrier { get; init; }

    /// <summary>RFC 2863 operstate, as `ip` spells it.</summary>
    public string OperState { get; init; } = "UNKNOWN";

    public long CarrierChanges { get; init; }

    /// <summary>
    /// The MAC a NIC is known by: its permanent one, else what the bond remembers (IFLA_BOND_SLAVE_PERM_HWADDR), else the present one.
    /// </summary>
    public string? IdentityMac { get; init; }

    /// <summary>The MAC was set by hand (NET_ADDR_SET), not made up, burnt in or inherited.</summary>
    public bool MacIsSet { get; init; }

    public string? Driver { get; init; }
    public string? Pci { get; init; }

    /// <summary>The PCIe links between it and its processor, its own first; empty where nobody asked, or nothing is told.</summary>
    public ImmutableArray<PcieLink> Pcie { get; init; } = [];

    /// <summary>The other end is in another network namespace, or the lower link is.</summary>
    public bool PeerElsewhere { get; init; }

    /// <summary>IFLA_LINK: the link of this namespace that it stands on, whatever its kind; null where there is none.</summary>
    public string? Lower { get; init; }

    /// <summary>Addresses that end by themselves: a DHCP client's or a router's. Never compared with a file, unless that says them (<see cref="Weft.Plan.OwnAddresses"/>).</summary>
    public ImmutableArray<IpPrefix> Leased { get; init; } = [];

    /// <summary>Those of the leased ones that the kernel made of a router's advertisement: it makes them again.</summary>
    public ImmutableArray<IpPrefix> Advertised { get; init; } = [];

    /// <summary>Every address in the kernel's order, leased or not; empty where none is leased.</summary>
    public ImmutableArray<IpPrefix> Listed { get; init; } = [];

    /// <summary>A primary IPv4 address that goes leaves its place to its first secondary, and does not take them along (promote_secondaries).</summary>
    public bool Promotes { get; init; }

    /// <summary>What its driver could do; null where nobody asked.</summary>
    public Hardware? Hardware { get; init; }

    /// <summary>Speed in Mbit/s, where the driver tells.</summary>
    public long? Speed { get; init; }

    /// <summary>Facts for `show`, in the kernel's words: active port, LACP partner, port states.</summary>
    public Fields Facts
    {
        get => facts.Value;
        init => facts = new(value);
    }

    /// <summary>The same, made only where somebody asks: a host has thousands of links, and few are looked at so closely.</summary>
    public Lazy<Fields> LateFacts
    {
        init => facts = value;
    }

    private readonly Lazy<Fields> facts = new(Fields.Empty);
}
