// NICs by permanent MAC, PCI function, driver and name: found, not found, two for one label, two labels for one; each finding
// at its label and with what the host has.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests.Plan;

public sealed class MatchTests
{
    private static readonly Host Now = new() { Links = [Nic(2, "enp59s0f0", "ixgbe", "0000:3b:00.0"), Nic(3, "enp59s0f1", "ixgbe", "0000:3b:00.1"), Nic(4, "eno1", "igb", "0000:01:00.0"), Nic(5, "ens3", "virtio_net", "0000:00:03.0")] };

    [Theory]
    [InlineData("mac: \"02:00:00:00:00:03\"", "enp59s0f1")]
    [InlineData("pci: \"0000:3b:00.0\"", "enp59s0f0")]
    [InlineData("pci: \"3B:00.1\"", "enp59s0f1")]
    [InlineData("driver: igb", "eno1")]
    [InlineData("driver: virtio_net, pci: \"0000:00:03.0\"", "ens3")]
    [InlineData("name: eno1", "eno1")]
    public void A_NIC_is_found_by_what_it_is_matched_by(string match, string found)
    {
        var resolved = Labels($"nics: {{up: {{match: {{{match}}}}}}}\nbridges: {{br0: {{ports: [up]}}}}");
        resolved.Findings.ShouldBeEmpty();
        resolved.Host.Of(LinkKind.Nic).Single().Name.Value.ShouldBe(found);
        resolved.Host.Find("br0")!.Ports.Single().Name.Value.ShouldBe(found);
    }

    [Theory]
    [InlineData("driver: ixgbe", "nic-ambiguous", "up matches enp59s0f0 (02:00:00:00:00:02, pci 0000:3b:00.0, driver ixgbe) and enp59s0f1 (02:00:00:00:00:03, pci 0000:3b:00.1, driver ixgbe)")]
    [InlineData("driver: igb, pci: \"0000:3b:00.0\"", "nic-missing", "up is declared, and this host has no NIC with driver igb, pci 0000:3b:00.0")]
    public void None_or_two_for_one_label_is_a_finding_at_the_label(string match, string rule, string what)
    {
        var finding = Labels($"nics:\n  up: {{match: {{{match}}}}}\n").Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.What, finding.Place.Line).ShouldBe((rule, what, 2));
        (finding.What + finding.Mend).ShouldContain("0000:3b:00.1");
    }

    [Fact]
    public void Two_labels_for_one_NIC_are_a_finding_at_the_second()
    {
        var finding = Labels("nics:\n  a: {match: {driver: igb}}\n  b: {match: {pci: \"0000:01:00.0\"}}\n").Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Place.Line).ShouldBe(("nic-match-twice", 3));
    }

    [Theory]
    [InlineData("0000:3b:00.8")]
    [InlineData("3b:00")]
    [InlineData("0000-3b-00.0")]
    [InlineData("pci0000:3b")]
    [InlineData("::.")]
    public void What_is_no_PCI_address_is_refused_with_its_place(string text) =>
        HostFile.Read("host.yaml", $"nics: {{a: {{match: {{pci: \"{text}\"}}}}}}").Findings.ShouldHaveSingleItem().Rule.ShouldBe("wrong-type");

    private static Resolved Labels(string text) => Resolve.Labels(HostFile.Read("host.yaml", text).Host!, Now);

    private static Link Nic(int index, string name, string driver, string pci) => new(At.Nowhere(name), LinkKind.Nic)
    {
        Settings = Settings.Empty.With(Table.Mac, Value.Of($"02:00:00:00:00:{index:x2}")),
        State = new LinkState(index) { IdentityMac = $"02:00:00:00:00:{index:x2}", Driver = driver, Pci = pci },
    };
}
