// The host as it will be after the steps planned so far. The planner asks it what is still missing, so a step is only ever
// planned for a difference that the kernel's own doing leaves open: a port's MTU that enslaving set, a VLAN that died with
// its lower link, a route that went when a link was taken down.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

/// <summary>A link as it will be.</summary>
internal sealed class Piece(string name, LinkKind kind)
{
    public string Name { get; } = name;
    public LinkKind Kind { get; } = kind;

    /// <summary>What is set on it. A link that nothing touches shares it with what was observed.</summary>
    public Settings Settings
    {
        get => settings ??= Settings.Observed(Table.All, [.. held!]); // A copy: the settings are for good, and the slots go on changing.
        set => (settings, held) = (value, null);
    }

    private Settings? settings = Settings.Empty;
    private Value?[]? held;

    /// <summary>The master it is a port of, or null. The world keeps the ports of each, so it alone sets this.</summary>
    public string? Master { get; set; }

    /// <summary>In the kernel's order.</summary>
    public List<IpPrefix> Addresses { get; } = [];

    /// <summary>How long they last; forever, those that are not listed.</summary>
    public Dictionary<IpPrefix, Lifetime> Lifetimes { get; } = [];

    public Lifetime LifetimeOf(IpPrefix address) => Lifetimes.GetValueOrDefault(address, Lifetime.Forever);

    /// <summary>A primary IPv4 address leaves its place to its first secondary (promote_secondaries).</summary>
    public bool Promotes { get; init; }

    /// <summary>A DHCP client's or a router's: ours to take away from a port, never to give.</summary>
    public List<IpPrefix> Leased { get; } = [];

    /// <summary>The MAC that it has of its own.</summary>
    public string? OwnMac { get; set; }

    /// <summary>A bridge's MTU follows its ports until somebody sets it; the kernel does not tell, so it is guessed.</summary>
    public bool MtuFollows { get; set; }

    /// <summary>Whether somebody set the MAC; a bond that was never given one takes its first port's.</summary>
    public bool MacIsSet { get; set; }

    /// <summary>
    /// The MAC predicted here may be wrong. A VLAN that was found with its lower link's MAC follows that, and a bridge found with its lowest port's
    /// that one, unless somebody once set it to the very same or a bond gave it back; which of the two, a file for each link would tell
    /// (addr_assign_type), and thousands are not read for it.
    /// </summary>
    public bool MacIsGuess { get; set; }

    /// <summary>What a NIC's MTU was before a bond pushed its own down; a bond gives it back.</summary>
    public long? MtuBefore { get; set; }

    /// <summary>What a port's MAC was before a bond lent it its own; a bond gives it back.</summary>
    public string? MacBefore { get; set; }

    /// <summary>Of a MACVLAN in mode passthru: the MAC that its link had by itself, and has again when it goes.</summary>
    public string? LowersOwnMac { get; set; }

    /// <summary>It took its link's MAC without a word to what stands on it and to its master.</summary>
    public bool MacIsUnheard { get; set; }

    /// <summary>The MAC that it has, or would have outside its bond.</summary>
    public string? MacApart => MacBefore ?? Mac;

    /// <summary>A bond that was found with this port gives back an MTU that the kernel does not tell.</summary>
    public bool MtuIsGuess { get; set; }

    /// <summary>
    /// A bond keeps its delays as counts of polls, also while nothing polls, and then tells neither: what they are once it polls again was not
    /// seen.
    /// </summary>
    public bool DelaysAreGuess { get; set; }

    /// <summary>Its VLANs as a bridge port; null where it is none.</summary>
    public VlanTable? Vlans { get; set; }

    /// <summary>The VLANs that a bridge itself takes part in.</summary>
    public VlanTable? OwnVlans { get; set; }

    /// <summary>
    /// A bridge that never counted its live ports has carrier without any, and so has a bond that watches none of its ports. A bridge counts
    /// when a port comes or goes or its own id changes; a bond, when it begins to watch.
    /// </summary>
    public bool CarriesAlone { get; set; }

    /// <summary>A bond or bridge has no carrier though its ports have: its ARP monitor hears nobody, its spanning tree listens first.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What a link of a kind that no file declares stands on.</summary>
    public string? Below { get; init; }

