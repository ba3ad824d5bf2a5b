// YAML's syntax errors in our words. The parser says which production failed; people want to know what they forgot. A
// message of the parser that is not listed here comes out as "cannot be read as YAML", with its place all the same.

using YamlDotNet.Core;

namespace Weft.Spec;

internal static class Syntax
{
    /// <summary>Where the parser has no words of its own.</summary>
    public const string EndsEarly = "the file ends while this is still open";

    private static readonly (string Theirs, string Ours)[] Words =
    [
        (EndsEarly, EndsEarly),
        ("flow mapping", "a map in braces is not closed, or a comma is missing: wanted ',' or '}'"),
        ("flow sequence", "a list in brackets is not closed, or a comma is missing: wanted ',' or ']'"),
        ("block collection", "this line is none of the list's items: wanted '- ' in the same column as the item before"),
        ("block mapping", "this line fits no level of indentation above it: wanted a key in the same column as the key before"),
        ("simple key", "a key without a colon: wanted ':' behind it"),
        ("invalid mapping", "a colon inside a value, or a line that is indented too far: two keys seem to stand where one may"),
        ("cannot start any token", "a value cannot begin with this character: put it in double quotes"),
        ("tab", "a tab stands where only spaces may"),
        ("unexpected end of stream", "a quoted text is never closed"),
        ("unexpected document indicator", "a quoted text is never closed"),
        ("escape character", "a backslash in double quotes must begin an escape: double it, or use single quotes"),
        ("Unicode", "an escape in double quotes names no character"),
        ("hexadecimal", "an escape in double quotes lacks hexadecimal digits"),
        ("wrong indentation", "a quoted text is never closed, or goes on in a line that is not indented deeper than its key"),
        ("block scalar", "a text after '|' or '>' is indented wrongly, or the mark is followed by something else"),
        ("anchor", "an anchor or alias that YAML cannot read, and that a host file does not have"),
        ("tag", "a tag that YAML cannot read, and that a host file does not have"),
        ("directive", "a directive (%) that YAML cannot read, and that a host file does not have"),
        ("document start", "something stands behind the end of the document: the first line of a host file decides how far the others are indented"),
        ("document", "a document mark ('---' or '...') stands where none may"),
        ("node content", "a value is missing here"),
        ("comment", "a '#' that begins a comment needs a space before it"),
    ];

    public static string Explain(YamlException wrong)
    {
        foreach (var (theirs, ours) in Words)
            if (wrong.Message.Contains(theirs, StringComparison.OrdinalIgnoreCase))
                return ours;
        return "this cannot be read as YAML";
    }
}
