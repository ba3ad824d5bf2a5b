// docs/rules and docs/attributes are what the source says, no more and no less; WEFT_UPDATE_GOLDEN=1 prints them anew.

using System.Text.RegularExpressions;
using Weft.Explain;

namespace Weft.Tests;

public sealed partial class PagesTests
{
    [Fact]
    public void Every_page_is_as_it_is_printed()
    {
        var pages = ExplainPages.All;
        foreach (var folder in new[] { "rules", "attributes" })
        {
            Directory.CreateDirectory(SpecFiles.PathOf("docs", folder));
            var there = Directory.EnumerateFiles(SpecFiles.PathOf("docs", folder), "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(SpecFiles.PathOf("docs"), path));
            var gone = there.Except(pages.Select(page => page.Path), StringComparer.Ordinal).ToList();
            if (Environment.GetEnvironmentVariable("WEFT_UPDATE_GOLDEN") == "1")
                gone.ForEach(path => File.Delete(SpecFiles.PathOf("docs", path)));
            else
                gone.ShouldBeEmpty("pages of what is not there any more; WEFT_UPDATE_GOLDEN=1 removes them");
        }
        foreach (var page in pages)
            SpecFiles.ShouldBeGolden(SpecFiles.PathOf("docs", page.Path), page.Text);
    }

    [Fact]
    public void Every_way_from_page_to_page_leads_somewhere()
    {
        var pages = ExplainPages.All.ToDictionary(page => page.Path, page => page.Text, StringComparer.Ordinal);
        var ways = pages.SelectMany(page => Way().Matches(page.Value).Select(way => (From: page.Key, File: way.Groups["file"].Value, Heading: way.Groups["heading"].Value))).ToList();
        ways.Count.ShouldBeGreaterThan(200);
        foreach (var (from, file, heading) in ways)
        {
            var to = pages[$"{from.Split('/')[0]}/{file}"];
            if (heading.Length > 0)
                to.Split('\n').ShouldContain(line => line.Replace(".", "", StringComparison.Ordinal) == $"## {heading}", from);
        }
    }

    [GeneratedRegex(@"\]\((?<file>[a-z0-9.-]+\.md)(?:#(?<heading>[a-z0-9_-]+))?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Way();
}
