// The middle phases: masters before ports, MTUs from the top down and from the bottom up, each link brought to what is
// wanted once everything below it stands.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

internal sealed partial class Draft
{
    /// <summary>Ports that nobody declared, and that a change of mode takes out of their bond for a moment.</summary>
    private readonly Dictionary<string, List<string>> strangers = new(StringComparer.Ordinal);

    /// <summary>Bonds and bridges come first, empty: then a VLAN can be made, put into its bridge and up with one message.</summary>
    public void MakeMasters()
    {
        // Those with IPv6 first: then the default for new links is switched once, not to and fro.
        foreach (var link in next.Links.Where(link => link.Kind.HasPorts).OrderByDescending(link => intent.Of(link, world).Flag(Table.Ipv6) ?? true))
            if (world.Find(link.Name.Value) is null)
                Make(link);
            else
                ChangeWithoutPorts(link);
    }

    private void Make(Link link)
    {
        var wanted = intent.Of(link, world);
        if (wanted.Flag(Table.Ipv6) is { } ipv6)
            NewLinksIpv6(ipv6);
        var settings = wanted.Where(line => !(line == BondLines.ArpValidate && wanted.Number(BondLines.Miimon) > 0) && line.Home != Home.Sysctl && line != BondLines.Primary && line != Table.Up && !(line == Table.Mtu && link.Kind == LinkKind.Bridge));
        if (link.Settings.Word(Table.Mac) is null or "default")
            settings = settings.Without(Table.Mac); // The kernel gives it, and it goes on following.
        if (wanted.Number(BondLines.Miimon) is 0)
            settings = settings.Where(line => !BondLines.Delays.Contains(line)); // Without polling the kernel refuses to be told (EPERM).
        settings = settings.Where(line => !(line.Of(LinkKind.Vxlan) && line.Home == Home.Data && settings.ValueOf(line) == Value.Of(""))); // Nothing is what it is made with.
        var up = wanted.Flag(Table.Up) ?? true;
        if (!link.Kind.HasPorts)
        {
            up &= !intent.IsBondPort(link.Name.Value) && (link.Kind != LinkKind.Vlan || world.Find(link.Lower!)?.Up == true || wanted.Flag(VlanLines.LooseBinding) == true);
            if (intent.MasterOf(link.Name.Value) is { } master && master.Kind == LinkKind.Bridge) // A bond takes its ports in the file's order: the first gives it its MAC.
                settings = settings.With(Table.Master, At.Of(Value.Of(master.Name.Value), link.Name.Place));
            else if (now.Find(link.Name.Value)?.State?.Master is { } foreign && next.Find(foreign) is null && world.Find(foreign) is { Kind: var kind } && kind == LinkKind.Bridge)
                settings = settings.With(Table.Master, Value.Of(foreign)); // Made anew, it goes back to where somebody had put it.
            if (intent.IsBondPort(link.Name.Value))
                settings = settings.Without(Table.Mtu);
        }
        else if (link.Kind == LinkKind.Bond || (link.Kind == LinkKind.Bridge && !link.Ports.IsEmpty && wanted.Flag(Table.Ipv6) != false))
            up = false; // A bond waits for its ports; a bridge that speaks IPv6 for the MAC they give it, of which its link-local address is made.
        // What is told under /proc/sys is told before the link is up.
        if (up && !intent.IsBondPort(link.Name.Value) && !SysctlsOf(link.Name.Value).Any() && wanted.All(want => !ConfLines.Has(want.Key) || world.NewLinks.ValueOf(want.Key) == want.Value.Value))
            settings = settings.With(Table.Up, Value.Of(true));
        settings = Messages.Whole(settings.Where(line => !IsNatural(line, wanted)), null);
        Plan(new Step.OfLink(Verb.Add, link.Name.Value, link.Kind, settings, link.Name.Place));
        foreach (var thing in SysctlsOf(link.Name.Value).Where(Returns).ToList())
            Plan(new Step.OfKept(thing));

        // A bridge's MTU follows its ports unless it was set by hand after it was made; a port that libvirt adds with a
        // smaller one would otherwise pull the whole bridge down.
        if (link.Kind == LinkKind.Bridge && link.Settings.Number(Table.Mtu) is not null && wanted.Get(Table.Mtu) is { Value: Value.Number { Count: not NaturalMtu.OfEthernet } } mtu)
            Set(link, Table.Mtu, mtu.Value, mtu.Place);
    }

