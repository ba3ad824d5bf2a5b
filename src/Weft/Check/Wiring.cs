// The host's cables as rules look at them: over which NICs a link's frames leave and with which tags, what the switch at the other end
// makes of them, which switches are one to a bond and which are one segment. What `cabling` does not say is not judged, so every
// question has the answer null or nothing for what nobody said.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A way from a link down to a NIC.</summary>
/// <param name="Port">The port of the bond or bridge that was asked about; the NIC itself where that was asked about.</param>
/// <param name="Tags">The VLAN ids that are pushed on the way down, the outermost last.</param>
/// <param name="Cable">What is in the NIC; null where the file does not say.</param>
internal sealed record Lead(Link Port, Link Nic, ImmutableArray<long> Tags, Cable? Cable)
{
    /// <summary>The bond that chooses this NIC among others, the uppermost of several; null where none does.</summary>
    public Link? Bond { get; init; }
}

/// <summary>An address that a switch has in one of its VLANs.</summary>
internal sealed record Svi(Switch Switch, At<IpPrefix> Address);

internal sealed class Wiring
{
    /// <summary>How deep a way down is followed, how many ways of one link, and how many links are looked at for them: a hostile file must not cost more than a host's does.</summary>
    private const int Deepest = 16, MostWays = 64, MostLooks = 1024;

    private readonly Stack stack;
    private readonly Dictionary<string, Cable> cables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Switch> switches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> segments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Lead>> known = new(StringComparer.Ordinal);
    private readonly Dictionary<Port, VlanTable> tables = new(ReferenceEqualityComparer.Instance);
    private ILookup<string, Svi>? svis;

    public Wiring(Stack stack)
    {
        this.stack = stack;
        // A cable of which a finding refused a key, or that leads to a switch of which one did or that there is not, is not described.
        var host = stack.Host;
        if (host.Unread.Intersect(["cabling", "switches", "links"]).Any() || NoPairs(host).Any())
            return;
        foreach (var box in host.Switches.Where(box => !host.CablingHalfRead.Contains(box.Name.Place)))
            switches.TryAdd(box.Name.Value, box);
        foreach (var cable in host.Cables.Where(cable => !host.CablingHalfRead.Contains(cable.Nic.Place) && cable.Switch is { } box && switches.ContainsKey(box.Value)))
            cables.TryAdd(cable.Nic.Value, cable);
        foreach (var pair in switches.Values.Where(box => box.Mlag is not null).GroupBy(box => box.Mlag!.Value, StringComparer.Ordinal))
            foreach (var member in pair)
                Join(pair.First().Name.Value, member.Name.Value);
        foreach (var joined in host.Rest.List("links"))
            if (joined.Value is Value.List { Items: [var one, var other] })
                Join(one.ToString(), other.ToString());
    }

    /// <summary>Entries of `links` that do not say which two switches are joined.</summary>
    public static IEnumerable<At<Value>> NoPairs(Host host) =>
        host.Rest.List("links").Where(joined => joined.Value is not Value.List { Items: [var one, var other] } || one.ToString() == other.ToString());

    public IEnumerable<Cable> Cables => cables.Values;

    public IEnumerable<Switch> Switches => switches.Values;

    public Cable? CableOf(Link nic) => cables.GetValueOrDefault(nic.Name.Value);

    public Switch? SwitchOf(Cable cable) => cable.Switch is { } name ? switches.GetValueOrDefault(name.Value) : null;

    /// <summary>Every way from the link to a NIC, with the tags that are pushed on it. Nothing for a link that stands in a circle.</summary>
    public IReadOnlyList<Lead> Leads(Link link)
    {
        if (!known.TryGetValue(link.Name.Value, out var ways))
            known[link.Name.Value] = ways = Walk(link, [], isFrame: false);
        return ways;
    }

    /// <summary>The ways that a frame of the link takes down to a NIC: bridges hold back what is not of their ports' VLANs. A VLAN on the way has a tag of its own, and is asked itself.</summary>
    /// <param name="tag">The frame's; null where it has none. <see cref="Lead.Tags"/> says with which one it leaves.</param>
    public IReadOnlyList<Lead> LeadsOf(Link link, long? tag) => Walk(link, tag is { } vlan ? [vlan] : [], isFrame: true);

