// A host: what a file declares, what a kernel holds, what was there before a change. Immutable.

using System.Collections.Immutable;
using System.Net;
using Weft.Text;

namespace Weft.Model;

/// <summary>A host's network.</summary>
public sealed record Host
{
    public static readonly Host Empty = new();

    /// <summary>In the order of the sections and of the file; observed, by ifindex.</summary>
    public ImmutableArray<Link> Links { get; init; } = [];

    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>Routes that the clients of links got: they come and go with a lease, and are compared with nothing. Empty in a file.</summary>
    public ImmutableArray<Route> LeasedRoutes { get; init; } = [];

    /// <summary>What is still set of name servers and search domains for links that are gone: /etc/resolv.conf outlives them. Empty in a file.</summary>
    public ImmutableArray<(string Link, Settings Names)> NamesOfGone { get; init; } = [];

    /// <summary>Policy rules; observed, all but the three that every namespace starts with.</summary>
    public ImmutableArray<PolicyRule> Rules { get; init; } = [];

    /// <summary>What hangs on links beyond what a file declares; empty in a file.</summary>
    public ImmutableArray<Kept> Kept { get; init; } = [];

    /// <summary>Settings of the whole host under /proc/sys/net; observed, those that this namespace has.</summary>
    public Settings Sysctls { get; init; } = Settings.Empty;

    /// <summary>What the file's comments allow, in its order.</summary>
    public ImmutableArray<Allowance> Allowances { get; init; } = [];

    /// <summary>Links that must not be there, whoever made them.</summary>
    public IEnumerable<At<string>> Absent => Rest.List("absent").Where(item => item.Value is Value.Word).Select(item => At.Of(item.ToString(), item.Place));

    /// <summary>Everything of the file that is not a link or route, as read: `host`, `guests`, `cabling`, `switches`, ….</summary>
    public Fields Rest { get; init; } = Fields.Empty;

    /// <summary>
    /// The file before its networks were expanded: what is printed as "the file". A host whose file had none is its own.
    /// </summary>
    public Host AsWritten { get => written ?? this; init => written = value; }

    private readonly Host? written;

    /// <summary>The networks of the file as it was written; their links are among <see cref="Links"/> once they are expanded.</summary>
    public IEnumerable<Network> Networks => AsWritten.Rest.Map("networks")?.Select(entry => new Network(entry)) ?? [];

    /// <summary>Top-level keys that a finding has already refused; what they would have declared is unknown.</summary>
    public ImmutableArray<string> Unread { get; init; } = [];

    /// <summary>The host's name; null where the file gives none.</summary>
    public string? Name => Rest.Word("host");

    public Link? Find(string name) => Index().GetValueOrDefault(name);

    /// <summary>
    /// Ports of an observed link as a file would list them. The kernel tells them by index, not which came first; a bond has the first
    /// one's MAC, so the port with that MAC leads.
    /// </summary>
    public IEnumerable<Port> FirstPortFirst(Link master, IEnumerable<Port> ports) =>
        master.Kind == LinkKind.Bond && master.Settings.Word(Attributes.Table.Mac) is { } mac ? ports.OrderBy(port => Find(port.Name.Value)?.State?.IdentityMac != mac) : ports;

    public IEnumerable<Link> Of(LinkKind kind) => Links.Where(link => link.Kind == kind);

    public IEnumerable<Guest> Guests => Rest.Map("guests")?.Select(entry => new Guest(entry)) ?? [];
    public IEnumerable<Cable> Cables => Rest.Map("cabling")?.Select(entry => new Cable(entry)) ?? [];
    public IEnumerable<Switch> Switches => Rest.Map("switches")?.Select(entry => new Switch(entry)) ?? [];

    /// <summary>What must still answer after a change, beyond the gateways.</summary>
    public IEnumerable<ProbeEntry> Probes => Rest.List("probes").Select(item => new ProbeEntry(item));

    /// <summary>Entries of `probes` of which a finding has already refused a key; what is missing there was perhaps written.</summary>
    internal ImmutableArray<Place> ProbesHalfRead { get; init; } = [];

    /// <summary>Entries of `cabling` and `switches`, by their place, of which a finding has already refused a key; the same holds of them.</summary>
    internal ImmutableArray<Place> CablingHalfRead { get; init; } = [];

    /// <summary>The routing table of the VRF that a file makes a link a port of, or that the link is itself; null where it is in none.</summary>
    public long? TableOf(string link) => Vrfs().TryGetValue(link, out var table) ? table : null;

    /// <summary>The table that a route of a file belongs to: the one that it says, else that of the VRF whose port it leads over.</summary>
    public long TableOf(Route route) => route.IsTableSaid == false && WayOf(route, route.Ways[0])?.Name.Value is { } link && TableOf(link) is { } table ? table : route.Table;

    /// <summary>The link that a next hop of a file names, or in whose network it is.</summary>
    public Link? WayOf(Route route, NextHop way) => way.Link is { } link ? Find(link.Value) : way.Via is { } via ? LeadsTo(via.Value, route.Table) : null;

    /// <summary>
    /// The link whose network an address is in: two VRFs may have the same networks, so one in the table comes first, then one in no VRF; of
    /// these the longest prefix wins.
    /// </summary>
    private Link? LeadsTo(IPAddress address, long table)
    {
        if (networks is null || networksOf != Links)
        {
            networks = Links.SelectMany(link => link.Addresses.Select(own => (link, own.Value.Network))).ToLookup(own => own.Network, own => own.link);
            (lengths, networksOf) = ([.. networks.Select(network => network.Key.Length).Distinct().OrderDescending()], Links);
        }
        var most = address.GetAddressBytes().Length * 8;
        return lengths.Where(length => length <= most).SelectMany(length => networks[new IpPrefix(address, length).Network]).Select(link => (link, Table: TableOf(link.Name.Value)))
            .OrderByDescending(found => (found.Table ?? Route.MainTable) == table).ThenByDescending(found => found.Table is null).Select(found => found.link).FirstOrDefault();
    }

    private ImmutableArray<Link> networksOf;
    private ILookup<IpPrefix, Link>? networks;
    private ImmutableArray<int> lengths;

    private Dictionary<string, long> Vrfs()
    {
        if (vrfs is null || vrfsOf != Links)
        {
            var made = new Dictionary<string, long>(StringComparer.Ordinal);
            foreach (var vrf in Of(LinkKind.Vrf))
                if (vrf.Settings.Number(Attributes.VrfLines.RoutingTable) is { } table)
                    foreach (var name in vrf.Ports.Select(port => port.Name.Value).Append(vrf.Name.Value))
                        made.TryAdd(name, table);
            (vrfs, vrfsOf) = (made, Links);
        }
        return vrfs;
    }

    private ImmutableArray<Link> vrfsOf;
    private Dictionary<string, long>? vrfs;
    private ImmutableArray<Link> indexed;
    private Dictionary<string, Link>? index;

    /// <summary>Made on first use, and again where a `with` gave this copy other links.</summary>
    private Dictionary<string, Link> Index()
    {
        if (index is null || indexed != Links)
        {
            var made = new Dictionary<string, Link>(Links.Length, StringComparer.Ordinal);
            foreach (var link in Links)
                made.TryAdd(link.Name.Value, link);
            (index, indexed) = (made, Links);
        }
        return index;
    }
}