    /// <summary>Of a new link's marks: what it has anyway.</summary>
    private static bool IsNatural(Attribute line, Settings wanted) => MarkLines.All.Contains(line) && wanted.ValueOf(line) == line.Default(wanted);

    /// <summary>Switches the default for links made from now on, where it is not so already.</summary>
    public void NewLinksIpv6(bool on)
    {
        if (world.NewLinksIpv6 != on)
            Plan(new Step.OfNewLinksIpv6(on));
    }

    /// <summary>
    /// What changes only on a bond or bridge without ports, a bond's mode first of all. The ports are let out and join again; the VLANs on top
    /// stay where they are. What a new mode refuses goes back to its default before.
    /// </summary>
    private void ChangeWithoutPorts(Link master)
    {
        var piece = world.Find(master.Name.Value)!;
        var wanted = intent.Of(master, world);
        var changes = wanted.Where(want => want.Key.Change.WantsNoPorts() && piece.ValueOf(want.Key) is { } held && held != want.Value.Value).ToList();
        if (changes.Count == 0)
            return;
        var place = changes[0].Value.Place;
        var mode = changes.Find(change => change.Key == BondLines.Mode);
        if (piece.Up && changes.Exists(change => change.Key.Change.WantsDown()))
            Set(master, Table.Up, Value.Of(false), place);
        foreach (var port in world.PortsOf(piece.Name).ToList())
        {
            if (intent.MasterOf(port.Name) is null)
                (strangers.TryGetValue(piece.Name, out var list) ? list : strangers[piece.Name] = []).Add(port.Name);
            Plan(new Step.OfLink(Verb.Set, port.Name, port.Kind, Settings.Empty.With(Table.Master, Value.Of("")), place));
        }
        if (mode.Key is not null)
        {
            // The ARP monitor and its validation stop by themselves.
            var refused = Table.OfLink(LinkKind.Bond).Where(line => line != BondLines.ArpInterval && line != BondLines.ArpValidate && line.IsTaken(piece.Settings) && !line.IsTaken(wanted));
            Set(master, refused.Where(line => line.Default(piece.Settings) is { } value && piece.Settings.Get(line) is { } held && held.Value != value)
                .Select(line => KeyValuePair.Create(line, At.Of(line.Default(piece.Settings)!, mode.Value.Place))));
            Set(master, BondLines.Mode, mode.Value.Value, mode.Value.Place);
        }
        Set(master, changes.Where(change => change.Key != BondLines.Mode));
    }

    /// <summary>From the top down, whatever must become smaller: the kernel refuses a link below its uppers only for VLANs, and drops for the rest.</summary>
    public void LowerMtus()
    {
        foreach (var link in BottomUp.Reverse())
            if (world.Find(link.Name.Value) is { } piece && !intent.IsBondPort(piece.Name)
                && intent.Of(link, world).Get(Table.Mtu) is { Value: Value.Number mtu, Place: var place } && mtu.Count < piece.Mtu && !StaysFollowing(link) && !IsLowered(link, mtu))
                Set(link, Table.Mtu, mtu, place);
    }

    /// <summary>A VLAN that is to be as low as its lower link is lowered by the kernel with it.</summary>
    private bool IsLowered(Link link, Value mtu) =>
        World.FollowsDown(link.Kind) && world.Find(link.Name.Value)?.Lower == link.Lower && next.Find(link.Lower!) is { } lower && world.Find(link.Lower!) is { } below && !intent.IsBondPort(below.Name)
        && intent.Of(lower, world).Get(Table.Mtu) is { } falls && falls.Value == mtu && ((Value.Number)falls.Value).Count < below.Mtu;

