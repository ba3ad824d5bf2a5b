// Who hears whom by ARP: what plugs into one bridge, and one VLAN of it where it keeps VLANs apart; the host's own ends there; and the
// addresses that switches have in the VLAN as which its frames leave. Only what the file says: a network of which nobody has an address
// on file is one of which nothing is known.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>An address, and whose it is.</summary>
/// <param name="Owner">As a message names it.</param>
/// <param name="Link">The host's link that has it; null where it is a switch's or a guest's.</param>
internal sealed record Neighbour(string Owner, At<IpPrefix> Address, Link? Link = null);

/// <summary>Where a guest's NIC plugs in.</summary>
/// <param name="Vlan">0 on a bridge that keeps none apart.</param>
internal sealed record Socket(Link Bridge, long Vlan)
{
    public override string ToString() => $"{Bridge.Name} {Vlan}";
}

internal sealed class Neighbourhoods(Stack stack)
{
    private readonly Dictionary<string, IReadOnlyList<Neighbour>> known = new(StringComparer.Ordinal), svis = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<Gate>> gates = new(StringComparer.Ordinal);
    private ILookup<string, Link>? vlans;

    /// <summary>Where a guest's NIC plugs in; null where that is no bridge that is there, or no VLAN of it, or reading said something of it.</summary>
    public Socket? Of(GuestNic nic) =>
        nic is not { Bridge: { } name, Network: null } || stack.Host.Find(name.Value) is not { } bridge || bridge.Kind != LinkKind.Bridge || stack.InCycle.Contains(name.Value) || Stack.IsUnread(bridge, BridgeLines.VlanFiltering) ? null
        : !IsAware(bridge) ? nic.Vlan is null ? new(bridge, 0) : null
        : (nic.Vlan?.Value ?? BridgeLines.DefaultPvidOf(bridge.Settings)) is > 0 and var vlan ? new(bridge, vlan) : null;

    /// <summary>The addresses of host and switches that such a NIC has beside it.</summary>
    public IReadOnlyList<Neighbour> Beside(Socket socket)
    {
        if (!known.TryGetValue(socket.ToString(), out var there))
            known[socket.ToString()] = there = [.. Ends(socket.Bridge, socket.Vlan).SelectMany(Own), .. Svis(socket.Bridge, socket.Vlan)];
        return there;
    }

