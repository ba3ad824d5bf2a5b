// A host's capacity. Each network is followed to where its frames leave, and gets what that way out gives to those who use it; networks
// of one way out share it. A thousand networks of one make are reckoned once: figures hang on the way out, on who uses it and on
// the MTU, and are found again under these.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Capacity;

/// <summary>Works out what a host can carry.</summary>
public sealed class Reckoning
{
    private static readonly string[] Emulated = ["e1000", "e1000e", "rtl8139", "pcnet", "ne2k_pci", "i82551", "i82557b", "i82559er", "igb", "vmxnet3", "tulip"];

    private readonly Host host;
    private readonly Stack stack;
    private readonly Exits exits;
    private readonly IReadOnlySet<string> guestPorts;
    private readonly Dictionary<string, Uplink> uplinks = new(StringComparer.Ordinal);
    private readonly HashSet<string> gateways;
    private readonly Lazy<ILookup<string, UplinkPort>> byLane;
    private readonly Dictionary<Use, Figures> known = [];
    private readonly Dictionary<Plugged, Figures> ofGuests = [];

    /// <summary>Who uses a way out, and how: those of one use have the same figures.</summary>
    private sealed record Use(string? Over, Crowd Crowd, long? Mtu, long? PerMille, bool IsBridge);

    /// <summary>A guest's NIC of a model in a network.</summary>
    private sealed record Plugged(Figures Network, string Model);