    /// <summary>A VLAN that follows its lower link is lowered by the kernel with it.</summary>
    private static bool StaysFollowing(Link link) => World.FollowsDown(link.Kind) && !link.Settings.Has(Table.Mtu);

    /// <summary>Brings one link to what is wanted, its ports included; everything below it stands already.</summary>
    public void Settle(Link link)
    {
        var name = link.Name.Value;
        if (world.Find(name) is null)
        {
            // Only what has no ports is made this late. Its lower link may be missing where the file's NIC is; that has its finding already.
            if (Theirs(link) is { } theirs)
            {
                if (!CanStand(theirs))
                    return;
                MakeAgain(theirs);
            }
            else if (link.Kind != LinkKind.Nic && !link.Kind.HasPorts && (link.Lower is not { } lower || world.Find(lower) is not null))
                Make(link);
            else
                return;
        }
        var piece = world.Find(name)!;
        if (intent.MasterOf(name) is not null)
            StripForMaster(piece);
        if (link.Kind == LinkKind.Bond)
            WhileDown(link, piece);
        // A bond brings its ports up itself, and takes only ports that are down; a bond without ports waits for them.
        var late = intent.IsBondPort(name) ? new[] { Table.Up, Table.Mtu }
            : link.Kind == LinkKind.Bond ? [Table.Up, BondLines.Primary, Table.Mac]
            : link.Kind == LinkKind.Bridge ? [Table.Up, Table.Mtu, Table.Mac] : [];
        // A bridge enters its MAC for each VLAN that it takes part in, and without ports it has none to enter (br_fdb_add_local, EINVAL).
        var waits = link.Kind == LinkKind.Bridge && piece.Mac == World.NoMac;
        if (waits)
            late = [.. late, BridgeLines.VlanDefaultPvid];
        // Whether it rose with its ports is a guess, and below the least MTU there is nothing of IPv6 to be told: told its MTU, it is certain.
        if (link.Kind == LinkKind.Bridge && piece is { MtuIsGuess: true, Mtu: >= Table.LeastMtuOfIpv6 } && world.Was(name)?.Settings.Number(Table.Mtu) < Table.LeastMtuOfIpv6
            && Differences(link, piece).Any(pair => pair.Key == Table.Ipv6 || pair.Key.Family == ConfLines.V6))
            Set(link, Table.Mtu, Value.Of(piece.Mtu));
        var was = piece.Mtu;
        Set(link, Differences(link, piece).Where(pair => !late.Contains(pair.Key)));
        if (was < Table.LeastMtuOfIpv6 && piece.Mtu >= Table.LeastMtuOfIpv6) // It speaks IPv6 now, as a new link does.
            Set(link, Differences(link, piece).Where(pair => !late.Contains(pair.Key)));
        if (!link.Kind.HasPorts)
            EnterVrf(link, piece);
        if (link.Kind.HasPorts)
        {
            foreach (var port in link.Ports)
                Join(port, link, waits);
            foreach (var stranger in strangers.GetValueOrDefault(name) ?? [])
                if (world.Find(stranger) is { Master: null } free)
                    Enslave(free, link, link.Name.Place, Verb.Restore);
            if (link.Kind == LinkKind.Bridge)
                BackUp(link);
            Set(link, Differences(link, piece).Where(pair => pair.Key != Table.Up || !intent.IsBondPort(name)));
            foreach (var port in link.Ports)
                if (waits && world.Find(port.Name.Value) is { } joined)
                    SettleVlans(port, link, joined);
            if (link.Kind == LinkKind.Bridge)
                SettleOwnVlans(link, piece);
            EnterVrf(link, piece);
        }
    }

