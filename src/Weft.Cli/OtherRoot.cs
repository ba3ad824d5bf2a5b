// `--root DIR`: a machine's files that lie below some folder, as of an image that is being built, or of a test. Only files are
// taken from there; links are always those of this host.

using System.CommandLine;
using Weft.Apply;
using Weft.Linux;
using Weft.Takeover;
using Weft.Text;

namespace Weft.Cli;

internal static class OtherRoot
{
    public static Option<string?> Make() => new("--root") { Description = "Take FOLDER for the root of all files", HelpName = "FOLDER" };

    /// <summary>The folder, empty for the machine's own root; or what is wrong with the one that was given.</summary>
    public static (string Root, string? Wrong) Of(string? given)
    {
        if (given is null)
            return ("", null);
        var root = given.Length == 0 ? "" : Path.GetFullPath(given).TrimEnd('/');
        return Directory.Exists(given) ? (root, null) : ("", $"--root: there is no folder {Quote.Of(given)}");
    }

    public static IFiles Files(string root) => new LinuxFiles(root);

    /// <summary>The state folder below that root: what is remembered there is of files, which are the same in every network namespace.</summary>
    public static IDisk State(string root) => new LinuxDisk(root + LinuxDisk.Lasting);
}
