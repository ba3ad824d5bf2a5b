// Hosts that live already: what others made is taken over where the file says so, kept where it does not, and put back
// where a change fails.

using System.Diagnostics;
using Weft.Apply;
using Weft.Linux;

namespace Weft.Kernel.Tests;

public sealed class ForeignTests
{
    [Fact]
    public void An_address_on_a_bond_that_becomes_a_port_moves_to_the_bridge()
    {
        using var host = new BareHost("moves", "eth0");
        host.Others("""
            link add bond0 type bond mode active-backup miimon 100
            link set eth0 master bond0
            link set bond0 up
            addr add 10.0.0.5/24 dev bond0
            route add default via 10.0.0.1
            """);
        host.Apply("nics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], mode: active-backup, miimon: 100}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.0.5/24], gateway: 10.0.0.1}}\n");
        host.Say("-4 route").ShouldNotContain("dev bond0");
        host.Say("-4 route").ShouldContain("default via 10.0.0.1 dev br0");
    }

    [Fact]
    public void A_nexthop_and_its_route_come_back_to_a_bond_once_that_has_carrier_again()
    {
        const string File = "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: MODE, miimon: 300, addresses: [10.0.0.1/24]}}\n";
        using var host = new BareHost("carrier", "eth0", "eth1");
        host.Apply(File.Replace("MODE", "active-backup", StringComparison.Ordinal));
        for (var waited = Stopwatch.StartNew(); !host.Say("-br link show bond0").Contains("LOWER_UP", StringComparison.Ordinal);)
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        host.Others("nexthop add id 5 via 10.0.0.9 dev bond0\nroute add 198.51.100.0/24 nhid 5");
        host.Apply(File.Replace("MODE", "balance-rr", StringComparison.Ordinal)).Ending.ShouldBe(Ending.Applied);
        host.Say("nexthop").ShouldContain("id 5 via 10.0.0.9 dev bond0");
        host.Say("route").ShouldContain("198.51.100.0/24 nhid 5");
    }

    [Fact]
    public void A_leased_address_leaves_a_NIC_that_becomes_a_port_and_one_with_another_end_too()
    {
        using var host = new BareHost("leased", "eth0", "eth1");
        host.Others("""
            link set eth0 up
            addr add 10.0.0.5/24 dev eth0 valid_lft 3600 preferred_lft 1800
            link set eth1 up
            addr add 10.7.0.5 peer 10.7.0.1/32 dev eth1
            """);
        host.Apply("nics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth0, eth1], addresses: [10.0.0.5/24]}}\n");
        host.Say("-4 -br addr show dev eth0").ShouldNotContain("10.0.0.5");
        host.Say("-4 -br addr show dev eth1").ShouldNotContain("10.7.0.5");
    }

    [Fact]
    public void A_default_route_over_a_NIC_that_is_only_declared_is_not_replaced()
    {
        using var host = new BareHost("default", "eth0", "eth1");
        host.Others("link set eth1 up\naddr add 192.0.2.5/24 dev eth1\nroute add default via 192.0.2.1 dev eth1");
        var outcome = host.Try("nics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth0], addresses: [10.0.0.5/24], gateway: 10.0.0.1}}\n");
        outcome.Ending.ShouldBe(Ending.Refused);
        outcome.Findings.ShouldContain(finding => finding.Rule == "foreign-default-route");
        host.Say("-4 route").ShouldContain("default via 192.0.2.1 dev eth1");
        host.Say("link").ShouldNotContain("br0");
    }

    [Fact]
    public void IPv6_stays_on_under_a_VLAN_where_somebody_uses_it()
    {
        using var host = new BareHost("six", "eth0");
        host.Others("link set eth0 up\naddr add 2001:db8::5/64 dev eth0 nodad\nroute add default via 2001:db8::1");
        host.Apply("nics: {eth0: {}}\nvlans: {eth0.100: {link: eth0, id: 100}}\nbridges: {br100: {ports: [eth0.100]}}\n");
        host.Say("-6 addr show dev eth0").ShouldContain("2001:db8::5/64");
        host.Say("-6 route").ShouldContain("default via 2001:db8::1 dev eth0");
    }

    [Fact]
    public void When_a_change_fails_a_NIC_goes_back_to_the_bridge_somebody_had_it_in_with_everything_on_it()
    {
        using var host = new BareHost("undone", "eth0", "eth1");
        // A macvlan in another namespace holds eth1's receive handler, which the bond wants: refused after eth0 was taken.
        host.Others($"""
            link add vmbr0 type bridge
            link set eth0 up
            link set eth0 master vmbr0
            link set vmbr0 up
            addr add 10.0.0.5/24 dev vmbr0
            route add default via 10.0.0.1 advmss 1300
            link add link eth0 name eth0.77 type vlan id 77
            link set eth0.77 up
            addr add 10.77.0.1/24 dev eth0.77
            route add 10.99.0.0/16 via 10.77.0.9
            link add mv0 link eth1 netns {host.SwitchNamespace} type macvlan
            """);
        var before = host.Facts();
        var outcome = host.Try("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\n");
        outcome.Ending.ShouldBe(Ending.RolledBack, string.Join("; ", outcome.Findings.Select(finding => finding.What)));
        Assert.Equal(before, host.Facts());
        host.Inside(kernel => kernel.Observe().NewLinksIpv6).ShouldBeTrue();
    }

    [Fact]
    public void A_NIC_whose_frames_somebodys_macvlan_takes_is_refused_before_anything_is_sent()
    {
        using var host = new BareHost("taken", "eth0", "eth1");
        host.Others("link add mv0 link eth1 type macvlan");
        var before = host.Facts();
        var outcome = host.Try("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\n");
        outcome.Ending.ShouldBe(Ending.Refused);
        outcome.Findings.ShouldContain(finding => finding.Rule == "frames-taken" && finding.What.Contains("mv0", StringComparison.Ordinal));
        Assert.Equal(before, host.Facts());
    }

