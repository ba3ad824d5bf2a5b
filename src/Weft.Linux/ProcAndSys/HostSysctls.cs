// Settings of the whole host under /proc/sys/net. A name of the attribute table is a path with points for slashes; whose network
// namespace it is of is a matter of the thread that opens it.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

internal static class HostSysctls
{
    private const string Root = "/proc/sys/";

    /// <summary>Those that this namespace has and whose value the table understands.</summary>
    public static Settings Read() => Settings.Of(HostLines.All.Select(line => (Line: line, Value: Read(line))).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Line, Text.At.Nowhere(pair.Value!))));

    /// <summary>Writes one.</summary>
    /// <returns>Why it could not be; null where it was.</returns>
    public static Refusal? Write(Attribute line, Value value) =>
        ShortFile.Write(PathOf(line), value.ToString()!, _ => new("ENOENT", $"there is no {PathOf(line)} in this network namespace"));

    private static Value? Read(Attribute line) => ShortFile.Read(PathOf(line)) is { } text ? ((Scalar)line.Shape).Parse(text).Value : null;

    private static string PathOf(Attribute line) => Root + line.Name.Replace('.', '/');
}
