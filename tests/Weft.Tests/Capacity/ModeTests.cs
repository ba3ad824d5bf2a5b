// What each mode and policy makes of its cables: first the five cases that people ask about, to the figure, then every mode beside
// every policy, ports of different speeds, LACP's choice of an aggregator, and what a card or switch takes along.

using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;

namespace Weft.Tests.Capacity;

public sealed class ModeTests
{
    [Theory]
    [InlineData("mode: active-backup", "10G 10G", "", "", "10 | 10 | 10", "redundancy")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4", "10G 10G", "", "group: po1, lacp: active", "10 | 20 | 10", "redundancy, load balancing, aggregation")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer2", "10G 10G", "192.0.2.1", "group: po1, lacp: active", "10 | 10 | 10", "redundancy")]
    [InlineData("mode: balance-rr", "1G 1G 1G", "", "group: po1, lacp: static", "1-3 reordered | 3 | 2", "redundancy, load balancing, aggregation")]
    public void What_a_bond_carries_is_known_to_the_figure(string options, string speeds, string gateway, string cable, string row, string gives)
    {
        var network = Carried.Bond(options, speeds, gateway: gateway, cable: cable);
        (Carried.Row(network), Carried.Gives(network.Figures)).ShouldBe((row, gives));
    }

    [Fact]
    public void Two_ports_of_one_card_get_no_more_than_its_slot_carries()
    {
        var network = Carried.Bond("mode: 802.3ad, xmit_hash_policy: layer3+4", "40G 40G", cable: "group: po1, lacp: active", nics: "pcie: {gen: 3, lanes: 8, slot: s1}");
        Carried.Row(network).ShouldBe("40 | 63.008 | 40");
        network.Figures.All.Out.ShouldBe(Weft.Capacity.Rate.Of(63_008));
        network.Figures.Limits.ShouldContain(limit => limit.What == "pcie" && limit.Why == "PCIe gen 3 with 8 lanes at s1 carries 63.008G, which is less than eth0's 40G and eth1's 40G");
        Carried.Text(network.Figures.AfterNic).ShouldBe("0");
    }

    /// <summary>The host with a gateway, the host among neighbours: what all flows get, out of two ports of 10G.</summary>
    [Theory]
    [InlineData("layer2", "10", "10-20")]
    [InlineData("layer2+3", "20", "20")]
    [InlineData("layer3+4", "20", "20")]
    [InlineData("encap2+3", "20", "20")]
    [InlineData("encap3+4", "20", "20")]
    [InlineData("vlan+srcmac", "10", "10")]
    public void A_policy_spreads_by_what_it_looks_at(string policy, string byGateway, string among)
    {
        ((OneOf)BondLines.XmitHashPolicy.Shape).Words.Select(choice => choice.Word).ShouldContain(policy);
        foreach (var mode in new[] { BondLines.Lacp, BondLines.Xor })
        {
            var cable = mode == BondLines.Lacp ? "group: po1, lacp: active" : "group: po1, lacp: static";
            Carried.Text(Carried.Bond($"mode: {mode}, xmit_hash_policy: {policy}", "10G 10G", gateway: "192.0.2.1", cable: cable).Figures.All).ShouldBe(byGateway, mode);
            Carried.Text(Carried.Bond($"mode: {mode}, xmit_hash_policy: {policy}", "10G 10G", cable: cable).Figures.All).ShouldBe(among, mode);
        }
        // balance-tlb hashes in the same way, and receives over one port alone.
        var tlb = Carried.Bond($"mode: balance-tlb, xmit_hash_policy: {policy}", "10G 10G", gateway: "192.0.2.1");
        Carried.Text(tlb.Figures.All).ShouldBe(byGateway == "10" ? "10" : $"{byGateway} out, 10 in");
    }

    [Fact]
    public void Every_mode_has_its_own_figures()
    {
        string Of(string mode) => Carried.Row(Carried.Bond($"mode: {mode}", "10G 10G 10G"));
        ((OneOf)BondLines.Mode.Shape).Words.Select(choice => (choice.Word, Of(choice.Word))).ShouldBe(
        [
            ("balance-rr", "10-30 reordered | 30 | 20"), ("active-backup", "10 | 10 | 10"), ("balance-xor", "10 | 10-30 | 10-20"), ("broadcast", "10 | 10 | 10"),
            ("802.3ad", "10 | 10-30 | 10-20"), ("balance-tlb", "10 | 10-30 out, 10 in | 10-20 out, 10 in"), ("balance-alb", "10 | 30 out, 10-30 in | 20 out, 10-20 in"),
        ]);
    }

    [Fact]
    public void What_comes_in_over_a_group_is_the_switchs_to_spread()
    {
        var all = Carried.Bond("mode: 802.3ad, xmit_hash_policy: layer3+4", "10G 10G", cable: "group: po1, lacp: active").Figures.All;
        (all.IsSwitchs, Carried.Text(all.In)).ShouldBe((true, "10-20"));
    }

    [Theory]
    [InlineData("mode: active-backup", "10G 1G", "10 | 10 | 1")]
    [InlineData("mode: active-backup, primary: eth1", "10G 1G", "1 | 1 | 1")]
    [InlineData("mode: balance-rr", "10G 1G", "1-2 reordered | 2 | 1")]
    [InlineData("mode: broadcast", "10G 1G", "1 | 1 | 1")]
    [InlineData("mode: balance-xor, xmit_hash_policy: layer3+4", "10G 1G", "1-10 | 2-11 | 1")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4", "10G 10G 1G", "10 | 20 | 10")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4", "1G 1G 10G", "10 | 10 | 2")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4, ad_select: count", "1G 1G 10G", "1 | 2 | 2")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4, min_links: 2", "10G 10G", "10 | 20 | 0")]
    [InlineData("mode: 802.3ad, xmit_hash_policy: layer3+4, min_links: 3", "10G 10G", "0 | 0 | 0")]
    public void Ports_of_different_speeds_are_used_as_the_mode_uses_them(string options, string speeds, string row) =>
        Carried.Row(Carried.Bond(options, speeds, cable: options.Contains("802.3ad", StringComparison.Ordinal) ? "group: po1, lacp: active" : "")).ShouldBe(row);

    [Fact]
    public void After_a_cable_of_the_active_ones_ad_select_stable_stays_and_others_choose_anew()
    {
        string Left(string select) => Carried.Text(Carried.Bond($"mode: 802.3ad, xmit_hash_policy: layer3+4, ad_select: {select}", "10G 10G 1G 1G 1G", cable: "group: po1, lacp: active").Figures.AfterCable);
        (Left("stable"), Left("bandwidth"), Left("count")).ShouldBe(("10", "10", "3"));
    }

    [Fact]
    public void A_group_over_a_pair_survives_a_switch_and_one_over_a_single_switch_does_not()
    {
        string Left(string switches, string mlag = "", string options = "mode: 802.3ad, xmit_hash_policy: layer3+4", string cable = "group: po1, lacp: active") => Carried.Bond(options, "10G 10G", switches, cable, mlag: mlag) is var network ? $"{Carried.Text(network.Figures.All)} {Carried.Text(network.Figures.AfterSwitch)}" : "";
        Left("a b", mlag: "core").ShouldBe("20 10");
        Left("a a", mlag: "core").ShouldBe("20 0");
        Left("a b").ShouldBe("10 10", "two switches that are no pair are two partners, and one of them is used");
        Left("a b", options: "mode: active-backup", cable: "").ShouldBe("10 10");
        Left("a a", options: "mode: active-backup", cable: "").ShouldBe("10 0");
    }

    [Fact]
    public void A_switch_without_LACP_leaves_one_port() =>
        Carried.Row(Carried.Bond("mode: 802.3ad, xmit_hash_policy: layer3+4", "10G 10G", cable: "group: po1, lacp: static")).ShouldBe("10 | 10 | 10");

    [Fact]
    public void Without_LACP_a_group_is_believed_and_said_to_be_needed()
    {
        Carried.Reasons(Carried.Bond("mode: balance-rr", "1G 1G")).ShouldContain("group");
        Carried.Reasons(Carried.Bond("mode: balance-rr", "1G 1G", cable: "group: po1, lacp: static")).ShouldNotContain("group");
    }

    [Theory]
    [InlineData(1, 1, 2000)]
    [InlineData(2, 4, 16_000)]
    [InlineData(3, 8, 63_008)]
    [InlineData(3, 16, 126_016)]
    [InlineData(4, 4, 63_012)]
    [InlineData(5, 16, 504_112)]
    [InlineData(6, 8, 512_000)]
    [InlineData(7, 1, 128_000)]
    [InlineData(8, 1, 0)]
    public void PCIe_carries_what_the_kernel_says_that_it_does(long gen, long lanes, long mbits) => Pcie.MbitsOf(gen, lanes).ShouldBe(mbits);
}
