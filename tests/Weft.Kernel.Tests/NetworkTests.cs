// Networks on a real kernel, in both layouts: guests of two hosts on one switch meet in their VLAN and nowhere else, the host is
// what the expanded file says, and a network comes and goes alone.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class NetworkTests
{
    private const string One = """
        host: one
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        bridges:
          br0: {vlan_filtering: true, ports: [eth2]}
        networks:
          vm: {link: bond0, vlan: 82, addresses: [172.20.82.11/24]}
          storage: {link: br0, vlan: 81, addresses: [172.20.81.11/24]}
          tenants: {link: br0, vlan: 200-202}
        guests:
          web1:
            nics:
              - {network: vm, addresses: [172.20.82.21/24]}
              - {network: tenants, vlan: 201, addresses: [10.0.201.1/24]}
          db1: {nics: [{network: storage, addresses: [172.20.81.21/24]}]}
        """;

    private const string Two = """
        host: two
        nics: {eth0: {}, eth1: {}}
        networks:
          vm: {link: eth0, vlan: 82}
          storage: {link: eth0, vlan: 81, addresses: [172.20.81.12/24]}
          tenants: {link: eth1, vlan: 200-202}
        guests:
          web2:
            nics:
              - {network: vm, addresses: [172.20.82.22/24]}
              - {network: tenants, vlan: 201, addresses: [10.0.201.2/24]}
          other: {nics: [{network: tenants, vlan: 202, addresses: [10.0.201.9/24]}]}
        """;

    [Fact]
    public void Guests_of_two_hosts_on_one_switch_meet_in_their_VLAN_and_nowhere_else()
    {
        var run = LabRun.Good(LabRun.File("one.yaml", One), """
            settle
            section reach
            for way in "web1 172.20.82.22" "web1 10.0.201.2" "web2 172.20.82.11" "db1 172.20.81.12" "db1 172.20.81.11" "two 172.20.81.11"; do
              set -- $way; ip netns exec $1 ping -c 2 -W 2 $2
            done
            section isolated
            ip netns exec web1 ping -c 2 -W 1 10.0.201.9 || true
            section table; bridge vlan show dev vnet1; bridge vlan show dev eth2
            """, others: [LabRun.File("two.yaml", Two)]);
        run.Section("reach").Split(" 0% packet loss").Length.ShouldBe(7, run.Output);
        run.Section("isolated").ShouldContain(" 100% packet loss");
        Vlans(run.Section("table")).ShouldBe(["201 PVID Egress Untagged", "1 PVID Egress Untagged", "81", "200", "201", "202"]);
    }

    [Fact]
    public void What_is_shown_has_the_networks_as_written_and_expanded_it_makes_the_same_host()
    {
        var file = LabRun.File("one.yaml", One);
        var run = LabRun.Good(file, $"settle; ok weft plan --exit-code {file}; dump; section file; weft show --file; section expanded; weft show --expanded --from {file}; section json; weft show --json --expanded");
        run.Section("file").ShouldContain("  tenants:\n    link: br0\n    vlan: 200-202\n");
        run.Section("file").ShouldContain("      - network: vm\n");
        run.Section("expanded").ShouldNotContain("network");
        run.Section("json").ShouldNotContain("\"networks\"");
        foreach (var section in new[] { "file", "expanded" })
        {
            var again = LabRun.File("again.yaml", run.Section(section) + "\n");
            var copy = LabRun.Good(file, $"ok weft check {again}; ok weft apply {again}; settle; dump; section plan; weft plan --exit-code {file}", bare: true);
            Assert.Equal(HostFacts.Of(run), HostFacts.Of(copy));
        }
    }

    [Fact]
    public void A_network_comes_and_goes_alone_and_nobody_else_blinks()
    {
        var file = LabRun.File("one.yaml", One);
        var more = LabRun.File("more.yaml", One.Replace("networks:\n", "networks:\n  new: {link: bond0, vlan: 90, addresses: [172.20.90.11/24]}\n  vlans: {link: br0, vlan: 300, addresses: [172.20.30.11/24]}\n", StringComparison.Ordinal));
        var run = LabRun.Good(file, $$"""
            settle
            look() { for link in /sys/class/net/*; do echo "$(basename $link) $(cat $link/ifindex) $(cat $link/carrier_changes)"; done; bridge vlan show; }
            look >before
            ok weft apply {{more}}
            section added; look | diff before - | grep '^[<>]' || true
            ip -br addr show dev br0.300
            ok weft apply {{file}}
            section left; look | diff before - || true
            section plan; weft plan {{more}}
            """);
        run.Section("left").ShouldBeEmpty();
        run.Section("added").ShouldNotContain("<");
        run.Section("added").ShouldContain("172.20.30.11/24");
        run.Section("added").Split('\n').Where(line => line.StartsWith("> b", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Distinct().ShouldBe(["bond0.90", "br0.300", "br90"], ignoreOrder: true);
        run.Section("plan").ShouldNotContain("disturbs");
    }

    /// <summary>The lines of `bridge vlan show`, without headings and the links' names.</summary>
    private static IEnumerable<string> Vlans(string table) =>
        table.Split('\n').Where(line => !line.StartsWith("port", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(word => !char.IsAsciiDigit(word[0]))));
}
