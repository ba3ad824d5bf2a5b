// The host's cables as rules look at them: over which NICs a link's frames leave and with which tags, what the switch at the other end
// makes of them, which switches are one to a bond and which are one segment. What `cabling` does not say is not judged, so every
// question has the answer null or nothing for what nobody said.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A way from a link down to a NIC.</summary>
/// <param name="Port">The port of the bond or bridge that was asked about; the NIC itself where that was asked about.</param>
/// <param name="Tags">The VLAN ids that are pushed on the way down, the outermost last.</param>
/// <param name="Cable">What is in the NIC; null where the file does not say.</param>
internal sealed record Lead(Link Port, Link Nic, ImmutableArray<long> Tags, Cable? Cable);

/// <summary>An address that a switch has in one of its VLANs.</summary>
internal sealed record Svi(Switch Switch, At<IpPrefix> Address);

internal sealed class Wiring
{
    /// <summary>How deep a way down is followed, and how many ways of one link: a hostile file must not cost more than a host's does.</summary>
    private const int Deepest = 16, MostWays = 64;

    private readonly Stack stack;
    private readonly Dictionary<string, Cable> cables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Switch> switches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> segments = new(StringComparer.Ordinal);
    private ILookup<string, Svi>? svis;

    public Wiring(Stack stack)
    {
        this.stack = stack;
        foreach (var cable in stack.Host.Cables)
            cables.TryAdd(cable.Nic.Value, cable);
        foreach (var box in stack.Host.Switches)
            switches.TryAdd(box.Name.Value, box);
        foreach (var pair in switches.Values.Where(box => box.Mlag is not null).GroupBy(box => box.Mlag!.Value, StringComparer.Ordinal))
            foreach (var member in pair)
                Join(pair.First().Name.Value, member.Name.Value);
        foreach (var joined in stack.Host.Rest.List("links"))
            if (joined.Value is Value.List { Items: [var one, var other, ..] })
                Join(one.ToString(), other.ToString());
    }

    public IEnumerable<Cable> Cables => cables.Values;

    public IEnumerable<Switch> Switches => switches.Values;

    public Cable? CableOf(Link nic) => cables.GetValueOrDefault(nic.Name.Value);

    public Switch? SwitchOf(Cable cable) => cable.Switch is { } name ? switches.GetValueOrDefault(name.Value) : null;

    /// <summary>Every way from the link to a NIC. Nothing for a link that stands in a circle.</summary>
    public IReadOnlyList<Lead> Leads(Link link)
    {
        var ways = new List<Lead>();
        if (link.Kind == LinkKind.Nic)
            ways.Add(new(link, link, [], CableOf(link)));
        else if (link.Lower is not null)
            Down(link, link, [], 0);
        else
            foreach (var (_, port) in stack.PortsOf(link))
                Down(port, port, [], 0);
        return ways;

        void Down(Link port, Link at, ImmutableArray<long> tags, int depth)
        {
            if (depth > Deepest || ways.Count >= MostWays || stack.InCycle.Contains(at.Name.Value))
                return;
            if (at.Kind == LinkKind.Nic)
                ways.Add(new(port, at, tags, CableOf(at)));
            else if (at.Kind == LinkKind.Vlan && stack.LowerOf(at) is { } lower)
                Down(port, lower, at.Settings.Number(VlanLines.Id) is { } id ? [.. tags, id] : tags, depth + 1);
            else if (at.Kind == LinkKind.Macvlan && stack.LowerOf(at) is { } real)
                Down(port, real, tags, depth + 1);
            else if (at.Kind == LinkKind.Bond || at.Kind == LinkKind.Bridge)
                foreach (var (_, below) in stack.PortsOf(at))
                    Down(port, below, tags, depth + 1);
        }
    }

    /// <summary>The ways of a bond's ports; empty unless each of them has a cable that the file describes.</summary>
    public IReadOnlyList<Lead> Cabled(Link bond)
    {
        var leads = Leads(bond);
        return leads.Count > 0 && leads.All(lead => lead.Cable is not null) && bond.Ports.All(port => leads.Any(lead => lead.Port.Name.Value == port.Name.Value)) ? leads : [];
    }

    /// <summary>Whether the two end in one switch, or in a pair that acts as one.</summary>
    public bool AreOneSwitch(Cable one, Cable other) =>
        one.Switch is not null && other.Switch is not null && (one.Switch.Value == other.Switch.Value
            || SwitchOf(one)?.Mlag is { } pair && SwitchOf(other)?.Mlag is { } same && pair.Value == same.Value);

    /// <summary>Whether the two are in one link aggregation group.</summary>
    public bool AreOneGroup(Cable one, Cable other) => one.Group is not null && one.Group.Value == other.Group?.Value && AreOneSwitch(one, other);

    /// <summary>Whether frames find a way between the switches at the two ends that does not lead over this host.</summary>
    public bool AreOneSegment(Cable one, Cable other) =>
        one.Switch is not null && other.Switch is not null && Root(one.Switch.Value) == Root(other.Switch.Value);

    /// <summary>Whether the switch's port takes frames with this tag; null where the file does not say what it carries.</summary>
    public static bool? Carries(Cable cable, long vlan) =>
        cable.SaysVlans ? cable.Vlans.Any(run => VlanRange.Of(run.Value) is { } of && of.From <= vlan && vlan <= of.To) : null;

    /// <summary>The speed of a NIC's port in Mbit/s, as its own settings or its cable say it.</summary>
    public long? SpeedOf(Link nic) => nic.Settings.Number(NicLines.Speed) ?? CableOf(nic)?.Speed?.Value;

    /// <summary>The addresses that switches have in a VLAN into which this cable leads, and whose each is.</summary>
    public IEnumerable<Svi> Svis(Cable cable, long vlan)
    {
        svis ??= switches.Values.SelectMany(box => box.Addresses.SelectMany(svi => svi.Addresses.Select(address => new { Key = $"{Root(box.Name.Value)} {svi.Vlan}", Svi = new Svi(box, address) })))
            .ToLookup(svi => svi.Key, svi => svi.Svi, StringComparer.Ordinal);
        return cable.Switch is { } first ? svis[$"{Root(first.Value)} {vlan}"] : [];
    }

    private string Root(string name)
    {
        while (segments.TryGetValue(name, out var next))
            name = next;
        return name;
    }

    private void Join(string one, string other)
    {
        var (left, right) = (Root(one), Root(other));
        if (left != right)
            segments[right] = left;
    }
}
