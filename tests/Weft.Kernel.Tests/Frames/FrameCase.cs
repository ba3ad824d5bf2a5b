// A host file with its switches and guests as a case that runs on the twin and on the kernel, among others in one lab. Names of hosts, switches and
// guests are made the case's own: they are names of network namespaces, and MACs follow from them.

using System.Net;
using System.Text.RegularExpressions;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;
using Weft.Topology;

namespace Weft.Kernel.Tests.Frames;

/// <summary>What breaks in a case.</summary>
/// <param name="Word">As `weft simulate` is told it, without the moment: eth0, eth0:lacp, eth0:vlan=80.</param>
/// <param name="At">Seconds after everybody began to speak.</param>
/// <param name="Repair">Seconds after which it works again; null: never.</param>
internal sealed record Break(string Word, double At, double? Repair);

internal sealed class FrameCase
{
    public FrameCase(string name, int number, string text, Break? broken)
    {
        (Name, Number, Broken) = (name, number, broken);
        var host = Read(text);
        if (!host.Cables.Any())
            host = Read(text += Assumed(host));
        var names = host.Switches.Select(box => box.Name.Value).Concat(host.Guests.Select(guest => guest.Name.Value)).Concat(host.Switches.Select(box => box.Mlag?.Value).OfType<string>()).Append(host.Name).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (broken is not null && names.Contains(broken.Word))
            Broken = broken with { Word = $"{broken.Word}-{number}" };
        foreach (var one in names)
            text = Regex.Replace(text, $@"(?<![\w.-]){Regex.Escape(one)}(?![\w-]|\.[\w])", $"{one}-{number}", RegexOptions.None, TimeSpan.FromSeconds(1));
        Host = new(Read(text).Name ?? $"host-{number}", $"/{name}-{number}.yaml", Read(text));
    }

    public string Name { get; }
    public int Number { get; }
    public NamedHost Host { get; }
    public Break? Broken { get; }

    public bool HasTree => Host.Host.Of(LinkKind.Bridge).Any(bridge => bridge.Settings.Flag(BridgeLines.Stp) == true);

    /// <summary>
    /// Bonds whose first active port nobody can foretell, with the port that is made the active one before anybody asks: those that watch their ports by ARP begin with the one that was answered first, and a
    /// primary is none.
    /// </summary>
    public IEnumerable<(string Bond, string Port)> Chosen => Host.Host.Of(LinkKind.Bond)
        .Where(bond => bond.Settings.Number(BondLines.ArpInterval) > 0 && bond.Settings.Word(BondLines.Mode) == BondLines.ActiveBackup && bond.Settings.Word(BondLines.Primary) is null)
        .Select(bond => (bond.Name.Value, bond.Ports[0].Name.Value));

    /// <summary>
    /// Whether a switch's entry is chance: a bond of these modes on ports that are no group sends a host's frames over one port and another, and which was the last hangs on what the kernel said meanwhile of
    /// its own accord (router solicitations, reports of memberships).
    /// </summary>
    public bool IsChance(string entry) => !entry.StartsWith($"{Host.Name} ", StringComparison.Ordinal)
        && Host.Host.Of(LinkKind.Bond).Any(bond => (bond.Settings.Number(BondLines.ArpInterval) > 0 && bond.Settings.Word(BondLines.FailOverMac) is "active" or "follow") || (bond.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin) is BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast or BondLines.Tlb or BondLines.Alb
            && IsPlain(bond));