    private Reckoning(Host host, IReadOnlySet<string> guestPorts)
    {
        (this.host, this.guestPorts, stack) = (host, guestPorts, new(host));
        exits = new(stack, guestPorts);
        byLane = new(() => host.Of(LinkKind.Nic).Select(nic => PortOf(nic, Settings.Empty)).SelectMany(port => port.Pcie.Select(link => (link.Name, port))).ToLookup(pair => pair.Name, pair => pair.port, StringComparer.Ordinal));
        gateways = host.Routes.Concat(host.LeasedRoutes).Where(route => route.To.Value.IsEverything).SelectMany(route => route.Ways.Select(way => host.WayOf(route, way)?.Name.Value)).OfType<string>().ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Of a file's host, or of an observed one with what its file says of cables, guests and slots.</summary>
    /// <param name="host">The host.</param>
    /// <param name="guestPorts">Ports of bridges that guests hang on; a file has none, and says `guests`.</param>
    public static HostCapacity Of(Host host, IReadOnlySet<string>? guestPorts = null) => new Reckoning(host, guestPorts ?? ImmutableHashSet<string>.Empty).Result();

    /// <summary>Of a file's bond, while these ports of it are down: over which of the others it sends, and which one alone sends what is not spread.</summary>
    public static (ImmutableArray<string> Used, string? Active) Sending(Host host, Link bond, IReadOnlySet<string> down)
    {
        var reckoning = new Reckoning(host, ImmutableHashSet<string>.Empty);
        var uplink = reckoning.UplinkOf(bond);
        var spreading = new Spreading(reckoning.stack.Wiring, uplink);
        List<UplinkPort> up = [.. uplink.Ports.Where(port => port.IsUp && !down.Contains(port.Port))];
        return ([.. spreading.Used(up).Select(port => port.Port)], spreading.Active(up)?.Port);
    }

    private HostCapacity Result()
    {
        var networks = ImmutableArray.CreateBuilder<NetworkCapacity>();
        var plugged = host.Guests.SelectMany(guest => guest.Nics.Select((nic, at) => (guest.Name.Value, At: at, Nic: nic))).Where(one => one.Nic.Bridge is not null).ToLookup(one => one.Nic.Bridge!.Value, StringComparer.Ordinal);
        var guests = ImmutableArray.CreateBuilder<GuestCapacity>();
        foreach (var link in stack.Sound)
            if (link.Kind == LinkKind.Bridge)
                foreach (var (name, vlan, inside) in Split(link, [.. plugged[link.Name.Value]]))
                {
                    var taps = inside.Count == 0 || !link.Settings.Flag(BridgeLines.VlanFiltering) == true ? link.Ports.Count(port => guestPorts.Contains(port.Name.Value)) : 0;
                    var made = Networks(name, link, Math.Max(inside.Count, taps), HasEnd(link), vlan is null ? 0 : 1).ToList();
                    networks.AddRange(made);
                    guests.AddRange(made.SelectMany(network => inside.Select(one => new GuestCapacity(one.Guest, one.At, name, network.Over, one.Nic.Model?.Value, OfGuest(network.Figures, one.Nic.Model?.Value)))));
                }
            else if (link.Kind == LinkKind.Bond && stack.Uppers(link).Count == 0 || HasEnd(link) && (link.Kind == LinkKind.Nic || link.Kind == LinkKind.Bond || link.Kind == LinkKind.Vlan || link.Kind == LinkKind.Macvlan || link.Kind == LinkKind.Vxlan) && !guestPorts.Contains(link.Name.Value))
                networks.AddRange(Networks(link.Name.Value, link, 0, isHosts: true, tags: 0));
        return new([.. uplinks.Values], networks.ToImmutable(), guests.ToImmutable());
    }

    /// <summary>A VLAN-aware bridge is as many networks as its guests and its file's `networks` name VLANs; any other bridge is one.</summary>
    private IEnumerable<(string Name, long? Vlan, List<(string Guest, int At, GuestNic Nic)> Inside)> Split(Link bridge, List<(string Guest, int At, GuestNic Nic)> inside)
    {
        if (bridge.Settings.Flag(BridgeLines.VlanFiltering) != true)
            return [(bridge.Name.Value, null, inside)];
        var byVlan = inside.ToLookup(one => one.Nic.Vlan?.Value);
        var vlans = host.Networks.Where(network => network.Link?.Value == bridge.Name.Value).SelectMany(network => network.Ids).OfType<int>().Select(id => (long)id)
            .Concat(byVlan.Select(group => group.Key).OfType<long>()).Distinct().Order().Select(id => (string.Create(CultureInfo.InvariantCulture, $"{bridge.Name.Value} VLAN {id}"), (long?)id, byVlan[id].ToList())).ToList();
        return vlans.Count == 0 || byVlan[null].Any() ? vlans.Prepend((bridge.Name.Value, null, byVlan[null].ToList())) : vlans;
    }

    /// <summary>Whether the host itself has an address there, or leases one.</summary>
    private static bool HasEnd(Link link) =>
        link.Addresses.Any(address => !address.Value.Address.IsIPv6LinkLocal) || link.State?.Leased.Any(address => !address.Address.IsIPv6LinkLocal) == true
        || link.Settings.Flag(ClientLines.Dhcp4) == true || link.Settings.Flag(ClientLines.Dhcp6) == true || link.Settings.Flag(ClientLines.Ra) == true;

    /// <summary>The network once for each way out.</summary>
    private IEnumerable<NetworkCapacity> Networks(string name, Link link, int guests, bool isHosts, int tags)
    {
        var ways = exits.Of(link, out var isLost);
        var mtu = stack.Mtu(link);
        if (ways.Count == 0)
            yield return new(name, link, null, Staying(isLost, guests > 0)) { Guests = guests, Mtu = mtu };
        foreach (var way in ways)
        {
            var crowd = way.Around > 0 ? Crowd.Tunnel : guests + (isHosts ? 1 : 0) > 1 || link.Kind == LinkKind.Bridge && !isHosts && guests == 0 ? Crowd.Guests : guests == 1 ? Crowd.Guest : !link.Gateways.IsEmpty || gateways.Contains(link.Name.Value) ? Crowd.HostByGateway : Crowd.Host;
            var uplink = UplinkOf(way.Link);
            yield return new(name, link, uplink, FiguresOf(uplink, crowd, mtu, mtu is { } size ? Payload.PerMille(size, tags + way.Tags, way.Around) : null, link.Kind == LinkKind.Bridge)) { Guests = guests, Mtu = mtu };
        }
    }

    private Uplink UplinkOf(Link link)
    {
        if (uplinks.TryGetValue(link.Name.Value, out var there))
            return there;
        var (mode, ports) = link.Kind == LinkKind.Bond ? (Bonding.Mode(link), stack.PortsOf(link).Select(port => PortOf(port.Link, port.Entry.Settings)).ToImmutableArray()) : (null, [PortOf(link, Settings.Empty)]);
        var policy = mode is BondLines.Xor or BondLines.Lacp or BondLines.Tlb ? link.Settings.Word(BondLines.XmitHashPolicy) is { } said && said != "default" ? said : "layer2" : null;
        return uplinks[link.Name.Value] = new(link, ports) { Mode = mode, Policy = policy };
    }

    private UplinkPort PortOf(Link port, Settings options)
    {
        var nics = stack.Wiring.Leads(port).Select(lead => lead.Nic).DistinctBy(nic => nic.Name.Value).ToList();
        if (nics is not [var nic])
            return new(port.Name.Value, null) { Speed = port.State?.Speed, IsUp = IsUp(port), IsNominal = true };
        var slot = nic.Rest.Map("pcie");
        var function = nic.State?.Pci ?? nic.Rest.Map("match")?.Word("pci");
        return new(port.Name.Value, nic.Name.Value)
        {
            Speed = nic.State?.Speed ?? stack.Wiring.SpeedOf(nic),
            IsUp = IsUp(port),
            Pcie = nic.State?.Pcie is { IsEmpty: false } links ? links
                : slot?.Number("gen") is { } gen && slot.Number("lanes") is { } lanes ? [new(slot.Word("slot") ?? nic.Name.Value, gen, lanes)] : [],
            Card = slot?.Word("slot") ?? (function is null ? null : function[..function.LastIndexOf('.')]),
            Cable = stack.Wiring.CableOf(nic),
            Prio = options.Number(BondPortLines.Prio) ?? 0,
            Aggregator = port.State?.Facts.Map("port")?.Number("ad_aggregator_id"),
            IsNominal = nic.State?.Driver is "veth" or "dummy" or "tun" or "netdevsim",
        };
    }

    /// <summary>A file's port is as good as its cable will be.</summary>
    private static bool IsUp(Link port) => port.State is not { } state || state.Carrier && port.Settings.Flag(Table.Up) != false;

    private Figures FiguresOf(Uplink uplink, Crowd crowd, long? mtu, long? perMille, bool isBridge)
    {
        var key = new Use(uplink.Name, crowd, mtu, perMille, isBridge);
        if (known.TryGetValue(key, out var there))
            return there;
        if (uplink.Link.Kind == LinkKind.Bond && (uplink.Mode is null || stack.LacksPorts(uplink.Link) || Stack.IsUnread(uplink.Link, BondLines.XmitHashPolicy)))
            return known[key] = Unknown("bond-unclear", $"a finding says what is wrong with {uplink.Name}; until that is mended nobody knows over which ports frames go");
        var (spreading, up) = (new Spreading(stack.Wiring, uplink), uplink.Ports.Where(port => port.IsUp).ToList());
        var (yield, failing) = (spreading.Of(up, crowd), new Failing(spreading, up, crowd));
        var cable = failing.AfterCable;
        var (balanced, aggregated) = Gain(spreading, up, crowd);
        return known[key] = new(yield.Flow, yield.Guest, yield.All, cable, failing.AfterNic, failing.AfterSwitch)
        {
            IsRedundant = cable.Out != Rate.Nothing && cable.In != Rate.Nothing,
            IsBalanced = balanced,
            IsAggregated = aggregated,
            Limits = [.. spreading.Limits(up, crowd), .. OfOthers(up), .. failing.Limits(), .. OfMtu(mtu, perMille), .. isBridge ? [Inside] : ImmutableArray<Limit>.Empty],
        };
    }

    /// <summary>Whether flows take several ports, and whether these add up. That lies in mode and policy; speeds that nobody knows and narrow slots do not change it.</summary>
    private static (bool Balanced, bool Aggregated) Gain(Spreading spreading, IReadOnlyList<UplinkPort> up, Crowd crowd)
    {
        var isKnown = up.All(port => port.Speed is not null);
        List<UplinkPort> free = [.. up.Select(port => port with { Pcie = [], Speed = isKnown ? port.Speed : 1000 })];
        var (used, all) = (spreading.Used(free), spreading.Of(free, crowd).All);
        if (used.Count < 2)
            return (false, false);
        var one = used.Max(port => port.Speed);
        return (all.Out.Most > one || (all.In.Most > one && !all.IsSwitchs), all.Out.Least > one && (all.IsSwitchs || all.In.Least > one));
    }

    /// <summary>NICs of other ways out that share lanes with these, where the lanes are too few for all of them.</summary>
    private IEnumerable<Limit> OfOthers(List<UplinkPort> up)
    {
        var own = up.Select(port => port.Nic).ToHashSet();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var link in up.SelectMany(port => port.Pcie).DistinctBy(link => link.Name))
        {
            var others = byLane.Value[link.Name].Where(port => port.IsUp && !own.Contains(port.Nic)).ToList();
            var names = string.Join(", ", others.Select(port => port.Port));
            if (others.Count > 0 && byLane.Value[link.Name].Where(port => port.IsUp).Sum(port => port.Speed ?? 0) > link.Mbits && told.Add(names))
                yield return new(Whose.Any, "pcie-shared", $"{link} carries {Rates.Text(link.Mbits)} and is shared with {names} of another way out: these figures hold while nothing goes there");
        }
    }

