// What each mode of bonding makes of ports that carry: what one flow, one guest and all together get out of them, in both directions, and
// why no more. Mode by mode as the kernel sends (bond_start_xmit and what it calls in drivers/net/bonding/bond_main.c; bond_alb.c) and
// as it takes what arrives (bond_handle_frame).

using System.Collections.Immutable;
using System.Globalization;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Capacity;

/// <summary>What ports give.</summary>
internal sealed record Yield(Figure Flow, Figure Guest, Figure All)
{
    public static readonly Yield Nothing = new(Figure.Nothing, Figure.Nothing, Figure.Nothing);
}

/// <param name="wiring">The host's cables.</param>
/// <param name="uplink">The bond or NIC.</param>
internal sealed class Spreading(Wiring wiring, Uplink uplink)
{
    private readonly Aggregators aggregators = new(wiring, uplink.Ports, uplink.Link.Settings.Word(BondLines.AdSelect) ?? "stable", Bonding.Number(uplink.Link, BondLines.MinLinks) ?? 0);

    /// <summary>
    /// Whether the bond notices that a port failed: with neither monitor it takes every port for up for ever (bond_enslave), and sends to one that is not. LACP and
    /// the modes that balance by load always poll carrier; broadcast sends by the others all the same.
    /// </summary>
    public bool IsWatched => uplink.Mode is not (BondLines.ActiveBackup or BondLines.RoundRobin or BondLines.Xor) || Bonding.Miimon(uplink.Link) is not 0 || Bonding.ArpInterval(uplink.Link) is not 0;

    /// <summary>Of the ports that are up, those over which frames go.</summary>
    public IReadOnlyList<UplinkPort> Used(IReadOnlyList<UplinkPort> up) => uplink.Mode switch
    {
        BondLines.Lacp => aggregators.Active(up),
        BondLines.ActiveBackup => Active(up) is { } active ? [active] : [],
        _ => up,
    };

    public Yield Of(IReadOnlyList<UplinkPort> up, Crowd crowd)
    {
        var ports = Used(up);
        if (ports.Count == 0)
            return Yield.Nothing;
        var (ones, total, even) = (ports.Select(One).ToList(), PcieTree.Total(ports), PcieTree.Evenly(ports));
        var one = ones.Contains(null) ? Rate.Unknown : Rate.Between(ones.Min(), ones.Max());
        // What a switch sends over the ports of one group it chooses itself.
        Figure Switchs(Rate sent) => new(sent, Rate.Between(one.Least, total)) { IsSwitchs = ports.Count > 1 };
        switch (uplink.Mode)
        {
            case null or BondLines.ActiveBackup:
                return new(Figure.Both(one), Figure.Both(one), Figure.Both(one));
            case BondLines.RoundRobin:
                var dealt = Rate.Of(even);
                var flow = new Figure(Rate.Between(one.Least, even) with { IsReordered = ports.Count > 1 }, one) { IsSwitchs = ports.Count > 1 };
                return new(flow, Switchs(dealt), Switchs(dealt));
            case BondLines.Broadcast:
                var copied = Figure.Both(Rate.Of(even / ports.Count));
                return new(copied, copied, copied);
            case BondLines.Tlb or BondLines.Alb:
                var active = Rate.Of(One(Active(up)!));
                var (guest, all) = (Balanced(crowd, one, total, even, single: true), Balanced(crowd, one, total, even, single: false));
                // ARP answers give neighbours of the host different MACs in balance-alb; a guest's answers, and IPv6, are let be.
                var received = uplink.Mode == BondLines.Alb && crowd is Crowd.Host or Crowd.HostByGateway ? Rate.Between(one.Least, total) : active;
                return new(new(one, uplink.Mode == BondLines.Alb && crowd is Crowd.Host or Crowd.HostByGateway ? one : active), new(guest, received), new(all, received));
            default:
                var policy = uplink.Policy ?? "layer2";
                return new(new(one, one) { IsSwitchs = ports.Count > 1 }, Switchs(Hashed(Policies.Of(policy, crowd, one: true), one, total, even)), Switchs(Hashed(Policies.Of(policy, crowd, one: false), one, total, even)));
        }
    }

