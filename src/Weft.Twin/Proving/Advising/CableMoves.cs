// Changes at the other end of cables: which VLANs a switch's port carries, which group it is in, which switch it is of.

using System.Globalization;
using Weft.Spec;
using Weft.Topology;

namespace Weft.Twin.Proving.Advising;

internal static class CableMoves
{
    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static IReadOnlyList<string> Path(Cord cord) => ["cabling", cord.Label];

    private static Change Set(Ground ground, Cord cord, string key, string value) => Moves.Set(ground.FileOf(cord.Host), Path(cord), key, value);

    private static Change Remove(Ground ground, Cord cord, string key) => Moves.Remove(ground.FileOf(cord.Host), Path(cord), key);

    private static IReadOnlyList<Cord> Told(Ground ground) => [.. ground.Cords.Where(cord => Ground.CableOf(cord) is not null)];

    private static string Names(IEnumerable<Cord> cords) => string.Join(" and ", cords.Select(cord => cord.Label));

    /// <summary>A change of one cable, of each that it makes sense for, and of all of them together.</summary>
    private static IEnumerable<Move> EachAndAll(IReadOnlyList<Cord> cords, Func<IReadOnlyList<Cord>, string> said, Func<Cord, IEnumerable<Change>> changes)
    {
        foreach (var cord in cords)
            yield return new(said([cord]), [.. changes(cord)]) { IsOutside = true };
        if (cords.Count > 1)
            yield return new(said(cords), [.. cords.SelectMany(changes)]) { IsOutside = true };
    }

    public static IEnumerable<Move> Vlans(Ground ground)
    {
        var cords = Told(ground);
        foreach (var vlan in ground.Vlans)
        {
            foreach (var move in EachAndAll([.. cords.Where(cord => !cord.Carries(vlan))], some => $"the switch's port of {Names(some)} carries VLAN {vlan}", cord => [Moves.Append(ground.FileOf(cord.Host), Path(cord), "vlans", Text(vlan))]))
                yield return move;
            // Tagged and not native, where the host tags it.
            foreach (var move in EachAndAll([.. cords.Where(cord => cord.Native == vlan && Ground.CableOf(cord)!.Native is not null)], some => $"VLAN {vlan} is tagged on the switch's port of {Names(some)}",
                cord => [Remove(ground, cord, "native"), .. (cord with { Native = null }).Carries(vlan) ? Array.Empty<Change>() : [Moves.Append(ground.FileOf(cord.Host), Path(cord), "vlans", Text(vlan))]]))
                yield return move;
        }
        foreach (var native in Natives(ground))
            foreach (var move in EachAndAll([.. cords.Where(cord => cord.Native != native)], some => $"the native VLAN of the switch's port of {Names(some)} is {native}", cord => [Set(ground, cord, "native", Text(native))]))
                yield return move;
    }

    /// <summary>The untagged VLANs that the files speak of, and those in which somebody answers for an untagged end.</summary>
    private static IEnumerable<long> Natives(Ground ground) =>
        ground.Hosts.SelectMany(host => host.Host.Cables).Select(cable => cable.Native?.Value).OfType<long>()
            .Concat(ground.Layout.Boxes.SelectMany(box => box.Addresses).Where(own => own.Value.Any(address => ground.Ends.Any(end => end.Tag is null && end.Own.Contains(address.Address)))).Select(own => own.Key)).Distinct().Order();

    public static IEnumerable<Move> Groups(Ground ground)
    {
        foreach (var bond in ground.Bonds)
        {
            var cords = ground.CordsOf(bond);
            var grouped = cords.Where(cord => cord.Group is not null).ToList();
            foreach (var lacp in new[] { "active", "static" })
            {
                // A group is one thing: what its ports say of LACP they all say, whichever host they lead to.
                foreach (var (box, group) in grouped.Select(cord => (cord.Box, cord.Group)).Distinct())
                    if (ground.Layout.Cords.FindAll(cord => cord.Box == box && cord.Group == group && cord.Lacp != lacp && Ground.CableOf(cord) is not null) is { Count: > 0 } others)
                        yield return new($"the switch's group {group} is {(lacp == "static" ? "static" : "one with LACP")}", [.. others.Select(cord => Set(ground, cord, "lacp", lacp))]) { IsOutside = true };
                if (Grouped(ground, bond, lacp).ToList() is { Count: > 0 } changes)
                    yield return new($"the switch's ports of {Names(cords)} are one group ({(lacp == "static" ? "static" : "LACP")})", changes) { IsOutside = true };
            }
            foreach (var cord in cords)
                foreach (var other in grouped.Where(other => other.Group != cord.Group).DistinctBy(other => other.Group))
                    yield return new($"the switch's port of {cord.Label} is in the group {other.Group}", [Set(ground, cord, "group", Edit.Scalar(other.Group!)), Set(ground, cord, "lacp", other.Lacp)]) { IsOutside = true };
            if (grouped.Count > 0)
                yield return new($"the switch's ports of {Names(grouped)} are plain ones", [.. Ungrouped(ground, bond)]) { IsOutside = true };
        }
    }

