// Where a bridge meets a segment twice: two of its ports lead into one VLAN of joined switches, and no spanning tree cuts the ring.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Check;

/// <summary>A ring that a bridge closes.</summary>
/// <param name="Before">The port that was there first.</param>
/// <param name="Port">The port that closes it.</param>
/// <param name="Cable">By which it leaves.</param>
/// <param name="Vlan">The switch's; null for the untagged one of ports of which the file does not say it.</param>
internal sealed record Ring(Link Bridge, Port Before, Port Port, Cable Cable, int? Vlan);

internal static class Rings
{
    public static IEnumerable<Ring> Of(Stack stack) => Bridges(stack).SelectMany(bridge => At(stack, bridge));

    private static IEnumerable<Link> Bridges(Stack stack) =>
        from bridge in stack.Sound
        where bridge.Kind == LinkKind.Bridge && bridge.Ports.Length > 1 && bridge.Settings.Flag(BridgeLines.Stp) != true && !Stack.IsUnread(bridge, BridgeLines.Stp) && !Stack.IsUnread(bridge, BridgeLines.VlanFiltering)
        select bridge;

    private static IEnumerable<Ring> At(Stack stack, Link bridge)
    {
        var wiring = stack.Wiring;
        var ports = wiring.PortsOf(bridge)
            .Select(port => new { port.Entry, port.Link, Leads = wiring.Leads(port.Link).Where(lead => lead.Cable is not null).ToList() }).ToList();
        // Where a segment is met by one NIC alone there is nothing to compare: a trunk of 4094 VLANs would be looked through for nothing.
        var segments = ports.SelectMany(port => port.Leads).GroupBy(lead => wiring.SegmentOf(lead.Cable!), StringComparer.Ordinal).Where(same => same.Select(lead => lead.Nic).Distinct().Count() > 1)
            .ToDictionary(same => same.Key, _ => new Met(), StringComparer.Ordinal);
        foreach (var port in ports)
        {
            var own = new List<(Met Met, Meeting Meeting, End End)>();
            foreach (var lead in port.Leads)
                if (segments.TryGetValue(wiring.SegmentOf(lead.Cable!), out var met))
                    own.AddRange(Meets(bridge, port.Entry, lead).Select(meeting => (met, meeting, new End(port.Entry, lead))));
            var ring = own.Select(one => (one.End, At: one.Met.First(one.Meeting, before => before.Lead.Nic != one.End.Lead.Nic && !wiring.AreOneGroup(before.Lead.Cable!, one.End.Lead.Cable!)))).FirstOrDefault(two => two.At is not null);
            if (ring.At is { } at)
                yield return new(bridge, at.End.Port, port.Entry, ring.End.Lead.Cable!, at.Outside == Plain ? null : at.Outside);
            foreach (var (met, meeting, end) in own)
                met.Add(meeting, end);
        }
    }

    private sealed record End(Port Port, Lead Lead);

    /// <summary>No VLAN inside the bridge; outside, the untagged one of a switch's port as it came from the factory.</summary>
    private const int Plain = 0;

    /// <summary>VLANs inside the bridge, from one to another, and what they are at the switch: each the same, or the first of them another.</summary>
    private sealed record Meeting(int From, int To, int? Other = null);

    /// <summary>An end that was there before, and the switch's VLAN in which it is met.</summary>
    private sealed record Before(End End, int Outside);

    /// <summary>Who has met a segment by which VLAN first.</summary>
    private sealed class Met
    {
        private readonly End?[] same = new End?[VlanIds];
        private readonly Dictionary<int, End> others = [];

        private const int VlanIds = 4096;

        public Before? First(Meeting meeting, Func<End, bool> isRing)
        {
            if (meeting.Other is { } other)
                return others.GetValueOrDefault((meeting.From * VlanIds) + other) is { } end && isRing(end) ? new(end, other) : null;
            End? last = null;
            for (var vlan = meeting.From; vlan <= meeting.To; vlan++)
                if (same[vlan] is { } before && before != last && isRing(last = before))
                    return new(before, vlan);
            return null;
        }

        public void Add(Meeting meeting, End end)
        {
            if (meeting.Other is { } other)
                others.TryAdd((meeting.From * VlanIds) + other, end);
            else
                for (var vlan = meeting.From; vlan <= meeting.To; vlan++)
                    same[vlan] ??= end;
        }
    }

    private static IEnumerable<Meeting> Meets(Link bridge, Port entry, Lead lead)
    {
        var cable = lead.Cable!;
        var native = cable.SaysVlans ? (int?)cable.Native?.Value : Plain;
        var inside = bridge.Settings.Flag(BridgeLines.VlanFiltering) == true;
        if (!lead.Tags.IsEmpty)
        {
            var vlan = (int)lead.Tags[^1];
            var untagged = inside ? VlanPort.Of(bridge, entry).Runs.FirstOrDefault(run => run.Untagged)?.From : Plain;
            return untagged is null || Wiring.Carries(cable, vlan) == false ? [] : [new(untagged.Value, untagged.Value, vlan)];
        }
        if (!inside)
            return cable.Tagged.Runs.Select(run => new Meeting(run.From, run.To)).Concat(native is null ? [] : [new Meeting(Plain, Plain, native)]);
        var table = VlanPort.Of(bridge, entry);
        return VlanTable.Of([.. table.Runs.Where(run => !run.Untagged)]).Common(cable.Tagged).Select(run => new Meeting(run.From, run.To))
            .Concat(table.Runs.Where(run => run.Untagged && native is not null).SelectMany(run => Enumerable.Range(run.From, run.To - run.From + 1)).Select(vlan => new Meeting(vlan, vlan, native)));
    }
}
