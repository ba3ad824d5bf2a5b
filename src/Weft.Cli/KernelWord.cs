// --kernel VERSION: as which Linux the twin is to behave.

using System.CommandLine;
using Weft.Text;
using Weft.Twin;

namespace Weft.Cli;

internal static class KernelWord
{
    private static string Known => string.Join(", ", KernelVersion.All.Select(one => one.Name));

    /// <param name="purpose">What is done as that kernel does it.</param>
    public static Option<string> Option(string purpose)
    {
        var option = new Option<string>("--kernel") { Description = $"{purpose}: {Known}; {KernelVersion.Linux61.Name} if not said", HelpName = "VERSION", DefaultValueFactory = _ => KernelVersion.Linux61.Name };
        option.CompletionSources.Add([.. KernelVersion.All.Select(one => one.Name)]);
        return option;
    }

    /// <summary>The kernel; or the sentence that says that there is none of that name.</summary>
    public static (KernelVersion? Kernel, string Wrong) Read(string word) =>
        KernelVersion.All.FirstOrDefault(one => one.Name == word) is { } kernel ? (kernel, "") : (null, $"--kernel: {Quote.Of(word)} is none whose ways are known, which are {Known}");
}
