// Host files as scenes, for the tests of this folder.

using Weft.Spec;
using Weft.Topology;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

internal static class Stages
{
    public static NamedHost Host(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.HasErrors.ShouldBeFalse(string.Join('\n', reading.Findings));
        return new(reading.Host!.Name ?? "host", "host.yaml", reading.Host);
    }

    /// <summary>Made, and not moved yet.</summary>
    public static Scene Scene(params string[] texts)
    {
        var (scene, findings) = Twin.Scenes.Scene.Of([.. texts.Select(Host)]);
        scene.ShouldNotBeNull(string.Join('\n', findings));
        return scene;
    }

    /// <summary>A run with failures and repairs, each as the command line has it.</summary>
    public static Simulated Run(this Scene scene, long forMs, string[] fails, string[]? repairs = null, Func<string, Stream>? record = null)
    {
        var (simulated, wrong, _) = Simulation.Run(scene, [.. fails.Select(said => scene.Failure(said)), .. (repairs ?? []).Select(said => scene.Failure(said, isRepair: true))], 10, forMs, record);
        return simulated.ShouldNotBeNull(wrong);
    }

    public static Failure Failure(this Scene scene, string said, bool isRepair = false)
    {
        var (failure, wrong, _) = Twin.Scenes.Failure.Read(scene, said, isRepair);
        return failure.ShouldNotBeNull(wrong);
    }

    public static void Pass(this World world, double seconds) => world.Time.RunUntil(world.Time.Now + (long)(seconds * VirtualTime.Second)).ShouldBeTrue();
}
