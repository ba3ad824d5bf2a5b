// A change that is under way, as it lies on disk from before its first step until it is final or undone. With the ledger that
// lies beside it, it is everything that the way back needs, so that another process can go it when this one is dead.

using Weft.Plan;

namespace Weft.Apply;

/// <summary>A change that was begun and is neither final nor undone.</summary>
/// <param name="Since">When it was begun; the ledger of a final change says the same.</param>
/// <param name="Errand">Who began it, with which file and limits.</param>
/// <param name="Drawing">What was observed before, what was wanted, and the plan; read back, only those of its steps that the way back asks for.</param>
public sealed record Journal(DateTimeOffset Since, Errand Errand, Drawing Drawing)
{
    /// <summary>How the ledger names this change once it is final.</summary>
    public string Name => Since.ToString("O", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// The way back was begun after the change had been verified, and what others did in between is part of <see cref="Drawing"/> already:
    /// what was observed after the change says nothing any more.
    /// </summary>
    public bool IsGoingBack { get; init; }

    /// <summary>The name of the change that was final when this one was begun, as the ledger has it.</summary>
    public string Before { get; init; } = Drawing.Ledger.Change;

    /// <summary>Whether the ledger beside it is the one that it was begun with: without that nobody knows what was Weft's. Of a journal that was read back.</summary>
    public bool IsOfThisLedger => Drawing.Ledger.Change == Before;

    /// <summary>Whether the ledger beside it says already what the change made, be it of this boot or of a later one. Of a journal that was read back.</summary>
    public bool IsFinal { get; init; }
}
