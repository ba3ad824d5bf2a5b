// What is wanted of each link: the three-way merge. What the file says is set; what the file before said and this one does
// not goes back to the default; what neither says stays as it is, except where it only ever followed something that this
// change moves (a VLAN's MTU follows the lower link's, a bond's polling its mode), for then it must go on following.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

/// <summary>The wishes of a file, seen against the file before it.</summary>
internal sealed class Intent(Host last, Host next, Ledger ledger)
{
    private readonly Dictionary<string, Link> masters = MastersOf(next, speaks: true);
    private readonly Dictionary<string, Link> vrfs = MastersOf(next, speaks: false);
    private readonly Dictionary<string, Link> lastMasters = MastersOf(last, speaks: true);
    private readonly HashSet<string> owned = ledger.Links.Select(link => link.Name).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> carriers = CarriersOf(next);
    private readonly HashSet<string> ways6 = next.Routes.Where(route => route.To.Value.Is6).SelectMany(route => route.Links)
        .Concat(next.Of(LinkKind.Vxlan).Where(vxlan => VxlanLines.Is6(vxlan.Settings)).Select(vxlan => vxlan.Lower).OfType<string>()).ToHashSet(StringComparer.Ordinal);
    private readonly HashSet<string> lastCarriers = CarriersOf(last);

    /// <summary>The declared bond or bridge that lists this link as a port.</summary>
    public Link? MasterOf(string name) => masters.GetValueOrDefault(name);

    /// <summary>The same, or the VRF that lists it.</summary>
    public Link? AnyMasterOf(string name) => MasterOf(name) ?? vrfs.GetValueOrDefault(name);

    /// <summary>The line that lists it there.</summary>
    public Place PlaceOf(string port) => AnyMasterOf(port)?.Ports.First(one => one.Name.Value == port).Name.Place ?? Place.None;

    public bool IsBondPort(string name) => MasterOf(name)?.Kind == LinkKind.Bond;

    /// <summary>
    /// What must hold of a link, apart from its master. `world` is the host as it will be by then, for what derives from others.
    /// </summary>
    public Settings Of(Link link, World world)
    {
        var before = last.Find(link.Name.Value)?.Settings ?? Settings.Empty;
        var piece = world.Find(link.Name.Value);
        var wanted = new List<KeyValuePair<Attribute, At<Value>>>(link.Settings.Count + 4);
        HardwareWish? wish = null;
        foreach (var attribute in Table.OfLink(link.Kind))
        {
            if (attribute == MarkLines.Altnames)
            {
                if (Names(link, before, piece, world) is { } names)
                    wanted.Add(new(attribute, At.Of(names, link.Settings.PlaceOf(attribute) is { IsSomewhere: true } place ? place : link.Name.Place)));
                continue;
            }
            if (attribute.Home == Home.Hardware)
            {
                wish ??= new(link.Settings, before, ledger.Firsts.Find(link.Name.Value)?.Settings ?? Settings.Empty, line => piece?.ValueOf(line));
                if (wish.Of(attribute) is { } hardware)
                    wanted.Add(new(attribute, At.Of(hardware, link.Settings.PlaceOf(attribute) is { IsSomewhere: true } line ? line : link.Name.Place)));
                continue;
            }
            if (attribute.Home is Home.Client or Home.Names or Home.Switch)
                continue; // Its client's, the resolver's or the switch's, and not the link's.
            var said = link.Settings.Get(attribute) is { } written ? Listed(attribute, written) : (At<Value>?)null;
            if (said is { Value: not Value.Word { Text: "default" } } kept)
            {
                wanted.Add(new(attribute, At.Of(world.Ticked(attribute, kept.Value), kept.Place)));
                continue;
            }
            if (attribute == Table.Mac && link.Kind == LinkKind.Bond && BondLines.MovesMac(link.Settings))
                continue; // It goes with the active port, and nobody sets it.
            if (attribute == Table.Mtu && MasterOf(link.Name.Value) is { } bond && bond.Kind == LinkKind.Bond)
            {
                // The bond's MTU is its ports', and a port that something below had lowered meanwhile is given it back.
                if (piece?.Master == bond.Name.Value && (owned.Contains(piece.Name) || world.IsNew(piece.Name)))
                    wanted.Add(new(Table.Mtu, At.Of(Value.Of(world.Find(piece.Master)!.Mtu), link.Name.Place)));
                continue;
            }
            var dropped = said is not null || before.Has(attribute);
            var value = (dropped ? Default(attribute, link, world) : null) ?? Followed(attribute, link, piece, world) ?? Carried(attribute, link, piece, world);
            if (value is not null && attribute.IsTaken(link.Settings))
                wanted.Add(new(attribute, At.Of(value, said?.Place ?? link.Name.Place)));
        }
        // A wish of an undo may hold what no file can say of this kind.
        foreach (var (attribute, value) in link.Settings)
            if (!Table.OfLink(link.Kind).Contains(attribute))
                wanted.Add(new(attribute, Listed(attribute, value)));
        return Settings.Of(wanted);
    }

