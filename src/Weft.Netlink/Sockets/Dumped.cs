// What came of a dump: all of it, or a reason. Half a dump is never handed out as if it were whole.
namespace Weft.Netlink;

/// <summary>The result of a dump.</summary>
/// <param name="Messages">The objects; empty unless <see cref="IsComplete"/>.</param>
/// <param name="Refusal">The kernel's refusal.</param>
/// <param name="Failure">The socket's failure.</param>
public sealed record Dumped<TMessage>(IReadOnlyList<TMessage> Messages, KernelRefusal? Refusal, SocketFailure? Failure)
{
    /// <summary>Whether the dump is whole and undisturbed.</summary>
    public bool IsComplete => Refusal is null && Failure is null;
}
