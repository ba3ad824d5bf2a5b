// Changes of bonds: how they notice that a port fails, how they choose, which mode they have, which ports.

using System.Globalization;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;

namespace Weft.Twin.Proving.Advising;

internal static class BondMoves
{
    /// <summary>What a bond may be told to poll by, in milliseconds: what everybody takes first.</summary>
    private static readonly long[] Polls = [100, 50, 20, 10];

    private const long ArpPoll = 100;

    private static readonly string[] WordsOfModes = [BondLines.ActiveBackup, BondLines.Lacp, BondLines.Xor, BondLines.RoundRobin, BondLines.Tlb, BondLines.Alb, BondLines.Broadcast];

    private static string Mode(Standing bond) => bond.Link.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin;

    private static Change Set(Standing bond, Weft.Model.Attributes.Attribute line, string value) => Moves.Set(bond.File, Ground.PathOf(bond), line.Name, value);

    private static Change Remove(Standing bond, Weft.Model.Attributes.Attribute line) => Moves.Remove(bond.File, Ground.PathOf(bond), line.Name);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How soon a port is given up.</summary>
    public static IEnumerable<Move> Watching(Ground ground)
    {
        foreach (var bond in ground.Bonds)
        {
            var (name, settings) = (bond.Link.Name.Value, bond.Link.Settings);
            if (settings.Number(BondLines.ArpInterval) is not > 0)
                foreach (var poll in Polls.Where(poll => settings.Number(BondLines.Miimon) is not { } now || now == 0 || poll < now))
                    yield return new($"{name} looks at its ports every {poll} ms (miimon)", [Set(bond, BondLines.Miimon, Text(poll))]);
            foreach (var delay in BondLines.Delays.Where(settings.Has))
                yield return new($"{name} has no {delay}", [Remove(bond, delay)]);
            if (Mode(bond) == BondLines.Lacp && settings.Word(BondLines.LacpRate) != "fast")
                yield return new($"{name} asks its partner for an LACPDU every second (lacp_rate)", [Set(bond, BondLines.LacpRate, "fast")]);
            foreach (var poll in Polls.Where(poll => poll < settings.Number(BondLines.ArpInterval)))
                yield return new($"{name} asks by ARP every {poll} ms", [Set(bond, BondLines.ArpInterval, Text(poll))]);
            foreach (var asking in Asking(ground, bond))
                yield return asking;
        }
    }

    /// <summary>A bond that asks somebody by ARP notices what no carrier tells; the modes that agree on groups or balance cannot.</summary>
    private static IEnumerable<Move> Asking(Ground ground, Standing bond)
    {
        var (name, settings) = (bond.Link.Name.Value, bond.Link.Settings);
        if (settings.Number(BondLines.ArpInterval) is > 0)
            yield break;
        var targets = ground.Ends.Where(end => end.Host.Name == bond.Host.Name).SelectMany(end => end.Gateways).Where(gateway => gateway.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork).Distinct().Take(BondLines.MostTargets).ToList();
        if (targets.Count == 0 || bond.Link.Ports.Length == 0)
            yield break;
        List<Change> changes =
        [
            .. BondLines.Delays.Prepend(BondLines.Miimon).Where(settings.Has).Select(line => Remove(bond, line)),
            Set(bond, BondLines.ArpInterval, Text(ArpPoll)),
            Set(bond, BondLines.ArpIpTarget, $"[{string.Join(", ", targets)}]"),
        ];
        if (settings.Word(BondLines.Primary) is null)
            changes.Add(Set(bond, BondLines.Primary, Edit.Scalar(bond.Link.Ports[0].Name.Value)));
        var said = $"{name} asks {string.Join(", ", targets)} by ARP every {ArpPoll} ms";
        if (Mode(bond) == BondLines.ActiveBackup)
            yield return new(said, changes);
        else
            yield return new($"{said}, as active-backup on plain ports", [.. ToMode(bond, BondLines.ActiveBackup), .. changes, .. CableMoves.Ungrouped(ground, bond)]) { IsOutside = CableMoves.Ungrouped(ground, bond).Any() };
    }

