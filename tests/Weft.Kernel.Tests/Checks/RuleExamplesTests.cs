// Every rule before a kernel, by its own examples. What a rule calls right, the kernel takes whole and keeps. What a rule calls an error is sent
// all the same, unlooked at: the kernel refuses it, or does not do it, or it is in the table of what a kernel takes and what breaks later; most
// of that is what other tests of this folder send frames over.

using Weft.Apply;
using Weft.Check;
using Weft.Explain;
using Weft.Model;
using Weft.Spec;
using Weft.Text;

namespace Weft.Kernel.Tests.Checks;

[Trait("makes", "hosts")]
public sealed class RuleExamplesTests
{
    /// <summary>Errors that no kernel answers, and why.</summary>
    private static readonly Dictionary<string, string> TakenBadly = new(StringComparer.Ordinal)
    {
    };

    /// <summary>Examples that a namespace with veths for NICs cannot hold, and why.</summary>
    private static readonly Dictionary<string, string> NotHere = new(StringComparer.Ordinal)
    {
    };

    public static TheoryData<string> Right => [.. Rules.All.Select(rule => rule.Id).Where(id => !NotHere.ContainsKey(id))];

    public static TheoryData<string> Wrong => [.. Rules.All.Where(rule => rule.Severity == Severity.Error).Select(rule => rule.Id).Where(id => !NotHere.ContainsKey(id))];

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
    public void What_a_rule_calls_an_error_the_kernel_refuses_or_breaks(string id)
    {
        var file = string.Join('\n', Marked.Of(Rules.Find(id)!.Bad).Select(line => line.Text));
        using var host = Made(file);
        var ending = Sent(host, file);
        if (TakenBadly.TryGetValue(id, out var why))
            ending.ShouldBe("taken", $"the table says that the kernel takes it ({why}), and it does not");
        else
            ending.ShouldNotBe("taken");
    }

    [Fact]
    public void The_tables_name_rules_that_there_are() => TakenBadly.Keys.Concat(NotHere.Keys).Where(id => Rules.Find(id) is null).ShouldBeEmpty();

    /// <summary>What comes of a file that nobody looked at.</summary>
    private static string Sent(BareHost host, string file)
    {
        try
        {
            var outcome = host.Try(file, looked: false);
            return outcome.Ending is Ending.Applied or Ending.Adopted or Ending.Unchanged && outcome.Findings.All(finding => finding.Severity != Severity.Error) ? "taken" : $"{outcome.Ending}";
        }
        catch (Exception wrong) when (wrong is not ShouldAssertException)
        {
            return $"no plan can be made of it: {wrong.Message}";
        }
    }

    private static BareHost Made(string file) => new("rules", [.. Nics(file)]);

    private static IEnumerable<string> Nics(string file) => HostFile.Read("host.yaml", file).Host!.Of(LinkKind.Nic).Select(nic => nic.Name.Value);
}