    /// <summary>Every other name that the link is to have: the file's, and of those it has all that no file before brought; null where it is to have no other than it has.</summary>
    private static Value? Names(Link link, Settings before, Piece? piece, World world)
    {
        var (said, ours) = (NamesSaid(link.Settings), NamesSaid(before));
        var held = MarkLines.NamesIn(piece is null || world.IsNew(piece.Name) ? world.Was(link.Name.Value)?.Settings.ValueOf(MarkLines.Altnames) : piece.ValueOf(MarkLines.Altnames)).ToList();
        return said.Count == 0 && ours.Count == 0 && (held.Count == 0 || (piece is not null && !world.IsNew(piece.Name))) ? null
            : MarkLines.NamesOf(held.Where(name => !ours.Contains(name)).Concat(said));
    }

    private static List<string> NamesSaid(Settings settings) => settings.Get(MarkLines.Altnames) is { } said ? [.. MarkLines.NamesIn(Listed(MarkLines.Altnames, said).Value)] : [];

    /// <summary>What neither file says of a link that is made anew: it is left as it was.</summary>
    private static Value? Carried(Attribute attribute, Link link, Piece? piece, World world) =>
        attribute == MarkLines.Alias || attribute == MarkLines.Txqueuelen ? (piece is null || world.IsNew(piece.Name)) && world.Was(link.Name.Value)?.Settings.ValueOf(attribute) is { } mark && mark != attribute.Default(link.Settings) ? mark : null
        : (attribute.Home == Home.Data && attribute.Change != Change.Recreate && link.Kind != LinkKind.Bond || ConfLines.Has(attribute)) && (piece is null || world.IsNew(piece.Name)) && world.Was(link.Name.Value) is { } was && was.Kind == link.Kind
        && was.Settings.ValueOf(attribute) is { } held && held != (ConfLines.Has(attribute) ? world.NewLinks.ValueOf(attribute) : attribute.Default(link.Settings)) ? held : null;

    /// <summary>What must hold of a port under its master. What neither file says of one that has left the master and comes again is as it was.</summary>
    public Settings Of(Port port, Link master, World world)
    {
        var before = last.Find(master.Name.Value)?.Ports.FirstOrDefault(other => other.Name == port.Name)?.Settings ?? Settings.Empty;
        var wanted = port.Settings;
        foreach (var attribute in Table.OfPort(master.Kind))
            if (wanted.Get(attribute) is { Value: Value.Word { Text: "default" } } || (!wanted.Has(attribute) && before.Has(attribute)))
                wanted = attribute.InMode(master.Settings) && (attribute == BridgePortLines.Cost ? CostBySpeed(port, master, world) : attribute.Default(master.Settings)) is { } value
                    ? wanted.With(attribute, At.Of(value, port.Name.Place))
                    : wanted.Without(attribute);
        // The kernel forgets a backup that leaves, though it comes again.
        if (!wanted.Has(BridgePortLines.BackupPort) && !before.Has(BridgePortLines.BackupPort) && world.Was(master.Name.Value)?.Ports.FirstOrDefault(other => other.Name.Value == port.Name.Value)?.Settings.Get(BridgePortLines.BackupPort) is { Value: Value.Word { Text.Length: > 0 } backup } held
            && world.HasLeft(backup.Text) && master.Kind == LinkKind.Bridge)
            wanted = wanted.With(BridgePortLines.BackupPort, held);
        if (world.HasLeft(port.Name.Value) && world.Was(master.Name.Value)?.Ports.FirstOrDefault(other => other.Name.Value == port.Name.Value) is { } was && world.Was(master.Name.Value)!.Kind == master.Kind)
            foreach (var (attribute, value) in was.Settings)
                if (!wanted.Has(attribute) && value.Value != attribute.Default(master.Settings) && !BridgePortLines.IsBySpeed(attribute, value.Value) && !before.Has(attribute) && attribute.IsTaken(master.Settings))
                    wanted = wanted.With(attribute, value);
        return wanted;
    }

