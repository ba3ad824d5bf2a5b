// What of a case is chance in a lab, and by how much.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Topology;

namespace Weft.Kernel.Tests.Frames;

internal sealed class Chances(Host host, Layout layout, Break? broken)
{
    /// <summary>
    /// Bonds whose first active port nobody can foretell, with the port that is made the active one before anybody asks: those that watch their ports by ARP begin with the one that was answered first, and a
    /// primary is none.
    /// </summary>
    public IEnumerable<(string Bond, string Port)> Chosen => host.Of(LinkKind.Bond)
        .Where(bond => bond.Settings.Number(BondLines.ArpInterval) > 0 && bond.Settings.Word(BondLines.Mode) == BondLines.ActiveBackup && bond.Settings.Word(BondLines.Primary) is null)
        .Select(bond => (bond.Name.Value, bond.Ports[0].Name.Value));

    /// <summary>
    /// Whether where a switch learned a MAC is chance: a bond of these modes on ports that are no group sends the host's and its guests' frames over one port and another, and which was the last hangs on what
    /// the kernel said meanwhile of its own accord.
    /// </summary>
    public bool Has(Learnt entry) => IsSaidWhenUp(entry) || IsEchoing || host.Of(LinkKind.Bond).Any(bond => (Behind(bond).Contains(entry.Machine) || (IsRacing(bond) && entry.Machine == host.Name)) && (((IsUnsteady(bond) || IsRacing(bond)) && Through(bond).Contains(entry.Mac)) || SaidSeldom(bond, entry.Vlan).Contains(entry.Mac)));

    /// <summary>What a bond's port, or a switch's, says of itself when it comes up again: which groups it listens to (addrconf_notify calls ipv6_mc_up for ports too), under its own MAC.</summary>
    private bool IsSaidWhenUp(Learnt entry) => broken?.Repair is not null && layout.Cords.Exists(cord =>
        Names.PortMac(cord.Port) == entry.Mac || (cord.Mac == entry.Mac && host.Of(LinkKind.Bond).Any(bond => CordsOf(bond).Contains(cord))));

    /// <summary>
    /// Whether a bond takes in by one port what it sent by another (all_slaves_active, and no group): then a bridge on it looks for its own guests out there until they speak again, and who is answered hangs on who
    /// spoke last.
    /// </summary>
    public bool IsEchoing => host.Of(LinkKind.Bond).Any(bond => bond.Settings.Flag(BondLines.AllSlavesActive) == true && IsPlain(bond));

    /// <summary>
    /// Whether echoes may come twice, which hangs on where a switch saw somebody last: a bridge that remembers nobody (ageing_time 0) floods what its guests say to each other over such a bond too, and what a balance-alb
    /// bond's port has not said lately (its MAC, once a second) a switch that has no group floods to all of them.
    /// </summary>
    public bool IsDoubled => host.Of(LinkKind.Bond).Any(bond => IsUnsteady(bond) && (ModeOf(bond) == BondLines.Alb || host.Of(LinkKind.Bridge).Any(bridge => bridge.Settings.Number(BridgeLines.AgeingTime) == 0)));

    /// <summary>What ports of an 802.3ad bond say of themselves, every 30 s, and a switch learns that does not take it for its own: their MACs. The first's is the bond's, and is said often, but for the native VLAN, in which it may be LACPDUs alone.</summary>
    private IEnumerable<string> SaidSeldom(Link bond, int vlan) => ModeOf(bond) != BondLines.Lacp ? [] : CordsOf(bond).Where((cord, at) => at > 0 || cord.Native == vlan).Where(cord => cord.Group is null || cord.Lacp == "static").Select(cord => cord.Mac);

    private bool IsUnsteady(Link bond) => (bond.Settings.Number(BondLines.ArpInterval) > 0 && bond.Settings.Word(BondLines.FailOverMac) is "active" or "follow")
        || (ModeOf(bond) is BondLines.RoundRobin or BondLines.Tlb or BondLines.Alb && IsPlain(bond));

    /// <summary>Whether copies of a frame that a bond sends by every port meet again behind several switches: the last one there is the one that is learned from.</summary>
    private bool IsRacing(Link bond) => ModeOf(bond) == BondLines.Broadcast && IsPlain(bond) && Behind(bond).Count > 1;

