// What a file could say so that a refuted expectation holds: found by trying, proven like everything else, and offered as a diff.

namespace Weft.Twin.Proving.Advising;

/// <summary>The smallest change found that makes a refuted expectation hold.</summary>
/// <param name="Moves">What changes, a sentence's part each.</param>
/// <param name="Diff">The change of the files, as `patch -p1` and `git apply` take it.</param>
/// <param name="Lines">How many lines change.</param>
internal sealed record Advice(IReadOnlyList<string> Moves, string Diff, int Lines)
{
    /// <summary>The files' texts with the change, in the order of the files.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>What was refuted and is proven then, as the files say it.</summary>
    public IReadOnlyList<Expectation> Mends { get; init; } = [];

    /// <summary>How many expectations that held hold still.</summary>
    public int Kept { get; init; }

    /// <summary>Whom the change disturbs on hosts that run with the files as they are, in the planner's words.</summary>
    public IReadOnlyList<string> Disturbs { get; init; } = [];

    /// <summary>Whether somebody must do something beside the hosts: at a switch, or with a cable.</summary>
    public bool IsOutside { get; init; }
}

/// <summary>What came of the search for one refuted expectation.</summary>
public sealed class Advised
{
    internal Advised(Verdict verdict, Advice? found, int singles, int pairs) => (Verdict, Found, Singles, Pairs) = (verdict, found, singles, pairs);

    /// <summary>The refuted one.</summary>
    internal Verdict Verdict { get; }

    /// <summary>Null where nothing was found within the bounds.</summary>
    internal Advice? Found { get; }

    /// <summary>How many changes were tried by themselves, and how many pairs of them.</summary>
    internal int Singles { get; }

    internal int Pairs { get; }

    /// <summary>Why the search ended before all was tried; empty where it did not.</summary>
    internal string Cut { get; init; } = "";
}

/// <summary>How far the search goes.</summary>
/// <param name="MostExpectations">For how many refuted expectations at most.</param>
/// <param name="MostPairs">How many pairs of changes are tried for each.</param>
public sealed record AdviceBounds(int MostExpectations, int MostPairs)
{
    /// <summary>What a plain proof does: lines of the file, and few of them.</summary>
    public static readonly AdviceBounds Usual = new(3, 200) { Patience = TimeSpan.FromSeconds(3) };

    /// <summary>What somebody waits for who asked.</summary>
    public static readonly AdviceBounds Wide = new(12, 400) { IsUnsaidToo = true, Patience = TimeSpan.FromMinutes(5) };

    /// <summary>Also what everybody expects who says nothing.</summary>
    public bool IsUnsaidToo { get; init; }

    /// <summary>How long somebody waits for it at most.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>Ends the search when time is up; what was found by then counts.</summary>
    public CancellationToken Until { get; init; }
}