    public bool Up => (ValueOf(Table.Up) as Value.Flag)?.On ?? false;
    public long Mtu => (ValueOf(Table.Mtu) as Value.Number)?.Count ?? NaturalMtu.OfEthernet;
    public string? Mac => (ValueOf(Table.Mac) as Value.Word)?.Text;
    public string? Lower => (LowerLines.Of(Kind) is { } line ? LowerLines.Said(ValueOf(line)) : null) ?? Below;

    /// <summary>A veth's other end.</summary>
    public string? Peer => (ValueOf(VethLines.Peer) as Value.Word)?.Text;

    public Value? ValueOf(Attribute attribute) => held is null ? settings!.ValueOf(attribute) : held[attribute.Order];

    public void Put(Attribute attribute, Value value)
    {
        if (held is null)
        {
            held = new Value?[Table.All.Length];
            foreach (var (line, was) in Settings)
                held[line.Order] = was.Value;
        }
        held[attribute.Order] = value;
        settings = null;
    }

    /// <summary>It is not told any more.</summary>
    public void Drop(Attribute attribute)
    {
        if (ValueOf(attribute) is { } value)
        {
            Put(attribute, value);
            held![attribute.Order] = null;
        }
    }
}

/// <summary>The predicted host.</summary>
internal sealed partial class World
{
    private readonly Dictionary<string, Piece> links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Piece>> ports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Piece>> tags = new(StringComparer.Ordinal);

    private readonly HashSet<string> followers;

    public List<Route> Routes { get; } = [];

    public List<PolicyRule> Rules { get; } = [];

    public bool NewLinksIpv6 { get; private set; }

    /// <summary>Settings of the whole host.</summary>
    public Settings Sysctls { get; private set; }

    /// <summary>What new links start with under /proc/sys/net.</summary>
    public Settings NewLinks { get; }

    /// <summary>The same before this change: what a link gets that nobody says anything of.</summary>
    public bool NewLinksIpv6AtFirst { get; }

    /// <summary>Whether this change made the link, or made it anew.</summary>
    public bool IsNew(string name) => made.Contains(name);

    private readonly HashSet<string> made = new(StringComparer.Ordinal);

    /// <summary>The host that lost things are put back from.</summary>
    private readonly Host observed;

    /// <param name="now">What is observed.</param>
    /// <param name="firsts">The NICs as they were first met.</param>
    /// <param name="before">When undoing: the host to go back to.</param>
    public World(Observation now, Host firsts, Host? before = null)
    {
        observed = before ?? now.Host;
        ticks = now.TicksPerSecond;
        NewLinks = now.NewLinks;
        Sysctls = now.Host.Sysctls;
        NewLinksIpv6AtFirst = NewLinksIpv6 = now.NewLinksIpv6;
        Routes.AddRange(now.Host.Routes);
        Rules.AddRange(now.Host.Rules);
        foreach (var thing in now.Host.Kept)
            Listed(kept, thing.Link).Add(thing);
        foreach (var link in now.Host.Links)
        {
            var piece = new Piece(link.Name.Value, link.Kind) { Settings = link.Settings, Master = link.State?.Master, OwnMac = link.State?.IdentityMac, MacIsSet = link.State?.MacIsSet ?? false, OwnVlans = link.Vlans, Below = link.State?.Lower, Promotes = link.State?.Promotes ?? false };
            piece.Addresses.AddRange(link.Addresses.Select(address => address.Value));
            foreach (var (address, lifetime) in link.Lifetimes)
                piece.Lifetimes[address] = lifetime;
            piece.Leased.AddRange(link.State?.Leased ?? []);
            Enter(piece);
        }
        foreach (var master in now.Host.Links.Where(link => link.Kind.HasPorts))
            foreach (var port in master.Ports)
                if (links.TryGetValue(port.Name.Value, out var piece))
                    (piece.Settings, piece.Vlans) = (piece.Settings.With(port.Settings), port.Vlans);
        foreach (var port in links.Values.Where(piece => piece.Master is { } master && Find(master)?.Kind == LinkKind.Bond))
        {
            port.MtuBefore = firsts.Find(port.Name)?.Settings.Number(Table.Mtu) ?? port.Mtu;
            port.MtuIsGuess = true;
            port.MacBefore = port.OwnMac;
        }
        foreach (var whole in links.Values.Where(IsPassthru))
            whole.LowersOwnMac = whole.MacBefore ?? whole.Mac;
        foreach (var bond in links.Values.Where(piece => piece.Kind == LinkKind.Bond))
            bond.DelaysAreGuess = bond.Settings.Number(BondLines.Miimon) is null or 0;
        foreach (var bridge in links.Values.Where(piece => piece.Kind == LinkKind.Bridge))
            bridge.MtuFollows = bridge.Mtu == LeastPortMtu(bridge.Name);
        foreach (var master in links.Values.Where(piece => piece is { Kind.SpeaksForPorts: true, Up: true }).OrderByDescending(piece => piece.Kind == LinkKind.Bond))
            if (now.Host.Find(master.Name)?.State is { } state && state.Carrier != MayCarry(master))
                (master.CarriesAlone, master.IsSilent) = (state.Carrier, !state.Carrier);
        nicMacs = [.. links.Values.Where(piece => piece.Kind == LinkKind.Nic).Select(piece => piece.OwnMac).OfType<string>()];
        hopping = [.. kept.Where(pair => pair.Value.Exists(thing => thing.Nexthop is not null) && Find(pair.Key) is { } over && MayCarry(over)).Select(pair => pair.Key)];
        followers = [.. links.Values.Where(piece => piece.Lower is { } lower && Find(lower)?.Mtu - NaturalMtu.RoomIn(piece.Kind, piece.Settings) == piece.Mtu).Select(piece => piece.Name)];
    }

