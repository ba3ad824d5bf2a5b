// `# weft: allow RULE because …`: one finding of one rule on one line, and nothing else.

using Weft.Check;
using Weft.Spec;

namespace Weft.Tests;

public sealed class AllowanceTests
{
    private const string Silent = "nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}\nbonds:\n";

    [Theory]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}", "bond-without-monitoring@3")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  # weft: allow bond-without-monitoring because the driver lies", "")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  #weft:   allow  bond-without-monitoring  because x", "")]
    [InlineData("  # weft: allow bond-without-monitoring because the driver lies\n\n  # another comment\n  bond0: {ports: [eth0, eth1], mode: active-backup}", "")]
    [InlineData("  bond0:   # weft: allow bond-without-monitoring because the driver lies\n    ports: [eth0, eth1]\n    mode: active-backup", "")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  # weft: allow bond-without-monitoring because x\n  bond1: {ports: [eth2, eth3], mode: active-backup}", "bond-without-monitoring@4")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  # weft: allow bond-without-monitoring", "bond-without-monitoring@3 allow-unclear@3")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  # weft: allow bond-without-monitoring because   ", "bond-without-monitoring@3 allow-unclear@3")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  # weft: ignore this", "bond-without-monitoring@3 allow-unclear@3")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup}  # weft is told what to allow elsewhere", "bond-without-monitoring@3")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}  # weft: allow bond-without-monitoring because x", "allow-needless@3")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}\n  # weft: allow bond-without-monitoring because nothing follows", "allow-needless@4")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, alias: \"# weft: allow nothing because it is a text\"}", "")]
    [InlineData("  bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100,  # weft: allow bond-without-monitoring because x\n    alias: x}", "allow-needless@3")]
    public void An_allowance_silences_one_finding_on_one_line(string bonds, string expected) => Found(Silent + bonds).ShouldBe(expected);

    [Fact]
    public void What_the_kernel_refuses_is_told_with_the_word_that_it_cannot_be_allowed() =>
        Look(Silent + "  bond0: {ports: [eth0, eth1], mode: 802.3ad, arp_interval: 100}  # weft: allow option-not-in-mode because x").Single().Mend.ShouldEndWith("it cannot be allowed, whatever the reason");

    [Fact]
    public void An_allowance_for_each_of_two_on_one_line()
    {
        const string Two = "{bond0: {ports: [eth0, eth1], mode: active-backup}, bond1: {ports: [eth2, eth3], mode: active-backup}}";
        const string Word = "# weft: allow bond-without-monitoring because the driver lies\n";
        const string Nics = "nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}}\n";
        Found($"{Nics}bonds: {Two}").Split(' ').Length.ShouldBe(2);
        Found($"{Nics}{Word}bonds: {Two}").ShouldBe("bond-without-monitoring@3");
        Found($"{Nics}{Word}{Word}bonds: {Two}").ShouldBe("");
        Found($"{Nics}{Word}{Word}{Word}bonds: {Two}").ShouldBe("allow-needless@4");
    }

    [Theory]
    [InlineData("nics: {eth0: {}\n# weft: allow x because y")]
    [InlineData("# weft: allow x because y\nnics: [\t# weft: allow")]
    [InlineData("# weft: allow x because y")]
    [InlineData("nics: |\n  # weft: allow x because y")]
    public void No_text_is_too_odd(string text) => Should.NotThrow(() => Look(text));

    private static string Found(string text) => string.Join(' ', Look(text).Select(finding => $"{finding.Rule}@{finding.Place.Line}"));

    private static List<Text.Finding> Look(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        return [.. reading.Host is { } host ? Checker.Look(host) : [], .. reading.Findings];
    }
}