    /// <summary>A link comes to its VRF as soon as it stands, before what stands on it: it goes down and up for that, and VLANs with it.</summary>
    private void EnterVrf(Link link, Piece piece)
    {
        if (intent.MasterOf(piece.Name) is not null || intent.AnyMasterOf(piece.Name) is not { } vrf || piece.Master == vrf.Name.Value || world.Find(vrf.Name.Value) is null)
            return;
        Enslave(piece, vrf, intent.PlaceOf(piece.Name), Verb.Set);
        Set(link, Differences(link, piece));
    }

    private IEnumerable<KeyValuePair<Attribute, At<Value>>> Differences(Link link, Piece piece)
    {
        foreach (var want in intent.Of(link, world))
        {
            var held = piece.ValueOf(want.Key);
            if (want.Key.Change == Change.Recreate || (held == want.Value.Value && !(want.Key == Table.Mtu && piece is { MtuIsGuess: true, Master: null }) && !(want.Key == Table.Mac && ((piece.MacIsGuess && intent.WasSaid(link, Table.Mac)) || world.IsUnheard(piece))) && !(IsDelay(want.Key) && piece.DelaysAreGuess && Polls(link, piece))))
                continue;
            if (held is null && (want.Key.Home == Home.Sysctl || want.Key.Default(link.Settings) == want.Value.Value))
                continue;
            if (IsDelay(want.Key) && want.Value.Value == Value.Of(0) && intent.Of(link, world).Number(BondLines.Miimon) is 0)
                continue; // They go to 0 with it, and the kernel refuses to be told (EPERM).
            if (want.Key == Table.Mac && piece.Master is { } master && world.Find(master)?.Kind == LinkKind.Bond)
                continue;
            if (want.Key == Table.Up && want.Value.Value == Value.Of(true) && piece.Kind == LinkKind.Vlan && piece.Lower is { } lower && world.Find(lower)?.Up != true && piece.Settings.Flag(VlanLines.LooseBinding) != true)
                continue;
            if (held is null && BridgeLines.Timers.Contains(want.Key) && last.Find(link.Name.Value)?.Settings.ValueOf(want.Key) is { } told && world.Ticked(want.Key, told) == want.Value.Value)
                continue; // Not to be seen while a spanning tree is at work.
            yield return want;
        }
    }

    private static bool IsDelay(Attribute attribute) => BondLines.Delays.Contains(attribute);

    /// <summary>Whether a bond is wanted to poll its ports' carrier: then alone it takes delays.</summary>
    private bool Polls(Link bond, Piece piece) =>
        intent.Of(bond, world) is var wanted && (wanted.Number(BondLines.Miimon) ?? piece.Settings.Number(BondLines.Miimon)) > 0 && !(wanted.Number(BondLines.ArpInterval) > 0);

    /// <summary>lacp_rate and its like change on a bond that is down; its ports stay.</summary>
    private void WhileDown(Link bond, Piece piece)
    {
        var changes = Differences(bond, piece).Where(pair => pair.Key.Change.WantsDown()).ToList();
        if (changes.Count == 0)
            return;
        if (piece.Up)
            Set(bond, Table.Up, Value.Of(false), changes[0].Value.Place);
        Set(bond, changes);
    }

    private void Join(Port port, Link master, bool vlansWait)
    {
        if (world.Find(port.Name.Value) is not { } piece)
            return;
        if (piece.Master != master.Name.Value)
            Enslave(piece, master, port.Name.Place, Verb.Set);
        var options = intent.Of(port, master, world).Where(pair => pair.Key != BridgePortLines.BackupPort && piece.ValueOf(pair.Key) != pair.Value.Value).ToList();
        if (next.Find(port.Name.Value) is { } declared)
            options.AddRange(Differences(declared, piece));
        if (options.Count > 0)
            Plan(new Step.OfLink(Verb.Set, piece.Name, piece.Kind, Messages.Whole(options, piece), port.Name.Place));
        if (master.Kind == LinkKind.Bridge && !vlansWait)
            SettleVlans(port, master, piece);
    }