    [Fact]
    public void A_bridge_that_somebody_made_anew_under_a_name_of_ours_is_left_alone()
    {
        using var host = new BareHost("anew", "eth0");
        host.Apply("bridges: {br5: {}}\n");
        host.Others("link del br5\nlink add br5 type bridge");
        host.Try("version: 1\n").Ending.ShouldNotBe(Ending.Applied);
        host.Say("link").ShouldContain("br5");
    }

    [Fact]
    public void Delays_go_with_the_polling_that_they_belong_to()
    {
        using var host = new BareHost("delays", "eth0", "eth1");
        host.Apply("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, updelay: 200, addresses: [10.0.0.5/24]}}\n");
        host.Apply("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, arp_interval: 1000, arp_ip_target: 10.0.0.1, addresses: [10.0.0.5/24]}}\n");
        host.Say("-d link show bond0").ShouldContain("miimon 0 updelay 0");
        // The kernel kept them as counts of polls, and tells that only now.
        host.Apply("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 200, addresses: [10.0.0.5/24]}}\n").Ending.ShouldBe(Ending.Applied);
        host.Say("-d link show bond0").ShouldContain("miimon 200 updelay 0 downdelay 0");
    }

    [Fact]
    public void An_MTU_of_a_file_long_ago_does_not_come_back_when_a_NIC_leaves_its_bond()
    {
        using var host = new BareHost("mtus", "eth0", "eth1");
        host.Apply("nics: {eth0: {mtu: 1400}, eth1: {mtu: 1400}}\n");
        const string Bonded = "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\n";
        host.Apply(Bonded);
        host.Apply("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}\n").Ending.ShouldBe(Ending.Applied);
        host.Say("link show eth0").ShouldContain("mtu 1500");
        host.Say("link show eth1").ShouldContain("mtu 1500");
    }

    [Fact]
    public void When_a_change_fails_ports_go_back_to_their_bond_as_they_came_to_it_and_addresses_have_their_labels_again()
    {
        using var host = new BareHost("asbefore", "eth0", "eth1");
        host.Apply("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nbridges: {br0: {mac: \"02:00:5e:00:00:77\"}}\n");
        host.Others("addr add 192.0.2.1/32 dev br0 label br0:v1\nlink add link br0 name mv0 type macvlan mode bridge\naddr add 192.0.3.1/32 dev mv0");
        // Of one link the kernel has each VLAN once, in whatever namespace: ours is refused, and no plan could see why.
        host.Others($"link add link eth1 name theirs netns {host.SwitchNamespace} type vlan id 100");
        var outcome = host.Try("nics: {eth0: {}, eth1: {}}\nvlans: {v: {link: eth1, id: 100}}\n");
        outcome.Ending.ShouldBe(Ending.RolledBack, string.Join("; ", outcome.Findings.Select(finding => finding.What)));
        host.Say("-d link show eth1").ShouldContain("perm_hwaddr 02:00:5e:00:00:02");
        host.Say("addr show dev br0").ShouldContain("br0:v1");
        host.Say("addr show dev mv0").ShouldContain("192.0.3.1/32");
    }

    [Fact]
    public void A_MACVLAN_keeps_its_MTU_and_its_addresses_when_the_link_below_is_made_anew_with_a_greater_one()
    {
        using var host = new BareHost("raised", "eth0");
        host.Apply("nics: {eth0: {mtu: 1400}}\nbridges: {x: {ports: [eth0]}}\n");
        host.Others("link add link x name mv0 type macvlan mode bridge\naddr add 192.0.3.1/32 dev mv0");
        host.Say("link show mv0").ShouldContain("mtu 1400");
        host.Apply("nics: {eth0: {}}\nbonds: {x: {mode: active-backup, miimon: 100, mtu: 1500}}\n");
        host.Say("-d link show mv0").ShouldContain("mtu 1400");
        host.Say("addr show dev mv0").ShouldContain("192.0.3.1/32");
    }

    [Fact]
    public void A_MACVLAN_over_a_link_that_is_made_anew_with_a_smaller_MTU_is_said_to_be_lowered()
    {
        using var host = new BareHost("lowered", "eth0");
        host.Apply("nics: {eth0: {}}\nbridges: {x: {ports: [eth0]}}\n");
        host.Others("link add link x name mv0 type macvlan mode bridge");
        var outcome = host.Apply("nics: {eth0: {}}\nbonds: {x: {mode: active-backup, miimon: 100, mtu: 1400}}\n");
        host.Say("link show mv0").ShouldContain("mtu 1400");
        outcome.Plan.Steps.ShouldContain(step => step.Disturbs.Any(one => one.Object == "mv0" && one.Kind == "lowered"));
    }

    [Fact]
    public void An_IPv6_route_keeps_its_own_MTU_when_that_of_its_link_was_the_same_and_grows()
    {
        const string File = "nics: {eth0: {mtu: MTU, addresses: [\"2001:db8::5/64\"]}}\nroutes: [{to: \"2001:db8:201::/48\", via: \"2001:db8::1\", link: eth0, mtu: 1300}]\n";
        using var host = new BareHost("grown", "eth0");
        host.Apply(File.Replace("MTU", "1300", StringComparison.Ordinal));
        host.Apply(File.Replace("MTU", "1500", StringComparison.Ordinal)).Ending.ShouldBe(Ending.Applied);
        host.Say("-6 route show 2001:db8:201::/48").ShouldContain("mtu 1300");
    }
}
