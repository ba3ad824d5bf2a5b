// What the kernel does by itself when a step is executed. Each line here was seen on a kernel (6.1); the planner's
// predictions stand on it, and reading back after an apply catches whatever it misses.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

internal sealed partial class World
{
    /// <summary>RTPROT_RA: the kernel learns these by itself.</summary>
    public const byte RouterAdvertisement = 9;

    /// <summary>Lets a step happen.</summary>
    public void Do(Step step)
    {
        switch (step)
        {
            case Step.OfSysctls host:
                Sysctls = Sysctls.With(host.Settings);
                break;
            case Step.OfNewLinksIpv6 ipv6:
                NewLinksIpv6 = ipv6.On;
                break;
            case Step.OfAddress { Verb: Verb.Remove } address:
                RemoveAddress(Known(address.Link), address.Address);
                break;
            case Step.OfAddress address:
                PutAddress(Known(address.Link), address.Address, address.Lifetime);
                break;
            case Step.OfRule { Verb: Verb.Remove } rule:
                Rules.Remove(rule.Rule);
                break;
            case Step.OfRule rule:
                Rules.Add(rule.Rule);
                break;
            case Step.OfVlans vlans:
                SetVlans(Known(vlans.Link), vlans);
                break;
            case Step.OfClient client:
                SetClient(Known(client.Link), client.Wish);
                break;
            case Step.OfNames { Link: var name } when Find(name) is null:
                break; // Of a link that is gone: /etc/resolv.conf has no links.
            case Step.OfNames { Link: var name, Wish: var names }:
                Known(name).Settings = Known(name).Settings.Where(line => line.Home != Home.Names).With(names);
                break;
            case Step.OfKept thing:
                PutBack(thing.Kept);
                break;
            case Step.OfRoute { Verb: Verb.Remove } route:
                Routes.Remove(route.Route);
                break;
            case Step.OfRoute route:
                Routes.RemoveAll(other => RoutePlan.SameKey(other, route.Route) || ReplacesHops(other, route.Route));
                Routes.Add(route.Route);
                break;
            case Step.OfLink { Verb: Verb.Adopt }:
                break;
            case Step.OfLink { Verb: Verb.Remove } link:
                Remove(Known(link.Name));
                break;
            case Step.OfLink { Verb: Verb.Add } link:
                Add(link);
                break;
            case Step.OfLink link:
                // What is under /proc/sys is told first.
                foreach (var (attribute, value) in link.Settings.OrderBy(pair => pair.Key.Home != Home.Sysctl))
                    Set(Known(link.Name), attribute, value.Value);
                break;
        }
        LoseWithoutCarrier();
    }

    private Piece Known(string name) => Find(name) ?? throw new InvalidOperationException($"a step names {name}, which is not there by then");

    private void Add(Step.OfLink step)
    {
        var line = LowerLines.Of(step.Kind);
        var lower = line is not null && LowerLines.Said(step.Settings.ValueOf(line)) is { } name ? Find(name) : null;
        var inherits = step.Kind == LinkKind.Vlan || MacvlanLines.IsPassthru(step.Settings.ValueOf(MacvlanLines.Mode));
        var piece = New(step.Name, step.Kind, NaturalMtu.Of(new(Text.At.Nowhere(step.Name), step.Kind) { Settings = step.Settings }, name => Find(name)?.Mtu) ?? NaturalMtu.OfEthernet, inherits ? lower?.Mac : null, made =>
        {
            foreach (var attribute in Table.OfLink(step.Kind).Where(line => line.Home == Home.Data))
                if (attribute.Default(step.Settings) is { } value)
                    made.Put(attribute, value);
            if (line is not null && lower is not null)
                made.Put(line, Value.Of(lower.Name));
        });
        foreach (var (attribute, value) in step.Settings)
            if (attribute == Table.Mtu)
                piece.Put(attribute, value.Value);
            else
                Set(piece, attribute, value.Value);
        piece.LowersOwnMac = IsPassthru(piece) ? lower?.Mac : null;
        AddPeer(piece);
    }

