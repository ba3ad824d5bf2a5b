// Hosts that are proven together, and their questions: most hosts by themselves, those that ask each other together.

using System.Collections.Immutable;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving;

/// <summary>A scene to be run again and again, and who asks whom in it.</summary>
internal sealed class Case
{
    private Case(Scene scene, IReadOnlyList<Question> questions)
    {
        (Scene, Questions) = (scene, questions);
        Faults = Proving.Faults.Of(scene.Layout, [.. questions.SelectMany(question => new[] { question.Asker?.Vlan, question.Asked?.Vlan }).OfType<long>().Distinct().Order()]);
    }

    public Scene Scene { get; }

    public IReadOnlyList<Question> Questions { get; }

    /// <summary>Everything that may fail in it.</summary>
    public IReadOnlyList<Fault> Faults { get; }

    /// <returns>Null where a kernel would not take a file, and the findings say why.</returns>
    public static (Case? Case, ImmutableArray<Finding> Findings) Of(IReadOnlyList<NamedHost> hosts, IReadOnlyList<Question> questions)
    {
        var (scene, findings) = Scene.Of(hosts);
        return (scene is null ? null : new(scene, questions), findings);
    }
}
