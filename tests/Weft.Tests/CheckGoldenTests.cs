// Every case under specs/check: a host file, whole or malformed, and what `weft check` says about it, word for word.

using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class CheckGoldenTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("check")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_host_file_gives_the_findings_that_its_case_says(string name)
    {
        var text = File.ReadAllText(SpecFiles.PathOf("specs", "check", name, "host.yaml"));
        SpecFiles.ShouldBeGolden(SpecFiles.PathOf("specs", "check", name, "check.txt"), Report.Text(Look(text), new Source("host.yaml", text)));
    }

    [Fact]
    public void Every_case_says_what_it_shows() =>
        SpecFiles.Cases("check").Concat(SpecFiles.Cases("show").Select(name => "../show/" + name))
            .ShouldAllBe(name => File.Exists(SpecFiles.PathOf("specs", "check", name, "README")));

    [Fact]
    public void Every_id_that_a_finding_may_carry_is_shown_by_a_case()
    {
        var shown = SpecFiles.Cases("check").SelectMany(name => Look(File.ReadAllText(SpecFiles.PathOf("specs", "check", name, "host.yaml")))).Select(finding => finding.Rule).ToHashSet();
        Rules.All.Select(rule => rule.Id).Concat(ReadingIds).Where(id => !shown.Contains(id)).ShouldBeEmpty();
        shown.Where(id => Rules.Find(id) is null && !ReadingIds.Contains(id)).ShouldBeEmpty("an id that no list names");
    }

    /// <summary>What reading alone finds.</summary>
    internal static readonly string[] ReadingIds =
    [
        "yaml-syntax", "yaml-feature", "tab-indent", "too-much", "empty-file", "unknown-key", "duplicate-key", "missing-key", "wrong-type", "name-refused", "duplicate-name", "allow-unclear",
        "duplicate-port", "duplicate-address", "duplicate-item", "vlan-id-out-of-range", "mtu-out-of-range", "out-of-range", "not-an-address", "address-refused", "alias-refused", "not-acted-on-yet",
        "network-name-taken", "network-name-too-long", "network-vlan-twice", "network-key-refused", "network-on-plain-bridge", "network-on-network", "guest-unplugged", "guest-plugged-twice", "guest-vlan",
    ];

    private static List<Finding> Look(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        return [.. reading.Findings, .. reading.Host is { } host ? Checker.Look(host) : []];
    }
}
