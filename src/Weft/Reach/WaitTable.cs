// The table of what takes time, one row each: on which link, when, how long at most, and who says so. A row too long costs a
// broken change some seconds more before it is undone; a row too short undoes a good one. So each is the worst that the
// standard or the kernel allows (`Plan/Delays`). The figures for hardware and for an answer are chosen, not measured.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Reach;

internal static class WaitTable
{
    /// <summary>Every change: link_watch acts once a second, a neighbour is asked three times a second apart, the switch learns where the MAC is now.</summary>
    public static readonly Wait Always = new(null, "an answer, 5 s", TimeSpan.FromSeconds(5), "net/core/link_watch.c; mcast_solicit and retrans_time_ms of net/ipv4/arp.c");

    /// <summary>What agreeing anew takes, once the partner has forgotten the port.</summary>
    private const int Agreeing = Delays.ShortTimeout + Delays.AggregateWait + Delays.AggregatorSelection;

    private sealed record Row(string Source, Func<Touched, Link, (string What, TimeSpan Long)?> Look);

    /// <summary>In the order in which they follow each other on one link.</summary>
    private static readonly ImmutableArray<Row> Rows =
    [
        new("IEEE 802.3 clauses 28 and 55, with two failed attempts", (touched, link) =>
            touched.Blinks(link) && touched.IsHardware(link) ? ($"{link.Name} negotiates, {Wait.Seconds(Milliseconds(Delays.Negotiation))}", Milliseconds(Delays.Negotiation)) : null),

        new("IEEE 802.1D 17.14, forward delay 15 s", (touched, link) =>
            touched.Blinks(link) && touched.IsHardware(link) && !IsEdge(touched, link) ? ($"the switch's STP on {link.Name}, twice {Wait.Seconds(Milliseconds(Delays.ForwardDelay))}", Milliseconds(Delays.ForwardDelay) * 2) : null),

        new("IEEE 802.1AX 6.4.4; the partner's timeout as observed", (touched, link) =>
            LetGoAfter(touched, link) is { } forgotten ? ($"LACP forgets {link.Name}, {Wait.Seconds(forgotten)}", forgotten) : null),

        new("bond_miimon_inspect in drivers/net/bonding/bond_main.c", (touched, link) =>
            Watches(touched, link, BondLines.Miimon) is { } poll ? ($"miimon{(UpDelay(link) > 0 ? " and updelay" : "")} of {link.Name}, {Wait.Seconds(Milliseconds(poll + UpDelay(link)))}", Milliseconds(poll + UpDelay(link))) : null),

        new("bond_ab_arp_inspect in drivers/net/bonding/bond_main.c", (touched, link) =>
            Watches(touched, link, BondLines.ArpInterval) is { } interval ? ($"arp_interval of {link.Name}, twice {Wait.Seconds(Milliseconds(interval))}", Milliseconds(interval) * 2) : null),

        new("drivers/net/bonding/bond_3ad.c; IEEE 802.1AX 6.4.4", (touched, link) =>
        {
            if (!IsLacp(link) || !Agrees(touched, link))
                return null;
            var (rate, timeout) = link.Settings.Word(BondLines.LacpRate) == "fast" ? ("fast", Delays.ShortTimeout) : ("slow", Delays.LongTimeout);
            return ($"LACP on {link.Name}, lacp_rate {rate}, {Wait.Seconds(Milliseconds(timeout + Agreeing))}", Milliseconds(timeout + Agreeing));
        }),

        new("br_stp_enable_port and br_forward_delay_timer_expired in net/bridge", (touched, link) =>
        {
            if (link.Kind != LinkKind.Bridge || !Stp(touched, link) || !(touched.Blinks(link) || touched.IsSet(link, BridgeLines.Stp) || touched.HasFreshPort(link)))
                return null;
            var delay = DelayOf(touched, link);
            return ($"STP on {link.Name}, twice {Wait.Seconds(delay)}", delay * 2);
        }),

        new("RFC 4862 5.4; addrconf_dad_kick in net/ipv6/addrconf.c", (touched, link) =>
            touched.GetsIpv6(link) ? ($"IPv6 DAD on {link.Name}, {Wait.Seconds(Milliseconds(Delays.DuplicateAddress))}", Milliseconds(Delays.DuplicateAddress)) : null),
    ];