    private Piece New(string name, LinkKind kind, long mtu, string? mac, Action<Piece>? fill = null)
    {
        var piece = new Piece(name, kind) { MtuFollows = kind == LinkKind.Bridge, OwnVlans = kind == LinkKind.Bridge ? VlanTable.Default : null };
        fill?.Invoke(piece);
        piece.Put(Table.Mtu, Value.Of(mtu));
        piece.Put(Table.Mac, Value.Of(mac ?? ""));
        piece.OwnMac = mac;
        piece.Put(Table.Ipv6, Value.Of(NewLinksIpv6));
        foreach (var (line, usual) in NewLinks)
            piece.Put(line, usual.Value);
        piece.Put(Table.Up, Value.Of(false));
        Enter(piece);
        made.Add(name);
        return piece;
    }

    private void Remove(Piece piece)
    {
        foreach (var tag in TagsOf(piece.Name).ToList())
            Remove(tag);
        foreach (var port in PortsOf(piece.Name).ToList())
            Leave(port, piece);
        LoseRoutes(piece.Name);
        LoseWays(piece.Name);
        LoseAll(piece.Name);
        var joined = piece.Master;
        LoseBackup(piece);
        Vanish(piece);
        if (joined is { } name && Find(name) is { } master)
        {
            FollowPorts(master);
            ChooseMac(master);
            ForgetMac(master);
        }
        RemovePeer(piece);
        if (IsPassthru(piece) && piece is { Lower: { } below, LowersOwnMac: { } own } && Find(below) is { } lower && lower.Mac != own)
            SetMacByHand(lower, own); // macvlan_port_destroy.
    }

    private void Set(Piece piece, Attribute attribute, Value value)
    {
        if (attribute == Table.Master)
            SetMaster(piece, ((Value.Word)value).Text);
        else if (attribute == Table.Up)
            SetUp(piece, ((Value.Flag)value).On);
        else if (attribute == Table.Mtu)
            SetMtu(piece, ((Value.Number)value).Count, byHand: true);
        else if (attribute == Table.Mac)
            SetMacByHand(piece, ((Value.Word)value).Text);
        else if (attribute == BondLines.Miimon)
            SetMiimon(piece, ((Value.Number)value).Count);
        else if (attribute == BondLines.ArpInterval && value is Value.Number { Count: > 0 })
        {
            piece.Put(attribute, value);
            piece.CarriesAlone = false;
            SetMiimon(piece, 0);
        }
        else if (attribute == BondLines.Mode)
            SetMode(piece, value);
        else if (VlanLines.IsMap(attribute))
            piece.Put(attribute, Value.Overlaid(piece.ValueOf(attribute), (Value.Map)value));
        else if (attribute == MarkLines.Altnames)
            piece.Put(attribute, MarkLines.Changed(piece.ValueOf(attribute), value));
        else if (attribute.Home == Home.Hardware)
            SetHardware(piece, attribute, value);
        else if (attribute == BridgeLines.VlanDefaultPvid)
            SetDefaultPvid(piece, (int)((Value.Number)value).Count);
        else if (attribute == BridgeLines.VlanFiltering || attribute == BridgeLines.VlanProtocol)
            SetFilter(piece, attribute, value);
        else
        {
            piece.Put(attribute, value);
            piece.DelaysAreGuess &= !BondLines.Delays.Contains(attribute); // Where one is told again, so are the others.
            piece.CarriesAlone &= attribute != BridgeLines.Stp;
            if (attribute == ConfLines.Ipv6Forwarding && value == Value.Of(true)) // rt6_purge_dflt_routers: on every link.
                DropRoutes(route => route.Protocol == RouterAdvertisement && route.To.Value is { Is6: true, IsEverything: true } && route.Links.All(link => Find(link)?.Settings.Number(ConfLines.AcceptRa) is not 2));
            if (attribute == Table.Ipv6 && value == Value.Of(false))
            {
                LoseIpv6(piece);
                LoseRoutes(piece.Name, is6: true);
            }
        }
    }

    /// <summary>What is forced and what is offered exclude each other.</summary>
    private static void SetHardware(Piece piece, Attribute attribute, Value value)
    {
        piece.Put(attribute, NicLines.IsMap(attribute) ? NicLines.Laid(piece.ValueOf(attribute), value) : value);
        if (attribute != NicLines.Autoneg)
            return;
        foreach (var line in value == Value.Of(true) ? new[] { NicLines.Speed, NicLines.Duplex } : [NicLines.Advertise])
            piece.Drop(line);
    }

