// What a host was decides what a kernel does with what it is to become: pairs of hosts, made small, that random ones once
// broke the law with. Each says beside the law which steps are the answer.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;

namespace Weft.Twin.Tests;

public sealed class PastTests
{
    [Fact]
    public void A_bond_keeps_its_MAC_when_its_new_first_port_has_one_that_nobody_named() => Steps(
        "nics: {eth1: {}}\nbonds: {bond0: {ports: [eth1]}}",
        "nics: {eth1: {}}\nbonds: {bond1: {}, bond0: {ports: [storage, eth1]}}\nvlans: {storage: {id: 5, link: bond1}}")
        .ShouldNotContain(step => step.Contains("mac", StringComparison.Ordinal));

    [Theory]
    [InlineData("vlans: {br0.5: {id: 5, link: br0}}\nbridges: {br0: {}}")]
    [InlineData("vlans: {br0.5: {id: 5, link: br0}, v: {id: 6, link: br0.5}}\nbridges: {br0: {}, br1: {ports: [v]}}")]
    [InlineData("bridges: {br0: {vlan_filtering: true, vlans: [7]}}")]
    public void A_bridge_that_loses_its_last_port_and_not_its_VLANs_is_made_anew_for_else_its_MAC_is_of_zeros(string to)
    {
        var steps = Steps("nics: {eth5: {}}\nbridges: {br0: {ports: [eth5]}}", to);
        steps.ShouldContain("remove bridge br0");
        steps.ShouldContain(step => step.StartsWith("add bridge br0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bridges: {br0: {}}")]
    [InlineData("vlans: {br0.5: {id: 5, link: br0}}\nbridges: {br0: {mac: \"02:00:5e:10:00:01\"}}")]
    [InlineData("nics: {eth4: {}}\nvlans: {br0.5: {id: 5, link: br0}}\nbridges: {br0: {ports: [eth4]}}")]
    public void A_bridge_that_needs_no_MAC_or_is_given_one_stays_when_its_last_port_leaves(string to) =>
        Steps("nics: {eth5: {}}\nbridges: {br0: {ports: [eth5]}}", to).ShouldNotContain("remove bridge br0");

    [Fact]
    public void A_bridge_that_no_file_gave_a_MAC_goes_on_following_where_the_default_is_said() => Steps(
        "bridges: {br2: {}}", "nics: {eth2: {}}\nbridges: {br2: {mac: default, ports: [eth2]}}").ShouldNotContain(step => step.Contains(" mac ", StringComparison.Ordinal));

    /// <summary>Whether a MAC equal to the inherited one was set by hand, no link message tells: the file before may have said it.</summary>
    [Theory]
    [InlineData("bridges: {br0: {mac: \"02:00:5e:10:00:07\", ports: [eth3]}}", "nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}", "bridge br0", "02:00:5e:00:00:01")]
    [InlineData("bridges: {br0: {mac: \"02:00:5e:10:00:07\", ports: [eth3]}}", "nics: {eth0: {mac: \"02:00:5e:00:00:77\"}}\nbridges: {br0: {mac: \"02:00:5e:00:00:77\", ports: [eth0]}}", "bridge br0", "02:00:5e:00:00:77")]
    [InlineData("vlans: {v: {id: 5, link: eth3, mac: \"02:00:5e:10:00:07\"}}", "nics: {eth3: {mac: \"02:00:5e:10:00:08\"}}\nvlans: {v: {id: 5, link: eth3}}", "vlan v", "02:00:5e:10:00:08")]
    [InlineData("vlans: {v: {id: 5, link: eth3, mac: \"02:00:5e:10:00:07\"}}", "nics: {eth3: {mac: \"02:00:5e:10:00:08\"}}\nvlans: {v: {id: 5, link: eth3, mac: \"02:00:5e:10:00:08\"}}", "vlan v", "02:00:5e:10:00:08")]
    public void A_MAC_that_the_file_said_and_the_link_had_anyway_is_told_when_it_should_move(string from, string to, string link, string mac) =>
        Steps($"nics: {{eth3: {{mac: \"02:00:5e:10:00:07\"}}}}\n{from}", to).ShouldContain(step => step.StartsWith($"set {link}: ", StringComparison.Ordinal) && step.Contains($"mac {mac}", StringComparison.Ordinal));

    /// <summary>Below 1280 a link has nothing of IPv6, and above it begins as a new one.</summary>
    [Theory]
    [InlineData("nics: {eth0: {mtu: 1200}}\nbridges: {br0: {ports: [eth0]}}", "nics: {eth0: {mtu: 1500}}\nbridges: {br0: {ports: [eth0]}}", "nic eth0", "ipv6 false")]
    [InlineData("nics: {eth1: {mtu: 1200}}", "nics: {eth1: {mtu: 1500, accept_ra: 0}}", "nic eth1", "accept_ra 0")]
    [InlineData("nics: {eth0: {mtu: 1200}}\nbridges: {br0: {mtu: 1200, ports: [eth0]}}", "nics: {eth0: {mtu: 1500}}\nbridges: {br0: {mtu: 1500, ports: [eth0], ipv6: false}}", "bridge br0", "ipv6 false")]
    [InlineData("nics: {eth0: {mtu: 1200}}\nbridges: {br0: {mtu: 1200, ports: [eth0]}}", "nics: {eth0: {mtu: 1500}}\nbridges: {br0: {mtu: 1500, ports: [eth0], accept_ra: 0, addresses: [\"2001:db8::1/64\"]}}", "bridge br0", "accept_ra 0")]
    [InlineData("nics: {eth0: {mtu: 1200}}\nbridges: {br0: {ports: [eth0]}}", "nics: {eth0: {mtu: 1500}}\nbridges: {br0: {ports: [eth0], accept_ra: 0, addresses: [\"2001:db8::1/64\"]}}", "bridge br0", "accept_ra 0")]
    [InlineData("nics: {eth0: {}}\nbonds: {bond0: {mtu: 1200, ports: [eth0]}}", "nics: {eth0: {}}\nbonds: {bond0: {mtu: 1500, ports: [eth0], ipv6: false}}", "nic eth0", "ipv6 false")]
    [InlineData("nics: {eth0: {}}\nbonds: {bond0: {mtu: 1200, ports: [eth0]}}", "nics: {eth0: {}}\nbonds: {bond0: {mtu: 1500, ports: [eth0], ipv6: false}}", "bond bond0", "ipv6 false")]
    [InlineData("nics: {eth0: {}}\nbonds: {bond0: {mtu: 1200, ports: [eth0]}}\nbridges: {br0: {mtu: 1200, ports: [bond0]}}", "nics: {eth0: {}}\nbonds: {bond0: {ports: [eth0]}}\nbridges: {br0: {ports: [bond0], addresses: [\"2001:db8::1/64\"], ipv6_forwarding: true}}", "bridge br0", "ipv6_forwarding true")]
    public void A_link_whose_MTU_rises_above_the_least_of_IPv6_is_told_what_is_wanted_of_it(string from, string to, string link, string what) =>
        Steps(from, to).ShouldContain(step => step.StartsWith($"set {link}: ", StringComparison.Ordinal) && step.Contains(what, StringComparison.Ordinal));

    /// <summary>The kernel takes a port for a backup, and forgets it when that one leaves: so it is said last, and again of a port that was made anew.</summary>
    [Fact]
    public void A_backup_is_named_once_it_is_a_port_and_again_when_it_was_made_anew()
    {
        static string File(string ports, int id = 5) => $"nics: {{eth0: {{}}, eth1: {{}}}}\nvlans: {{v: {{id: {id}, link: eth1}}}}\nbridges: {{br0: {{ports: {ports}}}}}";
        const string Backed = "{eth0: {backup_port: v}, v: {}}";
        Steps(File("[eth0]"), File(Backed)).ShouldBe(["set vlan v: master br0", "set nic eth0: backup_port v"]);
        Steps(File(Backed), File(Backed, id: 6)).ShouldContain("set nic eth0: backup_port v");
        Steps(File(Backed), File("[eth0]")).ShouldNotContain(step => step.Contains("backup_port", StringComparison.Ordinal));
        Steps(File(Backed), File("[eth0, v]")).ShouldHaveSingleItem().ShouldStartWith("set nic eth0: backup_port");
        Steps(File(Backed), File("{v: {backup_port: eth0}, eth0: {}}")).Count.ShouldBe(2);
    }

    /// <summary>Links come to a VRF one after the other, each down and up: a route over two of them has always one that is up, and stays in the table that it is in.</summary>
    [Fact]
    public void A_route_over_several_links_that_come_to_a_VRF_and_that_leaves_the_file_is_taken_away()
    {
        const string Nics = "nics: {eth2: {addresses: [10.10.0.12/24]}, eth4: {addresses: [10.8.0.21/24]}}\n";
        Steps(Nics + "routes: [{to: 10.201.0.0/16, nexthops: [{via: 10.8.0.101}, {via: 10.10.0.102}]}]", Nics + "vrfs: {vrf1: {table: 11, ports: [eth4, eth2]}}")
            .ShouldContain(step => step.StartsWith("remove route 10.201.0.0/16", StringComparison.Ordinal));
    }

    /// <summary>Two VRFs may have the same networks: a route that says no link leads over the one of its own table.</summary>
    [Fact]
    public void A_route_without_a_link_leads_over_a_link_of_its_own_table() => Steps(
        "nics: {eth0: {addresses: [192.0.2.5/24]}, eth1: {addresses: [192.0.2.6/24]}}\nvrfs: {red: {table: 10, ports: [eth0]}}",
        "nics: {eth0: {addresses: [192.0.2.5/24]}, eth1: {addresses: [192.0.2.6/24]}}\nvrfs: {red: {table: 10, ports: [eth0]}}\nroutes: [{to: 10.0.0.0/8, via: 192.0.2.1}, {to: 10.0.0.0/8, via: 192.0.2.1, table: 10}]")
        .ShouldBe(["add route 10.0.0.0/8 via 192.0.2.1 dev eth1", "add route 10.0.0.0/8 via 192.0.2.1 dev eth0 table 10"], ignoreOrder: true);

    [Fact]
    public void A_route_whose_source_goes_with_the_primary_address_of_its_network_is_added_again() => Steps(
        "nics: {eth0: {addresses: [10.9.0.13/24, 10.9.0.23/24, 10.9.0.31/32]}}\nroutes: [{to: 10.202.0.0/16, via: 10.9.0.5, link: eth0, src: 10.9.0.23}]",
        "nics: {eth0: {addresses: [10.9.0.23/24, 10.9.0.31/32]}}\nroutes: [{to: 10.202.0.0/16, via: 10.9.0.5, link: eth0, src: 10.9.0.23}]")
        .ShouldBe(["remove address 10.9.0.13/24 on eth0", "add address 10.9.0.23/24 on eth0", "remove address 10.9.0.31/32 on eth0", "restore address 10.9.0.31/32 on eth0", "add route 10.202.0.0/16 via 10.9.0.5 dev eth0"]);

    [Fact]
    public void An_IPv6_route_outlives_its_source_and_is_taken_away_before_it_comes_with_another() => Steps(
        "nics: {eth0: {addresses: [\"2001:db8:1::11/64\", \"2001:db8:1::12/64\"]}}\nroutes: [{to: \"2001:db8:201::/48\", via: \"2001:db8:1::1\", link: eth0, src: \"2001:db8:1::11\"}]",
        "nics: {eth0: {addresses: [\"2001:db8:1::12/64\"]}}\nroutes: [{to: \"2001:db8:201::/48\", via: \"2001:db8:1::1\", link: eth0, src: \"2001:db8:1::12\"}]")
        .Count(step => step.Contains("route", StringComparison.Ordinal)).ShouldBe(2);

    [Fact]
    public void A_VLAN_that_is_down_is_given_no_MAC_for_it_takes_its_lower_links_when_it_comes_up() => Steps(
        "bonds: {bond0: {}}\nvlans: {bond0.200: {id: 200, link: bond0, up: false}}",
        "nics: {eth4: {}}\nbonds: {bond0: {ports: [eth4]}}\nvlans: {bond0.200: {id: 200, link: bond0, mac: default, up: false}}")
        .ShouldNotContain(step => step.Contains("mac", StringComparison.Ordinal));

    [Fact]
    public void A_VLAN_that_was_down_lends_a_bond_an_old_MAC_so_the_bond_is_told_the_lower_links_new_one() => Steps(
        "nics: {eth4: {}}\nvlans: {eth4.5: {id: 5, link: eth4, up: false}}",
        "nics: {eth4: {mac: \"02:00:5e:10:00:30\"}}\nbonds: {bond2: {ports: [eth4.5]}}\nvlans: {eth4.5: {id: 5, link: eth4}}")
        .ShouldContain(step => step.StartsWith("set bond bond2: ", StringComparison.Ordinal) && step.Contains("mac 02:00:5e:10:00:30", StringComparison.Ordinal));

    /// <summary>A MACVLAN in mode passthru makes up no MAC: it has its link's, whatever that one's past.</summary>
    [Theory]
    [InlineData("vlans: {mv1.0: {id: 0, link: mv1}}")]
    [InlineData("bonds: {bond1: {ports: [mv1]}}")]
    [InlineData("bridges: {br0: {ports: [mv1]}}")]
    public void A_VLAN_bond_or_bridge_over_a_passthru_has_its_links_MAC_though_it_had_a_made_up_one(string above)
    {
        var both = above.StartsWith("bonds: {", StringComparison.Ordinal) ? "bonds: {" + above["bonds: {".Length..^1] + ", " : above + "\nbonds: {";
        Steps($"{both}bond2: {{}}}}\nmacvlans: {{mv1: {{link: bond2, mode: passthru}}}}", $"nics: {{eth1: {{}}}}\n{both}bond2: {{ports: [eth1]}}}}\nmacvlans: {{mv1: {{link: bond2, mode: passthru}}}}");
    }

    [Fact]
    public void A_VLAN_that_a_bond_gave_a_made_up_MAC_back_is_told_the_one_of_the_link_below_its_passthru() => Steps(
        "bonds: {bond2: {}, bond0: {ports: [mv1.0]}}\nvlans: {mv1.0: {id: 0, link: mv1}}\nmacvlans: {mv1: {link: bond2, mode: passthru}}",
        "nics: {eth1: {}}\nbonds: {bond2: {ports: [eth1]}}\nvlans: {mv1.0: {id: 0, link: mv1}}\nmacvlans: {mv1: {link: bond2, mode: passthru}}")
        .ShouldContain("set vlan mv1.0: mtu 1500, mac 02:00:5e:00:00:02, up");

    /// <summary>A passthru takes its link's MAC without a word to what stands on it (docs/lab/twin.md, 16): told the same again, all hear of it.</summary>
    [Theory]
    [InlineData("vlans: {mv1.5: {id: 5, link: mv1}}", 1)]
    [InlineData("vlans: {mv1.5: {id: 5, link: mv1, mac: \"02:00:5e:10:00:09\"}}", 0)]
    [InlineData("vlans: {mv1.5: {id: 5, link: mv1, up: false}}", 0)]
    [InlineData("bridges: {br0: {ports: [mv1]}}", 1)]
    [InlineData("bridges: {br0: {ports: [mv1], mac: \"02:00:5e:10:00:09\"}}", 0)]
    [InlineData("", 0)]
    public void A_passthru_whose_link_has_another_MAC_now_is_told_it_where_something_goes_by_it(string above, int told) => Steps(
        $"nics: {{eth0: {{}}}}\nmacvlans: {{mv1: {{link: eth0, mode: passthru}}}}\n{above}",
        $"nics: {{eth0: {{mac: \"02:00:5e:10:00:07\"}}}}\nmacvlans: {{mv1: {{link: eth0, mode: passthru}}}}\n{above}")
        .Count(step => step == "set macvlan mv1: mac 02:00:5e:10:00:07").ShouldBe(told);

    /// <summary>A bond lends a passthru its MAC, and so the link below, which has its own again when the passthru goes.</summary>
    [Fact]
    public void The_link_below_a_passthru_has_its_own_MAC_again_when_that_goes() => Steps(
        "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, mv1]}}\nmacvlans: {mv1: {link: eth1, mode: passthru}}",
        "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0]}, bond1: {ports: [eth1]}}")
        .ShouldNotContain(step => step.Contains("mac ", StringComparison.Ordinal));

    /// <summary>Down takes a link's routes along, whoever asks for it.</summary>
    [Fact]
    public void No_route_is_asked_to_go_from_a_link_that_goes_down() => Steps(
        "nics: {eth1: {addresses: [10.4.0.14/24]}, eth2: {addresses: [10.5.0.14/24, \"2001:db8:5::14/64\"], gateway: [10.5.0.1, \"2001:db8:5::1\"]}}\nroutes: [{to: 10.202.0.0/16, nexthops: [{via: 10.5.0.5}, {via: 10.4.0.5}]}]",
        "nics: {eth1: {up: false}, eth2: {up: false}}")
        .ShouldNotContain(step => step.StartsWith("remove route", StringComparison.Ordinal));

    /// <summary>Two links that come to a VRF go down and up one after the other, and the route keeps one of them at any time.</summary>
    [Fact]
    public void A_route_over_two_links_that_go_down_one_after_the_other_is_asked_to_go() => Steps(
        "nics: {eth3: {addresses: [10.6.0.12/24]}, eth4: {addresses: [10.9.0.12/24]}}\nroutes: [{to: 10.201.0.0/16, nexthops: [{via: 10.6.0.104, link: eth3}, {via: 10.9.0.105, link: eth4}]}]",
        "nics: {eth3: {addresses: [10.6.0.12/24]}, eth4: {addresses: [10.9.0.12/24]}}\nvrfs: {vrf0: {table: 10, ports: [eth3, eth4]}}")
        .ShouldContain(step => step.StartsWith("remove route 10.201.0.0/16 ", StringComparison.Ordinal));

    [Fact]
    public void Of_two_routes_to_one_network_the_one_without_metric_is_meant_where_none_is_said() => Steps(
        "nics: {eth0: {addresses: [10.7.0.13/24]}}\nroutes: [{to: 10.202.0.0/16, link: eth0, metric: 1024, mtu: 1400}, {to: 10.202.0.0/16, link: eth0}]",
        "nics: {eth0: {addresses: [10.7.0.13/24]}}\nroutes: [{to: 10.202.0.0/16, via: 10.7.0.5, link: eth0, metric: 1024}]")
        .ShouldBe(["remove route 10.202.0.0/16 dev eth0", "set route 10.202.0.0/16 via 10.7.0.5 dev eth0 metric 1024"]);

    /// <summary>A bond keeps its delays as counts of polls while its ARP monitor polls nothing, and tells neither then.</summary>
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData(", updelay: 0, downdelay: 0", 0, 0)]
    [InlineData(", updelay: 0", 0, 0)]
    [InlineData(", downdelay: 600", 0, 600)]
    public void Delays_from_before_an_ARP_monitor_do_not_come_back_with_the_polling(string delays, long up, long down)
    {
        var bond = After("mode: active-backup, miimon: 100, updelay: 400, downdelay: 200", "mode: active-backup, arp_interval: 200, arp_ip_target: 10.0.0.1", $"mode: active-backup, miimon: 200{delays}");
        (bond.Number(BondLines.Updelay), bond.Number(BondLines.Downdelay)).ShouldBe((up, down));
    }

