// The first phases: what is taken over, what speaks against the plan, and what leaves.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

internal sealed partial class Draft
{
    /// <summary>What the file declares and somebody else made is ours from now on, as it is.</summary>
    public void Adopt()
    {
        foreach (var link in next.Links)
            if (now.Find(link.Name.Value) is { } observed && !ledger.Owns(observed))
                Plan(new Step.OfLink(Verb.Adopt, link.Name.Value, observed.Kind, Settings.Empty, link.Name.Place));
    }

    /// <summary>What must not be planned at all.</summary>
    public void Refuse()
    {
        foreach (var link in next.Links)
            if (now.Find(link.Name.Value) is { } there && there.Kind != link.Kind && link.Kind != LinkKind.Nic && (!ledger.Owns(there) || IsNic(there)))
                findings.Add(Finding.Error("kind-differs", link.Name.Place, $"{link.Name} is declared as a {link.Kind}, and this host has a {(IsNic(there) ? "NIC" : there.Kind)} of that name",
                    IsNic(there) ? "a NIC is never removed" : "Weft does not remove what it did not declare before",
                    IsNic(there) ? "choose another name" : $"choose another name, or remove the {there.Kind} first: ip link del {link.Name}"));
        RefuseTakenTags();
        RefuseDaemonsRoutes();
        foreach (var (name, place) in absent.Values)
            if (now.Find(name) is { } there && Stays(there.Kind))
                findings.Add(there.Kind == LinkKind.Nic
                    ? Finding.Error("absent-nic", place, $"{name} is wanted absent, and it is a NIC", "hardware cannot be removed", $"leave {name} out of the file: then it is released and left down")
                    : Finding.Error("absent-nic", place, $"{name} is wanted absent, and it is the {there.Kind}", "the kernel lets nobody remove it", $"take {name} out of absent:"));
        foreach (var wanted in RoutePlan.Wanted(next).Where(route => route.To.Value.IsEverything))
            foreach (var other in now.Routes.Where(other => RoutePlan.SameKey(other, wanted) || (SamePlace(other, wanted) && wanted.To.Value.Is6)))
                if (!RoutePlan.Satisfies(other, wanted) && IsForeign(other, wanted))
                    findings.Add(Finding.Error("foreign-default-route", wanted.Place, $"the default route {other} is there already, put by {RoutePlan.Owner(other)}",
                        "of two default routes with one metric the kernel keeps one, and its owner would put it back", "remove that one at its owner, or give this one another metric under routes:"));
    }

    /// <summary>A VLAN of a link is there once, whatever it is called (vlan_check_real_dev); one that others made under another name stays theirs.</summary>
    private void RefuseTakenTags()
    {
        var taken = now.Of(LinkKind.Vlan).Where(tag => next.Find(tag.Name.Value) is null && !IsAbsent(tag.Name.Value) && !Leaves(tag)).ToLookup(TagOf);
        foreach (var wish in next.Of(LinkKind.Vlan))
            foreach (var other in taken[TagOf(wish)])
                findings.Add(Finding.Error("vlan-taken", wish.Name.Place, $"{wish.Name} is VLAN {wish.Settings.Number(VlanLines.Id)} of {wish.Lower}, and this host has that VLAN as {other.Name}",
                    "the kernel refuses a second link of one VLAN (EEXIST), and Weft does not remove what it did not declare before", $"call it {other.Name} in the file, or remove that one first: ip link del {other.Name}"));
    }

    private static (string? Lower, Value? Id, Value? Protocol) TagOf(Link tag) =>
        (tag.Lower, tag.Settings.Get(VlanLines.Id)?.Value, tag.Settings.Get(VlanLines.Protocol)?.Value ?? VlanLines.Protocol.Default(tag.Settings));

