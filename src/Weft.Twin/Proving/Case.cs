// Hosts that are proven together, and their questions: most hosts by themselves, those that ask each other together.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Alb;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

/// <summary>A scene to be run again and again, and who asks whom in it.</summary>
internal sealed class Case
{
    /// <summary>How many other chances are tried where what happens is one.</summary>
    public const int Chances = 3;

    private Case(Scene scene, IReadOnlyList<Question> questions)
    {
        (Scene, Questions) = (scene, questions);
        // As many flows as a hash may choose from: each takes another port, on either end.
        Flows = FlowsOf(scene);
        Chance = ChanceIn(scene.Layout);
        IsListening = scene.Layout.Hosts.Any(host => host.Host.Of(LinkKind.Bond).Any(bond => bond.Settings.Number(BondLines.ArpInterval) > 0));
        Faults = Proving.Faults.Of(scene.Layout, [.. questions.SelectMany(question => question.Vlans).Distinct().Order()]);
    }

    public static IReadOnlyList<int> FlowsOf(Scene scene) =>
        [.. Enumerable.Range(0, scene.All.SelectMany(pair => pair.Machine.Links).OfType<Bond>().Where(bond => bond.Mode is Xor or Lacp or Balancing).Select(bond => bond.Ports.Count).DefaultIfEmpty(1).Max())];

    public Scene Scene { get; }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>The flows that are tried: by how many ports each is sent further on than its hash says.</summary>
    public IReadOnlyList<int> Flows { get; }

    /// <summary>Everything that may fail in it.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <summary>What is chance in it; null where nothing is.</summary>
    public string? Chance { get; }

    /// <summary>Whether a bond takes what comes in for a sign of life.</summary>
    public bool IsListening { get; }

    /// <param name="hosts">The hosts.</param>
    /// <param name="questions">Who asks whom.</param>
    /// <param name="kernel">Which Linux everybody is; null: 6.1.</param>
    /// <returns>Null where a kernel would not take a file, and the findings say why.</returns>
    public static (Case? Case, ImmutableArray<Finding> Findings) Of(IReadOnlyList<NamedHost> hosts, IReadOnlyList<Question> questions, KernelVersion? kernel = null)
    {
        var (scene, findings) = Scene.Of(hosts, kernel: kernel);
        return (scene is null ? null : new(scene, questions), findings);
    }

    /// <summary>What is chance in a scene: then runs that hold prove nothing.</summary>
    private static string? ChanceIn(Layout layout)
    {
        var cords = layout.Cords;
        foreach (var host in layout.Hosts)
            foreach (var bond in host.Host.Of(LinkKind.Bond).Where(bond => bond.Ports.Length > 1))
            {
                var mode = bond.Settings.Word(BondLines.Mode) ?? BondLines.RoundRobin;
                var isGrouped = bond.Ports.All(port => cords.Exists(cord => cord.Host == host && cord.Label == port.Name.Value && cord.Group is not null));
                if (mode == BondLines.Lacp && Partners(host, bond, cords) is { Count: > 1 } partners)
                    return $"{host.Name}: {string.Join(" and ", partners)} are not one group, so that {bond.Name} uses one of them, and which hangs on who answered first; {Chances} runs are no proof";
                if (mode == BondLines.Alb || (mode is BondLines.RoundRobin or BondLines.Xor or BondLines.Broadcast or BondLines.Tlb && !isGrouped))
                    return $"{host.Name}: which port the switch sends by to {bond.Name} ({mode}{(isGrouped ? "" : ", no group")}) hangs on who spoke last, and {Chances} runs are no proof";
                if (bond.Settings.Flag(BondLines.AllSlavesActive) == true && !isGrouped)
                    return $"{host.Name}: what {bond.Name} sends comes back to it by its other ports (all_slaves_active), so that a bridge on it takes its guests to be out there until they speak again; {Chances} runs are no proof";
                if (bond.Settings.Number(BondLines.ArpInterval) > 0 && isGrouped)
                    return $"{host.Name}: the switch sends to {bond.Name} by a hash of each flow, the answers to its monitor too, so that which port lives and who is heard by it hangs on everybody's addresses; {Chances} runs are no proof";
                if (bond.Settings.Number(BondLines.ArpInterval) > 0 && mode == BondLines.ActiveBackup && bond.Settings.Word(BondLines.Primary) is null)
                    return $"{host.Name}: which port {bond.Name} takes first hangs on which is answered first, and {Chances} runs are no proof; a `primary` says it";
            }
        return null;
    }

    /// <summary>The switches that a bond speaks LACP with, a pair as one.</summary>
    private static List<string> Partners(NamedHost host, Link bond, List<Cord> cords) =>
        [.. cords.Where(cord => cord is { Group: not null, Lacp: not "static", Box: not null } && cord.Host == host && bond.Ports.Any(port => port.Name.Value == cord.Label)).Select(cord => $"{cord.Group} of {cord.Box!.Name}").Distinct(StringComparer.Ordinal)];
}
