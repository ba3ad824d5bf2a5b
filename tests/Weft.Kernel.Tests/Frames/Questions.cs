// Whom the machines of a case ask: everybody at every address, of many some; a router's link-local address where a machine has no other
// IPv6 address to ask from.

using System.Net;
using System.Net.Sockets;
using Weft.Lab.Staging;
using Weft.Model;
using Weft.Topology;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks;

namespace Weft.Kernel.Tests.Frames;

internal sealed class Questions
{
    private const int Most = 12;

    private readonly Layout layout;

    public Questions(NamedHost host, Layout layout) => (this.layout, All) = (layout, [.. Some([.. Everybody(host, layout)]), .. OnLinks(host, layout)]);

    /// <summary>Flows that find each of four ports, by any hash that looks at an echo's identifier.</summary>
    private const int Flows = 8;

    /// <summary>One alone, by several flows.</summary>
    public Questions(Question only, Layout layout) => (this.layout, All) = (layout, [.. Enumerable.Range(0, Flows).Select(flow => only with { Flow = flow })]);

    /// <summary>These, and the first of them are watched.</summary>
    public Questions(IReadOnlyList<Question> given, Layout layout) => (this.layout, All, AreGiven) = (layout, given, true);

    /// <summary>Whether they are somebody's, and nobody else's are asked.</summary>
    public bool AreGiven { get; }

    /// <summary>In the order of asking.</summary>
    public IReadOnlyList<Question> All { get; }

    /// <summary>Those of which silences are measured when something breaks, of what was answered: one by which a guest asks a switch, one by IPv6, one of a switch's own, and others over the cables before those that need none.</summary>
    public List<Question> Watched(Seen seen)
    {
        var answered = All.Where(question => seen.Answers[$"{question}"].StartsWith(Seen.All, StringComparison.Ordinal)).OrderBy(question => !AreGiven && IsSwitch(question.From) == IsSwitch(question.To)).ToList();
        if (AreGiven)
            return [.. answered.Take(Asking.Watched)];
        Question?[] first =
        [
            answered.Find(question => layout.GuestNames.Contains(question.From)) ?? answered.Find(question => layout.GuestNames.Contains(question.To)),
            answered.Find(question => question.Address.AddressFamily == AddressFamily.InterNetworkV6),
            answered.Find(question => IsSwitch(question.From)),
        ];
        return [.. first.OfType<Question>().Concat(answered).Distinct().Take(Asking.Watched)];
    }

    private bool IsSwitch(string machine) => layout.Boxes.Exists(box => box.Name == machine);

    private static IEnumerable<Question> Some(List<Question> all) => all.Count <= Most ? all : Enumerable.Range(0, Most).Select(at => all[at * all.Count / Most]);

    private static IEnumerable<Question> Everybody(NamedHost host, Layout layout)
    {
        var machines = Machines(host, layout).ToList();
        foreach (var (from, own) in machines)
            foreach (var (to, addresses) in machines.Where(other => other.Name != from))
                foreach (var family in addresses.Select(address => address.Address).GroupBy(address => address.AddressFamily))
                    if (family.Key == AddressFamily.InterNetwork || own.Any(address => address.Is6))
                        foreach (var address in family.Take(2))
                            yield return new(from, to, address);
    }

    private static IEnumerable<(string Name, IReadOnlyList<IpPrefix> Addresses)> Machines(NamedHost host, Layout layout)
    {
        yield return (host.Name, [.. host.Host.Links.SelectMany(link => link.Addresses).Select(address => address.Value)]);
        foreach (var guest in layout.GuestNames)
            yield return (guest, [.. layout.Guests.Where(cord => cord.Guest == guest).SelectMany(cord => cord.Addresses)]);
        foreach (var box in layout.Boxes)
            yield return (box.Name, [.. box.Addresses.Values.SelectMany(own => own)]);
    }

    /// <summary>Host and one guest ask a switch in their network at the address that the kernel makes of its MAC.</summary>
    private static IEnumerable<Question> OnLinks(NamedHost host, Layout layout)
    {
        if (Machines(host, layout).Any(machine => machine.Addresses.Any(address => address.Is6)))
            yield break;
        var links = host.Host.Links.SelectMany(link => link.Addresses.Select(address => (From: host.Name, Over: link.Name.Value, Own: address.Value))).Concat(layout.Guests.SelectMany(cord => cord.Addresses.Select(address => (From: cord.Guest, Over: cord.Nic, Own: address))));
        var pairs = links.SelectMany(link => layout.Boxes.Where(box => box.Addresses.Values.Any(own => own.Exists(address => link.Own.Contains(address.Address)))).Select(box => (Link: link, Box: box)));
        foreach (var (link, box) in pairs.DistinctBy(pair => pair.Link.From == host.Name))
            yield return new(link.From, box.Name, IpAddr.OfMac(Ethernet.Parse(Names.Mac("02", $"{box.Name} {SwitchFile.Bridge}"))).ToAddress(), link.Over);
    }
}
