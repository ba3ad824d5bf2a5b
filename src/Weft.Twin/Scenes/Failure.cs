// Something that breaks, or is mended, at a moment: a cable, a switch, LACP at one end of a cable, a VLAN on one port of a switch.
//
//   eth0@5s            the cable of eth0 is pulled          kvm1/eth0@5s        of the host kvm1, where there are several
//   leaf-a@20s         the switch leaf-a dies
//   eth0:lacp@5s       nobody hears LACPDUs on that cable any more, while all else passes (a dead control plane)
//   eth0:vlan=80@5s    the switch's port stops carrying VLAN 80

using System.Globalization;
using System.Text.RegularExpressions;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Scenes;

/// <summary>What breaks.</summary>
/// <param name="Word">As it was said, without the moment.</param>
public sealed partial record Failure(string Word)
{
    /// <summary>When, in milliseconds from the start.</summary>
    public long AtMs { get; init; }

    /// <summary>Whether it is mended then and not broken.</summary>
    public bool IsRepair { get; init; }

    private List<Cable> Cables { get; init; } = [];

    private bool IsLacp { get; init; }

    private int? Vlan { get; init; }

    /// <summary>Reads what somebody said.</summary>
    /// <returns>The failure, or why there is none: a sentence, and how to say it.</returns>
    public static (Failure? Failure, string Wrong, string Mend) Read(Scene scene, string said, bool isRepair)
    {
        const string Form = "say it as eth0@5s, leaf-a@500ms, eth0:lacp@5s or eth0:vlan=80@5s; with several hosts as kvm1/eth0@5s";
        if (Words().Match(said) is not { Success: true } words)
            return (null, $"'{Text.Quote.Clean(said)}' does not say what fails when", Form);
        var (what, part) = (words.Groups["what"].Value, words.Groups["part"].Value);
        var number = double.Parse(words.Groups["number"].Value, CultureInfo.InvariantCulture);
        var at = number * words.Groups["unit"].Value switch { "ms" => 1, "m" => 60_000, _ => 1000 };
        if (at > 24 * 3600 * 1000.0)
            return (null, $"'{Text.Quote.Clean(said)}' is later than a day from the start", "the twin would count every second of it; take a shorter time");
        var cables = CablesOf(scene, what).ToList();
        if (cables.Count == 0)
            return (null, $"there is no NIC with a cable and no switch called '{Text.Quote.Clean(what)}'", $"there are {string.Join(", ", Known(scene))}");
        var isLacp = part == "lacp";
        int? vlan = part.StartsWith("vlan=", StringComparison.Ordinal) ? int.Parse(part.AsSpan(5), CultureInfo.InvariantCulture) : null;
        if (vlan is < 1 or > 4094)
            return (null, $"{vlan} is no VLAN", "VLANs are 1 to 4094");
        return (new(part.Length > 0 ? $"{what}:{part}" : what) { AtMs = (long)at, IsRepair = isRepair, Cables = cables, IsLacp = isLacp, Vlan = vlan }, "", "");
    }

    /// <summary>A cable, or all of a switch, by name.</summary>
    private static IEnumerable<Cable> CablesOf(Scene scene, string what)
    {
        var slash = what.IndexOf('/', StringComparison.Ordinal);
        var (host, nic) = slash < 0 ? (null, what) : (what[..slash], what[(slash + 1)..]);
        var ofNic = scene.Cords.Where(pair => (pair.Cord.Nic == nic || pair.Cord.Label == nic) && (host is null || pair.Cord.Host.Name == host)).Select(pair => pair.Cable).ToList();
        // One name of several hosts' NICs is nobody's.
        return ofNic.Count > 0 ? ofNic.Count == 1 || host is not null ? ofNic : []
            : scene.Cords.Where(pair => pair.Cord.Member == what).Select(pair => pair.Cable).Concat(scene.Trunks.Where(pair => pair.Trunk.Members.One == what || pair.Trunk.Members.Other == what).Select(pair => pair.Cable));
    }

    private static IEnumerable<string> Known(Scene scene)
    {
        var several = scene.Layout.Hosts.Count > 1;
        return scene.Cords.Select(pair => several ? $"{pair.Cord.Host.Name}/{pair.Cord.Label}" : pair.Cord.Label).Concat(scene.Layout.Boxes.SelectMany(box => box.Members));
    }

    /// <summary>Lets it happen, now.</summary>
    internal void Happen()
    {
        foreach (var cable in Cables)
            if (IsLacp)
                cable.IsDeafToLacp = !IsRepair;
            else if (Vlan is { } vlan)
                cable.Lose(vlan, !IsRepair);
            else if (IsRepair)
                cable.Mend();
            else
                cable.Break();
    }

    internal long At => AtMs * VirtualTime.Millisecond;

    /// <summary>What happened, for people.</summary>
    public string Said => (IsLacp, Vlan, Cables.Count, IsRepair) switch
    {
        (true, _, _, false) => "LACPDUs are lost on this cable from now on",
        (true, _, _, true) => "LACPDUs pass again",
        (_, { } vlan, _, false) => $"the switch's port no longer carries VLAN {vlan}",
        (_, { } vlan, _, true) => $"the switch's port carries VLAN {vlan} again",
        (_, _, 1, false) => "the cable is out",
        (_, _, 1, true) => "the cable is back",
        (_, _, _, false) => "the switch is dead",
        _ => "the switch is back",
    };

    [GeneratedRegex(@"^(?<what>[^@:]{1,64})(:(?<part>lacp|vlan=[0-9]{1,5}))?@(?<number>[0-9]{1,9}(\.[0-9]{1,3})?)(?<unit>ms|s|m)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
