// Every rule before a kernel, by its own examples. What a rule calls right, the kernel takes whole and keeps. What a rule calls an error is sent
// all the same, unlooked at: it is answered as `KernelAnswers` says. What a kernel takes and what breaks later is for `RuleLabs`, which
// sends frames over it.

using Weft.Apply;
using Weft.Check;
using Weft.Explain;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Kernel.Tests.Checks;

[Trait("makes", "hosts")]
public sealed class RuleExamplesTests(ITestOutputHelper output)
{
    public static TheoryData<string> Right => [.. Rules.All.Select(rule => rule.Id).Where(id => !KernelAnswers.NotHere.ContainsKey(id))];

    public static TheoryData<string> Wrong => [.. Errors.Where(id => !KernelAnswers.NotHere.ContainsKey(id))];

    public static TheoryData<string> Elsewhere => [.. KernelAnswers.NotHere.Keys];

    private static IEnumerable<string> Errors => Rules.All.Where(rule => rule.Severity == Severity.Error).Select(rule => rule.Id);

    [Theory]
    [MemberData(nameof(Right))]
    public void What_a_rule_calls_right_the_kernel_takes(string id)
    {
        var file = Rules.Find(id)!.Good;
        using var host = Made(file);
        var outcome = host.Apply(file);
        outcome.Ending.ShouldBeOneOf(Ending.Applied, Ending.Adopted, Ending.Unchanged);
        host.Plan(file).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_a_rule_calls_an_error_the_kernel_answers_as_the_table_says(string id)
    {
        KernelAnswers.Of.ShouldContainKey(id, "the table says nothing of this rule");
        var file = string.Join('\n', Marked.Of(Rules.Find(id)!.Bad).Select(line => line.Text));
        using var host = Made(file);
        var said = Sent(host, file);
        output.WriteLine(said.Words);
        said.Answer.ShouldBe(KernelAnswers.Of[id].Answer, said.Words);
        if (said.Answer != Answer.Taken)
            said.Words.ShouldContain(KernelAnswers.Of[id].Words);
    }

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void What_a_namespace_cannot_hold_it_does_not(string id)
    {
        using var host = Made(Rules.Find(id)!.Good);
        Sent(host, Rules.Find(id)!.Good).Answer.ShouldNotBe(Answer.Taken, "the table says that it cannot be tried here, and it can");
    }

    /// <summary>What `name-taken` says beside its example, where the first name keeps the others from being sent.</summary>
    [Theory]
    [InlineData("bonds: {bonding_masters: {mode: active-backup}}", nameof(Answer.Refused), "bonding_masters: mode active-backup: EEXIST")]
    [InlineData("bridges: {bonding_masters: {}}", nameof(Answer.Refused), "add bridge bonding_masters: up: EEXIST")]
    [InlineData("vlans: {config: {link: eth0, id: 5}}", nameof(Answer.Refused), "add vlan config: link eth0, id 5, up: EINVAL")]
    [InlineData("bridges: {lo: {}}", nameof(Answer.Unsent), "lo is declared as a bridge, and this host has a loopback of that name")]
    public void A_name_that_is_taken_makes_no_link(string link, string answer, string words)
    {
        // The driver of bonds puts its file there when it comes.
        using var host = new BareHost("rules", ["eth0"]);
        host.Others("link add bond9 type bond");
        var said = Sent(host, $"nics: {{eth0: {{}}}}\n{link}\n");
        said.Answer.ToString().ShouldBe(answer, said.Words);
        said.Words.ShouldContain(words);
    }

    [Fact]
    public void The_tables_name_rules_that_there_are_and_each_error_once()
    {
        KernelAnswers.Of.Keys.Concat(KernelAnswers.NotHere.Keys.Intersect(Errors)).Order(StringComparer.Ordinal).ShouldBe(Errors.Order(StringComparer.Ordinal));
        KernelAnswers.NotHere.Keys.Where(id => Rules.Find(id) is null).ShouldBeEmpty();
        RuleLabs.All.Keys.Except(Errors).ShouldBeEmpty();
    }

    [Fact]
    public void The_page_of_what_was_seen_is_what_the_tables_say()
    {
        var path = Path.Combine(LabRun.Root, "docs", "lab", "seen-of-rules.md");
        if (Environment.GetEnvironmentVariable("WEFT_UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, RuleLabs.Page());
        File.ReadAllText(path).ShouldBe(RuleLabs.Page(), "WEFT_UPDATE_GOLDEN=1 writes it");
    }

    /// <summary>What comes of a file that nobody looked at.</summary>
    private static Said Sent(BareHost host, string file)
    {
        Outcome outcome;
        try
        {
            outcome = host.Try(file, looked: false);
        }
        catch (Exception wrong) when (wrong is not ShouldAssertException)
        {
            return new(Answer.Unsent, $"no plan can be made of it: {wrong.Message}");
        }
        var errors = outcome.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        var answer = errors.Count == 0 ? Answer.Taken : outcome.Ending == Ending.Refused ? Answer.Unsent : errors.Exists(finding => finding.Rule == "kernel-refused") ? Answer.Refused : Answer.Undone;
        return new(answer, string.Join('\n', errors.Select(finding => finding.What)));
    }

    /// <summary>A host with the NICs of a file, with the MACs that it knows them by.</summary>
    private static BareHost Made(string file)
    {
        var nics = HostFile.Read("host.yaml", file).Host!.Of(LinkKind.Nic).Where(nic => nic.Name.Value != "lo").ToList();
        var host = new BareHost("rules", [.. nics.Select(nic => nic.Name.Value)]);
        var known = nics.Where(nic => nic.Rest.Map("match")?.Word("mac") is not null).Select(nic => $"link set {nic.Name} address {nic.Rest.Map("match")!.Word("mac")}").ToList();
        if (known.Count > 0)
            host.Others(string.Join('\n', known));
        return host;
    }
}