    /// <summary>
    /// A route that a daemon put where the file wants another: of one key the kernel keeps one, so ours would push it out, and the
    /// daemon would put it back. What an administrator put there by hand (boot, static) is the file's to change.
    /// </summary>
    private void RefuseDaemonsRoutes()
    {
        var theirs = now.Routes.Where(route => !RoutePlan.IsByHand(route.Protocol))
            .ToLookup(route => (route.Table, route.To.Value, route.EffectiveMetric));
        foreach (var wanted in RoutePlan.Wanted(next).Where(route => !route.To.Value.IsEverything))
            foreach (var other in theirs[(wanted.Table, wanted.To.Value, wanted.EffectiveMetric)])
                if (RoutePlan.SameKey(other, wanted) && !RoutePlan.Satisfies(other, wanted) && !lastRoutes.Exists(ours => RoutePlan.Satisfies(other, ours))
                    && other.Links.All(link => intent.MasterOf(link) is null))
                    findings.Add(Finding.Error("foreign-route", wanted.Place, $"the route {other} is there already, put by {RoutePlan.Owner(other)}",
                        "of two routes with one destination and metric the kernel keeps one, and its owner would put it back", "remove that one at its owner, or give this one another metric"));
    }

    private static bool SamePlace(Route one, Route other) =>
        one.Table == other.Table && one.To.Value == other.To.Value && one.EffectiveMetric == other.EffectiveMetric;

    /// <summary>A route that no earlier file declared, and that leads neither over a link that becomes a port nor where it is wanted to.</summary>
    private bool IsForeign(Route route, Route wanted) =>
        route.Protocol != Weft.Model.Route.OurProtocol
        && !lastRoutes.Exists(ours => RoutePlan.Satisfies(route, ours))
        && route.Links.All(link => intent.MasterOf(link) is null && !wanted.Uses(link));

    /// <summary>Routes, addresses and links that the file before declared and this one does not.</summary>
    public void TakeAway()
    {
        foreach (var there in Enumerable.Reverse(Stack.BottomUp(now)))
            if (world.Find(there.Name.Value) is not null && GoesOrIsMadeAnew(there) && !(there.Kind.Section is not null && there.Lower is { } lower && now.Find(lower) is { } below && IsRemoved(below)))
                Leave(there);
        foreach (var ours in last.Rules)
            if (world.Rules.Find(rule => rule.Satisfies(ours)) is { } there && !next.Rules.Any(there.Satisfies))
                Plan(new Step.OfRule(Verb.Remove, there, Place.None));
        foreach (var link in last.Links.Where(link => next.Find(link.Name.Value) is not null || link.Kind == LinkKind.Nic))
            foreach (var address in link.Addresses)
                if (world.Find(link.Name.Value) is { } piece && piece.Addresses.Contains(address.Value) && next.Find(piece.Name)?.Addresses.Contains(address) != true && !(address.Value.Is6 && (FallsSilent(piece) || ChangesTables(piece))))
                    Plan(new Step.OfAddress(Verb.Remove, piece.Name, address.Value, Place.None));
        var wanted = RoutePlan.Wanted(next);
        foreach (var ours in lastRoutes)
            if (world.Routes.Find(route => RoutePlan.Satisfies(ours is { Mtu: not null, To.Value.Is6: true } ? route with { Mtu = ours.Mtu } : route, ours) || RoutePlan.IsLeftOf(route, ours)) is { } there && !wanted.Any(route => RoutePlan.SameKey(route, there)) && !GoesAlong(there))
                Plan(new Step.OfRoute(Verb.Remove, there, Place.None));
    }

    /// <summary>
    /// Whether a later step takes the route along: of all its links, for one that is left keeps it. Of several, each one for good: those that go down
    /// one after another, and come up again, are never down together.
    /// </summary>
    private bool GoesAlong(Route route)
    {
        var links = route.Links.Distinct(StringComparer.Ordinal).Select(world.Find).ToList();
        return links.Count > 0 && links.TrueForAll(piece => piece is not null && (Joins(piece) || StaysDown(piece) || (links.Count == 1 && (GoesDown(piece) || ChangesTables(piece)))
            || (route is { To.Value.Is6: true, Nexthop: null } && FallsSilent(piece))));
    }