    /// <summary>The switches that a bond's cables lead to, and those behind them.</summary>
    private HashSet<string> Behind(Link bond)
    {
        var boxes = CordsOf(bond).Select(cord => cord.Box).OfType<Box>().ToHashSet();
        while (layout.Trunks.Find(trunk => trunk.Up && boxes.Contains(trunk.One) != boxes.Contains(trunk.Other)) is { } trunk)
            boxes.UnionWith([trunk.One, trunk.Other]);
        return [.. boxes.Select(box => box.Name)];
    }

    /// <summary>The MACs that go through a bond: its ports', and of all that shares a bridge with it or with a VLAN on it.</summary>
    private HashSet<string> Through(Link bond)
    {
        var above = new HashSet<string>([bond.Name.Value], StringComparer.Ordinal);
        while (host.Links.FirstOrDefault(link => !above.Contains(link.Name.Value) && link.Lowers.Any(lower => above.Contains(lower.Value))) is { } upper)
            above.Add(upper.Name.Value);
        var beside = new HashSet<string>(host.Of(LinkKind.Bridge).Where(bridge => above.Contains(bridge.Name.Value)).SelectMany(bridge => bridge.Ports).Select(port => port.Name.Value), StringComparer.Ordinal);
        while (host.Links.FirstOrDefault(link => beside.Contains(link.Name.Value) && link.Lowers.Any(lower => !beside.Contains(lower.Value))) is { } link)
            beside.UnionWith(link.Lowers.Select(lower => lower.Value));
        return [.. CordsOf(bond).Select(cord => cord.Mac), .. layout.Cords.Where(cord => beside.Contains(cord.Label)).Select(cord => cord.Mac), .. layout.Guests.Where(cord => cord.Bridge is { } bridge && above.Contains(bridge)).Select(cord => cord.Mac)];
    }

    /// <summary>The cables of its ports, which may be VLANs on NICs.</summary>
    private IEnumerable<Cord> CordsOf(Link bond) => bond.Ports.SelectMany(port => NicsOf(port.Name.Value)).Distinct(StringComparer.Ordinal).SelectMany(nic => layout.Cords.Where(cord => cord.Label == nic));

    private IEnumerable<string> NicsOf(string link) => host.Find(link) is { } one && one.Lowers.Any() ? one.Lowers.SelectMany(lower => NicsOf(lower.Value)) : [link];

    /// <summary>
    /// The longest of the intervals in which its bonds look at their ports, in seconds. LACP looks every 100 ms, and says no more than three PDUs a second; a partner that went silent is missed three seconds
    /// after its last PDU of one a second, which 6.1 makes 1.1.
    /// </summary>
    public double Interval => Math.Max(host.Of(LinkKind.Bond).Any(bond => ModeOf(bond) == BondLines.Lacp) ? broken?.IsLacp == true ? 1.1 : 0.33 : 0, Looks);

    private double Looks => host.Of(LinkKind.Bond).SelectMany(bond => new[] { bond.Settings.Number(BondLines.Miimon), bond.Settings.Number(BondLines.ArpInterval) }).OfType<long>().DefaultIfEmpty().Max() / 1000.0;

    /// <summary>
    /// A bond whose own broadcasts come back by another of its ports, because these are no group: whether a bridge looks for a guest at its tap or at the bond hangs on who said something last, and so
    /// do times.
    /// </summary>
    public bool IsReflecting => IsEchoing || host.Of(LinkKind.Bond).Any(bond => ModeOf(bond) is BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast && IsPlain(bond));

    private bool IsPlain(Link bond) => CordsOf(bond).Any(cord => cord.Box is not null && cord.Group is null);

    private static string ModeOf(Link bond) => bond.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin;

    /// <summary>Seconds by which a silence may differ besides.</summary>
    public double Seconds =>
        // Which clients balance-alb gives to which port hangs on the order of their ARP, and a client of a port that died waits for the next update: 2 s, and a poll.
        (host.Of(LinkKind.Bond).Any(bond => ModeOf(bond) == BondLines.Alb) ? 2.5 : 0);
}
