// What `weft apply --prove` does before anything is sent: it brings the proof the file before, and tells what the proof assumed.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Text;
using Weft.Twin.Proving;

namespace Weft.Cli.Changing;

internal static class ProvenFirst
{
    /// <returns>No proof where nothing is sent: then nothing can break.</returns>
    public static (ChangeProof? Proof, ImmutableArray<Finding> Odd) Of(Voice voice, IDisk disk, Timings timings, Judged judged, string path, Drawing drawing)
    {
        if (drawing.Plan.IsEmpty || drawing.Plan.IsRefused)
            return (null, []);
        var (good, odd) = GoodFile.Read(disk);
        var proof = voice.Working("proving what is expected", () => timings.Measure("prove", () => ChangeProof.Of(drawing, judged.Sound!, judged.Plan?.File ?? path, good)));
        if (!voice.Json && !voice.Quiet)
            Scenery.Assume(proof.Proven?.Assumed ?? []);
        return (proof, odd);
    }
}