    /// <summary>The ports of a bond are in no group.</summary>
    public static IEnumerable<Change> Ungrouped(Ground ground, Standing bond)
    {
        foreach (var cord in ground.CordsOf(bond).Where(cord => cord.Group is not null))
        {
            yield return Remove(ground, cord, "group");
            if (Ground.CableOf(cord)!.Lacp is not null)
                yield return Remove(ground, cord, "lacp");
        }
    }

    /// <summary>The ports of a bond are in one group, which exists or is new.</summary>
    public static IEnumerable<Change> Grouped(Ground ground, Standing bond, string lacp)
    {
        var cords = ground.CordsOf(bond);
        var name = cords.Select(cord => cord.Group).OfType<string>().FirstOrDefault()
            ?? Enumerable.Range(1, 4096).Select(number => $"Po{number}").First(name => !ground.Layout.Cords.Exists(cord => cord.Group == name));
        foreach (var cord in cords)
        {
            if (cord.Group != name)
                yield return Set(ground, cord, "group", Edit.Scalar(name));
            if (cord.Group is null || cord.Lacp != lacp)
                yield return Set(ground, cord, "lacp", lacp);
        }
    }

    /// <summary>A cable's VLANs and group as another's.</summary>
    public static IEnumerable<Change> Alike(Ground ground, Cord cord, Cord like)
    {
        if (!cord.Tagged.SequenceEqual(like.Tagged))
            yield return like.Tagged.Count > 0 ? Set(ground, cord, "vlans", $"[{string.Join(", ", like.Tagged)}]") : Remove(ground, cord, "vlans");
        if (cord.Native != like.Native)
            yield return like.Native is { } native ? Set(ground, cord, "native", Text(native)) : Remove(ground, cord, "native");
        if (cord.Group != like.Group && like.Group is { } group)
        {
            yield return Set(ground, cord, "group", Edit.Scalar(group));
            yield return Set(ground, cord, "lacp", like.Lacp);
        }
    }

    /// <summary>The cable leads to another switch; to the same port of it, unless another cable is in that.</summary>
    public static IEnumerable<Move> Switches(Ground ground)
    {
        // The last one first: of a bond the first port is the one in use.
        foreach (var cord in Told(ground).Reverse())
            foreach (var other in ground.Switches.Where(other => other != cord.Member))
            {
                var port = Ground.CableOf(cord)!.Port?.Value;
                var isTaken = port is not null && ground.Hosts.SelectMany(host => host.Host.Cables).Any(cable => cable.Switch?.Value == other && cable.Port?.Value == port);
                yield return new($"the cable of {cord.Label} leads to {other}{(isTaken ? ", to a port that is free" : "")}",
                    [Set(ground, cord, "switch", Edit.Scalar(other)), .. isTaken ? [Remove(ground, cord, "port")] : Array.Empty<Change>()]) { IsOutside = true };
            }
    }
}

/// <summary>Changes of switches: two that act as one, two that are joined.</summary>
internal static class SwitchMoves
{
    public static IEnumerable<Move> Of(Ground ground)
    {
        var reached = ground.Reached.Where(name => ground.Switches.Contains(name, StringComparer.Ordinal)).ToList();
        foreach (var (one, other) in reached.SelectMany((one, at) => reached.Skip(at + 1).Select(other => (one, other))))
            if (Pair(ground, one, other) is { } pair)
                yield return pair;
        foreach (var one in reached)
            foreach (var other in ground.Switches.Where(other => other != one && (!reached.Contains(other, StringComparer.Ordinal) || string.CompareOrdinal(one, other) < 0)))
                if (Box(ground, one) != Box(ground, other) && !ground.Layout.Trunks.Exists(trunk => (trunk.One == Box(ground, one) && trunk.Other == Box(ground, other)) || (trunk.One == Box(ground, other) && trunk.Other == Box(ground, one))))
                    yield return new($"{one} and {other} are joined", [Moves.Append(ground.FileOfSwitch(one), [], "links", $"[{Edit.Scalar(one)}, {Edit.Scalar(other)}]")]) { IsOutside = true };
    }

    private static Box? Box(Ground ground, string name) => ground.Layout.Boxes.Find(box => box.Members.Contains(name, StringComparer.Ordinal));

    private static Move? Pair(Ground ground, string one, string other)
    {
        if (Box(ground, one) == Box(ground, other))
            return null;
        var (own, others) = (ground.Described(one)?.Mlag?.Value, ground.Described(other)?.Mlag?.Value);
        var name = own ?? others ?? Enumerable.Range(1, 4096).Select(number => $"pair{number}").First(name => !ground.Hosts.SelectMany(host => host.Host.Switches).Any(box => box.Mlag?.Value == name));
        return new($"{one} and {other} act as one to a group (mlag)", [.. new[] { one, other }.Where(box => (box == one ? own : others) != name).Select(box => Moves.Set(ground.FileOfSwitch(box), ["switches", box], "mlag", Edit.Scalar(name)))]) { IsOutside = true };
    }
}