    public Piece? Find(string name) => links.GetValueOrDefault(name);

    /// <summary>Name servers that were found set for links that are gone.</summary>
    public ImmutableArray<(string Link, Settings Names)> NamesOfGone => observed.NamesOfGone;

    /// <summary>The link as it was before this change, or on the way back as it is to be again.</summary>
    public Link? Was(string name) => observed.Find(name);

    /// <summary>Whether this change took a port out of a master, even if it is one again.</summary>
    public bool HasLeft(string port) => left.Contains(port) || IsNew(port);

    private readonly HashSet<string> left = new(StringComparer.Ordinal);

    private readonly int ticks;

    /// <summary>A time as the kernel will tell it: it counts in ticks, and rounds down twice (clock_t_to_jiffies, jiffies_to_clock_t).</summary>
    public Value Ticked(Attribute attribute, Value value) =>
        attribute.Shape is Count { Unit: Unit.Hundredths } && value is Value.Number number && value != attribute.Default(Settings.Empty) ? Value.Of(number.Count * ticks / 100 * 100 / ticks) : value;

    public IEnumerable<Piece> All => links.Values;

    public IReadOnlyList<Piece> PortsOf(string master) => ports.GetValueOrDefault(master) ?? [];

    /// <summary>VLANs and the like that stand on this link and go where it goes.</summary>
    public IReadOnlyList<Piece> TagsOf(string lower) => tags.GetValueOrDefault(lower) ?? [];

    private void Enter(Piece piece)
    {
        links[piece.Name] = piece;
        if (piece.Lower is { } lower)
            Listed(tags, lower).Add(piece);
        if (piece.Master is { } master)
            Listed(ports, master).Add(piece);
    }

    private void Vanish(Piece piece)
    {
        links.Remove(piece.Name);
        if (piece.Lower is { } lower)
            Listed(tags, lower).Remove(piece);
        Give(piece, null);
    }

    /// <summary>Makes a link the port of a master, or of none.</summary>
    private void Give(Piece port, string? master)
    {
        if (port.Master is { } before)
            Listed(ports, before).Remove(port);
        port.Master = master;
        if (master is not null)
            Listed(ports, master).Add(port);
    }

    private static List<T> Listed<T>(Dictionary<string, List<T>> lists, string name) =>
        lists.TryGetValue(name, out var list) ? list : lists[name] = [];

    /// <summary>Whether a VLAN had its lower link's MTU at the outset.</summary>
    public bool MtuFollowed(string vlan) => followers.Contains(vlan);

    /// <summary>Whether the link would be the first port of a bond that nobody gave a MAC: the bond takes this one's.</summary>
    public bool GivesMac(Piece port, Piece master) =>
        port.Mac is { Length: > 0 } && master is { MacIsSet: false } && master.Kind == LinkKind.Bond && PortsOf(master.Name).Count == 0;

    /// <summary>Whether a MAC is a NIC's own; a bond that has it took it from there.</summary>
    public bool IsOfNic(string? mac) => mac is not null && nicMacs.Contains(mac);

    private readonly HashSet<string> nicMacs;

    private long LeastPortMtu(string bridge) => PortsOf(bridge).Select(port => port.Mtu).DefaultIfEmpty(NaturalMtu.OfEthernet).Min();
}
