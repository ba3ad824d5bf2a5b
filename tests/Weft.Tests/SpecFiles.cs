// Where the repository is, and its cases. Tests run from anywhere; the root is the folder above them that holds weft.slnx.

namespace Weft.Tests;

internal static class SpecFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folders under specs/AREA, by name.</summary>
    public static IEnumerable<string> Cases(string area) =>
        Directory.EnumerateDirectories(Path.Combine(Root, "specs", area)).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Compares with a golden file, or rewrites it where WEFT_UPDATE_GOLDEN is 1.</summary>
    public static void ShouldBeGolden(string path, string actual)
    {
        if (Environment.GetEnvironmentVariable("WEFT_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, actual);
        File.Exists(path).ShouldBeTrue($"{path} is missing; WEFT_UPDATE_GOLDEN=1 writes it");
        Assert.Equal($"{path}\n{File.ReadAllText(path)}", $"{path}\n{actual}");
    }

    /// <summary>Above the program; where that was built elsewhere, above this source file.</summary>
    private static string FindRoot([System.Runtime.CompilerServices.CallerFilePath] string source = "")
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(source)! })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (File.Exists(Path.Combine(folder.FullName, "weft.slnx")))
                    return folder.FullName;
        throw new InvalidOperationException("no weft.slnx above the test program or its source");
    }
}
