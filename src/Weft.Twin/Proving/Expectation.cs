// What must hold: a line of `expect`, or what everybody expects who says nothing.

using Weft.Text;

namespace Weft.Twin.Proving;

/// <summary>Something that is proven or refuted.</summary>
/// <param name="Text">As the file says it; of what the file does not say, a sentence.</param>
/// <param name="Place">The line; where it is not said, that of the guest or address.</param>
internal sealed record Expectation(string Text, Place Place)
{
    /// <summary>Whether the file says it.</summary>
    public bool IsSaid { get; init; }

    /// <summary>The rule that a finding of its refutation names.</summary>
    public string Rule { get; init; } = Rules.Said;

    /// <summary>How many failures at once it must survive as the file says; null where it does not.</summary>
    public int? Survives { get; init; }

    /// <summary>The longest outage that is allowed, in milliseconds; null where any is.</summary>
    public long? WithinMs { get; init; }

    /// <summary>The network that it is about, by the name that people gave it.</summary>
    public string Network { get; init; } = "";

    /// <summary>Whom it asks about; all must be answered.</summary>
    internal IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>Why nothing can be asked, or not all that it means, and how to mend it; empty where all can.</summary>
    public (string Why, string Mend) Mute { get; init; } = ("", "");

    /// <summary>
    /// How many failures at once are tried. A line that says neither `survives` nor `within` asks for none: what single failures do to it is told, and does not refute it. A bound is one of an outage, and so of what
    /// single failures cost.
    /// </summary>
    public int Depth(int faults) => Survives ?? (WithinMs is not null ? 1 : IsSaid ? 0 : faults);
}

/// <summary>Ids of what a proof finds, stable for ever.</summary>
internal static class Rules
{
    public const string Said = "expectation-refuted", Guest = "guest-loses-gateway", Management = "management-loses-gateway", Undecided = "expectation-undecided", Mute = "expectation-asks-nobody";

    /// <summary>Of a change: what held, and does not after it; a line that the new file has not any more; a file that cannot be run.</summary>
    public const string Broken = "expectation-broken", Dropped = "expectation-dropped", Impossible = "proof-impossible";
}
