// What happens when the way back is barred too: nothing is claimed that is not so.

using Weft.Apply;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests.Plan;

public sealed class UndoTests
{
    private static readonly Weft.Model.Host Host = HostFile.Read("host.yaml", """
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        """).Host!;

    [Fact]
    public void A_kernel_that_refuses_the_undo_too_leaves_it_unfinished_and_says_what_is_left()
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        var refused = false;
        kernel.Refuses = step => (refused |= step is Step.OfLink { Name: "eth1" }) ? new Refusal("EBUSY", "not today") : null;
        var (outcome, ledger) = Carried.Out(Walk.Plan(Host, kernel, Ledger.Empty, new Timings()), kernel, new Timings());

        outcome.Ending.ShouldBe(Ending.Stuck);
        outcome.Findings[0].Rule.ShouldBe("kernel-refused");
        outcome.Findings.ShouldContain(finding => finding.Rule == "undo-unfinished" && finding.What.Contains("bond0", StringComparison.Ordinal));
        outcome.Findings.ShouldAllBe(finding => !finding.Mend.Contains("as it was", StringComparison.Ordinal));
        ledger.Links.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("E2BIG")]
    [InlineData("EADDRINUSE")]
    [InlineData("EADDRNOTAVAIL")]
    [InlineData("EAFNOSUPPORT")]
    [InlineData("EHOSTUNREACH")]
    [InlineData("ELOOP")]
    [InlineData("EMLINK")]
    [InlineData("ENOBUFS")]
    [InlineData("ENOSPC")]
    [InlineData("EROFS")]
    [InlineData("EXFULL")]
    public void A_refusal_without_words_is_explained_by_its_number(string errno)
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        Step? refused = null;
        kernel.Refuses = step => (refused ??= step is Step.OfLink { Name: "bond0" } ? step : null) == step ? new Refusal(errno, "no") : null;
        var (outcome, _) = Carried.Out(Walk.Plan(Host, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Findings.Single().Why.ShouldNotBe(Refusals.Of(new(refused!, new Refusal("EXDEV", "no")))[0].Why);
    }

    [Fact]
    public void What_the_kernel_takes_in_vain_is_found_by_reading_back_and_undone()
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        kernel.Ignores = step => step is Step.OfLink { Name: "eth1" };
        var (outcome, _) = Carried.Out(Walk.Plan(Host, kernel, Ledger.Empty, new Timings()), kernel, new Timings());

        outcome.Findings.ShouldContain(finding => finding.Rule == "taken-in-vain" && finding.What.Contains("eth1", StringComparison.Ordinal));
        kernel.Observe().Host.Find("bond0").ShouldBeNull();
    }

    [Fact]
    public void A_bridge_that_had_a_MAC_of_zeros_is_not_given_them_back()
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        var ledger = Ledger.Empty;
        foreach (var file in new[] { "bridges: {br0: {ports: [eth0]}}\n", "bridges: {br0: {}}\n" })
            (_, ledger) = Carried.Out(Walk.Plan(HostFile.Read("host.yaml", "nics: {eth0: {}}\n" + file).Host!, kernel, ledger, new Timings()), kernel, new Timings());
        kernel.Observe().Host.Find("br0")!.Settings.Word(Model.Attributes.Table.Mac).ShouldBe("00:00:00:00:00:00");

        kernel.Refuses = step => step is Step.OfAddress ? new Refusal("EINVAL", "not today") : null;
        var told = HostFile.Read("host.yaml", "nics: {eth0: {}}\nbridges: {br0: {mac: \"02:00:00:00:00:07\", addresses: [192.0.2.1/24]}}\n").Host!;
        var (outcome, _) = Carried.Out(Walk.Plan(told, kernel, ledger, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.RolledBack, string.Join("\n", outcome.Findings.Select(finding => finding.What)));
    }

    [Fact]
    public void A_bond_that_somebody_made_anew_under_the_same_name_is_not_ours_to_remove()
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        var (_, ledger) = Carried.Out(Walk.Plan(Host, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        var none = HostFile.Read("none.yaml", "version: 1\n").Host!;
        Walk.Plan(none, kernel, ledger, new Timings()).Plan.Steps.ShouldContain(step => step.Verb == Verb.Remove && step.Object == "bond0");

        kernel.Remake("bond0");
        Walk.Plan(none, kernel, ledger, new Timings()).Plan.Steps.ShouldNotContain(step => step.Object == "bond0");
    }

    [Fact]
    public void A_tap_that_is_gone_for_good_is_told_and_never_called_undone()
    {
        var kernel = TwinKernel.From(Observation.Of(new Model.Host
        {
            Links = [ShowObserved.Made(2, "tap0", Model.LinkKind.Of("tun")), ShowObserved.Made(3, "br0", Model.LinkKind.Bridge), ShowObserved.Made(4, "br1", Model.LinkKind.Bridge)],
        }));
        kernel.Refuses = step => step.Object == "br1" ? new Refusal("EBUSY", "not today") : null;
        var absent = HostFile.Read("host.yaml", "absent: [tap0, br0, br1]\n").Host!;
        var (outcome, _) = Carried.Out(Walk.Plan(absent, kernel, Ledger.Empty, new Timings()).Forced(["irreversible"]), kernel, new Timings());

        kernel.Observe().Host.Find("br0").ShouldNotBeNull();
        outcome.Ending.ShouldBe(Ending.Stuck);
        outcome.Findings.Where(finding => finding.Rule == "undo-unfinished").Select(finding => finding.What).ShouldBe(["not put back: tun tap0"]);
    }

    [Fact]
    public void Nobody_removes_the_loopback()
    {
        var kernel = TwinKernel.From(Observation.Of(new Model.Host { Links = [ShowObserved.Made(1, "lo", Model.LinkKind.Loopback), ShowObserved.Made(2, "br0", Model.LinkKind.Bridge)] }));
        var plan = Walk.Plan(HostFile.Read("host.yaml", "absent: [br0, lo]\n").Host!, kernel, Ledger.Empty, new Timings()).Plan;
        plan.Findings.Select(finding => finding.Rule).ShouldBe(["absent-nic"]);
        plan.IsRefused.ShouldBeTrue();
    }
}
