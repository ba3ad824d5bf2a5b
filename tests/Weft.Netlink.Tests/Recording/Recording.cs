// Messages recorded from a kernel: one file a subject, one message a line in hex, and beside it the golden text.
namespace Weft.Netlink.Tests;

internal static class Recording
{
    public static string Directory { get; } = Path.Combine(AppContext.BaseDirectory, "recorded");

    public static IEnumerable<string> Names() =>
        System.IO.Directory.GetFiles(Directory, "*.hex").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    public static List<byte[]> Read(string name, string? directory = null) =>
        [.. File.ReadLines(Path.Combine(directory ?? Directory, name + ".hex")).Where(line => line.Length > 0).Select(Convert.FromHexString)];

    public static string Golden(string name) => File.ReadAllText(Path.Combine(Directory, name + ".txt"));

    public static void Write(string directory, string name, IEnumerable<ReadOnlyMemory<byte>> messages) =>
        File.WriteAllLines(Path.Combine(directory, name + ".hex"), messages.Select(message => Convert.ToHexStringLower(message.Span)));

    /// <summary>What the messages of a recording carry; null where they are of rtnetlink.</summary>
    public static BodyOf? BodyOf(string name) => name.StartsWith("ethtool", StringComparison.Ordinal) ? GenericText.BodyOf : null;

    public static string Describe(string name, IEnumerable<byte[]> messages) => string.Concat(messages.Select(message => MessageText.Describe(message, BodyOf(name))));

    public static int DescribeAll(string directory)
    {
        foreach (var path in System.IO.Directory.GetFiles(directory, "*.hex"))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            File.WriteAllText(Path.Combine(directory, name + ".txt"), Describe(name, Read(name, directory)));
        }

        return 0;
    }
}