    private bool GoesOrIsMadeAnew(Link there) => Leaves(there) || MustBeMadeAnew(there) || (IsAbsent(there.Name.Value) && !Stays(there.Kind));

    /// <summary>Whether a link is removed, and takes the VLANs on it along: nobody asks the kernel for those.</summary>
    private bool IsRemoved(Link there) => GoesOrIsMadeAnew(there) && (next.Find(there.Name.Value) is not null || last.Find(there.Name.Value)?.Kind != LinkKind.Nic);

    /// <summary>IPv6 is switched off on the link, which takes its addresses and routes of that family along.</summary>
    private bool FallsSilent(Piece piece) =>
        piece.Settings.Flag(Table.Ipv6) == true && next.Find(piece.Name) is { } link && intent.Of(link, world).Flag(Table.Ipv6) == false;

    /// <summary>The link is to be down, and loses its routes.</summary>
    private bool StaysDown(Piece piece) => piece is { Up: true } && next.Find(piece.Name)?.Settings.Flag(Table.Up) == false;

    /// <summary>The bond is taken down for something that changes only then, and loses its routes.</summary>
    private bool GoesDown(Piece piece) =>
        piece is { Up: true } && piece.Kind == LinkKind.Bond && next.Find(piece.Name) is { } link && Differences(link, piece).Any(pair => pair.Key.Change.WantsDown());

    /// <summary>The link comes to a VRF or leaves one: the kernel takes it down and up for that, and its IPv6 addresses and routes go.</summary>
    private bool ChangesTables(Piece piece) => !Joins(piece) && intent.AnyMasterOf(piece.Name)?.Name.Value is var wanted && wanted != piece.Master
        && (world.VrfOf(piece) is { } old ? wanted is not null || next.Find(old.Name) is not null : wanted is not null && next.Find(piece.Name) is not null);

    /// <summary>The link becomes a declared port; what must go from it then goes just before (<see cref="StripForMaster"/>).</summary>
    private bool Joins(Piece piece) => next.Find(piece.Name) is not null && intent.MasterOf(piece.Name) is { } master && piece.Master != master.Name.Value;

    /// <summary>Hardware and the loopback: the kernel removes neither.</summary>
    private static bool Stays(LinkKind kind) => kind == LinkKind.Nic || kind == LinkKind.Loopback;

    /// <summary>A NIC to the kernel, or what the last file called one: a veth, a dummy.</summary>
    private bool IsNic(Link there) => there.Kind == LinkKind.Nic || last.Find(there.Name.Value)?.Kind == LinkKind.Nic;

    private bool IsAbsent(string name) => absent.ContainsKey(name);

    private bool Leaves(Link there) =>
        next.Find(there.Name.Value) is null && last.Find(there.Name.Value) is not null && ledger.Owns(there);

    /// <summary>The kernel takes a VLAN's new id, protocol or lower link without a word and does nothing: it must be made anew.</summary>
    private bool MustBeMadeAnew(Link there)
    {
        if (next.Find(there.Name.Value) is not { } wish || wish.Kind == LinkKind.Nic)
            return false;
        return wish.Kind != there.Kind || intent.Of(wish, world).Any(want => want.Key.Change == Change.Recreate && there.Settings.Get(want.Key) is { } present && present != want.Value || AskedAnew(want, there));
    }

    /// <summary>Of a change that the kernel takes at any time, one that it refuses all the same.</summary>
    private static bool AskedAnew(KeyValuePair<Attribute, At<Value>> want, Link there) =>
        there.Settings.Get(want.Key) is { } present && present.Value != want.Value.Value && want.Key.Anew(present.Value, want.Value.Value);

