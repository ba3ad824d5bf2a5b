// The built executable, started as a user starts it: words in, exit code and both outputs out. Every start is bounded in
// time, so that a hang is a failure and not a wait.

using System.Diagnostics;
using System.Text;

namespace Weft.Cli.Tests;

/// <summary>What came of one start.</summary>
internal sealed record Ran(int Code, string Output, string Errors);

internal static class Weft
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>The folder above this program, or above its source, that holds weft.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>WEFT_EXE, or out/weft as build.sh leaves it.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("WEFT_EXE") is { Length: > 0 } given ? given : Path.Combine(Root, "out", "weft");

    public static Ran Run(params string[] words) => Start(Executable, words, null);

    public static Ran RunWith(Stream input, params string[] words) => Start(Executable, words, input);

    public static Ran Shell(string script) => Start("/bin/sh", ["-c", script], null);

    public static Ran Start(string program, IEnumerable<string> words, Stream? input, string? culture = null)
    {
        File.Exists(Executable).ShouldBeTrue($"{Executable} is missing: run build.sh first, or name the executable by WEFT_EXE");
        var start = new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, StandardErrorEncoding = Encoding.UTF8 };
        start.Environment["WEFT"] = Executable;
        start.Environment.Remove("NO_COLOR");
        if (culture is not null)
            start.Environment["LC_ALL"] = culture;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        Feed(process, input);
        if (!process.WaitForExit(Longest))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', words)} did not end within {Longest.TotalSeconds} s");
        }
        return new(process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>A reader that has seen enough closes the pipe; that is its right.</summary>
    private static void Feed(Process process, Stream? input)
    {
        try
        {
            input?.CopyTo(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The exit code and the outputs tell what became of it.
        }
    }

    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string source = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(source)! })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "weft.slnx")))
                    return folder.FullName;
        throw new InvalidOperationException("no weft.slnx above the test program or its source");
    }
}

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("weft-cli-").FullName;

    public string Put(string name, string text) => Put(name, new UTF8Encoding(false).GetBytes(text));

    public string Put(string name, byte[] bytes)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
