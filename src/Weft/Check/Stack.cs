// The host as rules look at it: who stands on whom, who is whose port, what MTU a link will have, what stands in a circle.
// Worked out once for all rules. Every question may be asked of a broken host: a dangling name is simply nobody, and an MTU
// that nobody can know is null.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>One use of a link as a port.</summary>
internal sealed record Membership(Link Master, Port Port);

internal sealed class Stack
{
    /// <summary>The name of the loopback, which is there on every host and in no file.</summary>
    public const string Loopback = "lo";

    /// <summary>How many links the kernel lets stand on one another (MAX_NEST_DEV).</summary>
    public const int DeepestNest = 8;

    /// <summary>How deep an MTU is sought. The kernel nests links 8 deep (MAX_NEST_DEV); a hostile file must not nest our calls 30,000 deep.</summary>
    private const int DeepestSearch = 64;

    private readonly Dictionary<string, List<Membership>> masters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Link>> uppers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(Guest, GuestNic)>> guests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long?> mtus = new(StringComparer.Ordinal);
    private int depth;

    public Stack(Host host)
    {
        Host = host;
        foreach (var master in host.Links)
            foreach (var port in master.Ports)
            {
                if (!masters.TryGetValue(port.Name.Value, out var uses))
                    masters[port.Name.Value] = uses = [];
                uses.Add(new(master, port));
            }
        foreach (var upper in host.Links)
            foreach (var lower in upper.Lowers)
            {
                if (!uppers.TryGetValue(lower.Value, out var above))
                    uppers[lower.Value] = above = [];
                above.Add(upper);
            }
        foreach (var guest in host.Guests)
            foreach (var nic in guest.Nics)
                if (nic.Bridge is { } bridge)
                {
                    if (!guests.TryGetValue(bridge.Value, out var plugged))
                        guests[bridge.Value] = plugged = [];
                    plugged.Add((guest, nic));
                }
        Cycles = Circles.Of(host);
        InCycle = Cycles.SelectMany(cycle => cycle).Select(link => link.Name.Value).ToHashSet(StringComparer.Ordinal);
    }

    public Host Host { get; }

    /// <summary>Stacking loops, each link standing on the next and the last on the first.</summary>
    public ImmutableArray<ImmutableArray<Link>> Cycles { get; }

    public HashSet<string> InCycle { get; }

    /// <summary>Links that a rule about stacking may judge.</summary>
    public IEnumerable<Link> Sound => Host.Links.Where(link => !InCycle.Contains(link.Name.Value));

    public IEnumerable<Link> Bonds => Host.Of(LinkKind.Bond);

    /// <summary>Every master that claims this link, in the file's order.</summary>
    public IReadOnlyList<Membership> Masters(string link) => masters.TryGetValue(link, out var uses) ? uses : [];

    /// <summary>The bond or bridge that claims it first; null where none does. A VRF does not speak for its ports.</summary>
    public Link? MasterOf(Link link) => masters.TryGetValue(link.Name.Value, out var uses) ? uses.Find(use => use.Master.Kind.SpeaksForPorts)?.Master : null;

    /// <summary>The links that stand on this one: its masters, and its VLANs, MACVLANs and VXLANs.</summary>
    public IReadOnlyList<Link> Uppers(Link link) => uppers.TryGetValue(link.Name.Value, out var above) ? above : [];

    /// <summary>The link, and everything that stands on it, directly or not; each once. Links of one kind, and what stands on those, may be left out.</summary>
    public IReadOnlyList<Link> WithUppers(Link link, LinkKind? but = null)
    {
        var all = new List<Link> { link };
        var seen = new HashSet<string>(StringComparer.Ordinal) { link.Name.Value };
        for (var at = 0; at < all.Count; at++)
            all.AddRange(Uppers(all[at]).Where(upper => upper.Kind != but && seen.Add(upper.Name.Value)));
        return all;
    }

