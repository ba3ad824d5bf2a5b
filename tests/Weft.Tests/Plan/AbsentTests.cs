// What must not go, and what is told where it goes for good: hardware, links that nothing can make again, and an undo that
// could not bring one back.

using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests.Plan;

public sealed class AbsentTests
{
    private static readonly Observation Now = Observation.Of(new Host
    {
        Links =
        [
            ShowObserved.Made(1, "lo", LinkKind.Of("loopback")),
            ShowObserved.Nic(2, "eth0"),
            ShowObserved.Made(3, "tap0", LinkKind.Of("tun")),
            ShowObserved.Made(4, "veth0", LinkKind.Of("veth")),
        ],
    });

    [Fact]
    public void A_NIC_that_a_file_declares_as_something_else_next_is_refused_and_not_removed()
    {
        var first = Read("nics: {eth0: {}}\n");
        var ledger = new Ledger().Meeting(first, Now.Host).After(first, Now.Host);
        foreach (var name in new[] { "eth0", "veth0" })
        {
            var declared = Read($"nics: {{{name}: {{}}}}\n");
            var plan = Planner.Plan(ledger.Meeting(declared, Now.Host).After(declared, Now.Host), Read($"bridges: {{{name}: {{}}}}\n"), Now);
            plan.Findings.Select(finding => finding.Rule).ShouldBe(["kind-differs"]);
            plan.Findings[0].Mend.ShouldNotContain("ip link del");
        }
    }

    [Theory]
    [InlineData("lo")]
    [InlineData("eth0")]
    public void What_a_kernel_never_removes_cannot_be_wanted_absent(string name)
    {
        var plan = Planner.Plan(Ledger.Empty, Read($"absent: [{name}]\n"), Now);
        plan.Findings.Select(finding => finding.Rule).ShouldBe(["absent-nic"]);
        plan.Steps.ShouldNotContain(step => step.Verb == Verb.Remove);
    }

    [Fact]
    public void A_link_that_nothing_can_make_again_goes_only_where_that_is_forced()
    {
        var plan = Planner.Plan(Ledger.Empty, Read("absent: [tap0, veth0]\n"), Now);
        plan.Findings.Select(finding => finding.Rule).ShouldBe(["irreversible", "irreversible"]);
        plan.Findings.Single(finding => finding.What.Contains("veth0", StringComparison.Ordinal)).Why.ShouldContain("other end");
        plan.Steps.SelectMany(step => step.Disturbs).ShouldContain(new Disturbance("tap0", "irreversible"));
        new Drawing(Host.Empty, Now, Ledger.Empty, plan).Forced(["irreversible"]).Plan.IsRefused.ShouldBeFalse();
    }

    [Fact]
    public void One_that_is_kept_to_be_made_again_goes_without_a_word()
    {
        var vxlan = ShowObserved.Made(5, "vx0", LinkKind.Of("vxlan"));
        var kept = new Kept(KeptKind.Link, "eth0", "link vx0@eth0 vxlan") { Upper = "vx0", Message = new([1]) };
        var now = Now with { Host = Now.Host with { Links = [.. Now.Host.Links, vxlan with { State = vxlan.State! with { Lower = "eth0" } }], Kept = [kept] } };
        Planner.Plan(Ledger.Empty, Read("absent: [vx0]\n"), now).Findings.ShouldBeEmpty();
        Planner.Plan(Ledger.Empty, Read("absent: [vx0]\n"), now with { Host = now.Host with { Kept = [kept with { Irreversible = "it is open" }] } }).Findings.Single().Why.ShouldBe("it is open");
    }

    [Fact]
    public void An_undo_that_could_not_bring_a_link_back_says_so()
    {
        var kernel = TwinKernel.From(Now);
        kernel.Refuses = step => step is Step.OfAddress ? new Refusal("EINVAL", "not today") : null;
        var file = Read("nics: {eth0: {addresses: [192.0.2.1/24]}}\nabsent: [tap0]\n");
        var (outcome, _) = Carried.Out(Walk.Plan(file, kernel, Ledger.Empty, new Timings()).Forced(["irreversible"]), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Stuck);
        outcome.Findings.ShouldContain(finding => finding.Rule == "undo-unfinished" && finding.What.Contains("tap0", StringComparison.Ordinal));
    }

