// Something that breaks, or is mended, at a moment: a cable, a switch, LACP at one end of a cable, a VLAN on one port of a switch.
//
//   eth0@5s            the cable of eth0 is pulled          kvm1/eth0@5s        of the host kvm1, where there are several
//   leaf-a@20s         the switch leaf-a dies
//   eth0:lacp@5s       nobody hears LACPDUs on that cable any more, while all else passes (a dead control plane)
//   eth0:vlan=80@5s    the switch's port stops carrying VLAN 80, and of a group the whole group does: VLANs are the group's

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

    /// <summary>What it is, whichever of its names was said.</summary>
    private string Thing { get; init; } = "";

    private List<Cable> Cables { get; init; } = [];

    private bool IsSwitch { get; init; }

    private bool IsLacp { get; init; }

    private int? Vlan { get; init; }

    /// <summary>Reads what somebody said.</summary>
    /// <returns>The failure, or why there is none: a sentence, and how to say it.</returns>
    public static (Failure? Failure, string Wrong, string Mend) Read(Scene scene, string said, bool isRepair)
    {
        const string Form = "say it as eth0@5s, leaf-a@500ms, eth0:lacp@5s or eth0:vlan=80@5s; with several hosts as kvm1/eth0@5s";
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
        var (cables, isSwitch, thing, wrong, mend) = CablesOf(scene, what, vlan);
        return wrong.Length > 0 ? (null, wrong, mend)
            : (new(part.Length > 0 ? $"{what}:{part}" : what) { AtMs = (long)at, IsRepair = isRepair, Thing = thing, Cables = cables, IsSwitch = isSwitch, IsLacp = part == "lacp", Vlan = vlan }, "", "");
    }

    /// <summary>A cable, or all of a switch, by name.</summary>
    private static (List<Cable> Cables, bool IsSwitch, string Thing, string Wrong, string Mend) CablesOf(Scene scene, string what, int? vlan)
    {
        (List<Cable>, bool, string, string, string) Wrong(string wrong, string mend) => ([], false, "", wrong, mend);
        var several = scene.Layout.Hosts.Count > 1;
        string Named(Cord cord) => several ? $"{cord.Host.Name}/{cord.Label}" : cord.Label;
        var slash = what.IndexOf('/', StringComparison.Ordinal);
        var (host, nic) = slash < 0 ? (null, what) : (what[..slash], what[(slash + 1)..]);
        var cords = scene.Layout.Cords.Where(cord => (cord.Nic == nic || cord.Label == nic) && (host is null || cord.Host.Name == host)).ToList();
        if (cords.Count > 1)
            return Wrong($"{string.Join(" and ", cords.Select(cord => cord.Host.Name))} each have a NIC {Text.Quote.Of(nic)}", $"say {Text.Quote.Clean(Named(cords[0]))} or another");
        var isSwitch = cords.Count == 0 && scene.Layout.Boxes.Exists(box => box.Members.Contains(what));
        if (cords.Count == 0 && !isSwitch)
            return Wrong($"there is no NIC and no switch called {Text.Quote.Of(what)}", Endings.Instead(what, [.. scene.Layout.Cords.Select(Named), .. scene.Layout.Boxes.SelectMany(box => box.Members)]));
        var ofHosts = scene.Cords.Where(pair => isSwitch ? pair.Cord.Member == what : pair.Cord == cords[0] || (vlan is not null && IsOneGroup(pair.Cord, cords[0]))).ToList();
        var ofSwitches = scene.Trunks.Where(pair => isSwitch && (pair.Trunk.Members.One == what || pair.Trunk.Members.Other == what)).Select(pair => pair.Cable).ToList();
        if (ofHosts.Count + ofSwitches.Count == 0)
            return Wrong($"{Text.Quote.Of(what)} has no cable", "say under `cabling` where its cables lead");
        if (vlan is { } id && ofSwitches.Count == 0 && !ofHosts.Exists(pair => pair.Cord.Carries(id)))
            return Wrong($"no port of a switch at {Text.Quote.Of(what)} carries VLAN {id}", "name one that the cabling says");
        return ([.. ofHosts.Select(pair => pair.Cable), .. ofSwitches], isSwitch, isSwitch ? what : vlan is not null && cords[0] is { Group: { } group, Box: { } box } ? $"{box.Name}:{group}" : $"{cords[0].Host.Name}/{cords[0].Nic}", "", "");
    }

    private static bool IsOneGroup(Cord cord, Cord other) => cord.Group is { } group && group == other.Group && cord.Box == other.Box;

    /// <summary>What is wrong with failures and repairs together, before a run of this length: what breaks twice, is mended though it is whole, or comes after the end.</summary>
    /// <returns>The words that are meant, why, and how to mend it; null where nothing is.</returns>
    public static (Failure Failure, string Wrong, string Mend)? Conflict(IReadOnlyList<Failure> failures, long forMs)
    {
        var broken = new List<Failure>();
        foreach (var failure in failures.OrderBy(failure => failure.AtMs))
        {
            var before = broken.Find(other => other.IsLacp == failure.IsLacp && other.Vlan == failure.Vlan && other.Thing == failure.Thing);
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
        foreach (var cable in Cables)
            if (IsLacp)
                cable.LoseLacp(!IsRepair);
            else if (Vlan is { } vlan)
                Lose(cable, vlan);
            else if (IsRepair)
                cable.Mend();
            else
                cable.Break();
    }

    /// <summary>A switch's port that leaves a VLAN forgets whom it learned there, and so does the other end's, where that is a switch's too.</summary>
    private void Lose(Cable cable, int vlan)
    {
        cable.Lose(vlan, !IsRepair);
        foreach (var end in IsRepair ? Array.Empty<Nic>() : [cable.One, cable.Other])
            if (end.Machine.Find(SwitchFile.Bridge) is Bridge bridge)
                foreach (var port in bridge.Ports.Where(port => port.Device == end || (port.Device is Bond group && group.Ports.Exists(member => member.Device == end))))
                    bridge.Fdb.Flush(port, vlan);
    }

    internal long At => AtMs * VirtualTime.Millisecond;

    /// <summary>What happened, for people.</summary>
    internal string Said => (IsLacp, Vlan, IsSwitch, IsRepair) switch
    {
        (true, _, false, false) => "LACPDUs are lost on this cable from now on, and nothing else is",
        (true, _, true, false) => "LACPDUs are lost on all its cables from now on, and nothing else is",
        (true, _, _, true) => "LACPDUs pass again",
        (_, { } vlan, false, false) when Cables.Count > 1 => $"the group of the switch's port no longer carries VLAN {vlan}, and its links stay up",
        (_, { } vlan, false, false) => $"the switch's port no longer carries VLAN {vlan}, and its link stays up",
        (_, { } vlan, true, false) => $"none of its ports carries VLAN {vlan} any more, and their links stay up",
        (_, { } vlan, _, true) => $"VLAN {vlan} is carried again",
        (_, _, false, false) => "the cable is out",
        (_, _, false, true) => "the cable is in again",
        (_, _, _, false) => "the switch is dead, and no cable of it has carrier",
        _ => "the switch works again",
    };

    [GeneratedRegex(@"^(?<what>[^@:]{1,64})(:(?<part>lacp|vlan=[0-9]{1,5}))?@(?<number>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>ms|s|m|h)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
