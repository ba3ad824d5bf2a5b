// What came of a batch: one answer a request, in the order of the requests, and the failure that cut it short if one did.
namespace Weft.Netlink;

/// <summary>What the kernel decided about one request.</summary>
public enum Verdict
{
    /// <summary>Nothing is known: the socket failed before the answer came. The request may have been carried out.</summary>
    Unanswered,

    /// <summary>Done.</summary>
    Accepted,

    /// <summary>Refused.</summary>
    Refused,
}

/// <summary>The answer to one request.</summary>
/// <param name="Verdict">The decision.</param>
/// <param name="Refusal">Why not, when refused.</param>
/// <param name="Reply">The last message the kernel sent before deciding: the object of a get, the echo of a change. Netlink header included.</param>
public readonly record struct Answer(Verdict Verdict, KernelRefusal? Refusal, ReadOnlyMemory<byte> Reply);

/// <summary>The answers to a batch.</summary>
/// <param name="Each">One a request, in their order.</param>
/// <param name="Failure">What cut the batch short. Without it no answer is Unanswered.</param>
public sealed record Answers(IReadOnlyList<Answer> Each, SocketFailure? Failure)
{
    /// <summary>Whether everything was accepted.</summary>
    public bool AllAccepted => Failure is null && Each.All(answer => answer.Verdict == Verdict.Accepted);
}
