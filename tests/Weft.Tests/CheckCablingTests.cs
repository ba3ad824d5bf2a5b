// Examples with one slip in their cabling, or in what the cabling denies: one finding, in the line of the slip. And cables of which a finding
// refused something, which no rule judges.

using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class CheckCablingTests
{
    private const string Eth0 = "eth0: {switch: leaf-a, port: Eth1/1, ", Eth1 = "eth1: {switch: leaf-b, port: Eth1/1, ";

    [Theory]
    [InlineData("kvm-10gbe", "mode: 802.3ad", "mode: active-backup", "lag-under-active-backup")]
    [InlineData("kvm-10gbe", "mode: 802.3ad", "mode: balance-xor", "static-bond-on-lacp")]
    [InlineData("kvm-10gbe", Eth1 + "vlans: [3080], group: Po11, lacp: active", Eth1 + "vlans: [3080]", "lacp-without-partner")]
    [InlineData("kvm-10gbe", Eth1 + "vlans: [3080], group: Po11, lacp: active", Eth1 + "vlans: [3080], lacp: active", "lag-half-said")]
    [InlineData("kvm-10gbe", Eth1 + "vlans: [3080], group: Po11", Eth1 + "vlans: [3080], group: Po12", "lag-in-two-groups")]
    [InlineData("kvm-10gbe", Eth0 + "vlans: [3080]", Eth0 + "vlans: [3081]", "vlan-missing-on-port")]
    [InlineData("kvm-10gbe", Eth0 + "vlans: [3080]", Eth0 + "native: 3080", "native-tagged")]
    [InlineData("kvm-10gbe", "leaf-a: {mlag: pair1, ", "leaf-a: {", "lag-across-switches")]
    [InlineData("kvm-10gbe", "leaf-b: {mlag: pair1", "leaf-b: {mlag: pair2", "lag-across-switches")]
    [InlineData("kvm-10gbe", "leaf-b: {mlag: pair1, mtu: 9216", "leaf-b: {mlag: pair1, mtu: 1500", "lag-members-differ")]
    [InlineData("kvm-10gbe", "leaf-a: {mlag: pair1, mtu: 9216", "leaf-a: {mlag: pair1, mtu: 1400", "mtu-above-switch")]
    [InlineData("kvm-10gbe", "id: 3080", "id: 3081", "vlan-not-on-switch")]
    [InlineData("kvm-10gbe", "{3080: 172", "{3081: 172", "switch-address-elsewhere")]
    [InlineData("kvm-10gbe", "ports: [eth0, eth1]", "ports: [eth0]", "group-of-two-bonds")]
    [InlineData("kvm-active-backup", "mode: active-backup", "mode: 802.3ad", "lacp-without-partner")]
    [InlineData("kvm-active-backup", "mode: active-backup", "mode: balance-rr", "static-bond-without-lag")]
    [InlineData("kvm-active-backup", Eth1 + "vlans: [3080]", Eth1 + "vlans: [3080], group: Po1, lacp: active", "lag-under-active-backup")]
    [InlineData("kvm-active-backup", Eth1 + "vlans: [3080]", Eth1 + "vlans: [3080], edge: false", "updelay-before-forwarding")]
    [InlineData("vlan-under-bond", "leaf-a: {mtu: 9216", "leaf-a: {mtu: 1500", "mtu-above-switch")]
    [InlineData("vlan-under-bond", Eth0 + "vlans: [2288, 3080]", Eth0 + "vlans: [2288]", "vlan-missing-on-port")]
    [InlineData("two-uplinks", "eth0: {mtu: 9000", "eth0: {mtu: 9500", "mtu-above-switch")]
    [InlineData("two-uplinks", "native: 3084", "vlans: 3084", "untagged-without-native")]
    [InlineData("networks", "tenants: {link: br0, vlan: 2000-2099", "tenants: {link: br0, vlan: 2000-2109", "vlan-not-on-switch")]
    [InlineData("networks", "3082-3084], native: 1", "3082-3084], native: 2001", "native-tagged")]
    [InlineData("networks", "3082-3084], native: 1", "3082-3084], native: 2", "lag-members-differ")]
    public void One_slip_is_one_finding_in_its_line(string example, string right, string wrong, string rule)
    {
        var text = File.ReadAllText(SpecFiles.PathOf("examples", example + ".yaml"));
        var at = text.IndexOf(right, StringComparison.Ordinal);
        at.ShouldBeGreaterThan(0);
        var slipped = text[..at] + wrong + text[(at + right.Length)..];
        Look(slipped).Where(finding => finding.Severity != Severity.Advice).Select(finding => (finding.Rule, finding.Place.Line)).ShouldBe([(rule, text[..at].Count(letter => letter == '\n') + 1)]);
    }

    /// <summary>What is refused is told once, and nothing follows from its absence.</summary>
    [Theory]
    [InlineData("cabling: {eth0: {switch: sw, vlans: [5000], native: 1}}\nswitches: {sw: {mtu: 600}}", "vlan-id-out-of-range")]
    [InlineData("cabling: {eth0: {switch: so, vlans: [5]}}\nswitches: {sw: {mtu: 600}}", "dangling-name")]
    [InlineData("cabling: {eth0: {switch: sw, vlans: [5]}}\nswitches: {sw: {mtu: 600, mlag: [a, b]}}", "wrong-type")]
    public void A_cable_that_could_not_be_read_is_judged_by_no_rule(string cabling, string rule) =>
        Look("nics: {eth0: {mtu: 1500}}\nvlans: {eth0.7: {link: eth0, id: 7, addresses: [192.0.2.5/24]}}\n" + cabling + "\n").Select(finding => finding.Rule).ShouldBe([rule]);

    private static List<Finding> Look(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        return [.. reading.Findings, .. reading.Host is { } host ? Checker.Look(host) : []];
    }
}