    /// <summary>What must be waited for on this link alone.</summary>
    public static IEnumerable<Wait> Of(Touched touched, Link link) =>
        Rows.Select(row => (row.Source, Said: row.Look(touched, link))).Where(row => row.Said is not null).Select(row => new Wait(link.Name.Value, row.Said!.Value.What, row.Said.Value.Long, row.Source));

    private static TimeSpan Milliseconds(long count) => TimeSpan.FromMilliseconds(count);

    /// <summary>The switch's end is said not to wait. What `cabling` does not say may wait.</summary>
    private static bool IsEdge(Touched touched, Link nic) => touched.Next.Cables.Any(cable => cable.Nic.Value == nic.Name.Value && cable.Edge is { Value: true });

    private static bool IsLacp(Link link) => link.Kind == LinkKind.Bond && link.Settings.Word(BondLines.Mode) == BondLines.Lacp;

    /// <summary>Whether the bond has to find out, or agree on, anything anew. Its MAC is the system that LACP knows it by.</summary>
    private static bool Agrees(Touched touched, Link bond) =>
        touched.Blinks(bond) || touched.HasFreshPort(bond) || touched.IsSet(bond, BondLines.Mode, BondLines.Miimon, BondLines.Updelay, BondLines.ArpInterval, BondLines.ArpIpTarget, BondLines.LacpRate, Table.Mac)
        || (touched.Now.Find(bond.Name.Value)?.Ports.Length ?? 0) > bond.Ports.Length;

    /// <summary>The interval in ms at which a bond looks after its ports, where it does so in this way and has to.</summary>
    private static long? Watches(Touched touched, Link bond, Model.Attributes.Attribute interval) =>
        bond.Kind == LinkKind.Bond && Agrees(touched, bond) && ((bond.Settings.ValueOf(interval) ?? interval.Default(bond.Settings)) as Value.Number)?.Count is > 0 and var every ? every : null;

    private static long UpDelay(Link bond) => bond.Settings.Number(BondLines.Updelay) ?? 0;

    private static bool Stp(Touched touched, Link bridge) => bridge.Settings.Flag(BridgeLines.Stp) ?? touched.Now.Find(bridge.Name.Value)?.Settings.Flag(BridgeLines.Stp) ?? false;

    /// <summary>The bridge's own forward delay, which no file sets: told in hundredths of a second (IFLA_BR_FORWARD_DELAY).</summary>
    private static TimeSpan DelayOf(Touched touched, Link bridge) =>
        !touched.IsNew(bridge) && touched.Now.Find(bridge.Name.Value)?.State?.Facts.Map("data")?.Number("forward_delay") is { } hundredths ? Milliseconds(hundredths * 10) : Milliseconds(Delays.ForwardDelay);

    /// <summary>
    /// How long the switch may hold a port in its group that has left our LACP bond: what it told of its own timeout (LACP_STATE_LACP_TIMEOUT);
    /// null where the port never was in one, or is again.
    /// </summary>
    private static TimeSpan? LetGoAfter(Touched touched, Link nic)
    {
        if (nic.Kind != LinkKind.Nic || touched.Now.Find(nic.Name.Value)?.State is not { Master: { } master } state || touched.Now.Find(master) is not { } bond || !IsLacp(bond))
            return null;
        if (touched.Next.Of(LinkKind.Bond).Any(other => IsLacp(other) && other.Ports.Any(port => port.Name.Value == nic.Name.Value)))
            return null;
        return (state.Facts.Map("port")?.Number("ad_partner_oper_port_state") ?? 0) is var partner && (partner & 0x02) != 0 ? Milliseconds(Delays.ShortTimeout) : Milliseconds(Delays.LongTimeout);
    }
}
