// The rows of declared hosts, whole, as golden files; and what a switch cannot be made to do.

using Weft.Tests;

namespace Weft.OpenVswitch.Tests;

public sealed class DesiredTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("openvswitch")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_host_has_these_rows(string name)
    {
        var wish = Hosts.Wish(File.ReadAllText(SpecFiles.PathOf("specs", "openvswitch", name, "host.yaml")));
        SpecFiles.ShouldBeGolden(SpecFiles.PathOf("specs", "openvswitch", name, "rows.txt"), string.Concat(wish.Rows.All.Select(row => $"{row}\n").Concat(wish.Findings.Select(finding => $"{finding.Place}: {finding.What}: {finding.Why}; {finding.Mend}\n"))));
    }

    [Theory]
    [InlineData("bonds: {bond0: {ports: [eth0, eth1], mode: balance-rr}}", "no bond of mode balance-rr")]
    [InlineData("bonds: {bond0: {ports: [eth0, eth1]}}", "no bond of mode balance-rr")]
    [InlineData("bonds: {bond0: {ports: [eth0, eth1], bond_mode: balance-tcp}}", "balance-tcp without LACP")]
    [InlineData("bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 100}}", "no arp_interval of a bond")]
    [InlineData("bonds: {bond0: {ports: {eth0: {prio: 5}, eth1: {}}, mode: active-backup}}", "eth0 has prio in bond0")]
    [InlineData("bridges: {br0: {ports: [eth0], fake_bridge: true}}", "no bridge of one VLAN")]
    [InlineData("bridges: {br0: {ports: [eth0], mcast_querier: true}}", "no mcast_querier of a bridge")]
    [InlineData("bridges: {br0: {ports: {eth0: {hairpin: true}}}}", "no hairpin of a port")]
    [InlineData("vlans: {v5: {link: eth0, id: 5}, v6: {link: eth0, id: 6}}\nbridges: {br5: {ports: [v5, v6]}}", "joins the VLANs v5 and v6")]
    [InlineData("vlans: {v5: {link: eth0, id: 5, protocol: 802.1ad}}\nbridges: {br5: {ports: [v5]}}", "802.1ad tag")]
    [InlineData("vlans: {v5: {link: br0, id: 5}, v6: {link: v5, id: 6}}\nbridges: {br0: {ports: [eth0]}}", "a VLAN in a VLAN")]
    [InlineData("vlans: {v5: {link: br0, id: 5, gvrp: true}}\nbridges: {br0: {ports: [eth0]}}", "no gvrp of a vlan")]
    [InlineData("vlans: {v5: {link: eth0, id: 5}}\nbonds: {bond0: {ports: [v5], mode: active-backup}}", "VLAN v5 as a port")]
    [InlineData("veths: {p0: {peer: p1, mtu: 9000}, p1: {peer: p0}}\nbridges: {br0: {ports: [p0]}, br1: {ports: [p1]}}", "no mtu of a veth")]
    [InlineData("vxlans: {vx: {id: 5, group: 239.1.1.1, link: eth0}}\nbridges: {br0: {ports: [vx]}}", "does not say where its frames go")]
    public void What_a_switch_cannot_is_a_finding_at_its_line(string text, string what)
    {
        var found = Hosts.Wish("backend: openvswitch\nnics: {eth0: {}, eth1: {}}\n" + text + "\n").Findings;
        found.ShouldContain(finding => finding.What.Contains(what, StringComparison.Ordinal), string.Join('\n', found.Select(finding => finding.What)));
        found.ShouldAllBe(finding => finding.Place.Line >= 3 && finding.Why.Length > 0 && finding.Mend.Length > 0);
    }

    [Theory]
    [InlineData("mode: active-backup", "active-backup", "off")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4", "balance-tcp", "active")]
    [InlineData("mode: 802.3ad, lacp_active: false", "balance-tcp", "passive")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: vlan+srcmac", "balance-slb", "active")]
    [InlineData("mode: balance-xor, xmit_hash_policy: vlan+srcmac", "balance-slb", "off")]
    [InlineData("mode: 802.3ad, bond_mode: active-backup, lacp: none", "active-backup", "off")]
    [InlineData("mode: balance-rr, bond_mode: balance-slb, lacp: passive", "balance-slb", "passive")]
    public void A_mode_of_the_kernel_is_one_of_the_switch(string said, string mode, string lacp)
    {
        var bond = Hosts.Rows($"backend: openvswitch\nnics: {{eth0: {{}}, eth1: {{}}}}\nbonds: {{bond0: {{ports: [eth0, eth1], {said}}}}}\n").Find(new(Cells.Port, "bond0")).ShouldNotBeNull();
        bond[Cells.BondMode].Text.ShouldBe(mode);
        bond[Cells.Lacp].Text.ShouldBe(lacp);
    }

    /// <summary>A bond that the kernel makes is one port of the switch, whatever its mode.</summary>
    [Fact]
    public void A_bond_of_the_kernel_is_one_interface()
    {
        var rows = Hosts.Rows("backend: openvswitch\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: balance-rr, miimon: 100, backend: linux-bridge}}\nbridges: {br0: {ports: [bond0]}}\n");
        rows.Of(Cells.Interface).Select(row => row.Is.Name).ShouldBe(["br0", "bond0"]);
        rows.Find(new(Cells.Port, "bond0"))![Cells.BondMode].Count.ShouldBe(0);
    }

    /// <summary>VLANs of a NIC that no bridge carries are the kernel's, as without a switch.</summary>
    [Fact]
    public void What_no_bridge_carries_is_not_the_switchs() =>
        Hosts.Rows("backend: openvswitch\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5, addresses: [10.0.0.1/24]}}\n").All.ShouldBeEmpty();
}
