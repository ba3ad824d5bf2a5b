// What Weft has to say about a file or a host. A finding is a value: it is collected, sorted by place, printed or sent as
// JSON, and never thrown. Its three sentences have a job each: what is wrong, why it matters, how to mend it.

namespace Weft.Text;

/// <summary>How much a finding weighs. Only errors stop a command; advice never fails anything.</summary>
public enum Severity
{
    Error,
    Warning,
    Advice,
}

/// <summary>One thing found wrong, doubtful or worth knowing.</summary>
/// <param name="Rule">The rule's id, in words: `mtu-above-parent`. Stable for ever.</param>
/// <param name="Severity">Its weight.</param>
/// <param name="Place">The value that should change.</param>
/// <param name="What">What is wrong, with the values found.</param>
/// <param name="Why">Why it matters: the mechanism (kernel, switch, protocol).</param>
/// <param name="Mend">What to do, as an imperative that one can type.</param>
public sealed record Finding(string Rule, Severity Severity, Place Place, string What, string Why, string Mend)
{
    public static Finding Error(string rule, Place place, string what, string why, string mend) =>
        new(rule, Severity.Error, place, what, why, mend);

    public static Finding Warning(string rule, Place place, string what, string why, string mend) =>
        new(rule, Severity.Warning, place, what, why, mend);

    public static Finding Advice(string rule, Place place, string what, string why, string mend) =>
        new(rule, Severity.Advice, place, what, why, mend);
}
