// A Linux 6.1 in memory, as an IKernel: it holds links, addresses, routes, rules, VLAN tables and what is kept for others, and
// does with each step what the kernel does with the message made of it - refusing, ignoring and acting by itself included. It
// was written from the kernel's behaviour and knows nothing of the planner's predictions, so that each can find the other
// wrong. It moves no packets and has no clock: what waits (carriers, duplicate address detection) has happened at once.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;
using Weft.Twin.Layer3;
using Weft.Twin.Requests;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin;

/// <summary>A kernel's twin.</summary>
public sealed class TwinKernel : IKernel
{
    private readonly Net net = new();
    private Host origin = Host.Empty;
    private string epoch = "twin";

    private TwinKernel()
    {
    }

    /// <summary>Every step that was executed without being refused by <see cref="Refuses"/>, refused by the twin itself or not.</summary>
    public IList<Step> Sent { get; } = new List<Step>();

    /// <summary>For tests of failure: answers a step with a refusal instead of doing it.</summary>
    public Func<Step, Refusal?> Refuses { get; set; } = static _ => null;

    /// <summary>For tests of failure: takes a step without a word and does nothing.</summary>
    public Func<Step, bool> Ignores { get; set; } = static _ => false;

    /// <summary>A bare host: NICs that are down, with MACs 02:00:5e:00:00:01 and on in their order, and nothing else.</summary>
    public static TwinKernel Of(params IEnumerable<string> nics) => WithMacs(nics.Select((name, at) => (name, $"02:00:5e:00:{(at + 1) >> 8:x2}:{(at + 1) & 255:x2}")));

    /// <summary>The same, with these MACs burnt in.</summary>
    internal static TwinKernel WithMacs(IEnumerable<(string Name, string Mac)> nics)
    {
        var twin = new TwinKernel();
        foreach (var (name, mac) in nics)
            twin.Plug(name, mac);
        return twin;
    }

    /// <summary>A NIC comes to this host, down: hardware, or a guest's tap.</summary>
    internal void Plug(string name, string mac, long mtu = 1500) => net.Enter(new Device(name, LinkKind.Nic, net.NextIndex())
    {
        Mac = mac, BurntMac = mac, MacOrigin = MacOrigin.Permanent, Ipv6 = true, Mtu = mtu, Driven = Drivers.Veth.Settings, Hardware = Drivers.Veth.Hardware,
    });

    internal Net Net => net;

    internal bool Has(string link) => net.Find(link) is not null;

    /// <summary>A host as it was observed elsewhere, whose epoch it keeps: a ledger of that host holds here too.</summary>
    public static TwinKernel From(Observation observation)
    {
        var twin = new TwinKernel { origin = observation.Host, epoch = observation.Epoch };
        var host = observation.Host;
        twin.net.NewLinksIpv6 = observation.NewLinksIpv6;
        twin.net.NewLinks = observation.NewLinks.Count > 0 ? observation.NewLinks : twin.net.NewLinks;
        twin.net.Sysctls = host.Sysctls;
        twin.net.PromotesSecondaries = host.Links.Any(link => link.State?.Promotes == true);
        var waiting = host.Links.ToList();
        while (waiting.Count > 0)
        {
            // Each after what it stands on; what is left over stands on nothing of this host.
            var ready = waiting.Where(link => LowerOf(link) is not { } lower || twin.net.Find(lower) is not null).ToList();
            foreach (var link in ready.Count > 0 ? ready : waiting)
                Arrival.Enter(twin.net, link, LowerOf(link) is { } lower ? twin.net.Find(lower) : null);
            waiting.RemoveAll(link => twin.net.Find(link.Name.Value) is not null);
        }
        foreach (var veth in host.Of(LinkKind.Veth))
            twin.net.Find(veth.Name.Value)!.Peer = veth.Settings.Word(VethLines.Peer) is { } peer ? twin.net.Find(peer) : null;
        foreach (var master in host.Links.Where(link => link.Kind.HasPorts))
        {
            foreach (var port in master.Ports)
                if (twin.net.Find(port.Name.Value) is { } device)
                    Arrival.Join(twin.net, device, twin.net.Find(master.Name.Value)!, port);
            Arrival.Guess(twin.net.Find(master.Name.Value)!);
        }
        twin.net.Fib.Routes.AddRange(host.Routes);
        twin.net.Rules.AddRange(host.Rules);
        twin.net.Kept.AddRange(host.Kept);
        return twin;
    }

