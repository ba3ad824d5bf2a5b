// The search for advice: it says the same twice, breaks nothing that held, tells how far it came, and edits the file that has the mistake.

using Weft.Spec;
using Weft.Topology;
using Weft.Twin.Proving;
using Weft.Twin.Proving.Advising;

namespace Weft.Twin.Tests.Proving;

public sealed class SearchTests
{
    private const string Tagged = """
        version: 1
        host: kvm1
        nics: {eth0: {addresses: [10.3.3.12/24]}}
        vlans: {eth0.303: {link: eth0, id: 303, addresses: [10.3.4.11/24]}}
        cabling:
          eth0: {switch: sw1, native: 303}
        switches:
          sw1: {addresses: {303: [10.3.3.1/24, 10.3.4.1/24]}}
        expect:
          - {from: sw1, to: 10.3.3.12}
          - {from: sw1, to: 10.3.4.11}

        """;

    private static readonly ProofOptions Options = new() { Files = "a.yaml" };

    private static IReadOnlyList<NamedHost> Hosts(params string[] texts) =>
        [.. texts.Select((text, at) => (Name: $"{(char)('a' + at)}.yaml", HostFile.Read($"{(char)('a' + at)}.yaml", text).Host)).Select(read => new NamedHost(read.Host!.Name!, read.Name, read.Host))];

    private static IReadOnlyList<Advised> Advice(AdviceBounds bounds, params string[] texts)
    {
        var hosts = Hosts(texts);
        return Search.Of(hosts, texts, Proof.Of(hosts, Options).Proven!, Options, bounds);
    }

    [Fact]
    public void What_held_is_not_given_up_for_what_did_not()
    {
        var proven = Proof.Of(Hosts(Tagged), Options).Proven!.Verdicts;
        proven[0].Holds.ShouldBe(true);
        proven[1].Holds.ShouldBe(false);

        var advised = Advice(AdviceBounds.Usual, Tagged).ShouldHaveSingleItem();

        // Without the native VLAN the tagged end would be answered, and the untagged one no longer.
        advised.Found.ShouldBeNull();
        advised.Singles.ShouldBeGreaterThan(3);
        advised.Pairs.ShouldBeGreaterThan(3);
        $"{AdviceText.Lines(advised).Single()}".ShouldContain($"{advised.Singles} changes were tried, and {advised.Pairs} pairs of them");

        var alone = Advice(AdviceBounds.Usual, Tagged.Replace("  - {from: sw1, to: 10.3.3.12}\n", "", StringComparison.Ordinal).Replace("addresses: [10.3.3.12/24]", "", StringComparison.Ordinal)).ShouldHaveSingleItem();
        alone.Found.ShouldNotBeNull().Lines.ShouldBe(1);
    }

    [Fact]
    public void The_same_files_are_given_the_same_advice()
    {
        var text = File.ReadAllText(Weft.Tests.SpecFiles.PathOf("specs", "prove", "both-ports-in-one-switch", "host.yaml"));
        var (one, other) = (Advice(AdviceBounds.Usual, text).Single(), Advice(AdviceBounds.Usual, text).Single());

        one.Found.ShouldNotBeNull().Diff.ShouldBe(other.Found.ShouldNotBeNull().Diff);
        (one.Singles, one.Pairs).ShouldBe((other.Singles, other.Pairs));
        Advice(AdviceBounds.Usual, [.. one.Found.Texts]).ShouldBeEmpty();
    }

    [Fact]
    public void Whose_time_is_up_says_so()
    {
        using var until = new CancellationTokenSource();
        until.Cancel();

        var advised = Advice(AdviceBounds.Usual with { Until = until.Token }, Tagged).ShouldHaveSingleItem();

        advised.Found.ShouldBeNull();
        (advised.Singles, advised.Pairs, advised.Cut).ShouldBe((0, 0, "time was up"));
    }

    [Fact]
    public void The_file_is_edited_that_says_what_is_wrong()
    {
        const string First = "host: a\nnics: {eth0: {}}\nnetworks: {lan: {link: eth0, vlan: 10, addresses: [10.0.0.1/24]}}\ncabling: {eth0: {switch: sw1, vlans: [10]}}\nexpect: [{from: a, to: b}]\n";
        const string Second = "host: b\nnics: {eth0: {}}\nnetworks: {lan: {link: eth0, vlan: 10, addresses: [10.0.0.2/24]}}\ncabling:\n  eth0: {switch: sw1, vlans: [20]}   # a slip\n";

        var found = Advice(AdviceBounds.Usual, First, Second).ShouldHaveSingleItem().Found.ShouldNotBeNull();

        found.Diff.ShouldBe("--- a/b.yaml\n+++ b/b.yaml\n@@ -2,4 +2,4 @@\n nics: {eth0: {}}\n networks: {lan: {link: eth0, vlan: 10, addresses: [10.0.0.2/24]}}\n cabling:\n-  eth0: {switch: sw1, vlans: [20]}   # a slip\n+  eth0: {switch: sw1, vlans: [20, 10]}   # a slip\n");
        found.IsOutside.ShouldBeTrue();
        found.Disturbs.ShouldBeEmpty();
    }

    [Fact]
    public void Of_changes_as_small_as_each_other_the_one_is_taken_that_disturbs_least()
    {
        // Both would do: the bond polls more often, which nobody notices; or another mode, for which it is made anew.
        var text = File.ReadAllText(Weft.Tests.SpecFiles.PathOf("specs", "prove", "no-miimon", "host.yaml"));

        var found = Advice(AdviceBounds.Usual, text).ShouldHaveSingleItem().Found.ShouldNotBeNull();

        found.Moves.ShouldBe(["bond0 looks at its ports every 100 ms (miimon)"]);
        found.Disturbs.ShouldBeEmpty();
        Advice(AdviceBounds.Usual, text.Replace("    mode: active-backup\n", "    mode: active-backup\n    arp_interval: 0\n", StringComparison.Ordinal)).ShouldHaveSingleItem().Found.ShouldNotBeNull().Lines.ShouldBe(1);
    }
}