    [Fact]
    public void An_undo_brings_back_a_link_that_was_kept_to_be_made_again()
    {
        var vxlan = ShowObserved.Made(5, "vx0", LinkKind.Of("vxlan"));
        var kept = new Kept(KeptKind.Link, "eth0", "link vx0@eth0 vxlan") { Upper = "vx0", Message = new([1]) };
        var kernel = TwinKernel.From(Now with { Host = Now.Host with { Links = [.. Now.Host.Links, vxlan with { State = vxlan.State! with { Lower = "eth0" } }], Kept = [kept] } });
        kernel.Refuses = step => step is Step.OfAddress { Verb: Verb.Add } ? new Refusal("EINVAL", "not today") : null;
        var file = Read("nics: {eth0: {addresses: [192.0.2.1/24]}}\nabsent: [vx0]\n");
        var (outcome, _) = Carried.Out(Walk.Plan(file, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.RolledBack, string.Join("\n", outcome.Findings.Select(finding => finding.What)));
        kernel.Sent.ShouldContain(step => step.Verb == Verb.Remove && step.Object == "vx0");
        kernel.Observe().Host.Find("vx0").ShouldNotBeNull();
    }

    [Fact]
    public void An_undo_gives_a_port_back_the_address_that_somebody_had_put_on_it()
    {
        var host = Now.Host with
        {
            Links =
            [
                .. Now.Host.Links,
                ShowObserved.Made(7, "eth0.5", LinkKind.Vlan, (Model.Attributes.VlanLines.Lower, Value.Of("eth0")), (Model.Attributes.VlanLines.Id, Value.Of(5L))).With(master: "br5", addresses: ["10.200.0.1/32"]),
                ShowObserved.Made(8, "br5", LinkKind.Bridge).With(ports: ["eth0.5"]),
            ],
        };
        var kernel = TwinKernel.From(Now with { Host = host });
        kernel.Refuses = step => step is Step.OfAddress { Verb: Verb.Add } ? new Refusal("EINVAL", "not today") : null;
        var file = Read("nics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 6}}\nbridges: {br5: {ports: [eth0.5], addresses: [192.0.2.1/24]}}\n");
        var (outcome, _) = Carried.Out(Walk.Plan(file, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.RolledBack, string.Join("\n", outcome.Findings.Select(finding => finding.What)));
        kernel.Observe().Host.Find("eth0.5")!.Addresses.Select(address => address.Value.ToString()).ShouldBe(["10.200.0.1/32"]);
    }

    [Fact]
    public void A_VLAN_that_somebody_has_under_another_name_is_refused_before_anything_is_sent()
    {
        var his = ShowObserved.Made(6, "foo", LinkKind.Vlan, (Model.Attributes.VlanLines.Lower, Value.Of("eth0")), (Model.Attributes.VlanLines.Id, Value.Of(9L)));
        var now = Now with { Host = Now.Host with { Links = [.. Now.Host.Links, his] } };
        const string File = "nics: {eth0: {}}\nvlans: {eth0.9: {link: eth0, id: 9}}\n";
        Planner.Plan(Ledger.Empty, Read(File), now).Findings.Single().ShouldSatisfyAllConditions(finding => finding.Rule.ShouldBe("vlan-taken"), finding => finding.What.ShouldContain("foo"));
        Planner.Plan(Ledger.Empty, Read(File.Replace("id: 9", "id: 9, protocol: 802.1ad", StringComparison.Ordinal)), now).Findings.ShouldBeEmpty();
        Planner.Plan(Ledger.Empty, Read(File + "absent: [foo]\n"), now).Findings.ShouldBeEmpty();
    }

    private static Host Read(string text) => HostFile.Read("host.yaml", text).Host!;
}