    private List<Lead> Walk(Link link, ImmutableArray<long> first, bool isFrame)
    {
        var (ways, looks) = (new List<Lead>(), 0);
        Down(null, link, first, null, 0);
        return ways;

        void Down(Link? port, Link at, ImmutableArray<long> tags, Link? bond, int depth)
        {
            if (depth > Deepest || ways.Count >= MostWays || ++looks > MostLooks || stack.InCycle.Contains(at.Name.Value))
                return;
            if (at.Kind == LinkKind.Nic)
                ways.Add(new(port ?? at, at, tags, CableOf(at)) { Bond = bond });
            else if (at.Kind == LinkKind.Vlan && !isFrame && stack.LowerOf(at) is { } lower)
                Down(port ?? at, lower, at.Settings.Number(VlanLines.Id) is { } id ? [.. tags, id] : tags, bond, depth + 1);
            else if (at.Kind == LinkKind.Macvlan && stack.LowerOf(at) is { } real)
                Down(port ?? at, real, tags, bond, depth + 1);
            else if (at.Kind == LinkKind.Bond || at.Kind == LinkKind.Bridge || (at.Kind == LinkKind.Vrf && at == link && !isFrame))
                foreach (var (entry, below) in PortsOf(at).TakeWhile(_ => ways.Count < MostWays && looks <= MostLooks))
                    if (!isFrame || at.Kind == LinkKind.Bond)
                        Down(port ?? below, below, tags, at.Kind == LinkKind.Bond ? bond ?? at : bond, depth + 1);
                    else if (VlanPort.Out(at, TableOf(at, entry), tags.IsEmpty ? null : tags[^1]) is { } leaves)
                        Down(port ?? below, below, leaves.Vlan is { } vlan ? [vlan] : [], bond, depth + 1);
        }
    }

    /// <summary>Kept, for each VLAN of a bridge asks each of its ports.</summary>
    private VlanTable TableOf(Link bridge, Port port)
    {
        if (!tables.TryGetValue(port, out var table))
            tables[port] = table = VlanPort.Of(bridge, port);
        return table;
    }

    /// <summary>The declared ports of a link with the entry each has there, without those that several masters claim: whose they are nobody knows.</summary>
    public IEnumerable<(Port Entry, Link Link)> PortsOf(Link master) =>
        stack.PortsOf(master).Where(port => !master.Kind.SpeaksForPorts || stack.Masters(port.Link.Name.Value).Count(use => use.Master.Kind.SpeaksForPorts) <= 1);

    /// <summary>The ways of a bond's ports; empty unless each of them has a cable that the file describes.</summary>
    public IReadOnlyList<Lead> Cabled(Link bond)
    {
        var leads = Leads(bond);
        return leads.Count > 0 && leads.All(lead => lead.Cable is not null) && bond.Ports.All(port => leads.Any(lead => lead.Port.Name.Value == port.Name.Value)) ? leads : [];
    }

    /// <summary>Whether the two end in one switch, or in a pair that acts as one.</summary>
    public bool AreOneSwitch(Cable one, Cable other) =>
        one.Switch is not null && other.Switch is not null && (one.Switch.Value == other.Switch.Value
            || SwitchOf(one)?.Mlag is { } pair && SwitchOf(other)?.Mlag is { } same && pair.Value == same.Value);

    /// <summary>Whether the two are in one link aggregation group.</summary>
    public bool AreOneGroup(Cable one, Cable other) => one.Group is not null && one.Group.Value == other.Group?.Value && AreOneSwitch(one, other);

    /// <summary>Whether frames find a way between the switches at the two ends that does not lead over this host.</summary>
    public bool AreOneSegment(Cable one, Cable other) =>
        one.Switch is not null && other.Switch is not null && Root(one.Switch.Value) == Root(other.Switch.Value);

    /// <summary>Whether the switch's port takes frames with this tag; null where the file does not say what it carries.</summary>
    public static bool? Carries(Cable cable, long vlan) =>
        cable.SaysVlans ? cable.Tagged.Has((int)vlan) : null;

    /// <summary>The speed of a NIC's port in Mbit/s, as its own settings or its cable say it.</summary>
    public long? SpeedOf(Link nic) => nic.Settings.Number(NicLines.Speed) ?? CableOf(nic)?.Speed?.Value;

    /// <summary>The switch that the cable leads to, or the pair that acts as one switch.</summary>
    public string BoxOf(Cable cable) => SwitchOf(cable)?.Mlag is { } pair ? $"the pair {pair}" : cable.Switch!.Value;

    /// <summary>One word for one link aggregation group; null for a plain port.</summary>
    public string? GroupOf(Cable cable) => cable.Group is { } group ? $"{BoxOf(cable)} {group}" : null;