    public Observation Observe(Inquiry? inquiry = null) => new(Drivers.Told(net, Looking.At(net), inquiry), null) { Epoch = epoch, NewLinksIpv6 = net.NewLinksIpv6, NewLinks = net.NewLinks };

    /// <summary>net.ipv4.conf.all.promote_secondaries.</summary>
    public bool PromotesSecondaries
    {
        get => net.PromotesSecondaries;
        set => net.PromotesSecondaries = value;
    }

    /// <summary>Kinds of link that this kernel was built without.</summary>
    public IReadOnlyCollection<LinkKind> Without
    {
        get => net.Without;
        set => net.Without = value;
    }

    public IReadOnlyCollection<LinkKind> LacksKinds(IReadOnlyCollection<LinkKind> asked) => [.. asked.Where(Without.Contains)];

    public IReadOnlyCollection<Attribute> Lacks(IReadOnlyCollection<Attribute> asked) => [.. asked.Where(line => !Features.Has(line))];

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) => [.. steps.Select(Execute)];

    private Refusal? Execute(Step step)
    {
        if (Refuses(step) is { } refusal)
            return refusal;
        if (Named(step).FirstOrDefault(name => name.Length > 0 && net.Find(name) is null) is { } missing)
            return Error.Of("ENODEV", $"there is no link {missing}");
        Sent.Add(step);
        if (Ignores(step))
            return null;
        return step switch
        {
            Step.OfLink link => OfLink.Do(net, link),
            Step.OfAddress address => OfOthers.Do(net, address),
            Step.OfRoute route => OfOthers.Do(net, route),
            Step.OfRule rule => OfOthers.Do(net, rule),
            Step.OfVlans vlans => OfOthers.Do(net, vlans),
            Step.OfKept kept => OfOthers.Do(net, kept, origin.Find),
            Step.OfNewLinksIpv6 ipv6 => Switch(ipv6.On),
            Step.OfSysctls host => Tune(host.Settings),
            _ => Error.Of("EOPNOTSUPP"),
        };
    }

    private Refusal? Tune(Settings settings)
    {
        foreach (var (line, value) in settings)
        {
            if (!net.Sysctls.Has(line))
                return Error.Of("ENOENT", $"there is no {line} in this network namespace");
            net.Sysctls = net.Sysctls.With(line, value.Value);
        }
        return null;
    }

    private Refusal? Switch(bool on)
    {
        net.NewLinksIpv6 = on;
        return null;
    }

    /// <summary>The links that a step speaks of by index: one that is gone is never spoken of.</summary>
    private static IEnumerable<string> Named(Step step) => step switch
    {
        Step.OfLink { Verb: Verb.Adopt } => [],
        Step.OfLink link =>
        [
            link.Verb == Verb.Add ? "" : link.Name,
            .. link.Settings.Where(line => line.Shape is Weft.Model.Shapes.LinkName && line != VethLines.Peer).Select(pair => pair.Value.ToString()),
        ],
        Step.OfAddress address => [address.Link],
        Step.OfRoute { Route: { Raw: not null, Plain: false } } => [],
        Step.OfRoute route => [.. route.Route.Links],
        Step.OfVlans vlans => [vlans.Link],
        _ => [],
    };

    private static string? LowerOf(Link link) => link.Lower ?? link.State?.Lower;

    /// <summary>As if somebody had removed a link and made one just like it: it has another index.</summary>
    public void Remake(string name)
    {
        if (net.Find(name) is { } device)
            device.Index = net.NextIndex();
    }

    /// <summary>Gives a NIC another driver: what it keeps, and what it could do.</summary>
    public void Equip(string nic, Settings driven, Hardware hardware) => (net.Find(nic)!.Driven, net.Find(nic)!.Hardware) = (driven, hardware);

    /// <summary>As if an administrator, and not Weft, had put every route there is.</summary>
    public void DisownRoutes()
    {
        for (var i = 0; i < net.Fib.Routes.Count; i++)
            if (net.Fib.Routes[i] is { Protocol: not Fib.Kernel } route)
                net.Fib.Routes[i] = route with { Protocol = Administrator };
    }

    /// <summary>RTPROT_STATIC.</summary>
    private const byte Administrator = 4;
}
