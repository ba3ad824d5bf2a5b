// Where changes are looked for: the links, cables and switches on the way of the questions that an expectation asks, and what the files say of them.

using Weft.Model;
using Weft.Spec;
using Weft.Topology;

namespace Weft.Twin.Proving.Advising;

/// <summary>An edit of one of the files.</summary>
internal sealed record Change(int File, Edit Edit);

/// <summary>A change that makes sense by itself.</summary>
/// <param name="Said">What is so then, as a part of a sentence.</param>
internal sealed record Move(string Said, IReadOnlyList<Change> Changes)
{
    /// <summary>It is no matter of the host alone: somebody has to do it at a switch, or with a cable.</summary>
    public bool IsOutside { get; init; }
}

/// <summary>A link on the way, and the file that says it.</summary>
internal sealed record Standing(int File, NamedHost Host, Link Link);

internal sealed class Ground
{
    private static readonly string[] Nobody = [];

    public Ground(IReadOnlyList<NamedHost> hosts, Expectation expectation)
    {
        (Hosts, Expectation, Layout) = (hosts, expectation, Layouts.Of(hosts));
        Ends = [.. expectation.Questions.SelectMany(question => new[] { question.Asker, question.Asked }).OfType<End>().DistinctBy(end => (end.Machine, end.Link, end.Own))];
        Links = [.. Ends.GroupBy(end => end.Host.Name).SelectMany(of => Below(of.First().Host.Name, of.Select(end => end.Link)))];
        Bonds = [.. Links.Where(one => one.Link.Kind == LinkKind.Bond)];
        Cords = [.. Layout.Cords.Where(cord => Links.Any(one => one.Host == cord.Host && one.Link.Name.Value == cord.Label))];
        Vlans = [.. Ends.Select(end => end.Tag).OfType<long>().Distinct().Order()];
    }

    public IReadOnlyList<NamedHost> Hosts { get; }
    public Expectation Expectation { get; }
    public Layout Layout { get; }
    public IReadOnlyList<End> Ends { get; }

    /// <summary>Every link on the way, from the ends down to the NICs.</summary>
    public IReadOnlyList<Standing> Links { get; }

    public IReadOnlyList<Standing> Bonds { get; }

    /// <summary>The cables on the way.</summary>
    public IReadOnlyList<Cord> Cords { get; }

    /// <summary>The VLANs of the questions.</summary>
    public IReadOnlyList<long> Vlans { get; }

    public int FileOf(NamedHost host) => Enumerable.Range(0, Hosts.Count).First(at => Hosts[at].Name == host.Name);

    /// <summary>The cables of a bond's ports, of which the file says where they lead.</summary>
    public IReadOnlyList<Cord> CordsOf(Standing bond) => [.. Cords.Where(cord => cord.Host == bond.Host && CableOf(cord) is not null && bond.Link.Ports.Any(port => Nic(bond.Host.Host, port.Name.Value) == cord.Label))];

    /// <summary>The file's entry of a cable; null where it was assumed.</summary>
    public static Cable? CableOf(Cord cord) => cord.Host.Host.Cables.FirstOrDefault(cable => cable.Nic.Value == cord.Label);

    /// <summary>The keys that lead to what the file says of a link: to its own entry, or to that of the network which makes it.</summary>
    public static IReadOnlyList<string> PathOf(Standing one) =>
        one.Host.Host.AsWritten.Find(one.Link.Name.Value) is { Kind.Section: { } section } ? [section, one.Link.Name.Value]
        : one.Host.Host.Networks.FirstOrDefault(network => network.Ids.Any(id => network.BridgeOf(id) == one.Link.Name.Value || (id is { } tag && network.VlanOf(tag) == one.Link.Name.Value))) is { } made ? ["networks", made.Name.Value]
        : Nobody;

    /// <summary>The file that describes a switch, else the first whose cable leads to it.</summary>
    public int FileOfSwitch(string name) =>
        Enumerable.Range(0, Hosts.Count).OrderBy(at => Hosts[at].Host.Switches.Any(one => one.Name.Value == name) ? 0 : Hosts[at].Host.Cables.Any(cable => cable.Switch?.Value == name) ? 1 : 2).First();

    public Switch? Described(string name) => Hosts.SelectMany(host => host.Host.Switches).FirstOrDefault(one => one.Name.Value == name);

    /// <summary>Every switch by name.</summary>
    public IEnumerable<string> Switches => Layout.Boxes.SelectMany(box => box.Members).Where(name => Hosts.Any(host => host.Host.Switches.Any(one => one.Name.Value == name) || host.Host.Cables.Any(cable => cable.Switch?.Value == name)));

    /// <summary>The switches where the cables of the way end.</summary>
    public IEnumerable<string> Reached => Cords.Select(cord => cord.Member).OfType<string>().Distinct(StringComparer.Ordinal);

    private IEnumerable<Standing> Below(string name, IEnumerable<string> links)
    {
        var (file, seen) = (Enumerable.Range(0, Hosts.Count).First(at => Hosts[at].Name == name), new HashSet<string>(StringComparer.Ordinal));
        var host = Hosts[file];
        var open = new Queue<string>(links);
        while (open.TryDequeue(out var next))
            if (seen.Add(next) && host.Host.Find(next) is { } link)
            {
                foreach (var lower in link.Lowers)
                    open.Enqueue(lower.Value);
                yield return new(file, Layout.Hosts[file], link);
            }
    }

    /// <summary>The NIC below a port: itself, or what it is a VLAN of.</summary>
    private static string Nic(Host host, string name)
    {
        for (var depth = 0; depth < 16 && host.Find(name) is { Lower: { } lower }; depth++)
            name = lower;
        return name;
    }
}
