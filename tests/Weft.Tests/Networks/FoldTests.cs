// What is applied of networks is shown as networks again, as long as the host is as they say; and the ledger remembers them.

using Weft.Apply;
using Weft.Clients;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Show;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests.Expanding;

public sealed class FoldTests
{
    private const string Bridges = """
        version: 1
        nics:
          eth0: {}
          eth1: {}
        bonds:
          bond0:
            ports: [eth0, eth1]
            mode: active-backup
            miimon: 100
        networks:
          management:
            link: bond0
            vlan: 83
            addresses: [172.20.83.11/24]
            gateway: 172.20.83.1
          storage:
            link: bond0
            vlan: 81
            bridge: br-storage
            mtu: 1400
          tenants:
            link: bond0
            vlan: 200-202
        guests:
          web1:
            nics:
              - network: tenants
                vlan: 201
              - network: storage

        """;

    private const string Trunk = """
        version: 1
        nics:
          eth0: {}
        bridges:
          br0:
            ports:
              eth0:
                vlans: 10
            vlan_filtering: true
        networks:
          management:
            link: br0
            vlan: 83
            addresses: [172.20.83.11/24]
          next:
            link: br0
            vlan: 11
          tenants:
            link: br0
            vlan: 200-202
        guests:
          web1:
            nics:
              - network: tenants
                vlan: 201
              - network: management

        """;

    [Theory]
    [InlineData(Bridges)]
    [InlineData(Trunk)]
    public void An_applied_file_is_shown_as_it_was_written_and_expanded_on_demand(string text)
    {
        var (kernel, ledger) = Applied(text);
        HostWriter.Write(AsFile.Of(kernel.Observe(), ledger)).ShouldBe(text);
        HostWriter.Write(AsFile.Expanded(kernel.Observe(), ledger)).ShouldNotContain("network");
        foreach (var shown in new[] { AsFile.Of(kernel.Observe(), ledger), AsFile.Expanded(kernel.Observe(), ledger) })
            Walk.Plan(Read(HostWriter.Write(shown)), kernel, ledger, new Timings()).Plan.Steps.Where(step => step.Sends).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Bridges)]
    [InlineData(Trunk)]
    public void One_that_is_leased_is_shown_as_it_was_written(string text)
    {
        var leased = text.Replace("        addresses: [172.20.83.11/24]\n        gateway: 172.20.83.1\n", "", StringComparison.Ordinal).Replace("    addresses: [172.20.83.11/24]\n", "    dhcp4: true\n    ra: true\n    dhcp_metric: 7\n", StringComparison.Ordinal).Replace("    gateway: 172.20.83.1\n", "", StringComparison.Ordinal);
        leased.ShouldContain("dhcp4");
        var wanted = Read(leased);
        var twin = TwinKernel.Of(wanted.Of(LinkKind.Nic).Select(nic => nic.Name.Value));
        var clients = new RememberedClients(twin);
        var kernel = new ServedKernel(twin, clients);
        var (outcome, ledger) = Carried.Out(Walk.Plan(wanted, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
        clients.Words().ShouldEndWith("83 dhcp4 true, ra true, dhcp_metric 7");
        HostWriter.Write(AsFile.Of(kernel.Observe(), ledger)).ShouldBe(leased);
    }

    [Fact]
    public void Without_a_ledger_there_are_no_networks_to_show() =>
        HostWriter.Write(AsFile.Of(Applied(Bridges).Kernel.Observe(), Ledger.Empty)).ShouldNotContain("network");

    [Fact]
    public void A_network_that_the_host_is_not_any_more_is_shown_in_links_and_its_guests_by_their_bridges()
    {
        var (kernel, ledger) = Applied(Bridges);
        kernel.Execute([new Step.OfLink(Verb.Set, "br201", LinkKind.Bridge, Settings.Empty.With(Table.Mtu, Value.Of(1300)), Place.None)]);
        var shown = HostWriter.Write(AsFile.Of(kernel.Observe(), ledger));
        shown.ShouldContain("  storage:\n");
        shown.ShouldNotContain("  tenants:\n");
        shown.ShouldContain("      - bridge: br201\n      - network: storage\n");
    }

    [Fact]
    public void A_VLAN_that_left_a_port_unfolds_its_network_alone()
    {
        var (kernel, ledger) = Applied(Trunk);
        kernel.Execute([new Step.OfVlans(Verb.Remove, "eth0", "br0", [new(201, 201)], Place.None)]);
        var shown = HostWriter.Write(AsFile.Of(kernel.Observe(), ledger));
        shown.ShouldContain("        vlans: [10, 200, 202]\n");
        shown.ShouldContain("  next:\n");
        shown.ShouldNotContain("  tenants:\n");
        shown.ShouldContain("      - bridge: br0\n        vlan: 201\n      - network: management\n");
    }

    [Fact]
    public void One_network_that_leaves_the_file_takes_its_links_and_nothing_else()
    {
        var (kernel, ledger) = Applied(Bridges);
        var without = Bridges.Replace("  storage:\n    link: bond0\n    vlan: 81\n    bridge: br-storage\n    mtu: 1400\n", "", StringComparison.Ordinal).Replace("      - network: storage\n", "", StringComparison.Ordinal);
        Walk.Plan(Read(without), kernel, ledger, new Timings()).Plan.Steps.Where(step => step.Sends).Select(step => $"{step.Verb} {step.Object}")
            .ShouldBe(["Remove br-storage", "Remove bond0.81"], ignoreOrder: true);
    }

    /// <summary>The file applied to a bare host, and the ledger as the disk gives it back.</summary>
    private static (TwinKernel Kernel, Ledger Ledger) Applied(string text)
    {
        var wanted = Read(text);
        var kernel = TwinKernel.Of(wanted.Of(LinkKind.Nic).Select(nic => nic.Name.Value));
        var (outcome, ledger) = Carried.Out(Walk.Plan(wanted, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
        return (kernel, LedgerFile.Parse(LedgerFile.Print(ledger)).ShouldNotBeNull());
    }

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        Report.Text(reading.Findings, new Source("host.yaml", text)).ShouldBeEmpty();
        return reading.Host.ShouldNotBeNull();
    }
}
