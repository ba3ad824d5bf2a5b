// A kernel without a kind of link: said at the line of each such link, before anything is sent.

using Weft.Apply;
using Weft.Clients;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Twin;

namespace Weft.Twin.Tests;

public sealed class LackingTests
{
    [Theory]
    [InlineData("vxlan", "vxlans: {x: {id: 5, port: 4789, mtu: 1450}, y: {id: 6, port: 4789, mtu: 1450}}", 2)]
    [InlineData("macvlan", "macvlans: {x: {link: eth0}}", 1)]
    [InlineData("vrf", "vrfs: {x: {table: 10, ports: [eth0]}}", 1)]
    [InlineData("dummy", "dummies: {x: {}}", 1)]
    [InlineData("veth", "veths: {x: {peer: y}, y: {peer: x}}", 2)]
    public void A_kind_that_the_kernel_lacks_is_a_finding_at_its_line(string word, string section, int links)
    {
        var file = HostFile.Read("host.yaml", $"nics: {{eth0: {{}}}}\n{section}").Host!;
        var kernel = TwinKernel.Of("eth0");
        kernel.Without = [LinkKind.Of(word)];
        var (outcome, _) = Carried.Out(Walk.Plan(file, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Refused);
        outcome.Findings.Where(finding => finding.Rule == "kernel-lacks").Select(finding => finding.Place.Line).ShouldBe(Enumerable.Repeat(2, links));
        kernel.Sent.ShouldBeEmpty();
        using var served = new ServedKernel(kernel, new NoClients());
        Walk.Plan(file, served, Ledger.Empty, new Timings()).Plan.Findings.Count(finding => finding.Rule == "kernel-lacks").ShouldBe(links, "what stands before a kernel hides nothing of it");
        kernel.Without = [];
        Carried.Out(Walk.Plan(file, kernel, Ledger.Empty, new Timings()), kernel, new Timings()).Item1.Ending.ShouldBe(Ending.Applied);
    }
}
