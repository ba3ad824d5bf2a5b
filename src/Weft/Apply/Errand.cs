// What is asked of a transaction beyond its plan: who asks, with which file, and by when it must be over.

namespace Weft.Apply;

/// <summary>One change that somebody asked for.</summary>
/// <param name="Who">As a person would say it.</param>
public sealed record Errand(string Who)
{
    /// <summary>How long applying may take where nobody says otherwise: a host of 4000 networks needs a tenth of it on a slow machine.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromMinutes(10);

    /// <summary>The file as it was written, comments and all: what a boot applies once the change is final. Null where there is none.</summary>
    public string? Source { get; init; }

    /// <summary>The steps that somebody was shown, each as <see cref="Plan.StepCode"/> writes it: no others are taken. Null where it is any that lead there.</summary>
    public IReadOnlyList<string>? Seen { get; init; }

    /// <summary>How long the steps may take, asked before each batch of them; after that the change is undone.</summary>
    public TimeSpan Limit { get; init; } = UsualLimit;

    /// <summary>How long a verified change waits for somebody to say that it is good; null where it is final without.</summary>
    public TimeSpan? Confirm { get; init; }
}