    /// <summary>The guests' NICs that plug into this bridge.</summary>
    public IReadOnlyList<(Guest Guest, GuestNic Nic)> GuestsOn(Link bridge) => guests.TryGetValue(bridge.Name.Value, out var plugged) ? plugged : [];

    /// <summary>Cables and switches; worked out where a rule asks.</summary>
    public Wiring Wiring => wiring ??= new Wiring(this);

    private Wiring? wiring;

    /// <summary>Who has which address beside whom; worked out where a rule asks.</summary>
    public Neighbourhoods Neighbourhoods => neighbourhoods ??= new Neighbourhoods(this);

    private Neighbourhoods? neighbourhoods;

    /// <summary>The declared link that a VLAN, MACVLAN or VXLAN stands on.</summary>
    public Link? LowerOf(Link vlan) => vlan.Lower is { } name ? Host.Find(name) : null;

    /// <summary>The declared ports of a master, with the entry each has there.</summary>
    public IEnumerable<(Port Entry, Link Link)> PortsOf(Link master) =>
        master.Ports.Select(port => (port, Host.Find(port.Name.Value))).Where(pair => pair.Item2 is not null).Select(pair => (pair.port, pair.Item2!));

    /// <summary>Whether a finding says of some of its ports that they are none, so that nobody knows all of them.</summary>
    public bool LacksPorts(Link master) => master.Unread.Contains("ports") || master.Ports.Any(port => Host.Find(port.Name.Value) is null);

    /// <summary>
    /// The MTU that the kernel will give the link, in bytes; null where it depends on what no file says (a NIC's own default)
    /// or on what could not be read.
    /// </summary>
    public long? Mtu(Link link)
    {
        if (mtus.TryGetValue(link.Name.Value, out var known))
            return known;
        if (depth == DeepestSearch)
            return null;
        depth++;
        known = mtus[link.Name.Value] = Work(link);
        depth--;
        return known;
    }

    /// <summary>The MTU it asks for itself, a bond's default included; null where it takes what comes.</summary>
    public static long? OwnMtu(Link link) =>
        link.Settings.Number(Table.Mtu) ?? (link.Kind == LinkKind.Bond && !IsUnread(link, Table.Mtu) ? NaturalMtu.OfEthernet : null);

    /// <summary>Whether a finding has already refused this key of the link, so that its absence means nothing.</summary>
    public static bool IsUnread(Link link, Model.Attributes.Attribute attribute) => link.Unread.Contains(attribute.Name);

    private long? Work(Link link)
    {
        if (InCycle.Contains(link.Name.Value) || IsUnread(link, Table.Mtu))
            return null;
        // The kernel forces the bond's MTU on each port as it is enslaved (bond_enslave, bond_main.c).
        if (MasterOf(link) is { } master && master.Kind == LinkKind.Bond)
            return Mtu(master);
        if (OwnMtu(link) is { } own)
            return own;
        if (link.Lower is not null)
            return LowerOf(link) is { } lower ? Mtu(lower) - NaturalMtu.RoomIn(link.Kind, link.Settings) : null;
        if (link.Kind == LinkKind.Vrf)
            return VrfLines.NaturalMtu;
        if (link.Kind == LinkKind.Dummy || link.Kind == LinkKind.Veth || (link.Kind == LinkKind.Vxlan && !IsUnread(link, VxlanLines.Lower)))
            return NaturalMtu.OfEthernet;
        // br_mtu_auto_adjust: the smallest of the ports' while nobody sets one.
        if (link.Kind == LinkKind.Bridge && !link.Unread.Contains("ports"))
            return link.Ports.IsEmpty ? NaturalMtu.OfEthernet : link.Ports.Select(port => Host.Find(port.Name.Value) is { } found ? Mtu(found) : null).Aggregate((a, b) => a is null || b is null ? null : Math.Min(a.Value, b.Value));
        return null;
    }
}