    /// <summary>The reasons of the figures that all ports that are up give.</summary>
    public ImmutableArray<Limit> Limits(IReadOnlyList<UplinkPort> up, Crowd crowd)
    {
        var limits = ImmutableArray.CreateBuilder<Limit>();
        void Say(Whose of, string what, string why) => limits.Add(new(of, what, why));
        var ports = Used(up);
        var names = string.Join(", ", ports.Select(port => port.Port));
        foreach (var port in uplink.Ports.Where(port => !port.IsUp))
            Say(Whose.Any, "no-carrier", $"{port.Port} does not carry now, and counts for nothing");
        foreach (var port in up.Where(port => port.Speed is null))
            Say(Whose.Any, "speed-unknown", port.Nic is null ? $"{port.Port} stands on no NIC of its own, and nothing tells how fast it is" : $"nobody says how fast {port.Nic} is; speed in cabling.{port.Nic} would");
        foreach (var port in up.Where(port => port is { IsNominal: true, Speed: not null }))
            Say(Whose.Any, "nominal", $"{port.Port} stands for no hardware: its {Rates.Text(port.Speed!.Value)} is a name, and the processor decides");
        if (uplink.Mode == BondLines.Lacp)
            Unaggregated(up, Say);
        if (ports.Count == 0)
            return limits.ToImmutable();
        if (ports.Count > 1 || uplink.Mode == BondLines.ActiveBackup)
            Mode(up, ports, crowd, names, Say);
        if (ports.All(port => port.Speed is not null))
            _ = PcieTree.Total(ports, (link, under) => Say(under.Count == 1 ? Whose.Any : Whose.All, "pcie", $"{link} carries {Rates.Text(link.Mbits)}, which is less than {string.Join(" and ", under.Select(port => $"{port.Port}'s {Rates.Text(port.Speed!.Value)}"))}"));
        return limits.ToImmutable();
    }

    /// <summary>The port that an active-backup, balance-tlb or balance-alb bond prefers among these: what it told, `primary`, the largest `prio`, the first.</summary>
    public UplinkPort? Active(IReadOnlyList<UplinkPort> up) =>
        up.FirstOrDefault(port => port.Port == uplink.Link.State?.Facts.Map("data")?.Word("active_slave"))
        ?? up.FirstOrDefault(port => port.Port == uplink.Link.Settings.Word(BondLines.Primary)) ?? up.MaxBy(port => port.Prio);

    private void Mode(IReadOnlyList<UplinkPort> up, IReadOnlyList<UplinkPort> ports, Crowd crowd, string names, Action<Whose, string, string> say)
    {
        switch (uplink.Mode)
        {
            case BondLines.ActiveBackup when up.Count > 1:
                say(Whose.All, "active-port", $"active-backup sends and receives over {names} alone, and keeps {string.Join(", ", up.Except(ports).Select(port => port.Port))} for its failure");
                break;
            case BondLines.RoundRobin:
                say(Whose.Flow, "reordering", $"balance-rr deals a flow's packets out to {names} in turn: they overtake each other, and TCP takes that for loss");
                Group(ports, say);
                break;
            case BondLines.Broadcast:
                say(Whose.All, "copies", $"broadcast sends every packet over each of {names}: together they carry what the slowest does");
                break;
            case BondLines.Tlb:
                say(Whose.Flow, "one-port", "a flow keeps to one port until the loads are weighed again");
                Hash(uplink.Policy ?? "layer2", crowd, say);
                say(Whose.All, "receive", $"all that comes in comes over {Active(up)!.Port}: it alone answers for the bond's MAC");
                break;
            case BondLines.Alb:
                say(Whose.Flow, "one-port", "what goes to one address goes over one port");
                say(Whose.All, "receive", crowd is Crowd.Host or Crowd.HostByGateway ? "what comes in is spread over neighbours that ask for the host by IPv4; what one router brings, and IPv6, comes over one port"
                    : $"what comes in for guests comes over {Active(up)!.Port}: balance-alb spreads only those who ask for the host itself");
                break;
            case BondLines.Xor or BondLines.Lacp:
                say(Whose.Flow, "one-port", $"one port of the bond: {uplink.Policy ?? "layer2"} gives all frames of a flow the same one");
                Hash(uplink.Policy ?? "layer2", crowd, say);
                if (uplink.Mode == BondLines.Xor)
                    Group(ports, say);
                break;
        }
        if (uplink.Mode is BondLines.RoundRobin or BondLines.Xor or BondLines.Lacp)
            say(Whose.All, "switch-hash", "what comes in is spread by the switch, with a hash of its own: as little as one port's worth, and as much as all of them");
        if (uplink.Mode is BondLines.RoundRobin or BondLines.Xor && ports.Select(port => port.Speed).Distinct().Count() > 1)
            say(Whose.All, "slowest-port", "ports of different speeds get equal parts, so the slowest holds the others back");
    }

    private static void Hash(string policy, Crowd crowd, Action<Whose, string, string> say)
    {
        if (Policies.Why(policy, crowd, one: false) is { } why)
            say(Whose.All, "hash", why);
        if (crowd == Crowd.Guests && Policies.Why(policy, crowd, one: true) is { } whyOne && whyOne != Policies.Why(policy, crowd, one: false))
            say(Whose.Guest, "hash", whyOne);
    }

    /// <summary>Without LACP nobody proves that the switch's ports are one group.</summary>
    private static void Group(IReadOnlyList<UplinkPort> ports, Action<Whose, string, string> say)
    {
        if (ports.Any(port => port.Cable?.Group is null))
            say(Whose.Any, "group", "it holds where the switch has these ports in one static group; group in cabling would say so");
    }

    private void Unaggregated(IReadOnlyList<UplinkPort> up, Action<Whose, string, string> say)
    {
        var chosen = aggregators.Chosen(up);
        if (up.Except(chosen).ToList() is { Count: > 0 } idle)
            say(Whose.All, "aggregator", $"802.3ad aggregates ports of one speed with one partner: {string.Join(", ", idle.Select(port => port.Port))} carries nothing beside {string.Join(", ", chosen.Select(port => port.Port))}");
        if (aggregators.Active(up).Count < chosen.Count)
            say(Whose.Any, "min-links", string.Create(CultureInfo.InvariantCulture, $"min_links wants {Bonding.Number(uplink.Link, BondLines.MinLinks)} ports, and below that the bond has no carrier"));
    }

    /// <summary>balance-tlb weighs loads where tlb_dynamic_lb says so, and hashes; balance-alb goes by the address of whom it sends to.</summary>
    private Rate Balanced(Crowd crowd, Rate one, long? total, long? even, bool single) =>
        uplink.Mode == BondLines.Alb ? Rate.Of(total)
        : Policies.Of(uplink.Policy ?? "layer2", crowd, single) is Spread.Wide && uplink.Link.Settings.Flag(BondLines.TlbDynamicLb) != false ? Rate.Of(total)
        : Hashed(Policies.Of(uplink.Policy ?? "layer2", crowd, single), one, total, even);

    private static Rate Hashed(Spread spread, Rate one, long? total, long? even) => spread switch
    {
        Spread.Wide => Rate.Between(even, total),
        Spread.Unsure => Rate.Between(one.Least, total),
        _ => one,
    };

    private static long? One(UplinkPort port) => PcieTree.Total([port]);
}
