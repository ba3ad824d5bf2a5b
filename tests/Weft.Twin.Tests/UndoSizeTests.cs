// Undoing many networks sends no more messages than applying them did: what was made together goes together, and a link that
// goes takes along what stands on it. How long the kernel waits at each removal is another matter, and not counted here.

using Weft.Apply;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class UndoSizeTests(ITestOutputHelper output)
{
    private const int Networks = 1000;

    private const string Bond = "version: 1\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\n";

    private const string Aware = $"{Bond}bridges: {{br0: {{ports: [bond0], vlan_filtering: true}}}}\n";

    public static TheoryData<string, string, string, string> Hosts => new()
    {
        { "a VLAN and a bridge each, on a bond", Bond, "bond0", "" },
        { "the same, made together with the bond", "version: 1\nnics: {eth0: {}, eth1: {}}\n", "bond0", Bond },
        { "on one VLAN-aware bridge", Aware, "br0", "" },
        { "the same, made together with the bridge", Bond, "br0", Aware },
    };

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Undoing_a_thousand_networks_sends_no_more_than_applying_them(string what, string before, string link, string with) => Compare(what, before, (with.Length > 0 ? with : before) + Many(link, addressed: false));

    [Theory]
    [MemberData(nameof(Hosts))]
    public void With_an_address_each_too(string what, string before, string link, string with) =>
        Compare(what, before, (with.Length > 0 ? with : before) + Many(link, addressed: true));

    /// <summary>To take them away costs less than to make them; to make them again no more than the first time.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public void Undoing_their_removal_sends_no_more_than_making_them_did(string what, string before, string link, string with)
    {
        var all = (with.Length > 0 ? with : before) + Many(link, addressed: true);
        var (kernel, ledger) = Applied(before);
        Compare($"removed: {what}", all, before, Sent(Walk.Plan(Read(all), kernel, ledger, new Timings()).Plan));
    }

    private static string Many(string link, bool addressed) =>
        "networks:\n" + string.Concat(Enumerable.Range(0, Networks).Select(at => $"  n{at}: {{link: {link}, vlan: {at + 2}{(addressed ? $", addresses: [10.{at / 250}.{at % 250}.1/24]" : "")}}}\n"));

    private void Compare(string what, string before, string wish, int? most = null)
    {
        var (kernel, ledger) = Applied(before);
        var drawing = Walk.Plan(Read(wish), kernel, ledger, new Timings());
        drawing.Plan.IsRefused.ShouldBeFalse(string.Join('\n', drawing.Plan.Findings.Take(5).Select(finding => finding.What)));
        var there = drawing.Plan.Steps.Where(step => step.Sends).ToList();
        there.ShouldNotBeEmpty();
        kernel.Execute(there).Where(answer => answer is not null).ShouldBeEmpty();
        var back = Undo.Plan(drawing, kernel.Observe()).Steps.Where(step => step.Sends).ToList();
        output.WriteLine($"{what}: {there.Count} messages there, {back.Count} back, of them {back.Count(step => step.Verb == Verb.Remove)} removals");
        back.Count.ShouldBeLessThanOrEqualTo(most ?? there.Count, string.Join('\n', back.GroupBy(step => $"{StepText.Verb(step)} {step.GetType().Name}").Select(kind => $"{kind.Key}: {kind.Count()}, as {StepText.Of(kind.First())}")));
        kernel.Execute(back).Where(answer => answer is not null).ShouldBeEmpty();
        Undo.Plan(drawing, kernel.Observe()).Steps.Where(step => step.Sends).ShouldBeEmpty();
    }

    private static (TwinKernel Kernel, Ledger Ledger) Applied(string text)
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        var (outcome, ledger) = Carried.Out(Walk.Plan(Read(text), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Applied, string.Join('\n', outcome.Findings.Select(finding => finding.What)));
        return (kernel, ledger);
    }

    private static int Sent(Drawn plan) => plan.Steps.Count(step => step.Sends);

    private static Weft.Model.Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        return reading.Host!;
    }
}
