// From host files to a layout and its script: pure, no kernel.
using Weft.Lab.Staging;
using Weft.Topology;

namespace Weft.Lab.Tests;

public sealed class LayoutTests
{
    private static string Lines(Layout layout, string file) => Stage.Files(layout, ["true"], bare: false)[file];

    [Fact]
    public void A_port_is_called_host_dot_nic_and_only_the_hosts_part_is_cut()
    {
        var taken = new HashSet<string>();

        Names.Port("hv1", "eth0", taken).ShouldBe("hv1.eth0");
        Names.Port("infra-host-1", "eth0", taken).ShouldBe("infra-host.eth0");
        Names.Port("infra-host-2", "eth0", taken).ShouldBe("infra-hos2.eth0");
        Names.Port("infra-host-1", "eth1", taken).ShouldBe("infra-host.eth1");
        Names.Port("hv1", "enp129s0f1np1", taken).ShouldBe("h.enp129s0f1np1");
        Names.Port("hv1", "abcdefghijklmno", taken).ShouldBe("abcdefghijklmno");
        Names.Port("hv2", "abcdefghijklmno", taken).Length.ShouldBeLessThanOrEqualTo(15);
        taken.Count.ShouldBe(7);
    }

    [Fact]
    public void A_pair_is_one_box_with_one_bond_over_both_members_ports()
    {
        var layout = Files.Layout(Files.Pair.Replace("version: 1\n", "", StringComparison.Ordinal));

        layout.Boxes.ShouldHaveSingleItem().Others.ShouldBe(["leaf-b"]);
        Lines(layout, "leaf-a.ip").ShouldContain("link add name Po11 mtu 9216 type bond mode 802.3ad miimon 100 lacp_active 1 xmit_hash_policy layer3+4\n"
            + "link set dev hv1.eth0 master Po11\nlink set dev hv1.eth1 master Po11\n");
        Lines(layout, "leaf-a.bridge").ShouldBe("vlan add dev Po11 vid 3080-3083\nvlan add dev Po11 vid 1 pvid untagged\nvlan add dev sw vid 3080 self\nvlan add dev sw vid 3082 self\n");
        Lines(layout, "stage").ShouldContain("ln -s leaf-a /run/netns/leaf-b\n");
    }

    [Fact]
    public void A_nic_without_an_entry_in_the_cabling_has_no_other_end()
    {
        var layout = Files.Layout(Files.Pair.Replace("version: 1\n", "", StringComparison.Ordinal));

        layout.Cords.Single(cord => cord.Nic == "eth2").Box.ShouldBeNull();
        layout.Cords.Single(cord => cord.Nic == "eth0").Mac.ShouldBe("00:25:b5:00:00:1a");
    }

    [Theory]
    [InlineData("802.3ad", "802.3ad miimon 100 lacp_active 1")]
    [InlineData("balance-rr", "balance-xor")]
    [InlineData("balance-xor", "balance-xor")]
    [InlineData("broadcast", "balance-xor")]
    [InlineData("active-backup", null)]
    [InlineData("balance-tlb", null)]
    [InlineData("balance-alb", null)]
    public void The_assumed_switch_does_what_the_bonds_mode_needs(string mode, string? wanted)
    {
        var layout = Files.Layout($"nics: {{eth0: {{}}, eth1: {{}}}}\nbonds: {{bond0: {{ports: [eth0, eth1], mode: {mode}}}}}\n");

        layout.Notes.ShouldHaveSingleItem().ShouldContain("assumed is one switch");
        if (wanted is null) Lines(layout, "switch.ip").ShouldNotContain("type bond");
        else Lines(layout, "switch.ip").ShouldContain($"type bond mode {wanted} ");
    }

    [Fact]
    public void The_assumed_switch_answers_gateways_next_hops_and_ARP_targets_on_their_VLAN()
    {
        var layout = Files.Layout("""
            nics: {eth0: {}, eth1: {}}
            vlans: {eth0.80: {link: eth0, id: 80}, eth1.80: {link: eth1, id: 80}, eth0.81: {link: eth0, id: 81}}
            bonds: {bond0: {ports: [eth0.80, eth1.80], mode: active-backup, arp_interval: 100, arp_ip_target: [10.0.80.9]}}
            bridges:
              br80: {ports: [bond0], addresses: [10.0.80.2/25], gateway: 10.0.80.1}
              br81: {ports: [eth0.81], addresses: ["2001:db8::2/64"], gateway: "2001:db8::1"}
            routes: [{to: 10.9.0.0/16, via: 10.0.80.5}]

            """);

        Lines(layout, "switch.ip").ShouldContain("addr add 10.0.80.1/25 dev vlan80\naddr add 10.0.80.5/25 dev vlan80\naddr add 10.0.80.9/25 dev vlan80\n");
        Lines(layout, "switch.ip").ShouldContain("addr add 2001:db8::1/64 dev vlan81 nodad\n");
        Lines(layout, "switch.bridge").ShouldContain("vlan add dev host0.eth0 vid 80\nvlan add dev host0.eth0 vid 81\nvlan add dev host0.eth0 vid 1 pvid untagged\n");
    }

