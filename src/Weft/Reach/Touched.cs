// What a plan does to each link as far as time is concerned: whether its carrier may fall or only now begins, whether it is a
// port only now. A bond of which one port goes on carrying has not lost its carrier, though it has something to agree on.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Attribute = Weft.Model.Attributes.Attribute;
using Order = Weft.Plan.Stack;

namespace Weft.Reach;

internal sealed class Touched
{
    private readonly ILookup<string, Step.OfLink> steps;
    private readonly ILookup<string, Step.OfAddress> addresses;
    private readonly HashSet<string> blinking = new(StringComparer.Ordinal);
    private readonly HashSet<string> pushed;

    public Touched(Host next, Host now, IReadOnlyList<Step> plan)
    {
        (Next, Now) = (next, now);
        steps = plan.OfType<Step.OfLink>().Where(step => step.Sends).ToLookup(step => step.Name, StringComparer.Ordinal);
        addresses = plan.OfType<Step.OfAddress>().Where(step => step.Verb != Verb.Remove).ToLookup(step => step.Link, StringComparer.Ordinal);
        BottomUp = Order.BottomUp(next);
        // A bond's MTU is its ports' MTU (bond_change_mtu).
        pushed = next.Of(LinkKind.Bond).Where(bond => IsSet(bond, Table.Mtu)).SelectMany(bond => bond.Ports).Select(port => port.Name.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var link in BottomUp)
            if (Falls(link))
                blinking.Add(link.Name.Value);
    }

    public Host Next { get; }
    public Host Now { get; }

    /// <summary>The links to come, each after what it stands on.</summary>
    public IReadOnlyList<Link> BottomUp { get; }

    /// <summary>Whether its carrier may fall, or is there only after the change.</summary>
    public bool Blinks(Link link) => blinking.Contains(link.Name.Value);

    public bool IsNew(Link link) => Now.Find(link.Name.Value) is null || steps[link.Name.Value].Any(step => step.Verb == Verb.Add);

    /// <summary>Whether the plan sets one of these on it.</summary>
    public bool IsSet(Link link, params ReadOnlySpan<Attribute> attributes)
    {
        foreach (var step in steps[link.Name.Value])
            foreach (var attribute in attributes)
                if (step.Settings.Has(attribute))
                    return true;
        return false;
    }

    /// <summary>Whether a port only now is one, or loses its carrier meanwhile.</summary>
    public bool HasFreshPort(Link master) => master.Ports.Any(port => IsFresh(master, port));

    /// <summary>Whether a real cable is behind it.</summary>
    public bool IsHardware(Link nic) => nic.Kind == LinkKind.Nic && Delays.HasWire(Now.Find(nic.Name.Value));

    /// <summary>Whether an IPv6 address comes to it, or comes back.</summary>
    public bool GetsIpv6(Link link) => addresses[link.Name.Value].Any(step => step.Address.Is6) || (Blinks(link) && link.Addresses.Any(address => address.Value.Is6));

    private bool Falls(Link link)
    {
        var name = link.Name.Value;
        if (IsNew(link) || steps[name].Any(step => step.Verb is Verb.Remove or Verb.Release || TurnsOrMoves(step)))
            return true;
        return link.Kind == LinkKind.Nic ? IsHardware(link) && (IsSet(link, Table.Mtu) || pushed.Contains(name) || steps[name].Any(step => NicLines.Restart(step.Settings)))
            : link.Kind.HasPorts ? (link.Kind == LinkKind.Bond && IsSet(link, BondLines.Mode)) || (!link.Ports.IsEmpty && link.Ports.All(port => IsFresh(link, port)))
            : link.Lower is { } lower && blinking.Contains(lower);
    }

    /// <summary>Down, or up from being down; into a bond or VRF or out of one, which takes a link down and up again.</summary>
    private bool TurnsOrMoves(Step.OfLink step) =>
        step.Settings.Flag(Table.Up) is { } up && (!up || Now.Find(step.Name)?.Settings.Flag(Table.Up) != true)
        || (step.Settings.Word(Table.Master) is { } master && (Cycles(master) || Cycles(Now.Find(step.Name)?.State?.Master)));

    private bool Cycles(string? name) => name is { Length: > 0 } && (Next.Find(name) ?? Now.Find(name)) is { } master && (master.Kind == LinkKind.Bond || master.Kind == LinkKind.Vrf);

    private bool IsFresh(Link master, Port port) => blinking.Contains(port.Name.Value) || Now.Find(port.Name.Value)?.State?.Master != master.Name.Value;
}