    /// <summary>What its speed makes a port cost; null where it has such a cost already, and goes on following.</summary>
    private static Value? CostBySpeed(Port port, Link master, World world) =>
        world.Find(port.Name.Value) is { } piece && piece.Master == master.Name.Value && BridgePortLines.IsBySpeed(BridgePortLines.Cost, piece.ValueOf(BridgePortLines.Cost)) ? null : Value.Of(world.NaturalCost(port.Name.Value));

    /// <summary>What an attribute goes back to.</summary>
    private Value? Default(Attribute attribute, Link link, World world) =>
        attribute == Table.Mtu ? Value.Of(link.Kind == LinkKind.Nic ? First(link, Table.Mtu)?.Count ?? NaturalMtu.OfEthernet : MtuByNature(link, world))
        : attribute == Table.Mac && link.Kind == LinkKind.Nic && ledger.Firsts.Find(link.Name.Value)?.Settings.Get(Table.Mac) is { } own ? own.Value
        : attribute == Table.Mac && link.Kind == LinkKind.Vlan && world.Find(link.Name.Value) is { MacIsSet: false } tag && !(tag.MacIsGuess && WasSaid(link, attribute)) ? null // It follows; one that is down does when it comes up.
        : attribute == Table.Mac && !HasNaturalMac(link.Kind, link.Settings.ValueOf(MacvlanLines.Mode)) ? null // The kernel made it up once, and what it was nobody knows.
        : attribute == Table.Mac ? NaturalMac(link, world) is { Length: > 0 } mac ? Value.Of(mac) : null
        : ConfLines.Has(attribute) ? ledger.Firsts.Find(link.Name.Value)?.Settings.ValueOf(attribute) ?? world.NewLinks.ValueOf(attribute)
        : (link.Kind == LinkKind.Nic && (attribute == MarkLines.Alias || attribute == MarkLines.Txqueuelen) ? First(link.Name.Value, attribute) : null) ?? attribute.Default(link.Settings);

    /// <summary>Whether the file before said it outright.</summary>
    public bool WasSaid(Link link, Attribute attribute) => last.Find(link.Name.Value)?.Settings.Get(attribute) is { Value: not Value.Word { Text: "default" } };

    private Value.Number? First(Link nic, Attribute attribute) => First(nic.Name.Value, attribute) as Value.Number;

    /// <summary>What a NIC had when it was first met.</summary>
    public Value? First(string nic, Attribute attribute) => ledger.Firsts.Find(nic)?.Settings.ValueOf(attribute);