    /// <summary>The longest of the intervals in which its bonds look at their ports, in seconds. LACP looks every 100 ms, and says no more than three PDUs a second.</summary>
    public double Interval => Math.Max(Host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Word(BondLines.Mode) == BondLines.Lacp) ? 0.33 : 0, Looks);

    private double Looks => Host.Host.Of(LinkKind.Bond).SelectMany(bond => new[] { bond.Settings.Number(BondLines.Miimon), bond.Settings.Number(BondLines.ArpInterval) }).OfType<long>().DefaultIfEmpty().Max() / 1000.0;

    // The switch that is assumed where a file says none would be one for all cases of a lab: said outright it is the case's own.
    private static string Assumed(Host host)
    {
        var layout = Layouts.Of([new("host", "/host.yaml", host)]);
        var cables = layout.Cords.Select(cord => $"  {cord.Label}: {{switch: sw, vlans: [{string.Join(", ", cord.Tagged)}], native: {cord.Native}{(cord.Group is null ? "" : $", group: \"{cord.Group.Split('@')[0]}\", lacp: {cord.Lacp}")}}}\n");
        var addresses = layout.Boxes.SelectMany(box => box.Addresses).Select(own => $"{own.Key}: [{string.Join(", ", own.Value.Select(address => $"\"{address}\""))}]");
        return $"\ncabling:\n{string.Concat(cables)}switches:\n  sw: {{addresses: {{{string.Join(", ", addresses)}}}}}\n";
    }

    /// <summary>
    /// A bond whose own broadcasts come back by another of its ports, because these are no group: whether a bridge looks for a guest at its tap or at the bond hangs on who said something last, and so
    /// do times.
    /// </summary>
    public bool IsReflecting => Host.Host.Of(LinkKind.Bond).Any(bond => (bond.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin) is BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast && IsPlain(bond));

    private bool IsPlain(Link bond) => bond.Ports.Any(port => Host.Host.Cables.Any(cable => cable.Nic.Value == port.Name.Value && cable.Group is null));

    /// <summary>Seconds by which a silence may differ besides, by what is chance in a lab.</summary>
    public double Chance =>
        // Which clients balance-alb gives to which port hangs on the order of their ARP, and a client of a port that died waits for the next update: 2 s, and a poll.
        (Host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Word(BondLines.Mode) == BondLines.Alb) ? 2.5 : 0)
        // The link watch sits on the carrier of a port that is in no bond for up to a second where some other link of the machine had an event within that second (linkwatch_nextevent):
        // a bond goes back to a port that the switch does not forward on yet.
        + (Broken?.Repair is not null && Host.Host.Of(LinkKind.Bond).Any(IsPlain) ? 1 : 0);

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        return reading.Host!;
    }

    /// <summary>The one question that is asked, by several flows, in the place of everybody's: who asks whom at which address, by their names in the file.</summary>
    public (string From, string To, IPAddress Address)? Only { get; init; }

    /// <summary>Flows of the one question: enough for a hash to send some by each of two ports.</summary>
    private const int Flows = 8;

    /// <summary>Whom one machine asks at which address, in the order of asking.</summary>
    public IReadOnlyList<(string From, string To, IPAddress Address)> Questions(Layout layout, int most = 12)
    {
        if (Only is var (asker, asked, target))
            return [.. Enumerable.Repeat(($"{asker}-{Number}", $"{asked}-{Number}", target), Flows)];
        var all = new List<(string, string, IPAddress)>();
        var machines = Machines(layout).ToList();
        foreach (var (from, _) in machines)
            foreach (var (to, addresses) in machines)
                if (from != to)
                    all.AddRange(addresses.Where(address => address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork).Select(address => (from, to, address)).Take(2));
        // Of many, some of each machine's.
        return all.Count <= most ? all : [.. all.Where((_, at) => at % ((all.Count + most - 1) / most) == 0)];
    }

    private IEnumerable<(string Name, IReadOnlyList<IPAddress> Addresses)> Machines(Layout layout)
    {
        yield return (Host.Name, [.. Host.Host.Links.SelectMany(link => link.Addresses).Select(address => address.Value.Address)]);
        foreach (var guest in layout.GuestNames)
            yield return (guest, [.. layout.Guests.Where(cord => cord.Guest == guest).SelectMany(cord => cord.Addresses).Select(address => address.Address)]);
        foreach (var box in layout.Boxes)
            yield return (box.Name, [.. box.Addresses.Values.SelectMany(own => own).Select(address => address.Address)]);
    }

    public override string ToString() => Name;
}

/// <summary>What was seen of a case, on the twin or on the kernel.</summary>
internal sealed class Seen
{
    /// <summary>Of every question, how many of its echoes were answered: none, some, all.</summary>
    public SortedDictionary<string, string> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Where each bridge learned each MAC: `host br0 MAC VLAN` to a port.</summary>
    public SortedDictionary<string, string> Learned { get; } = new(StringComparer.Ordinal);

    /// <summary>Of every bond its active port, or the ports and the partner of its active aggregator.</summary>
    public SortedDictionary<string, string> Bonds { get; } = new(StringComparer.Ordinal);

    /// <summary>Of every question that was asked while something broke, its longest silence in seconds; infinite where it began with the first echo: a ping of the lab starts when it gets the processor.</summary>
    public SortedDictionary<string, double> Silences { get; } = new(StringComparer.Ordinal);

    public static string Word(long answered, long sent) => answered == 0 ? "none" : answered >= sent ? "all" : "some";
}
