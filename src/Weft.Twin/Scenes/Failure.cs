// Something that breaks, or is mended, at a moment: a cable, a switch, a link between switches, LACP at one end of a cable, a VLAN on one port of a switch.
//
//   eth0@5s            the cable of eth0 is pulled          kvm1/eth0@5s        of the host kvm1, where there are several, or where a switch is called eth0 too
//   leaf-a@20s         the switch leaf-a dies               leaf-a/spine-1@5s   the link between these two is pulled; of a pair, its peer link
//   eth0:lacp@5s       nobody hears LACPDUs on that cable any more, while all else passes (a dead control plane)
//   eth0:vlan=80@5s    the switch's port stops carrying VLAN 80, and of a group the whole group does on that switch: VLANs are the group's

using System.Globalization;
using System.Text.RegularExpressions;
using Weft.Topology;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Cable = Weft.Twin.Packets.Links.Cable;

namespace Weft.Twin.Scenes;

/// <summary>What breaks.</summary>
/// <param name="Word">As it was said, without the moment.</param>
public sealed partial record Failure(string Word)
{
    /// <summary>When, in milliseconds from the start.</summary>
    public long AtMs { get; init; }

    /// <summary>Whether it is mended then and not broken.</summary>
    public bool IsRepair { get; init; }

    private Breakable What { get; init; } = Breakable.None;

    private bool IsLacp { get; init; }

    private int? Vlan { get; init; }

    /// <summary>Reads what somebody said.</summary>
    /// <returns>The failure, or why there is none: a sentence, and how to say it.</returns>
    public static (Failure? Failure, string Wrong, string Mend) Read(Scene scene, string said, bool isRepair)
    {
        const string Form = "say it as eth0@5s, leaf-a@500ms, leaf-a/spine-1@5s, eth0:lacp@5s or eth0:vlan=80@5s; with several hosts as kvm1/eth0@5s";
        if (Words().Match(said) is not { Success: true } words)
            return (null, $"{Text.Quote.Of(said)} does not say what and when", Form);
        var (what, part) = (words.Groups["what"].Value, words.Groups["part"].Value);
        var number = double.Parse(words.Groups["number"].Value, CultureInfo.InvariantCulture);
        var at = number * words.Groups["unit"].Value switch { "ms" => 1, "m" => 60_000, "h" => 3_600_000, _ => 1000 };
        if (at > 24 * 3600 * 1000.0)
            return (null, $"{Text.Quote.Of(said)} is later than a day from the start", "take a shorter time: the twin counts every second of it");
        int? vlan = part.StartsWith("vlan=", StringComparison.Ordinal) ? int.Parse(part.AsSpan(5), CultureInfo.InvariantCulture) : null;
        if (vlan is < 1 or > 4094)
            return (null, $"{vlan} is no VLAN", "VLANs are 1 to 4094");
        // A switch may be called as if it were a part of another.
        if (part.Length > 0 && Breakable.Find(scene, $"{what}:{part}", null).Found is not null)
            (what, part, vlan) = ($"{what}:{part}", "", null);
        var (found, wrong, mend) = Breakable.Find(scene, what, vlan);
        if (found is null)
            return (null, wrong, mend);
        return part.Length > 0 && found.Kind == BreakableKind.Peer || part == "lacp" && found.Kind == BreakableKind.Link
            ? (null, $"{Text.Quote.Of(what)} is a link between switches, and {(part == "lacp" ? "no LACP is spoken there" : "carries every VLAN of the pair")}", "let the whole link fail")
            : (new(part.Length > 0 ? $"{what}:{part}" : what) { AtMs = (long)at, IsRepair = isRepair, What = found, IsLacp = part == "lacp", Vlan = vlan }, "", "");
    }