    /// <summary>Which port is taken, and how the others learn of it.</summary>
    public static IEnumerable<Move> Choosing(Ground ground)
    {
        foreach (var bond in ground.Bonds)
        {
            var (name, settings, mode) = (bond.Link.Name.Value, bond.Link.Settings, Mode(bond));
            if (BondLines.ActivePortModes.Contains(mode))
                foreach (var port in bond.Link.Ports.Select(port => port.Name.Value).Where(port => settings.Word(BondLines.Primary) != port))
                    yield return new($"{name} prefers {port} (primary)", [Set(bond, BondLines.Primary, Edit.Scalar(port))]);
            foreach (var line in new[] { BondLines.NumGratArp, BondLines.FailOverMac, BondLines.MinLinks, BondLines.LacpActive, BondLines.AdSelect, BondLines.ArpValidate, BondLines.ArpAllTargets, BondLines.ArpMissedMax, BondLines.UseCarrier, BondLines.Primary, BondLines.AllSlavesActive, BondLines.PacketsPerSlave }.Where(settings.Has))
                yield return new($"{name} has no {line} of its own", [Remove(bond, line)]);
        }
    }

    public static IEnumerable<Move> Modes(Ground ground)
    {
        foreach (var bond in ground.Bonds)
            foreach (var mode in WordsOfModes.Where(mode => mode != Mode(bond)))
            {
                var (ungrouped, grouped) = (CableMoves.Ungrouped(ground, bond).ToList(), CableMoves.Grouped(ground, bond, mode == BondLines.Lacp ? "active" : "static").ToList());
                yield return new($"{bond.Link.Name} is {mode}", [.. ToMode(bond, mode)]);
                if (ungrouped.Count > 0 && BondLines.ActivePortModes.Contains(mode))
                    yield return new($"{bond.Link.Name} is {mode} on plain ports", [.. ToMode(bond, mode), .. ungrouped]) { IsOutside = true };
                if (grouped.Count > 0 && !BondLines.ActivePortModes.Contains(mode))
                    yield return new($"{bond.Link.Name} is {mode} on a group", [.. ToMode(bond, mode), .. grouped]) { IsOutside = true };
            }
    }

    /// <summary>The mode, without what the kernel refuses in it.</summary>
    private static IEnumerable<Change> ToMode(Standing bond, string mode)
    {
        yield return Set(bond, BondLines.Mode, mode);
        foreach (var (line, _) in bond.Link.Settings.Where(said => said.Key.RefusedElsewhere && !said.Key.Modes.Contains(mode)))
            yield return Remove(bond, line);
    }

    /// <summary>Another NIC of the file, which nothing stands on.</summary>
    public static IEnumerable<Move> Ports(Ground ground)
    {
        foreach (var bond in ground.Bonds)
        {
            var host = bond.Host.Host;
            var used = host.Links.SelectMany(link => link.Lowers).Select(lower => lower.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var nic in host.Of(LinkKind.Nic).Where(nic => !used.Contains(nic.Name.Value) && nic.Addresses.IsEmpty))
            {
                var (name, path) = (nic.Name.Value, Ground.PathOf(bond));
                var change = Moves.Append(bond.File, path, "ports", Edit.Scalar(name));
                yield return new($"{name} is a port of {bond.Link.Name}", [change]);
                // Its switch's port has to be what the others' are.
                if (ground.CordsOf(bond) is [var like, ..] && ground.Layout.Cords.Find(cord => cord.Host == bond.Host && cord.Label == name) is { } cord && Ground.CableOf(cord) is not null)
                    yield return new($"{name} is a port of {bond.Link.Name}, its cable's VLANs and group those of {like.Label}", [change, .. CableMoves.Alike(ground, cord, like)]) { IsOutside = true };
            }
        }
    }
}