    /// <summary>What nobody said, and yet is wanted: it derives from something that this file says.</summary>
    private Value? Followed(Attribute attribute, Link link, Piece? piece, World world)
    {
        if (attribute == Table.Up)
            return Value.Of(true);
        if (attribute == Table.Ipv6)
            return ImpliedIpv6(link, piece, world);
        if (attribute == Table.Mac && piece is not null && world.IsUnheard(piece))
            return Value.Of(piece.Mac!); // Told again, what goes by it hears of it.
        if (piece is null || !(owned.Contains(piece.Name) || (attribute == Table.Mac && world.IsNew(piece.Name))))
            return null;
        if (attribute == Table.Mtu && (link.Lower is not null || (!link.Kind.HasPorts && link.Kind != LinkKind.Nic)) && ((link.Lower is not null && world.MtuFollowed(piece.Name)) || lastMasters.GetValueOrDefault(piece.Name)?.Kind == LinkKind.Bond))
            return Value.Of(MtuByNature(link, world));
        if (attribute == Table.Mtu && link.Kind == LinkKind.Nic && lastMasters.GetValueOrDefault(piece.Name)?.Kind == LinkKind.Bond)
            return Value.Of(First(link, Table.Mtu)?.Count ?? NaturalMtu.OfEthernet); // The bond gives back what it came with, which may be of a file long ago.
        if (attribute == Table.Mac && link.Kind == LinkKind.Vlan && lastMasters.GetValueOrDefault(piece.Name)?.Kind == LinkKind.Bond && !IsBondPort(piece.Name))
            return NaturalMac(link, world) is { } own ? Value.Of(own) : null; // The MAC that a bond gives back counts as set, and follows nothing.
        if (attribute == Table.Mac && link.Kind == LinkKind.Bond && (!piece.MacIsSet || world.IsOfNic(piece.Mac)))
            return NaturalMac(link, world) is { Length: > 0 } mac ? Value.Of(mac) : null;
        if (BondLines.Delays.Contains(attribute) && piece.DelaysAreGuess)
            return Value.Of(0); // What a file before said of them is not to come back with the polling.
        if (attribute.Home != Home.Data || last.Find(link.Name.Value) is not { } before)
            return null;
        var (old, now) = (attribute.Default(before.Settings), attribute.Default(link.Settings));
        return old != now ? now : null;
    }

    /// <summary>
    /// A link with IPv6 addresses speaks it; one that only carries frames for others does not, unless somebody else gave it an IPv6
    /// address; any other is left alone, or given back what it had before a file made it carry.
    /// </summary>
    private Value? ImpliedIpv6(Link link, Piece? piece, World world)
    {
        var name = link.Name.Value;
        if (link is { Addresses.IsEmpty: true } && link.Kind == LinkKind.Vrf)
            return piece is null || world.IsNew(name) || last.Find(name)?.Settings.Has(Table.Ipv6) == true ? Value.Of(world.NewLinksIpv6AtFirst) : null; // It carries no frames; it only says where to look.
        if (MasterOf(name) is null)
        {
            if (link.Addresses.Any(address => address.Value.Is6) || ways6.Contains(name) || ClientLines.Speaks6(link.Settings))
                return Value.Of(true);
            if (HasEnd(link) && (piece is null || world.IsNew(name)))
                return Value.Of(world.NewLinksIpv6AtFirst);
            if (piece?.Addresses.Exists(address => address.Is6 && last.Find(name)?.Addresses.Any(ours => ours.Value == address) != true) == true)
                return null;
        }
        if (!HasEnd(link) && (link.Kind != LinkKind.Nic || carriers.Contains(name)))
            return Value.Of(false);
        var carried = lastCarriers.Contains(name) || last.Find(name) is { } before && (before.Settings.Has(Table.Ipv6) || (before.Kind != LinkKind.Nic && !HasEnd(before)));
        return carried ? ledger.Firsts.Find(name)?.Settings.Get(Table.Ipv6)?.Value ?? Value.Of(true) : null;
    }

    /// <summary>Whether the host itself is to be reached on the link: by an address of the file, or by one that is leased.</summary>
    private static bool HasEnd(Link link) => !link.Addresses.IsEmpty || ClientLines.WishOf(link.Settings).Count > 0;

    /// <summary>The MTU that the kernel would give such a link on a bare host.</summary>
    private static long MtuByNature(Link link, World world) => NaturalMtu.Of(link, name => world.Find(name)?.Mtu) ?? NaturalMtu.OfEthernet;

