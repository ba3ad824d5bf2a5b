// What a link's line says: name, kind, how it is set up, whether it carries, and what is reached over it. The words are the
// kernel's.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Show;

internal sealed class LinkFacts(Host now, Ledger ledger)
{
    /// <summary>The LACP port state, bit by bit (linux/if_bonding.h, LACP_STATE_*), as `ip -d link` spells it.</summary>
    private static readonly (long Bit, string Word)[] PortStates = [(0x08, "in_sync"), (0x10, "collecting"), (0x20, "distributing"), (0x40, "defaulted"), (0x80, "expired")];

    /// <summary>A route's line, with who put it there.</summary>
    public static Line Of(Route route) => new([new("  "), new(route.ToString(), Tone.Plain), new($"  {RoutePlan.Owner(route)}", Tone.Faint)]);

    public ImmutableArray<Bit> Of(Link link)
    {
        var bits = ImmutableArray.CreateBuilder<Bit>();
        bits.Add(new(link.Name.Value, Tone.Name));
        bits.Add(new($"  {link.Kind}"));
        void Say(string word, Tone tone = Tone.Plain) => bits.Add(new($"  {word}", tone));
        foreach (var word in Kind(link))
            Say(word);
        if (link.Settings.Number(Table.Mtu) is { } mtu)
            Say($"mtu {mtu}");
        var (state, good) = Condition(link);
        Say(state, good ? Tone.Good : Tone.Bad);
        foreach (var (word, tone) in AsPort(link))
            Say(word, tone);
        if (link.Settings.Word(Table.Mac) is { Length: > 0 } mac && link.Name.Value != "lo")
            Say(mac, Tone.Faint);
        foreach (var address in link.Addresses)
            Say(address.ToString());
        foreach (var route in now.Routes.Where(route => route.To.Value.IsEverything && route.Table == Route.MainTable && route.Link?.Value == link.Name.Value && route.Via is not null))
            Say($"gateway {route.Via}");
        if (link.Settings.Flag(Table.Ipv6) == false && !link.Addresses.IsEmpty)
            Say("no ipv6");
        if (Foreign.Is(link, now, ledger) && link.Name.Value != "lo")
            Say("foreign", Tone.Faint);
        return bits.ToImmutable();
    }

    private static IEnumerable<string> Kind(Link link)
    {
        if (link.Kind == LinkKind.Vlan)
        {
            yield return $"id {link.Settings.Number(Table.Id)}";
            if (link.Settings.Word(Table.Protocol) is { } protocol && protocol != "802.1Q")
                yield return protocol;
            if (link.State?.PeerElsewhere == true)
                yield return "on a link in another namespace";
        }
        else if (link.Kind == LinkKind.Bond)
        {
            yield return link.Settings.Word(Table.Mode) ?? "";
            foreach (var attribute in new[] { Table.Miimon, Table.ArpInterval, Table.ArpIpTarget, Table.Primary, Table.LacpRate, Table.XmitHashPolicy })
                if (Intent.InMode(attribute, link.Settings) && link.Settings.Get(attribute) is { } value && value.Value is not (Value.Number { Count: 0 } or Value.Word { Text: "" } or Value.List { Items.IsEmpty: true }))
                    yield return $"{attribute} {value}";
            if (Lacp(link) is { } partner)
                yield return partner;
        }
        else if (link.Kind == LinkKind.Bridge)
        {
            if (link.Settings.Flag(Table.Stp) == true)
                yield return "stp";
            if (link.Settings.Flag(Table.VlanFiltering) == true)
                yield return "vlan_filtering";
        }
    }

    private static string? Lacp(Link bond)
    {
        if (bond.Settings.Word(Table.Mode) != Table.Lacp || bond.State?.Facts.Map("data") is not { } data || data.Number("aggregator") is not { } aggregator)
            return null;
        var partner = data.Word("partner_mac");
        return $"aggregator {aggregator} with {data.Number("num_ports")} {(data.Number("num_ports") == 1 ? "port" : "ports")}, {(partner is null or "00:00:00:00:00:00" ? "no partner" : $"partner {partner}")}";
    }

    private static (string Word, bool Good) Condition(Link link) =>
        link.Settings.Flag(Table.Up) != true ? ("down", false)
        : link.State?.Carrier == false ? ("no carrier", false)
        : link.State?.Speed is > 0 and var speed ? (Speed(speed), true)
        : ("up", true);

    private static string Speed(long megabits) =>
        megabits % 1000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{megabits / 1000}G") : string.Create(CultureInfo.InvariantCulture, $"{megabits}M");

    /// <summary>What a link is among its bond's ports.</summary>
    private IEnumerable<(string Word, Tone Tone)> AsPort(Link link)
    {
        if (link.State?.Master is not { } name || now.Find(name) is not { } bond || bond.Kind != LinkKind.Bond)
            yield break;
        if (bond.State?.Facts.Map("data")?.Word("active_slave") == link.Name.Value)
            yield return ("active", Tone.Good);
        if (bond.Settings.Word(Table.Mode) != Table.Lacp || link.State.Facts.Map("port") is not { } port || port.Number("ad_actor_oper_port_state") is not { } state)
            yield break;
        if (port.Number("ad_aggregator_id") is { } aggregator)
            yield return ($"aggregator {aggregator}", aggregator == bond.State?.Facts.Map("data")?.Number("aggregator") ? Tone.Plain : Tone.Bad);
        var words = PortStates.Where(pair => (state & pair.Bit) != 0).Select(pair => pair.Word).ToList();
        yield return (words.Count == 0 ? "detached" : string.Join(',', words), (state & 0x30) == 0x30 && (state & 0xC0) == 0 ? Tone.Good : Tone.Bad);
    }
}
