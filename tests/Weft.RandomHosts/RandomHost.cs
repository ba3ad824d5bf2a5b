// Random valid hosts, and pairs of them. Valid is what the reader and the rules find no error in: the generator only guesses,
// and throws again. Everything follows from the dice.

using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;
using Weft.Text;

namespace Weft.RandomHosts;

/// <summary>A way from one host to another.</summary>
public sealed record Pair(ulong Seed, Sketch From, Sketch To)
{
    public override string ToString() => $"seed {Seed}\n--- from\n{From}--- to\n{To}";
}

public static class RandomHost
{
    public const int MostObjects = 30;

    /// <summary>The NICs of every random host.</summary>
    public static IReadOnlyList<string> Nics => Words.Nics;

    /// <summary>The pair of a seed, the same on every machine.</summary>
    public static Pair Pair(ulong seed)
    {
        var dice = new Dice(seed);
        var from = Host(dice);
        var to = dice.Percent(25) ? Host(dice) : Changed(dice, from);
        var marking = new Marking(new Dice(seed ^ Marks));
        from = marking.Of(from, null);
        return new(seed, from, marking.Of(to, from));
    }

    /// <summary>What the dice of the marks differ by.</summary>
    private const ulong Marks = 0x6d61_726b;

    /// <summary>A valid host.</summary>
    public static Sketch Host(Dice dice)
    {
        while (true)
        {
            var host = Thrown(dice);
            if (IsValid(host))
                return host;
        }
    }

    /// <summary>Another valid host, a few edits away.</summary>
    public static Sketch Changed(Dice dice, Sketch from)
    {
        // A host that no edit leads away from, if there is one, is followed by another.
        for (var tries = 0; tries < 200; tries++)
        {
            var host = from.Copy();
            var mutation = new Mutation(dice, host);
            for (var edits = dice.From(1, 5); edits > 0; edits--)
                mutation.Once();
            if (IsValid(host))
                return host;
        }
        return Host(dice);
    }

    public static bool IsValid(Sketch sketch) => sketch.Size <= MostObjects && Read(sketch) is { } host && HasSources(host) && !HasMacvlanInBond(host) && Read(Told(sketch)) is not null;

    /// <summary>A preferred source that is no address of the file may be anybody's: no rule can say that it is wrong.</summary>
    private static bool HasSources(Host host) =>
        host.Routes.All(route => route.Source is null || host.Links.Any(link => link.Addresses.Any(address => address.Value.Address.Equals(route.Source))));

    /// <summary>Whether a bond can take a MACVLAN in, which has no MAC of its own there, nobody can say (macvlan-in-bond); one in mode passthru it can.</summary>
    private static bool HasMacvlanInBond(Host host) => host.Of(LinkKind.Bond).SelectMany(bond => bond.Ports)
        .Any(port => host.Find(port.Name.Value) is { } link && link.Kind == LinkKind.Macvlan && !MacvlanLines.IsPassthru(link.Settings.ValueOf(MacvlanLines.Mode)));

    /// <summary>The same with the MTU that the NICs of a bare host have said outright: a rule does not know it otherwise.</summary>
    private static Sketch Told(Sketch sketch)
    {
        var told = sketch.Copy();
        foreach (var nic in told.Links.Where(link => link.Section == "nics" && told.MasterOf(link.Name)?.Section != "bonds"))
            if (nic.Keys.GetValueOrDefault("mtu", "default") == "default")
                nic.Keys["mtu"] = "1500";
        return told;
    }

    /// <summary>The host that a sketch says; null where it has errors. What a file may allow is merely of no use on most networks: the kernel takes it, and it is tried.</summary>
    public static Host? Read(Sketch sketch)
    {
        var reading = HostFile.Read("host.yaml", sketch.ToString());
        return reading.Host is { } host && !reading.HasErrors && !Checker.Look(host).Any(finding => finding.Severity == Severity.Error && Rules.Find(finding.Rule)?.MayBeAllowed != true) ? host : null;
    }

    private static Sketch Thrown(Dice dice)
    {
        var host = new Sketch();
        var (growth, settling) = (new Growth(dice, host), new Settling(dice, host));
        growth.Nics();
        for (var layers = dice.Below(10); layers > 0; layers--)
            growth.Layer();
        Words.Sysctls(dice, host);
        foreach (var link in host.Links)
            Words.Conf(dice, link);
        foreach (var link in host.Links)
            if (dice.Percent(45))
                settling.Addresses(link);
        for (var routes = dice.Below(5); routes > 0 && dice.Percent(60); routes--)
            settling.Route();
        for (var rules = dice.Below(4); rules > 0 && dice.Percent(40); rules--)
            settling.Rule();
        for (var networks = dice.Below(3); networks > 0 && dice.Percent(50); networks--)
            settling.Network();
        if (dice.Percent(10))
            host.Absent.Add(dice.Of("br-old", "bond9", "br2"));
        if (host.Absent.Exists(name => host.Find(name) is not null))
            host.Absent.Clear();
        return host;
    }
}