    /// <summary>What is wrong with failures and repairs together, before a run of this length: what breaks twice, is mended though it is whole, or comes after the end.</summary>
    /// <returns>The words that are meant, why, and how to mend it; null where nothing is.</returns>
    public static (Failure Failure, string Wrong, string Mend)? Conflict(IReadOnlyList<Failure> failures, long forMs)
    {
        var broken = new List<Failure>();
        foreach (var failure in failures.OrderBy(failure => failure.AtMs))
        {
            var before = broken.Find(other => other.IsLacp == failure.IsLacp && other.Vlan == failure.Vlan && other.What.Thing == failure.What.Thing);
            if (failure.AtMs >= forMs)
                return (failure, FormattableString.Invariant($"it would come at {failure.AtMs / 1000.0} s, and the run ends at {forMs / 1000.0} s"), "say a longer --for");
            if (failure.IsRepair == before is null)
                return (failure, failure.IsRepair ? "it works then, and there is nothing to repair" : "it has failed already then", failure.IsRepair ? "say with --fail what breaks, and when, before that" : "say --repair between the two");
            if (before is null)
                broken.Add(failure);
            else
                broken.Remove(before);
        }
        return null;
    }

    /// <summary>Lets it happen, now.</summary>
    internal void Happen()
    {
        foreach (var port in What.Apart)
            port.Island = IsRepair ? 0 : What.Lost.Island;
        foreach (var cable in What.Cables)
            if (IsLacp)
                cable.LoseLacp(!IsRepair);
            else if (Vlan is { } vlan)
                Lose(cable, vlan);
            else if (IsRepair)
                cable.Mend();
            else
                cable.Break();
    }

    /// <summary>A switch's port that leaves a VLAN forgets whom it learned there, and so does the other end's, where that is a switch's too. A group of a pair goes on by the other's ports.</summary>
    private void Lose(Cable cable, int vlan)
    {
        cable.Lose(vlan, !IsRepair);
        foreach (var end in IsRepair ? Array.Empty<Nic>() : [cable.One, cable.Other])
            if (end.Machine.Find(SwitchFile.Bridge) is Bridge bridge)
                foreach (var port in bridge.Ports.Where(port => port.Has(end.Name) && !(port.Device is Bond group && group.Ports.Exists(other => !What.Cables.Any(own => own.One == other.Device || own.Other == other.Device)))))
                    bridge.Fdb.Flush(port, vlan);
    }

    internal long At => AtMs * VirtualTime.Millisecond;

    /// <summary>What happened, for people.</summary>
    internal string Said => (IsLacp, Vlan, What.Kind, IsRepair) switch
    {
        (true, _, BreakableKind.Switch, false) => "LACPDUs are lost on all its cables from now on, and nothing else is",
        (true, _, _, false) => "LACPDUs are lost on this cable from now on, and nothing else is",
        (true, _, _, true) => "LACPDUs pass again",
        (_, { } vlan, _, true) => $"VLAN {vlan} is carried again",
        (_, { } vlan, BreakableKind.Switch, _) => $"none of its ports carries VLAN {vlan} any more, and their links stay up",
        (_, { } vlan, BreakableKind.Link, _) => $"the link no longer carries VLAN {vlan}, and stays up",
        (_, { } vlan, _, _) when What.Cables.Count > 1 => $"the group of the switch's port no longer carries VLAN {vlan}, and its links stay up",
        (_, { } vlan, _, _) => $"the switch's port no longer carries VLAN {vlan}, and its link stays up",
        (_, _, BreakableKind.Cable, false) => "the cable is out",
        (_, _, BreakableKind.Cable, true) => "the cable is in again",
        (_, _, BreakableKind.Link, false) => "the link between the two switches is out",
        (_, _, BreakableKind.Link, true) => "the link between the two switches is in again",
        (_, _, BreakableKind.Peer, false) => $"the peer link is out: {What.Lost.Second} takes its ports of shared groups down, and what else is plugged in there is cut off",
        (_, _, BreakableKind.Peer, true) => "the peer link is in again",
        (_, _, _, false) => "the switch is dead, and no cable of it has carrier",
        _ => "the switch works again",
    };

    [GeneratedRegex(@"^(?<what>.{1,500}?)(:(?<part>lacp|vlan=[0-9]{1,5}))?@(?<number>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>ms|s|m|h)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