    /// <summary>
    /// A client that ends takes along all that it got; what the next one gets, nobody knows. Nor what it gives accept_ra back to, so that what is
    /// wanted of it is told.
    /// </summary>
    private static void SetClient(Piece piece, Settings wish)
    {
        if (ClientLines.IsThere(piece.Settings))
            piece.Leased.Clear();
        if (ClientLines.Speaks6(wish))
            piece.Drop(ConfLines.AcceptRa);
        else if (!piece.Settings.Has(ConfLines.AcceptRa))
            piece.Put(ConfLines.AcceptRa, Value.Of(-1));
        piece.Settings = piece.Settings.Where(line => line.Home != Home.Client).With(wish);
    }

    private static void SetVlans(Piece piece, Step.OfVlans step)
    {
        var table = (step.Master is null ? piece.OwnVlans : piece.Vlans) ?? VlanTable.Empty;
        table = step.Verb == Verb.Remove ? table.Without(step.Runs) : table.With(step.Runs);
        if (step.Master is null)
            piece.OwnVlans = table;
        else
            piece.Vlans = table;
    }

    /// <summary>Down takes the VLANs on top along, every global IPv6 address, and every route that is not the kernel's own.</summary>
    private void SetUp(Piece piece, bool up)
    {
        if (piece.Up == up)
            return;
        piece.Put(Table.Up, Value.Of(up));
        if (!up)
        {
            if (piece.Settings.Number(ConfLines.KeepAddrOnDown) is not 1)
                LoseIpv6(piece);
            LoseRoutes(piece.Name);
            LoseWhenDown(piece.Name);
        }
        else if (piece is { MacIsSet: false, Lower: { } lower } && piece.Kind == LinkKind.Vlan && Find(lower)?.Mac is { } mac && mac != piece.Mac)
            Follow(piece, mac);
        foreach (var tag in TagsOf(piece.Name).Where(tag => tag.Kind == LinkKind.Vlan && tag.Settings.Flag(VlanLines.LooseBinding) != true).ToList())
            SetUp(tag, up);
        if (piece.Master is { } name && Find(name) is { } master)
            master.CarriesAlone &= master.Kind == LinkKind.Bond;
    }

    /// <summary>Links whose MTU fell because another's did, in the order in which that happened.</summary>
    public List<string> Lowered { get; } = [];

    private void SetMtu(Piece piece, long mtu, bool byHand)
    {
        if (piece.Kind == LinkKind.Bridge && byHand && piece.Mtu != mtu)
            piece.MtuFollows = false; // Told what it has already, it goes on following.
        if (mtu < piece.Mtu && !byHand)
            Lowered.Add(piece.Name);
        FollowRoutes(piece, mtu);
        CrossLeast(piece, mtu);
        piece.Put(Table.Mtu, Value.Of(mtu));
        if (mtu < Table.LeastMtuOfIpv6)
            LoseSysctls6(piece.Name);
        piece.MtuIsGuess &= piece.Master is not null;
        if (piece.Kind == LinkKind.Bond)
            foreach (var port in PortsOf(piece.Name).ToList())
                SetMtu(port, mtu, byHand: false);
        foreach (var tag in TagsOf(piece.Name).Where(tag => (tag.Mtu > mtu && tag.Kind != LinkKind.Vxlan) || (tag.Mtu < mtu && tag.Kind.Word is ("ipvlan" or "ipvtap"))).ToList()) // ipvlan_adjust_mtu: it follows both ways.
            SetMtu(tag, mtu, byHand: false);
        if (piece.Master is { } master && Find(master) is { } bridge)
            FollowPorts(bridge);
    }

    /// <summary>Below its least MTU the kernel keeps nothing of IPv6 on a link, and above it begins as on a new one (addrconf_notify).</summary>
    private void CrossLeast(Piece piece, long mtu)
    {
        if (piece.Mtu < Table.LeastMtuOfIpv6 == mtu < Table.LeastMtuOfIpv6)
            return;
        var lines = NewLinks.Where(line => line.Family == ConfLines.V6).With(Table.Ipv6, Value.Of(NewLinksIpv6));
        foreach (var (line, usual) in lines)
            if (mtu < Table.LeastMtuOfIpv6)
                piece.Drop(line);
            else
                piece.Put(line, usual.Value);
    }

