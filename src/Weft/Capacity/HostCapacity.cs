// What a host's networks and guests can get, as values: figures, what holds each of them back, and what is left of them after a failure.
// Nothing here is worked out; that is done in Reckoning, Spreading and Failing.

using System.Collections.Immutable;
using Weft.Model;

namespace Weft.Capacity;

/// <summary>What a figure is of.</summary>
public enum Whose
{
    Flow,
    Guest,
    All,
    Cable,
    Nic,
    Switch,

    /// <summary>All of them.</summary>
    Any,
}

/// <summary>What holds a figure back, or keeps it from being known.</summary>
/// <param name="Of">Whose figure.</param>
/// <param name="What">A stable word for programs: `pcie`.</param>
/// <param name="Why">The reason, as half a sentence.</param>
public sealed record Limit(Whose Of, string What, string Why);

/// <summary>The figures of whatever uses a way out, and their reasons.</summary>
public sealed record Figures(Figure Flow, Figure Guest, Figure All, Figure AfterCable, Figure AfterNic, Figure AfterSwitch)
{
    /// <summary>Something is left after one cable.</summary>
    public bool IsRedundant { get; init; }

    /// <summary>Flows take different ports, in one direction at least.</summary>
    public bool IsBalanced { get; init; }

    /// <summary>What the ports carry adds up, in both directions.</summary>
    public bool IsAggregated { get; init; }

    public ImmutableArray<Limit> Limits { get; init; } = [];

    /// <summary>The same for a NIC that is emulated: the wire is its ceiling, and the processor lies below that.</summary>
    public Figures Emulated() => this with { Flow = Flow.Emulated(), Guest = Guest.Emulated(), All = All.Emulated(), AfterCable = AfterCable.Emulated(), AfterNic = AfterNic.Emulated(), AfterSwitch = AfterSwitch.Emulated() };
}

/// <summary>A port of a way out.</summary>
/// <param name="Port">The bond's port; the NIC where there is no bond.</param>
/// <param name="Nic">The NIC under it; null where it is none.</param>
public sealed record UplinkPort(string Port, string? Nic)
{
    /// <summary>In Mbit/s.</summary>
    public long? Speed { get; init; }

    /// <summary>Whether it carries now; a file's do.</summary>
    public bool IsUp { get; init; } = true;

    /// <summary>The links between it and its processor, its own first; empty where they are not known.</summary>
    public ImmutableArray<PcieLink> Pcie { get; init; } = [];

    /// <summary>The card that it is a port of: its slot, or its PCI device; null where nobody says.</summary>
    public string? Card { get; init; }

    public Cable? Cable { get; init; }

    /// <summary>The larger is preferred among a bond's ports.</summary>
    public long Prio { get; init; }

    /// <summary>The aggregator that 802.3ad has it in; null where nobody looked.</summary>
    public long? Aggregator { get; init; }

    /// <summary>It stands for no hardware, and its speed is only a number.</summary>
    public bool IsNominal { get; init; }
}

/// <summary>A bond or NIC that networks leave the host over, and what all of them together can get.</summary>
/// <param name="Link">The link.</param>
/// <param name="Ports">A bond's ports in order; a NIC is its own.</param>
public sealed record Uplink(Link Link, ImmutableArray<UplinkPort> Ports)
{
    public string Name => Link.Name.Value;

    /// <summary>A bond's mode; null for a NIC.</summary>
    public string? Mode { get; init; }

    /// <summary>What chooses a frame's port; null where the mode heeds none.</summary>
    public string? Policy { get; init; }
}

/// <summary>A network of the host.</summary>
/// <param name="Name">The link that it is, with the VLAN on a VLAN-aware bridge.</param>
/// <param name="Link">That link alone.</param>
/// <param name="Over">Where its frames leave the host; null where they do not, or where nobody can say.</param>
public sealed record NetworkCapacity(string Name, Link Link, Uplink? Over, Figures Figures)
{
    /// <summary>Guests' NICs in it.</summary>
    public int Guests { get; init; }

    /// <summary>In bytes; null where it is not known.</summary>
    public long? Mtu { get; init; }
}

/// <summary>One NIC of a guest.</summary>
/// <param name="Guest">The guest's name.</param>
/// <param name="Nic">Which of its NICs, from 0.</param>
/// <param name="Network">The name of its network.</param>
/// <param name="Over">Where its frames leave the host.</param>
/// <param name="Model">What the guest sees; null where the file does not say.</param>
public sealed record GuestCapacity(string Guest, int Nic, string Network, Uplink? Over, string? Model, Figures Figures);

/// <summary>A whole host.</summary>
public sealed record HostCapacity(ImmutableArray<Uplink> Uplinks, ImmutableArray<NetworkCapacity> Networks, ImmutableArray<GuestCapacity> Guests);
