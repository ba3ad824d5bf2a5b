// Which texts may stand in YAML without quotes. The test is what any reader would make of them: YAML 1.1 knows sexagesimal
// numbers, octals with one zero, yes/no/on/off and dates; YAML 1.2 knows 0o17 and 1e3. A text that either would take for
// something else is quoted, and so is every text with a colon (MACs, PCI paths, IPv6).

using System.Text;
using System.Text.RegularExpressions;
using Weft.Text;

namespace Weft.Spec;

internal static partial class Plain
{
    /// <summary>The text as a YAML scalar: plain where every reader agrees on it, in double quotes elsewhere.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="flow">Inside brackets, where commas and brackets end a plain text.</param>
    public static string OrQuoted(string text, bool flow) => Allows(text, flow) ? text : Quoted(text);

    private static bool Allows(string text, bool flow)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] == ' ' || OtherType().IsMatch(text) || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        if (",[]{}#&*!|>'\"%@`".Contains(text[0], StringComparison.Ordinal) || text[0] is '-' or '?' && (text.Length == 1 || text[1] == ' '))
            return false;
        for (var at = 0; at < text.Length; at++)
            if (text[at] == ':' || text[at] == '#' && text[at - 1] == ' ' || flow && ",[]{}".Contains(text[at], StringComparison.Ordinal) || Quote.IsHidden(text, at))
                return false;
        return true;
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var at = 0; at < text.Length; at++)
            if (text[at] is '"' or '\\')
                quoted.Append('\\').Append(text[at]);
            else if (char.IsSurrogatePair(text, at))
            {
                var rune = char.ConvertToUtf32(text, at);
                _ = Quote.IsHidden(text, at) ? quoted.Append($"\\U{rune:x8}") : quoted.Append(text, at, 2);
                at++;
            }
            else
                _ = Quote.IsHidden(text, at) ? quoted.Append(Quote.Escape(text[at])) : quoted.Append(text[at]);
        return quoted.Append('"').ToString();
    }

    /// <summary>
    /// What YAML 1.1 (yaml.org/type) or the core schema of 1.2 reads as a number, flag, null, date, merge or value key.
    /// Without a limit of time: nothing in it backtracks far, and a limit asks the clock over and over, which in user-mode Linux took a
    /// quarter of an apply.
    /// </summary>
    [GeneratedRegex(@"^(?:[-+]?(?:0b[01_]+|0o[0-7]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+]?[0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
        + @"|y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF|~|null|Null|NULL|=|<<|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: Timeout.Infinite)]
    private static partial Regex OtherType();
}
