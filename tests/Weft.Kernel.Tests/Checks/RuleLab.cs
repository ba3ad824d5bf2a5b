// A rule in a lab: its bad example and its good one as hosts with switches and guests of their own, and what a script sees there. The examples
// are the rule's, with what a lab needs besides: addresses on the switch, guests, cables.

using System.Text.RegularExpressions;
using Weft.Check;
using Weft.Explain;

namespace Weft.Kernel.Tests.Checks;

/// <summary>What a script sees on the two hosts of a rule.</summary>
/// <param name="Script">A script, once for each host: prints what it sees. $h is the host, $sw its switch, $b 1 on the bad one and empty on the good one.</param>
/// <param name="Bad">What it prints on the bad host.</param>
/// <param name="Good">What it prints on the good host.</param>
internal sealed partial record RuleLab(string Script, string Bad, string Good)
{
    /// <summary>What stands in both examples, and what a lab has in its place.</summary>
    public (string Was, string Is)[] Edits { get; init; } = [];

    /// <summary>What a lab has besides, at the end of the file.</summary>
    public string More { get; init; } = "";

    /// <summary>
    /// Whether the bad host starts as the good one, and the script makes it bad by hand: no reason allows the rule, so that `weft apply` refuses the
    /// file, or a lab cannot be made of it.
    /// </summary>
    public bool ByHand { get; init; }

    /// <summary>The host file of a side. Names of switches and guests are the host's own, for all rules share one lab.</summary>
    public string File(string id, string host, bool bad)
    {
        var rule = Rules.Find(id)!;
        var text = bad && !ByHand ? string.Join('\n', Marked.Of(rule.Bad).Select(line => Allowed(id, line.Marks.Length) + line.Text)) : rule.Good;
        foreach (var (was, now) in Edits)
        {
            text.ShouldContain(was, customMessage: $"the example of {id} is another by now");
            text = text.Replace(was, now, StringComparison.Ordinal);
        }
        return $"host: {host}\n" + Name().Replace($"{text}\n{More}\n", $"${{name}}-{host}");
    }

    // An allowance silences one finding of the next line.
    private static string Allowed(string id, int findings) => string.Concat(Enumerable.Repeat($"# weft: allow {id} because a lab shows what comes of it\n", findings));

    [GeneratedRegex(@"\b(?<name>sw|leaf-[ab]|web[12])\b(?=[:,}\] \n])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