    private void Leave(Link there)
    {
        if (next.Find(there.Name.Value) is not null || last.Find(there.Name.Value)?.Kind != LinkKind.Nic)
        {
            Plan(new Step.OfLink(Verb.Remove, there.Name.Value, there.Kind, Settings.Empty, absent.GetValueOrDefault(there.Name.Value)?.Place ?? Place.None));
            if (IsAbsent(there.Name.Value))
                TellUnmakeable(there);
            return;
        }
        var piece = world.Find(there.Name.Value)!;
        // Out of the master first: a bond gives back an MTU of its own choosing, whatever the same message says.
        if (piece.Master is { } master && last.Find(master) is not null)
            Plan(new Step.OfLink(Verb.Release, piece.Name, piece.Kind, Settings.Empty.With(Table.Master, Value.Of("")), Place.None));
        var settings = Settings.Empty;
        if (piece.Settings.Get(Table.Ipv6) is { } ipv6 && ledger.Firsts.Find(piece.Name)?.Settings.Get(Table.Ipv6) is { } first && first != ipv6)
            settings = settings.With(Table.Ipv6, first.Value);
        if ((last.Find(piece.Name)!.Settings.Has(Table.Mtu) || piece.MtuIsGuess) && ledger.Firsts.Find(piece.Name)?.Settings.Get(Table.Mtu) is { } mtu && (mtu.Value != Value.Of(piece.Mtu) || piece.MtuIsGuess))
            settings = settings.With(Table.Mtu, mtu.Value);
        foreach (var line in ConfLines.All.Where(line => last.Find(piece.Name)!.Settings.Has(line)))
            if ((ledger.Firsts.Find(piece.Name)?.Settings.ValueOf(line) ?? world.NewLinks.ValueOf(line)) is { } usual && piece.ValueOf(line) is { } held && held != usual)
                settings = settings.With(line, usual);
        if (last.Find(piece.Name)!.Settings.Has(Table.Mac) && ledger.Firsts.Find(piece.Name)?.Settings.Get(Table.Mac) is { } own && own.Value != Value.Of(piece.Mac ?? ""))
            settings = settings.With(Table.Mac, own.Value);
        settings = settings.With(MarksBack(piece));
        if (piece.Up)
            settings = settings.With(Table.Up, Value.Of(false));
        if (settings.Count > 0)
            Plan(new Step.OfLink(Verb.Release, piece.Name, piece.Kind, settings, Place.None));
    }

    /// <summary>
    /// Ports that a declared master no longer lists. What was never declared a port stays: it is somebody's. One that another master lists
    /// leaves now as well: what its old master does then (a bond makes up a MAC, a bridge has another MTU) must not come after
    /// that was settled.
    /// </summary>
    public void LetPortsGo()
    {
        foreach (var master in next.Links.Where(link => link.Kind.HasPorts))
            foreach (var port in world.PortsOf(master.Name.Value).ToList())
            {
                var ours = next.Find(port.Name) is not null || last.Find(master.Name.Value)?.Ports.Any(before => before.Name.Value == port.Name) == true;
                if (ours && intent.AnyMasterOf(port.Name)?.Name.Value != master.Name.Value)
                    Plan(new Step.OfLink(Verb.Set, port.Name, port.Kind, Settings.Empty.With(Table.Master, Value.Of("")), master.Name.Place));
            }
    }

    /// <summary>
    /// A bridge that its last port left has a MAC of zeros, with which no VLAN on it comes up and it takes part in no further VLAN, a default one included. It
    /// carries nobody, and made anew it has a MAC of its own, which setting one would pin.
    /// </summary>
    public void RemoveEmptiedBridges()
    {
        foreach (var bridge in next.Links.Where(link => link is { Ports.IsEmpty: true } && link.Kind == LinkKind.Bridge && link.Settings.Word(Table.Mac) is null or "default"))
            if (world.Find(bridge.Name.Value) is { Mac: World.NoMac } emptied && (bridge.Vlans is not null || next.Links.Any(link => link.Lower == emptied.Name) || (intent.Of(bridge, world).ValueOf(BridgeLines.VlanDefaultPvid) is { } pvid && emptied.ValueOf(BridgeLines.VlanDefaultPvid) is { } held && pvid != held)))
                Plan(new Step.OfLink(Verb.Remove, emptied.Name, emptied.Kind, Settings.Empty, bridge.Name.Place));
    }
}
