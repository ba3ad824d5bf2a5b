// How a bond of a file sends: by which of its ports, and what chooses among them (bond_start_xmit in bond_main.c, and bond_alb.c). Only some modes
// hash flows; what the others do with them is said instead.

using System.Collections.Immutable;
using Weft.Capacity;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>What chooses a frame's port.</summary>
internal enum Chooser
{
    /// <summary>The hash.</summary>
    Hash,

    /// <summary>The hash, of what the mode spreads at all; the rest goes over the active port.</summary>
    HashOrActive,

    /// <summary>There is one active port.</summary>
    Active,

    /// <summary>Each frame is the next port's.</summary>
    Turn,

    /// <summary>Every port gets a copy.</summary>
    Copies,

    /// <summary>What each port carries at that moment.</summary>
    Load,
}

/// <summary>How a bond sends.</summary>
/// <param name="Bond">Its name.</param>
/// <param name="Mode">Its mode.</param>
/// <param name="Policy">What it hashes, or would in a mode that hashes.</param>
/// <param name="Ports">In the file's order, in which they join.</param>
/// <param name="Usable">Those that it sends over.</param>
/// <param name="Active">The port that is preferred among those that are up; null where none is.</param>
internal sealed record BondSending(string Bond, string Mode, XmitPolicy Policy, ImmutableArray<string> Ports, ImmutableArray<string> Usable, string? Active)
{
    public Chooser Chooser { get; private init; }

    /// <summary>Why a port that is not usable is not.</summary>
    public ImmutableDictionary<string, string> Idle { get; private init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Where the policy stands in the file; nowhere where it is the default.</summary>
    public Place PolicyPlace { get; private init; }

    /// <summary>Whether ports follow from hashes.</summary>
    public bool Hashes => Chooser is Chooser.Hash or Chooser.HashOrActive;

    /// <summary>How a bond of a file sends; null where a finding has refused its mode or its policy.</summary>
    /// <param name="host">The host.</param>
    /// <param name="bond">The bond.</param>
    /// <param name="down">Ports that are down.</param>
    public static BondSending? Of(Host host, Link bond, IReadOnlyCollection<string> down)
    {
        if (bond.Unread.Contains(BondLines.Mode.Name) || bond.Unread.Contains(BondLines.XmitHashPolicy.Name))
            return null;
        string Said(Weft.Model.Attributes.Attribute line) => bond.Settings.Word(line) is { } word && word != "default" ? word : ((Value.Word)line.Default(bond.Settings)!).Text;
        var (mode, policy) = (Said(BondLines.Mode), XmitPolicies.Of(Said(BondLines.XmitHashPolicy))!.Value);
        var idle = ImmutableDictionary.CreateBuilder<string, string>();
        ImmutableArray<string> ports = [.. bond.Ports.Select(port => port.Name.Value).Distinct()];
        foreach (var port in ports)
            if (down.Contains(port))
                idle[port] = "down";
            else if (host.Find(port)?.Settings.Flag(Table.Up) == false)
                idle[port] = "down in the file";
        var (used, active) = Reckoning.Sending(host, bond, idle.Keys.ToHashSet(StringComparer.Ordinal));
        if (mode == BondLines.Lacp)
            foreach (var port in ports.Where(port => !idle.ContainsKey(port) && host.Find(port) is not null && !used.Contains(port)))
                idle[port] = "not in the active aggregator";
        ImmutableArray<string> usable = [.. ports.Where(port => !idle.ContainsKey(port))];
        return new(bond.Name.Value, mode, policy, ports, usable, active ?? usable.FirstOrDefault())
        {
            Chooser = mode switch
            {
                BondLines.Xor or BondLines.Lacp => Chooser.Hash,
                BondLines.RoundRobin => Chooser.Turn,
                BondLines.ActiveBackup => Chooser.Active,
                BondLines.Broadcast => Chooser.Copies,
                _ => bond.Settings.Flag(BondLines.TlbDynamicLb) == false ? Chooser.HashOrActive : Chooser.Load,
            },
            Idle = idle.ToImmutable(),
            PolicyPlace = bond.Settings.PlaceOf(BondLines.XmitHashPolicy),
        };
    }

    /// <summary>What the mode does with flows, where that is not plainly the hash; null where it is.</summary>
    public string? Instead => Chooser switch
    {
        _ when Usable.IsEmpty => $"{Bond} has no port to send over: every frame is dropped",
        Chooser.Active => $"{Mode} hashes nothing: every flow goes over {Active}, the active port",
        Chooser.Turn => $"{Mode} hashes nothing: frame by frame the next port's turn comes, and each flow goes over all of them",
        Chooser.Copies => $"{Mode} hashes nothing: every frame goes over every port",
        Chooser.HashOrActive when Mode == BondLines.Tlb => $"{Mode} with tlb_dynamic_lb off hashes IP that goes to one address; anything else, neighbour discovery, broadcast and multicast go over {Active}, the active port",
        Chooser.HashOrActive => $"{Mode} with tlb_dynamic_lb off hashes IP, but for broadcast, IGMP and neighbour discovery, which go over {Active}, the active port, as anything else does; ARP goes where receiving is balanced to",
        Chooser.Load when Mode == BondLines.Tlb => $"{Mode} puts a flow's hash into one of 256 classes, and each class on the port with most room at that moment: which one that is, nobody can foretell",
        Chooser.Load => $"{Mode} puts what goes to one IP address on the port with most room at that moment, and hashes nothing else: which one that is, nobody can foretell",
        _ => null,
    };

    /// <summary>Whether the mode spreads this frame at all; null where something else than the hash or the active port decides.</summary>
    public bool? Spreads(ReadOnlySpan<byte> frame)
    {
        if (Chooser == Chooser.Hash)
            return true;
        if (Mode == BondLines.Tlb)
            return Balanced.ByTlb(frame);
        return frame.Length >= Ethernet.HeaderLength && Headers.Number(frame, 12) == Ethernet.Arp ? null : !Balanced.ByAlb(frame).IsEmpty;
    }
}
