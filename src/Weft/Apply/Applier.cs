// Executes a plan, batch by batch. Steps that need each other's result stand in one batch all the same: the kernel executes
// in order, and a refused step ends the run after its batch.

using System.Collections.Immutable;
using Weft.Plan;

namespace Weft.Apply;

/// <summary>A step that the kernel refused.</summary>
public sealed record RefusedStep(Step Step, Refusal Refusal);

/// <summary>How far a plan came.</summary>
/// <param name="Done">Steps executed without complaint.</param>
/// <param name="Refused">The first refusal in plan order, or null.</param>
/// <param name="IsLate">It was ended because its time was over.</param>
public sealed record Run(int Done, RefusedStep? Refused, bool IsLate = false);

public static class Applier
{
    /// <summary>
    /// Steps a batch. After a refusal nothing beyond its batch is sent; a smaller number would undo less and cost more round trips.
    /// </summary>
    public const int Batch = 64;

    /// <param name="kernel">The host.</param>
    /// <param name="plan">The steps.</param>
    /// <param name="isLate">Asked before each batch: whether the time for all of this is over. Null where there is no limit.</param>
    public static Run Execute(IKernel kernel, IEnumerable<Step> plan, Func<bool>? isLate = null)
    {
        var done = 0;
        foreach (var batch in plan.Where(step => step.Sends).Chunk(Batch))
        {
            if (isLate?.Invoke() == true)
                return new(done, null, IsLate: true);
            var answers = kernel.Execute(batch);
            for (var i = 0; i < batch.Length; i++)
                if (answers[i] is { } refusal)
                    return new(done + answers.Take(i).Count(answer => answer is null), new(batch[i], refusal));
            done += batch.Length;
        }
        return new(done, null);
    }

    /// <summary>Executes all steps, whatever is refused, and returns what was.</summary>
    public static ImmutableArray<RefusedStep> ExecuteAll(IKernel kernel, IEnumerable<Step> plan) =>
        [.. plan.Where(step => step.Sends).Chunk(Batch).SelectMany(batch => batch.Zip(kernel.Execute(batch)).Where(pair => pair.Second is not null).Select(pair => new RefusedStep(pair.First, pair.Second!)))];
}