    /// <summary>A bond tells these in 802.3ad only, and has them again when it comes back to that mode.</summary>
    [Fact]
    public void What_LACP_was_told_does_not_come_back_with_the_mode()
    {
        const string Lacp = "mode: 802.3ad, miimon: 100";
        var bond = After($"{Lacp}, ad_user_port_key: 3, ad_actor_sys_prio: 7", "mode: active-backup, miimon: 100", Lacp);
        (bond.Number(BondLines.AdUserPortKey), bond.Number(BondLines.AdActorSysPrio)).ShouldBe((0, 65535));
    }

    /// <summary>The bond after a file for each of these was applied.</summary>
    private static Settings After(params string[] bonds)
    {
        var kernel = TwinKernel.Of(RandomHost.Nics);
        var ledger = Ledger.Empty;
        foreach (var bond in bonds)
        {
            (var outcome, ledger) = Carried.Out(Walk.Plan(Read($"nics: {{eth0: {{}}}}\nbonds: {{bond0: {{ports: [eth0], {bond}}}}}"), kernel, ledger, new Timings()), kernel, new Timings());
            outcome.Ending.ShouldBe(Ending.Applied, string.Join("\n", outcome.Findings.Select(finding => finding.What)));
        }
        return kernel.Observe().Host.Find("bond0")!.Settings;
    }