    /// <summary>How the cable's group is agreed on, as this port or another one of it says.</summary>
    public string? LacpOf(Cable cable) =>
        cable.Group is null ? null : cable.Lacp?.Value ?? GroupWith(cable).Select(other => other.Lacp?.Value).FirstOrDefault(said => said is not null);

    /// <summary>All cables of the cable's group, itself among them; none for a plain port.</summary>
    public IEnumerable<Cable> GroupWith(Cable cable) => GroupOf(cable) is { } group ? Groups[group] : [];

    /// <summary>The groups, each by its word.</summary>
    public ILookup<string, Cable> Groups => groups ??= cables.Values.Where(cable => cable.Group is not null).ToLookup(cable => GroupOf(cable)!, StringComparer.Ordinal);

    private ILookup<string, Cable>? groups;

    /// <summary>A port in no group. One that speaks of LACP and names no group is half said, and no plain port.</summary>
    public static bool IsPlain(Cable cable) => cable.Group is null && cable.Lacp is null;

    /// <summary>Whether some frames can be in both: untagged ones of one VLAN, or tagged ones. What neither says nor denies it, does.</summary>
    public static bool ShareVlan(Cable one, Cable other) =>
        !one.SaysVlans || !other.SaysVlans || (one.Native is { } native && native.Value == other.Native?.Value) || !one.Tagged.Common(other.Tagged).IsEmpty;

    /// <summary>Whether frames find a way between the two switches that does not lead over this host.</summary>
    public bool AreJoined(string one, string other) => Root(one) == Root(other);

    /// <summary>One word for all switches that are joined to the one at the other end.</summary>
    public string SegmentOf(Cable cable) => Root(cable.Switch!.Value);

    /// <summary>The bonds whose mode is known, with those of their ways that end in a cable; bonds without any are left out.</summary>
    public IReadOnlyList<CabledBond> Bonds => bonds ??=
    [
        .. from bond in stack.Sound
           where bond.Kind == LinkKind.Bond && !bond.Unread.Contains("ports")
           let mode = Bonding.Mode(bond)
           where mode is not null
           let leads = Leads(bond).Where(lead => lead.Cable is not null).ToList()
           where leads.Count > 0
           select new CabledBond(this, bond, mode, leads),
    ];

    private IReadOnlyList<CabledBond>? bonds;

    /// <summary>Whether a rule tells that the mode of this bond does not fit its cables. Where the file allows something at the mode, its word counts.</summary>
    public bool IsModeWrong(Link link) => Bonds.FirstOrDefault(bond => bond.Bond == link) is { IsModeWrong: true } bond && !stack.Host.Allowances.Any(allowance => allowance.Line == bond.ModePlace.Line);

    /// <summary>Ports whose group is not in the switch where most ports of their bond have theirs.</summary>
    public IReadOnlyList<TornPort> Torn => torn ??= [.. TornBonds.Torn(this)];

    private IReadOnlyList<TornPort>? torn;

    /// <summary>Ports in another group than most ports of their bond at the same switch.</summary>
    public IReadOnlyList<Stray> Strays => strays ??= [.. TornBonds.Strays(this)];

    private IReadOnlyList<Stray>? strays;

    /// <summary>Rings that bridges close.</summary>
    public IReadOnlyList<Ring> Rings => rings ??= [.. Check.Rings.Of(stack)];

    private IReadOnlyList<Ring>? rings;

    /// <summary>What the host sends with which tag.</summary>
    public Traffic Traffic => traffic ??= new Traffic(stack, this);

    private Traffic? traffic;

    /// <summary>What the host sends that is larger than a switch takes.</summary>
    public Oversize Oversize => oversize ??= new Oversize(stack, this);

    private Oversize? oversize;

    /// <summary>The addresses that switches have in a VLAN into which this cable leads, and whose each is.</summary>
    public IEnumerable<Svi> Svis(Cable cable, long vlan)
    {
        svis ??= switches.Values.SelectMany(box => box.Addresses.SelectMany(svi => svi.Addresses.Select(address => new { Key = $"{Root(box.Name.Value)} {svi.Vlan}", Svi = new Svi(box, address) })))
            .ToLookup(svi => svi.Key, svi => svi.Svi, StringComparer.Ordinal);
        return cable.Switch is { } first ? svis[$"{Root(first.Value)} {vlan}"] : [];
    }

    private string Root(string name)
    {
        while (segments.TryGetValue(name, out var next))
            name = next;
        return name;
    }

    private void Join(string one, string other)
    {
        var (left, right) = (Root(one), Root(other));
        if (left != right)
            segments[right] = left;
    }
}