    /// <summary>A port's backup must be a port already, so it is said once all are (ENOENT).</summary>
    private void BackUp(Link bridge)
    {
        foreach (var port in bridge.Ports)
            if (world.Find(port.Name.Value) is { } piece && piece.Master == bridge.Name.Value && intent.Of(port, bridge, world).Get(BridgePortLines.BackupPort) is { Value: Value.Word { Text: var other } } wanted
                && piece.ValueOf(BridgePortLines.BackupPort) != wanted.Value && (other.Length == 0 || world.Find(other)?.Master == bridge.Name.Value))
                Plan(new Step.OfLink(Verb.Set, piece.Name, piece.Kind, Settings.Empty.With(BridgePortLines.BackupPort, wanted), wanted.Place is { IsSomewhere: true } place ? place : port.Name.Place));
    }

    private void Enslave(Piece port, Link master, Place place, Verb verb)
    {
        if (master.Kind.SpeaksForPorts && world.TagsOf(port.Name).FirstOrDefault(tag => World.TakesFrames(tag.Kind)) is { } taker)
            findings.Add(Finding.Error("frames-taken", place, $"{port.Name} is wanted as a port of {master.Name}, and {taker.Name} stands on it, a {taker.Kind}",
                "the kernel gives the frames of a link to one of them, and takes no such port (EBUSY)", $"let its owner take it away first: ip link del {taker.Name}"));
        if (port.MacIsGuess && world.Find(master.Name.Value) is { } bond && world.GivesMac(port, bond)) // Told, it is certain; and a bond's port has a MAC that was set in any case.
            Plan(new Step.OfLink(verb, port.Name, port.Kind, Settings.Empty.With(Table.Mac, At.Of(Value.Of(port.Mac!), place)), place));
        if (master.Kind == LinkKind.Bond && port.Up)
            Plan(new Step.OfLink(verb, port.Name, port.Kind, Settings.Empty.With(Table.Up, Value.Of(false)), place));
        Plan(new Step.OfLink(verb, port.Name, port.Kind, Settings.Empty.With(Table.Master, At.Of(Value.Of(master.Name.Value), place)), place));
    }

    /// <summary>Whether an undo goes back to a host where the link was a port of the same master.</summary>
    private bool HadAsPort(string name) => before?.Find(name)?.State?.Master is { } master && intent.MasterOf(name)?.Name.Value == master;

    /// <summary>
    /// Addresses and routes on a link that becomes a port would win over those on its master and lead nowhere: they go just before it
    /// joins, and come back where the file says.
    /// </summary>
    private void StripForMaster(Piece piece)
    {
        // IPv6 that is switched off takes its addresses and routes along.
        var silent = FallsSilent(piece);
        foreach (var leased in piece.Leased.Where(leased => !leased.Is6 || !silent).ToList())
            Plan(new Step.OfAddress(Verb.Remove, piece.Name, leased, Place.None));
        foreach (var address in piece.Addresses.Where(address => !address.Address.IsIPv6LinkLocal).ToList())
            if (piece.Addresses.Contains(address) && !(silent && address.Is6) && !(HadAsPort(piece.Name) && before!.Find(piece.Name)!.Addresses.Any(had => had.Value == address)))
                Plan(new Step.OfAddress(Verb.Remove, piece.Name, address, Place.None));
        // A bond takes only ports that are down, and down takes routes along; addresses too, but not where keep_addr_on_down is set.
        if (intent.IsBondPort(piece.Name) && piece.Up && Joins(piece))
            Plan(new Step.OfLink(Verb.Set, piece.Name, piece.Kind, Settings.Empty.With(Table.Up, Value.Of(false)), intent.PlaceOf(piece.Name)));
        foreach (var route in world.Routes.Where(route => route.Uses(piece.Name) && !(silent && route is { To.Value.Is6: true, Nexthop: null })).ToList())
            if (world.Routes.Contains(route) && !(HadAsPort(piece.Name) && before!.Routes.Any(had => RoutePlan.SameKey(had, route) && had.Uses(piece.Name))))
                Plan(new Step.OfRoute(Verb.Remove, route, Place.None));
    }
}
