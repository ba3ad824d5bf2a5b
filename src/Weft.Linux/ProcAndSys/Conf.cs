// Files under /proc/sys/net/ipv4/conf and net/ipv6/conf: settings of a link, and of `default`, which new links start with.
// A kernel's name of a link holds no '/', and no link is called `all` or `default`, so a name is safe in a path. Which namespace's files
// they are is a matter of the thread that opens them.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

internal static class Conf
{
    private const string Root = "/proc/sys/net";

    /// <summary>Whether this kernel has the family at all.</summary>
    public static bool Has(string family) => Directory.Exists($"{Root}/{family}/conf");

    /// <summary>What a file says; null where there is none, or it may not be read.</summary>
    public static string? Read(string family, string link, string file) => ShortFile.Read(PathOf(family, link, file));

    /// <summary>Sets a line of the attribute table that is at home here.</summary>
    public static Refusal? Set(string link, Attribute line, Value value) =>
        line == Table.Ipv6 ? Kernel6.Switch(link, value == Value.Of(true)) : Write(line.Family, link, line.Wire, value is Value.Flag { On: var on } ? on ? "1" : "0" : value.ToString());

    /// <summary>Writes a file.</summary>
    /// <returns>Why it could not be; null where it was.</returns>
    public static Refusal? Write(string family, string link, string file, string value) => ShortFile.Write(PathOf(family, link, file), value, none => none is FileNotFoundException
        ? new("ENOENT", $"this kernel has no net/{family}/conf/{link}/{file}")
        : new("ENODEV", $"there is no link {link}, or it has no {(family == "ipv6" ? "IPv6" : "IPv4")} to set"));

    private static string PathOf(string family, string link, string file) => $"{Root}/{family}/conf/{link}/{file}";
}