    /// <summary>A VLAN that a bond gave its MAC back follows its lower link no more, and looks as if it did until that changes its own.</summary>
    [Fact]
    public void A_VLAN_that_was_a_bonds_port_lends_the_next_bond_the_MAC_its_lower_link_is_given_now()
    {
        var kernel = TwinKernel.Of(RandomHost.Nics);
        var ledger = Ledger.Empty;
        foreach (var text in new[]
        {
            "nics: {eth5: {}}\nvlans: {br1.5: {id: 5, link: br1}}\nbonds: {bond2: {ports: [br1.5]}}\nbridges: {br1: {ports: [eth5]}}",
            "nics: {eth5: {}}\nvlans: {br1.5: {id: 5, link: br1}}\nbonds: {bond2: {}}\nbridges: {br1: {ports: [eth5]}, br0: {ports: [br1.5]}}",
            "nics: {eth5: {}}\nvlans: {br1.5: {id: 5, link: br1}}\nbonds: {bond0: {ports: [br1.5]}}\nbridges: {br1: {ports: [eth5], mac: \"02:00:5e:10:00:3c\"}}",
        })
        {
            (var outcome, ledger) = Carried.Out(Walk.Plan(Read(text), kernel, ledger, new Timings()), kernel, new Timings());
            outcome.Ending.ShouldBe(Ending.Applied, string.Join("\n", outcome.Findings.Select(finding => finding.What)));
        }
        kernel.Observe().Host.Find("bond0")!.Settings.Word(Table.Mac).ShouldBe("02:00:5e:10:00:3c");
    }