    [Fact]
    public void The_assumed_switch_takes_nobodys_name_and_nobodys_address()
    {
        var layout = Files.Layout(
            "host: switch\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5, addresses: [10.5.0.1/24], gateway: 10.5.0.2}, eth0.6: {link: eth0, id: 6, addresses: [10.6.0.1/24], gateway: 10.6.0.254}}\nguests: {switch-3: {}}\n",
            "nics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}, eth0.6: {link: eth0, id: 6}}\nbridges: {br5: {ports: [eth0.5]}, br6: {ports: [eth0.6], addresses: [10.6.0.3/24], gateway: 10.6.0.1}}\n"
                + "guests: {vm1: {nics: [{bridge: br5, addresses: [10.5.0.2/24]}, {bridge: br6, addresses: [10.5.0.1/24]}]}}\n",
            "nics: {eth0: {}}\ncabling: {eth0: {switch: switch-2}}\n");

        layout.Troubles.ShouldBeEmpty();
        layout.Boxes.Select(box => box.Name).ShouldBe(["switch-2", "switch-4"]);
        layout.Boxes[1].Addresses.Select(own => $"{own.Key} {string.Join(' ', own.Value)}").ShouldBe(["6 10.6.0.254/24"]);
        layout.Cords.Select(cord => cord.Member).ShouldBe(["switch-4", "switch-4", "switch-2"]);
    }

    [Fact]
    public void A_guest_leaves_the_VLAN_that_its_bridge_puts_new_ports_into_and_not_VLAN_1()
    {
        static string Of(string bridge, int vlan) => Lines(Files.Layout($"nics: {{eth0: {{}}}}\nbridges: {{br0: {{vlan_filtering: true, ports: [eth0]{bridge}}}}}\nguests: {{vm1: {{nics: [{{bridge: br0, vlan: {vlan}}}]}}}}\n"), "host0.bridge");

        Of("", 1).ShouldBe("vlan add dev vnet0 vid 1 pvid untagged\n");
        Of("", 7).ShouldBe("vlan del dev vnet0 vid 1\nvlan add dev vnet0 vid 7 pvid untagged\n");
        Of(", default_pvid: 0", 7).ShouldBe("vlan add dev vnet0 vid 7 pvid untagged\n");
        Of(", default_pvid: 5", 1).ShouldBe("vlan del dev vnet0 vid 5\nvlan add dev vnet0 vid 1 pvid untagged\n");
        Of(", default_pvid: 5", 5).ShouldBe("vlan add dev vnet0 vid 5 pvid untagged\n");
    }

    [Fact]
    public void A_guests_tap_has_libvirts_MAC_and_the_guest_a_route_by_the_switch()
    {
        var layout = Files.Layout(Files.Pair.Replace("version: 1\n", "", StringComparison.Ordinal));

        Lines(layout, "taps.ip").ShouldBe("link add name vnet0 mtu 9000 address fe:54:00:15:81:b2 netns hv1 type veth peer name eth0 mtu 9000 address 52:54:00:15:81:b2 netns web1\n");
        Lines(layout, "hv1.plug").ShouldBe("link set dev vnet0 addrgenmode none master br3082 up\n");
        Lines(layout, "web1.ip").ShouldEndWith("addr add 172.20.82.10/24 dev eth0\nroute add default via 172.20.82.1 dev eth0\n");
    }

    [Fact]
    public void A_link_between_switches_that_closes_a_loop_is_down_and_said()
    {
        var layout = Files.Layout("switches: {a: {}, b: {}, c: {}}\nlinks: [[a, b], [b, c], [c, a]]\n");

        layout.Trunks.Select(trunk => trunk.Up).ShouldBe([true, true, false]);
        layout.Notes.ShouldHaveSingleItem().ShouldContain("would close a loop");
    }

    [Fact]
    public void The_same_files_give_the_same_lab() =>
        Stage.Files(Files.Layout("nics: {eth0: {}}", "nics: {eth0: {}}"), ["true"], bare: false)
            .ShouldBe(Stage.Files(Files.Layout("nics: {eth0: {}}", "nics: {eth0: {}}"), ["true"], bare: false));

