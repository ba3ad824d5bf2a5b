// The attribute table. Parser, printer, planner, schema, documentation and the mapping to netlink all walk these lines;
// adding a line is adding the attribute. One file a kind; this one holds what every link has, and the order.

using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>Every attribute, by kind.</summary>
public static partial class Table
{
    public static readonly Attribute Up = new("up", Common.Flag, Home.Link, Live, "Whether the link is administratively up.") { Default = _ => Value.Of(true) };

    public static readonly Attribute Mtu = new("mtu", new Count(68, 65535, Unit.Bytes) { RangeRule = "mtu-out-of-range" }, Home.Link, Live,
        "Largest payload of a frame in bytes; the Ethernet header and VLAN tags are not part of it.");

    /// <summary>IPV6_MIN_MTU (RFC 8200, section 5): below it the kernel keeps nothing of IPv6 on a link.</summary>
    public const long LeastMtuOfIpv6 = 1280;

    public static readonly Attribute Mac = new("mac", new MacShape(), Home.Link, Live, "The link's Ethernet address, where the kernel's choice is not wanted.") { Wire = "address" };

    public static readonly Attribute Ipv6 = new("ipv6", Common.Flag, Home.Sysctl, Live,
        "Whether the link speaks IPv6 itself. By default it does where it has addresses, and not where it only carries others' frames.");

    /// <summary>The port's master. Never written in a file: `ports` of the master says it.</summary>
    public static readonly Attribute Master = new("master", Common.Name, Home.Link, Live, "The bond, bridge or VRF that the link is a port of.");

    /// <summary>The table's lines in printing order.</summary>
    public static ImmutableArray<Attribute> All { get; } = Numbered();

    // Here and not where it is used, so that the lines of every file stand by then.
    private static ImmutableArray<Attribute> Numbered()
    {
        ImmutableArray<Attribute> lines = [.. VlanLines.All, .. VethLines.All, .. MacvlanLines.All, .. VxlanLines.All, .. VrfLines.All, .. BondLines.All, .. SwitchLines.OfBond, .. BridgeLines.All, SwitchLines.FakeBridge, Mtu, Mac, Up, Ipv6, .. ConfLines.All, .. ClientLines.All, .. NameLines.All, .. MarkLines.All, .. NicLines.All, .. BondPortLines.All, .. BridgePortLines.All, Master, .. HostLines.All];
        foreach (var (at, line) in lines.Index())
            line.Order = at;
        return lines;
    }

    /// <summary>The attributes that a link of this kind may be given in its section.</summary>
    public static ImmutableArray<Attribute> OfLink(LinkKind kind) => Lines(OfLinks, kind, static (line, kind) => line.Home is not (Home.Port or Home.Host) && line != Master && line.Of(kind));

    /// <summary>The options that a port of such a master may be given.</summary>
    public static ImmutableArray<Attribute> OfPort(LinkKind master) => Lines(OfPorts, master, static (line, master) => line.Home == Home.Port && line.Of(master));

    /// <summary>The line of this name in a step on such a link, which may say its options as a port too, and of hardware where it stands in a NIC's place. A link's own lines come first: a bridge is no bridge's port.</summary>
    public static Attribute? Find(LinkKind kind, string name) => ByName.GetOrAdd(kind, static of => NamedOf([.. OfLink(of), Master, .. Ports, .. NicLines.All, .. HostLines.All])).GetValueOrDefault(name);

    /// <summary>The option of a port of this name.</summary>
    public static Attribute? FindOfPort(string name) => PortsByName.GetValueOrDefault(name);

    private static readonly ImmutableArray<Attribute> Ports = [.. BondPortLines.All, .. BridgePortLines.All];
    private static readonly FrozenDictionary<string, Attribute> PortsByName = NamedOf(Ports);
    private static readonly ConcurrentDictionary<LinkKind, FrozenDictionary<string, Attribute>> ByName = new();

    private static FrozenDictionary<string, Attribute> NamedOf(IEnumerable<Attribute> lines) => lines.DistinctBy(line => line.Name, StringComparer.Ordinal).ToFrozenDictionary(line => line.Name, StringComparer.Ordinal);

    // Asked for every link, so they are picked once for each kind that a file declares.
    private static readonly ImmutableArray<Attribute>[] OfLinks = new ImmutableArray<Attribute>[LinkKind.Declared.Count], OfPorts = new ImmutableArray<Attribute>[LinkKind.Declared.Count];

    private static ImmutableArray<Attribute> Lines(ImmutableArray<Attribute>[] picked, LinkKind kind, Func<Attribute, LinkKind, bool> of)
    {
        for (var i = 0; i < picked.Length; i++)
            if (ReferenceEquals(LinkKind.Declared[i], kind))
                return picked[i].IsDefault ? picked[i] = Pick() : picked[i];
        return Pick();

        ImmutableArray<Attribute> Pick() => [.. All.Where(line => of(line, kind))];
    }
}