    /// <summary>Whether the kernel would give it another link's MAC, and not one that it makes up.</summary>
    private static bool HasNaturalMac(LinkKind kind, Value? mode) => kind == LinkKind.Nic || kind == LinkKind.Vlan || kind.SpeaksForPorts || MacvlanLines.IsPassthru(mode);

    private static bool MakesUp(Piece piece) => piece.Kind.Section is not null && !HasNaturalMac(piece.Kind, piece.ValueOf(MacvlanLines.Mode));

    /// <summary>The MAC that the kernel would give it: a bond its first port's, a bridge the lowest of its ports', a VLAN the lower link's.</summary>
    private string? NaturalMac(Link link, World world)
    {
        if (!HasNaturalMac(link.Kind, link.Settings.ValueOf(MacvlanLines.Mode)))
            return null;
        if (link.Lower is { } lower)
            return world.Find(lower) is { } below && !IsMadeUp(below, world) ? below.Mac : null;
        if (link.Kind == LinkKind.Nic)
            return world.Find(link.Name.Value)?.OwnMac;
        var ports = link.Ports.Select(port => world.Find(port.Name.Value)).OfType<Piece>();
        if (link.Kind == LinkKind.Bond)
            return ports.FirstOrDefault() is not { } first ? null
                : SaidMac(first.Name) is { } said ? said
                : next.Find(first.Name) is { } made && !HasNaturalMac(made.Kind, made.Settings.ValueOf(MacvlanLines.Mode)) ? null // It has made up one, which the bond took when it came first, and which nobody knows otherwise.
                : first.Kind == LinkKind.Vlan && next.Find(first.Name) is { } tag ? NaturalMac(tag, world) // Over a link whose MAC the kernel made up, the bond has that one, or what it had.
                : World.IsPassthru(first) && first.Lower is { } whole && next.Find(whole) is { } own ? SaidMac(whole) ?? NaturalMac(own, world) // The bond may have lent it another.
                : first.MacApart;
        return ports.Any(port => IsMadeUp(port, world)) ? null : ports.Select(port => port.Mac).Min(StringComparer.Ordinal);
    }

    private string? SaidMac(string link) => next.Find(link)?.Settings.Word(Table.Mac) is { } said && said != "default" ? said : null;

    /// <summary>A MAC that the kernel made up, or one of zeros, is nothing that a file could mean; and before it is made up nobody knows it.</summary>
    private static bool IsMadeUp(Piece piece, World world) =>
        piece.Mac is null or "" or World.NoMac
        || (World.IsPassthru(piece) ? piece.Lower is { } whole && world.Find(whole) is { } its && IsMadeUp(its, world)
            : !piece.MacIsSet && (piece.Kind.SpeaksForPorts ? world.PortsOf(piece.Name) is var ports && (ports.Count == 0 || ports.Any(port => piece.Kind == LinkKind.Bridge ? IsMadeUp(port, world) : MakesUp(port)))
            : MakesUp(piece) || piece.Kind == LinkKind.Vlan && piece.Lower is { } lower && world.Find(lower) is { } below && IsMadeUp(below, world)));

    /// <summary>Where the file may leave the brackets of a list away, the value is a list all the same.</summary>
    private static At<Value> Listed(Attribute attribute, At<Value> value) =>
        attribute.Shape is ListOf && value.Value is Value.Word { Text: not "default" } ? At.Of<Value>(new Value.List([value]), value.Place) : value;

    private static Dictionary<string, Link> MastersOf(Host host, bool speaks)
    {
        var found = new Dictionary<string, Link>(StringComparer.Ordinal);
        foreach (var master in host.Links.Where(link => link.Kind.SpeaksForPorts == speaks))
            foreach (var port in master.Ports)
                found.TryAdd(port.Name.Value, master);
        return found;
    }

    /// <summary>Links that only carry others' frames: a VRF's ports and what carries a VXLAN speak for themselves.</summary>
    private static HashSet<string> CarriersOf(Host host) => host.Links.Where(link => link.Kind != LinkKind.Vrf && link.Kind != LinkKind.Vxlan).SelectMany(link => link.Lowers).Select(lower => lower.Value).ToHashSet(StringComparer.Ordinal);
}