    private static readonly Limit Inside = new(Whose.Guest, "cpu", "what guests of this host send each other never leaves the bridge: there the processor decides");

    private static IEnumerable<Limit> OfMtu(long? mtu, long? perMille) =>
        perMille is { } share ? [new(Whose.Any, "mtu", string.Create(CultureInfo.InvariantCulture, $"with an MTU of {mtu}, {share / 10m:0.#} % of it is TCP's payload, and the rest headers and gaps"))] : [];

    /// <summary>Nothing of it leaves the host; or something does, and nobody can say where.</summary>
    private Figures Staying(bool isLost, bool hasGuests)
    {
        var key = new Use(null, isLost ? Crowd.Tunnel : Crowd.Host, null, null, hasGuests);
        return known.TryGetValue(key, out var there) ? there : known[key] = isLost
            ? Unknown("way-unknown", "where it leaves the host lies with routes, with another namespace, or with what a finding says of the file; `link` of a VXLAN would say it")
            : new(Figure.ByProcessor, Figure.ByProcessor, Figure.ByProcessor, Figure.ByProcessor, Figure.ByProcessor, Figure.ByProcessor) { Limits = [new(Whose.Any, "cpu", "it never leaves the host: the processor decides, and no cable matters to it")] };
    }

    private static Figures Unknown(string what, string why) =>
        new(Figure.Unknown, Figure.Unknown, Figure.Unknown, Figure.Unknown, Figure.Unknown, Figure.Unknown) { Limits = [new(Whose.Any, what, why)] };

    /// <summary>A guest's NIC under what its model holds back. What each model is called like says nothing of how fast it is.</summary>
    private Figures OfGuest(Figures network, string? model)
    {
        var name = model?.ToLowerInvariant() ?? "";
        if (ofGuests.TryGetValue(new(network, name), out var there))
            return there;
        var isEmulated = Emulated.Contains(name);
        Limit? limit = isEmulated ? new(Whose.Guest, "guest-nic", $"{name} is emulated: {(name == "rtl8139" ? "the 100M" : name.StartsWith("e1000", StringComparison.Ordinal) ? "the 1G" : "the speed")} that the guest sees paces nothing, and the processor decides far below a fast wire")
            : name.StartsWith("virtio", StringComparison.Ordinal) ? null
            : new(Whose.Guest, "guest-nic", name.Length == 0 ? "nobody says what model the guest's NIC is; model in guests would" : $"what a {model} holds back is not known here");
        var alone = isEmulated ? network.Emulated() : network;
        return ofGuests[new(network, name)] = alone with
        {
            All = alone.Guest,
            Limits = limit is null ? [] : [limit],
        };
    }
}