    /// <summary>Everybody who has an address beside others: first the switches, then the host, then its guests.</summary>
    public IEnumerable<IReadOnlyList<Neighbour>> All()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var plugged in stack.Host.Guests.SelectMany(guest => guest.Nics.Select(nic => new { guest.Name, nic.Addresses, Socket = Of(nic) })).Where(plug => plug.Socket is not null).GroupBy(plug => plug.Socket!.ToString(), StringComparer.Ordinal))
        {
            var beside = Beside(plugged.First().Socket!);
            seen.UnionWith(beside.Where(one => one.Link is not null).Select(one => one.Link!.Name.Value));
            yield return [.. beside.OrderBy(one => one.Link is not null), .. plugged.SelectMany(plug => plug.Addresses.Select(address => new Neighbour(plug.Name.Value, address)))];
        }
        foreach (var link in stack.Sound)
            if (!link.Addresses.IsEmpty && seen.Add(link.Name.Value))
                yield return [.. Beside(link), .. Own(link)];
    }

    private static IEnumerable<Neighbour> Own(Link link) => link.Addresses.Select(address => new Neighbour($"the host ({link.Name})", address, link));

    /// <summary>The addresses of switches that a link of the host, with an address of its own, has beside it.</summary>
    public IReadOnlyList<Neighbour> Beside(Link link) =>
        stack.MasterOf(link) is not null ? []
        : link.Kind == LinkKind.Vlan && stack.LowerOf(link) is { } lower && IsAware(lower) ? link.Settings.Number(VlanLines.Id) is { } id && !IsTwice(link) ? Svis(lower, id) : []
        : Svis(link, IsAware(link) ? BridgeLines.DefaultPvidOf(link.Settings) : 0);

    /// <summary>The host's links that are in it: the bridge, VLANs and MACVLANs of it, and the other ends of veths that are its ports.</summary>
    private IEnumerable<Link> Ends(Link bridge, long vlan)
    {
        var pvid = IsAware(bridge) ? BridgeLines.DefaultPvidOf(bridge.Settings) : 0;
        foreach (var end in vlan == 0 ? [] : Vlans[$"{bridge.Name} {vlan}"])
            yield return end;
        if (vlan == pvid)
            foreach (var end in stack.Uppers(bridge).Where(upper => upper.Kind == LinkKind.Macvlan).Prepend(bridge))
                yield return end;
        foreach (var (entry, port) in stack.PortsOf(bridge))
            if (port.Kind == LinkKind.Veth && port.Settings.Word(VethLines.Peer) is { } peer && stack.Host.Find(peer) is { } end && stack.MasterOf(end) is null && (vlan == 0 || VlanPort.Of(bridge, entry).Pvid == vlan))
                yield return end;
    }

    /// <summary>The VLAN links, by what they stand on and their id.</summary>
    private ILookup<string, Link> Vlans => vlans ??= stack.Host.Of(LinkKind.Vlan).ToLookup(NameOf, StringComparer.Ordinal);

    private static string NameOf(Link vlan) => $"{vlan.Lower} {vlan.Settings.Number(VlanLines.Id)}";

    /// <summary>Whether a finding says already that another link has this VLAN, so that nobody knows which was to have it.</summary>
    private bool IsTwice(Link link) => link.Kind == LinkKind.Vlan && Vlans[NameOf(link)].Count() > 1;

    /// <summary>A cable by which frames leave, and the VLAN that the switch takes them for.</summary>
    private sealed record Exit(Cable Cable, long Vlan);

    /// <summary>A way down to a NIC, and what the bridge lets out by it; null where it lets out everything.</summary>
    private sealed record Gate(Lead Lead, VlanTable? Table, int? Pvid);

    private IEnumerable<Exit> Ways(Link link, long vlan)
    {
        if (!gates.TryGetValue(link.Name.Value, out var found))
        {
            var entries = IsAware(link) ? link.Ports.DistinctBy(port => port.Name.Value).ToDictionary(port => port.Name.Value, port => VlanPort.Of(link, port), StringComparer.Ordinal) : null;
            gates[link.Name.Value] = found = [.. stack.Wiring.Leads(link).Where(lead => !IsTwice(lead.Port)).Select(lead => new Gate(lead, entries?[lead.Port.Name.Value], entries?[lead.Port.Name.Value].Pvid))];
        }
        return found.Where(gate => gate.Table?.Has((int)vlan) != false).Select(gate => Leaving(gate.Lead, gate.Table is null || gate.Pvid == vlan ? null : vlan)).OfType<Exit>();
    }

    /// <summary>Null where there is no cable on file, where the switch does not carry them, or where they have two tags and are no affair of its.</summary>
    private static Exit? Leaving(Lead lead, long? tag) =>
        lead.Cable is not { } cable || lead.Tags.Length + (tag is null ? 0 : 1) > 1 ? null
        : (tag ?? (lead.Tags is [var pushed] ? pushed : null)) is { } said ? Wiring.Carries(cable, said) == false ? null : new(cable, said)
        : cable.Native is { } native ? new(cable, native.Value) : null;

    private IReadOnlyList<Neighbour> Svis(Link link, long vlan)
    {
        var name = $"{link.Name} {vlan}";
        if (!svis.TryGetValue(name, out var there))
            svis[name] = there = [.. Ways(link, vlan).SelectMany(exit => stack.Wiring.Svis(exit.Cable, exit.Vlan)).Distinct().Select(svi => new Neighbour($"the switch {svi.Switch}", svi.Address))];
        return there;
    }

    private static bool IsAware(Link bridge) => bridge.Settings.Flag(BridgeLines.VlanFiltering) == true;
}
