// Hosts that are proven together, and their questions: most hosts by themselves, those that ask each other together.

using System.Collections.Immutable;
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
    private Case(Scene scene, IReadOnlyList<Question> questions)
    {
        (Scene, Questions) = (scene, questions);
        // As many flows as a hash may choose from: each takes another port, on either end.
        Flows = FlowsOf(scene);
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

    /// <param name="hosts">The hosts.</param>
    /// <param name="questions">Who asks whom.</param>
    /// <param name="kernel">Which Linux everybody is; null: 6.1.</param>
    /// <returns>Null where a kernel would not take a file, and the findings say why.</returns>
    public static (Case? Case, ImmutableArray<Finding> Findings) Of(IReadOnlyList<NamedHost> hosts, IReadOnlyList<Question> questions, KernelVersion? kernel = null)
    {
        var (scene, findings) = Scene.Of(hosts, kernel: kernel);
        return (scene is null ? null : new(scene, questions), findings);
    }
}