    [Fact]
    public void Two_of_one_name_and_names_that_would_leave_the_script_are_refused()
    {
        var twice = Layouts.Of([Files.Host("host: a\nnics: {eth0: {}}"), Files.Host("host: a\nnics: {eth0: {}}")]);
        var hostile = Layouts.Of([Files.Host("nics: {eth0: {}}", "x;reboot")]);
        var device = Layouts.Of([Files.Host("nics: {\"eth#0\": {}}")]);

        twice.Troubles.ShouldHaveSingleItem().ShouldContain("a is the name of two");
        hostile.Troubles.ShouldHaveSingleItem().ShouldContain("cannot be the name");
        device.Troubles.ShouldHaveSingleItem().ShouldContain("'eth#0'");
    }

    [Fact]
    public void A_guest_of_a_network_is_plugged_into_its_bridge_and_on_a_VLAN_aware_one_into_its_VLAN_alone()
    {
        var layout = Files.Layout("""
            nics: {eth0: {}, eth1: {}}
            bridges: {br0: {vlan_filtering: true, ports: [eth1]}}
            networks:
              vm: {link: eth0, vlan: 82, gateway: 10.0.82.1, addresses: [10.0.82.2/24]}
              storage: {link: br0, vlan: 81, mtu: 1400, gateway: 10.0.81.1, addresses: [10.0.81.2/24]}
              tenants: {link: br0, vlan: 200-209}
            guests:
              web1: {nics: [{network: vm, addresses: [10.0.82.5/24]}, {network: tenants, vlan: 201}]}
              db1: {nics: [{network: storage, addresses: [10.0.81.5/24]}]}

            """);

        Lines(layout, "host0.plug").ShouldBe("link set dev vnet0 addrgenmode none master br82 up\nlink set dev vnet1 addrgenmode none master br0 up\nlink set dev vnet2 addrgenmode none master br0 up\n");
        Lines(layout, "host0.bridge").ShouldBe("vlan del dev vnet1 vid 1\nvlan add dev vnet1 vid 201 pvid untagged\nvlan del dev vnet2 vid 1\nvlan add dev vnet2 vid 81 pvid untagged\n");
        Lines(layout, "web1.ip").ShouldContain("route add default via 10.0.82.1 dev eth0\n");
        Lines(layout, "db1.ip").ShouldContain("route add default via 10.0.81.1 dev eth0\n");
        Lines(layout, "switch.ip").ShouldContain("addr add 10.0.81.1/24 dev vlan81\n");
        foreach (var vlan in new[] { "82", "81", "200-209" }) Lines(layout, "switch.bridge").ShouldContain($"vlan add dev host0.eth0 vid {vlan}\n");
    }

    [Fact]
    public void Hosts_without_cabling_share_one_assumed_switch_that_carries_the_VLANs_of_all()
    {
        var layout = Files.Layout("nics: {eth0: {}}\nnetworks: {a: {link: eth0, vlan: 5}}\n", "nics: {eth0: {}}\nnetworks: {b: {link: eth0, vlan: 6}}\n");

        layout.Boxes.ShouldHaveSingleItem();
        foreach (var host in new[] { "host0", "host1" }) Lines(layout, "switch.bridge").ShouldContain($"vlan add dev {host}.eth0 vid 5\nvlan add dev {host}.eth0 vid 6\n");
    }

    [Fact]
    public void Two_guests_of_one_name_or_MAC_are_refused_and_the_two_are_named()
    {
        const string Host = "nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}\n";
        var names = Layouts.Of([Files.Host(Host + "guests: {web1: {}}", "a"), Files.Host(Host + "guests: {web1: {}}", "b")]);
        var macs = Layouts.Of([Files.Host(Host + "guests: {web1: {nics: [{bridge: br0, mac: \"52:54:00:00:00:01\"}]}}", "a"), Files.Host(Host + "guests: {web2: {nics: [{bridge: br0, mac: \"52:54:00:00:00:01\"}]}}", "b")]);
        var nics = Layouts.Of([Files.Host("nics: {eth0: {match: {mac: \"52:54:00:00:00:01\"}}}", "a"), Files.Host("nics: {eth0: {match: {mac: \"52:54:00:00:00:01\"}}}", "b")]);

        names.Troubles.ShouldHaveSingleItem().ShouldContain("web1 is the name of two");
        macs.Troubles.ShouldHaveSingleItem().ShouldBe("52:54:00:00:00:01 is the MAC of eth0 of web1 and of eth0 of web2, and frames for one would reach the other");
        nics.Troubles.ShouldHaveSingleItem().ShouldContain("eth0 of a and of eth0 of b");
    }

    [Fact]
    public void The_command_reaches_its_program_as_it_was_written() =>
        Stage.Files(Files.Layout("nics: {eth0: {}}"), ["echo", "it's $HOME; `id`"], bare: true)["stage"]
            .ShouldEndWith("exec $ip netns exec host0 'echo' 'it'\\''s $HOME; `id`'\n");
}