    /// <summary>An IPv6 route's own MTU is cut to its link's, and grows with it where it was the same (fib6_nh_mtu_change).</summary>
    private void FollowRoutes(Piece piece, long mtu)
    {
        if (mtu == piece.Mtu || piece.Settings.Flag(Table.Ipv6) == false)
            return;
        for (var i = 0; i < Routes.Count; i++)
            if (Routes[i] is { Mtu: { } own } route && route.To.Value.Is6 && route.Uses(piece.Name) && (own >= mtu || own == piece.Mtu))
                Routes[i] = route with { Mtu = mtu };
    }

    private void SetMacByHand(Piece piece, string mac)
    {
        SetMac(piece, mac);
        (piece.MacIsSet, piece.MacIsGuess) = (true, false);
    }

    /// <summary>
    /// VLANs that nobody gave a MAC take it over: those that are up now, the others when they come up (vlan_sync_address, vlan_dev_open). A MACVLAN in
    /// mode passthru gives it to its link, and takes its link's without a word (macvlan_set_mac_address, macvlan_sync_address).
    /// </summary>
    private void SetMac(Piece piece, string mac)
    {
        if (IsPassthru(piece) && piece is { Lower: { } below, LowersOwnMac: var own } && mac != piece.Mac && Find(below) is { } lower)
        {
            SetMacByHand(lower, mac);
            piece.LowersOwnMac = own;
        }
        if (mac != piece.Mac || mac.Length == 0)
        {
            LoseWithMac(piece.Name);
            piece.CarriesAlone &= piece.Kind == LinkKind.Bond; // br_stp_change_bridge_id.
        }
        piece.Put(Table.Mac, Value.Of(mac));
        if (piece.Kind == LinkKind.Bond && !OwnMacs(piece))
            foreach (var port in PortsOf(piece.Name))
                SetMac(port, mac);
        piece.MacIsUnheard = false;
        foreach (var tag in TagsOf(piece.Name).Where(tag => tag is { Up: true, MacIsSet: false } && tag.Kind == LinkKind.Vlan).ToList())
            Follow(tag, mac);
        foreach (var tag in TagsOf(piece.Name).Where(IsPassthru))
        {
            tag.MacIsUnheard |= tag.Mac != mac;
            tag.Put(Table.Mac, Value.Of(mac));
            tag.LowersOwnMac = mac;
        }
        if (piece.Master is { } name && Find(name) is { } master)
            ChooseMac(master);
    }

    private void Follow(Piece piece, string mac)
    {
        SetMac(piece, mac);
        piece.MacIsGuess = !IsNew(piece.Name);
    }

    /// <summary>
    /// What a link that goes down, or no longer speaks a family, takes along: of the routes with several next hops only those that have
    /// no other left (fib_sync_down_dev, fib6_ifdown); the others have that one again with the link.
    /// </summary>
    private void LoseRoutes(string link, bool? is6 = null) =>
        DropRoutes(route => route.Uses(link) && (is6 ?? route.To.Value.Is6) == route.To.Value.Is6 && (is6 != false || route.Nexthop is null)
            && (route.Nexthops.IsEmpty || route.Links.All(other => other == link || !Carries(other, route.To.Value.Is6))));

    /// <summary>Whether a next hop over this link is alive.</summary>
    private bool Carries(string link, bool is6) =>
        Find(link) is { Up: true } piece && (is6 ? piece.Settings.Flag(Table.Ipv6) != false : piece.Addresses.Concat(piece.Leased).Any(own => !own.Is6));

    /// <summary>A link that goes takes an IPv4 route along whole, and of an IPv6 route its own next hops (NETDEV_UNREGISTER).</summary>
    private void LoseWays(string link)
    {
        DropRoutes(route => !route.To.Value.Is6 && route.Uses(link));
        for (var i = 0; i < Routes.Count; i++)
            if (!Routes[i].Nexthops.IsEmpty && Routes[i].Uses(link))
                Routes[i] = Routes[i].Without(link);
    }

    /// <summary>An IPv6 route that replaces takes the place of every one of its metric that has a next hop.</summary>
    private static bool ReplacesHops(Route there, Route route) =>
        route.To.Value.Is6 && !route.Nexthops.IsEmpty && there.Table == route.Table && there.To.Value == route.To.Value && there.EffectiveMetric == route.EffectiveMetric;
}
