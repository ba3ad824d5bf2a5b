// A rule is one file: its words, one host that breaks it with the place marked, one that does not, and the look. The list of
// rules is written by the generator, and `weft explain` tells a rule by its why and its examples; one test runs every rule on its examples.

using Weft.Text;

namespace Weft.Check;

/// <summary>Something that can be wrong with a declared host.</summary>
/// <param name="id">Its id in words, stable for ever.</param>
/// <param name="severity">What its findings weigh, where it does not say otherwise.</param>
/// <param name="mayBeAllowed">Whether `# weft: allow` silences it. What the kernel refuses, or what no plan can be made of, no reason makes
/// good; what merely does not work on most networks, somebody may know better.</param>
public abstract class Rule(string id, Severity severity, bool? mayBeAllowed = null)
{
    public string Id { get; } = id;
    public Severity Severity { get; } = severity;
    public bool MayBeAllowed { get; } = mayBeAllowed ?? severity != Severity.Error;

    /// <summary>The folder that its file is in: `bonds`, `cabling`, ….</summary>
    public string Subject { get; internal set; } = "";

    /// <summary>One sentence or two: the mechanism that makes it a mistake (kernel, switch, protocol).</summary>
    public abstract string Why { get; }

    /// <summary>A host file that breaks this rule and no other; `[|…|]` marks the places of the findings.</summary>
    public abstract string Bad { get; }

    /// <summary>The same, mended.</summary>
    public abstract string Good { get; }

    /// <summary>What of this host breaks the rule.</summary>
    internal virtual IEnumerable<Finding> Look(Stack stack) => [];

    /// <summary>What of that which the file allows breaks the rule; asked once everything else was looked at.</summary>
    internal virtual IEnumerable<Finding> Look(Allowing allowing) => [];

    /// <summary>A finding of this rule.</summary>
    protected Finding At(Place place, string what, string mend) => new(Id, Severity, place, what, Why, mend);
}
