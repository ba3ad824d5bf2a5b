// A network that is made of host files, as plain values: hosts, boxes (switches), cables, trunks and guests. Made from host files by
// `Layouts`, turned into a script by `Stage`. Nothing here knows how either is done.
//
// A pair of switches that shares link aggregation groups (`mlag`) is one box: to the host both members are one LACP partner,
// and one kernel bridge with one bond over both members' ports is exactly that. Both names lead to it.
using Weft.Model;

namespace Weft.Topology;

/// <summary>A host of the lab; its namespace has its name. It is itself, and no other that says the same: what a host looks up of itself on first use would else change what tables know it by.</summary>
public sealed record NamedHost(string Name, string File, Host Host)
{
    public bool Equals(NamedHost? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A cable: the host's end is called as the kernel is to call the NIC, the other end <paramref name="Port"/>.</summary>
/// <param name="Host">The host.</param>
/// <param name="Label">The NIC's key in the host file.</param>
/// <param name="Nic">The NIC's name in the kernel.</param>
/// <param name="Mac">The NIC's MAC.</param>
/// <param name="Box">The box it leads to; null where the file says of no other end: then it has no carrier.</param>
/// <param name="Port">The name of the other end.</param>
public sealed record Cord(NamedHost Host, string Label, string Nic, string Mac, Box? Box, string Port)
{
    /// <summary>The switch that it leads to, which may be one of a pair.</summary>
    public string? Member { get; init; }

    /// <summary>The cable's speed in Mbit/s; null where nobody says.</summary>
    public long? Speed { get; init; }

    /// <summary>VLANs carried tagged, as `bridge vlan` takes them: 5 or 2-4094.</summary>
    public IReadOnlyList<string> Tagged { get; init; } = [];

    /// <summary>The VLAN carried untagged.</summary>
    public long? Native { get; init; }

    /// <summary>The link aggregation group; null for a plain port.</summary>
    public string? Group { get; init; }

    /// <summary>Whether two are ports of one group.</summary>
    public bool IsGroupedWith(Cord other) => Group is not null && Group == other.Group && Box == other.Box;

    /// <summary>Whether two have one list of VLANs: on each switch a group is one port, and of a pair each has its own.</summary>
    public bool SharesVlansWith(Cord other) => IsGroupedWith(other) && Member == other.Member;

    /// <summary>active, passive or static.</summary>
    public string Lacp { get; init; } = "active";

    /// <summary>Whether the switch's port carries a VLAN, tagged or not.</summary>
    public bool Carries(long vlan) => Native == vlan || Tagged.Any(run => run.Split('-') is var ends && long.Parse(ends[0], System.Globalization.CultureInfo.InvariantCulture) <= vlan && vlan <= long.Parse(ends[^1], System.Globalization.CultureInfo.InvariantCulture));
}

/// <summary>A switch, or a pair of them: one VLAN-aware bridge in a namespace with the first member's name.</summary>
public sealed class Box(string name)
{
    public const int UsualMtu = 9216;

    public string Name { get; } = name;

    /// <summary>The names of further members.</summary>
    public List<string> Others { get; } = [];

    public IEnumerable<string> Members => Others.Prepend(Name);
    public long Mtu { get; set; } = UsualMtu;

    /// <summary>Its own addresses, by VLAN.</summary>
    public SortedDictionary<long, List<IpPrefix>> Addresses { get; } = [];

    /// <summary>With addresses in several VLANs it routes between them.</summary>
    public bool Routes => Addresses.Count > 1;

    public void Answer(long vlan, IpPrefix address)
    {
        if (!Addresses.TryGetValue(vlan, out var there)) Addresses[vlan] = there = [];
        if (!there.Exists(other => other.Address.Equals(address.Address))) there.Add(address);
    }
}

/// <summary>A link between two boxes, carrying every VLAN. Down where it would close a loop.</summary>
public sealed record Trunk(Box One, string OnePort, Box Other, string OtherPort, bool Up)
{
    /// <summary>The two switches by name, each of which may be one of a pair.</summary>
    public (string One, string Other) Members { get; init; } = (One.Name, Other.Name);
}

/// <summary>A NIC of a guest: <paramref name="Nic"/> in the guest's namespace, <paramref name="Tap"/> in the host's.</summary>
public sealed record GuestCord(NamedHost Host, string Guest, string Nic, string Mac, string Tap, string? Bridge, long? Vlan)
{
    /// <summary>Both ends' MTU in bytes.</summary>
    public long Mtu { get; init; } = 1500;

    /// <summary>The VLAN that the guest is to leave: that into which its bridge puts every new port (`default_pvid`), where the guest is in another. 0: none.</summary>
    public long Leaves { get; init; }

    public IReadOnlyList<IpPrefix> Addresses { get; init; } = [];
    public IReadOnlyList<System.Net.IPAddress> Gateways { get; init; } = [];
}

/// <summary>The whole lab.</summary>
public sealed class Layout
{
    public List<NamedHost> Hosts { get; } = [];
    public List<Box> Boxes { get; } = [];

    /// <summary>The one for the hosts whose files say no cabling; null where all do.</summary>
    public Box? Assumed { get; set; }

    public List<Cord> Cords { get; } = [];
    public List<Trunk> Trunks { get; } = [];
    public List<GuestCord> Guests { get; } = [];

    /// <summary>Names of guests, those without NICs too.</summary>
    public List<string> GuestNames { get; } = [];

    /// <summary>What was assumed or left out, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Why there cannot be such a network, a sentence each.</summary>
    public List<string> Troubles { get; } = [];
}
