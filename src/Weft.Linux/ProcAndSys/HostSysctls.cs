// Settings of the whole host under /proc/sys/net. A name of the attribute table is a path with points for slashes; whose network
// namespace it is of is a matter of the thread that opens it.

using System.Text;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

internal static class HostSysctls
{
    private const string Root = "/proc/sys/";

    /// <summary>Those that this namespace has and whose value the table understands.</summary>
    public static Settings Read() => Settings.Of(HostLines.All.Select(line => (Line: line, Value: Read(line))).Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Line, Text.At.Nowhere(pair.Value!))));

    /// <summary>Writes one.</summary>
    /// <returns>Why it could not be; null where it was.</returns>
    public static Refusal? Write(Attribute line, Value value)
    {
        try
        {
            using var handle = File.OpenHandle(PathOf(line), FileMode.Open, FileAccess.Write);
            RandomAccess.Write(handle, Encoding.ASCII.GetBytes(value.ToString()!), 0);
            return null;
        }
        catch (UnauthorizedAccessException e)
        {
            return new("EACCES", e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new("ENOENT", $"there is no {PathOf(line)} in this network namespace");
        }
        catch (IOException e)
        {
            // On Linux the number is the kernel's own.
            return new(Errno.Name(e.HResult), e.Message);
        }
    }

    private static Value? Read(Attribute line)
    {
        try
        {
            using var handle = File.OpenHandle(PathOf(line));
            Span<byte> text = stackalloc byte[128];
            return ((Scalar)line.Shape).Parse(Encoding.ASCII.GetString(text[..RandomAccess.Read(handle, text, 0)]).Trim()).Value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string PathOf(Attribute line) => Root + line.Name.Replace('.', '/');
}