    /// <summary>A bond without a port has no carrier, and a next hop over it is in no other table that the kernel would look up.</summary>
    [Theory]
    [InlineData("table: 100", true)]
    [InlineData("table: 254", false)]
    [InlineData("table: 100, onlink: true", false)]
    public void A_link_that_passes_over_routes_without_carrier_does_not_until_a_route_in_a_table_stands(string said, bool waits)
    {
        const string from = "bonds: {bond0: {ipv6_ignore_routes_with_linkdown: true, addresses: [\"2001:db8:1::1/64\"]}}";
        var steps = Steps(from, $"{from}\nroutes: [{{to: \"2001:db8:2::/64\", via: \"2001:db8:1::9\", link: bond0, {said}}}]");
        steps.Count.ShouldBe(waits ? 3 : 1);
        if (waits)
            steps.ShouldBe(["set bond bond0: ipv6_ignore_routes_with_linkdown false", "add route 2001:db8:2::/64 via 2001:db8:1::9 dev bond0 metric 1024 table 100", "set bond bond0: ipv6_ignore_routes_with_linkdown true"]);
        Steps("nics: {}", $"{from}\nroutes: [{{to: \"2001:db8:2::/64\", via: \"2001:db8:1::9\", link: bond0, {said}}}]").ShouldContain(step => step.StartsWith("add route", StringComparison.Ordinal));
    }

    /// <summary>The steps from one host to another; the law holds.</summary>
    private static List<string> Steps(string from, string to)
    {
        IReadOnlyList<Step> steps = [];
        Law.Broken(Read(from), Read(to), () => TwinKernel.Of(RandomHost.Nics), drawing => steps = drawing.Plan.Steps)?.ToString().ShouldBeNull();
        return [.. steps.Where(step => step.Sends).Select(StepText.Of)];
    }

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", $"version: 1\n{text}\n");
        reading.Findings.ShouldBeEmpty();
        return reading.Host!;
    }
}
