// The house itself: who may know whom, how long a file may be, what the tree must not say. A rule that no test holds is a
// wish; these read the project files and sources as they are.

using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weft.Tests;

public sealed class HouseTests
{
    private const int LongestFile = 400;
    private const int FullestFolder = 25;

    /// <summary>The arrows: a project and whom it may know. The hall, the codec and the database's client know nobody; the door knows all.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Weft"] = [],
        ["Weft.Generators"] = [],
        ["Weft.Netlink"] = [],
        ["Weft.Ovsdb"] = [],
        ["Weft.OpenVswitch"] = ["Weft", "Weft.Ovsdb"],
        ["Weft.Twin"] = ["Weft"],
        ["Weft.Linux"] = ["Weft", "Weft.Netlink"],
        ["Weft.Lab"] = ["Weft"],
        ["Weft.Cli"] = ["Weft", "Weft.Netlink", "Weft.Linux", "Weft.Lab", "Weft.Twin"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(SpecFiles.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> TestProjects =>
        [.. Directory.EnumerateFiles(SpecFiles.PathOf("tests"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_knows_only_whom_it_may(string project)
    {
        Arrows.ShouldContainKey(project, "a project that this test does not know");
        References(project).Except(Arrows[project]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var listed = XDocument.Load(SpecFiles.PathOf("weft.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value).Order(StringComparer.Ordinal);
        new[] { "src", "tests", "bench" }.Where(folder => Directory.Exists(SpecFiles.PathOf(folder))).SelectMany(folder => Directory.EnumerateFiles(SpecFiles.PathOf(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(SpecFiles.Root, path)).Order(StringComparer.Ordinal).ShouldBe(listed);
    }

    /// <summary>What test programs share, and is none.</summary>
    private static readonly string[] Shared = ["Weft.RandomHosts"];

    [Theory]
    [MemberData(nameof(TestProjects))]
    public void A_test_project_is_named_for_what_it_tests(string project)
    {
        if (!Shared.Contains(project))
            project.ShouldEndWith(".Tests");
    }

    [Fact]
    public void No_file_is_longer_than_400_lines_without_a_reason_at_its_top() =>
        Sources().Where(path => File.ReadLines(path).Count() > LongestFile && !File.ReadLines(path).Take(10).Any(line => line.Contains("Long because", StringComparison.Ordinal))).ShouldBeEmpty();

    [Fact]
    public void The_median_file_is_shorter_than_100_lines()
    {
        var lengths = Sources().Select(path => File.ReadLines(path).Count()).Order().ToList();
        lengths[lengths.Count / 2].ShouldBeLessThan(100);
    }

    [Fact]
    public void No_folder_holds_more_than_25_source_files() =>
        Sources().GroupBy(path => Path.GetDirectoryName(path)).Where(folder => folder.Count() > FullestFolder).Select(folder => $"{folder.Key}: {folder.Count()}").ShouldBeEmpty();

    [Fact]
    public void Every_file_opens_with_a_comment_that_says_what_lives_here() =>
        Sources().Where(path => !File.ReadLines(path).First().TrimStart('\ufeff').StartsWith("// ", StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void No_rule_is_asked_by_another()
    {
        var rules = string.Join('|', Weft.Check.Rules.All.Select(rule => rule.GetType().Name));
        Directory.EnumerateFiles(SpecFiles.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), $@"(?:\bnew (?:{rules})\(|(?<![.\w])(?:{rules})\.[A-Z]\w+)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)).Select(named => $"{path}: {named.Value}"))
            .Where(named => !named.Contains("/obj/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_tree_says_nothing_that_it_must_not_say()
    {
        // Put together here, so that this file does not say them either.
        string[] banned = ["/wo" + "rk/", "NotImpl" + "ementedException", "../sha" + "red"];
        Texts().SelectMany(path => File.ReadLines(path).Where(line => banned.Any(word => line.Contains(word, StringComparison.Ordinal))).Select(line => $"{path}: {line.Trim()}")).ShouldBeEmpty();
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Directory.EnumerateFiles(SpecFiles.PathOf("src"), project + ".csproj", SearchOption.AllDirectories).Single()).Descendants("ProjectReference")
            .Where(reference => reference.Attribute("OutputItemType")?.Value != "Analyzer").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    private static IEnumerable<string> Sources() => Texts().Where(path => path.EndsWith(".cs", StringComparison.Ordinal));

    private static IEnumerable<string> Texts() =>
        new[] { "src", "tests", "bench", "specs", "examples", "docs", ".ci" }.Select(folder => SpecFiles.PathOf(folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Concat(Directory.EnumerateFiles(SpecFiles.Root))
            .Where(path => Path.GetExtension(path) is ".cs" or ".csproj" or ".props" or ".md" or ".yaml" or ".yml" or ".txt" or ".sh" or ".pl" or ".slnx" or "")
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "out" or "TestResults"));
}
