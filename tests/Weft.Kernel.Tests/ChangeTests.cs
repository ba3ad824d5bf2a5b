// Changes to a host that lives: what must not be disturbed is not, and each way ends where a bare host ends.

using Weft.Apply;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class ChangeTests
{
    private const string Base = """
        host: kvm
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        vlans:
          bond0.100: {link: bond0, id: 100}
        bridges:
          br100: {ports: [bond0.100], addresses: [10.1.0.11/24, "2001:db8:1::11/64"], gateway: 10.1.0.1}
        guests:
          web1: {nics: [{bridge: br100, addresses: [10.1.0.100/24]}]}
        cabling:
          eth0: {switch: leaf, vlans: [100, 200]}
          eth1: {switch: leaf, vlans: [100, 200]}
        switches:
          leaf: {addresses: {100: 10.1.0.1/24}}

        """;

    /// <summary>A bridge that its last port leaves has no MAC, and is made anew for the VLAN on it. What was kept of its table is the file's own of before.</summary>
    [Fact]
    public void VLANs_that_left_the_file_do_not_come_back_with_a_bridge_that_is_made_anew()
    {
        var (before, after) = (LabRun.File("before.yaml", "host: kvm\nnics: {eth0: {}}\nbridges: {br0: {vlan_filtering: true, vlans: [100], ports: [eth0]}}\n"),
            LabRun.File("after.yaml", "host: kvm\nnics: {eth0: {}}\nvlans: {br0.5: {link: br0, id: 5}}\nbridges: {br0: {vlan_filtering: true}}\n"));
        var run = LabRun.Good(before, $$"""
            settle
            section before; bridge vlan show dev br0
            section apply; weft apply {{after}} 2>&1 || echo exit $?
            section after; bridge vlan show dev br0
            """);
        run.Section("before").ShouldContain("100");
        run.Section("apply").ShouldContain("Applied and verified");
        run.Section("after").ShouldNotContain("100");
    }

    [Fact]
    public void A_second_VLAN_and_bridge_disturb_nobody()
    {
        var file = LabRun.File("host.yaml", Base);
        var more = LabRun.File("more.yaml", Base.Replace("  bond0.100: {link: bond0, id: 100}\n", "  bond0.100: {link: bond0, id: 100}\n  bond0.200: {link: bond0, id: 200}\n", StringComparison.Ordinal)
            .Replace("guests:\n", "  br200: {ports: [bond0.200]}\nguests:\n", StringComparison.Ordinal));
        var run = LabRun.Good(file, $$"""
            settle
            changes() { for link in eth0 eth1 bond0 bond0.100 br100 vnet0; do echo "$link $(cat /sys/class/net/$link/carrier_changes)"; done; }
            changes >before
            ip netns exec web1 ping -i 0.01 -c 400 -W 1 10.1.0.1 >ping.log &
            ping=$!
            while [ "$(grep -c icmp_seq ping.log)" -lt 50 ]; do sleep 0.05; done
            weft apply {{more}}
            wait $ping || true
            section ping; tail -n 3 ping.log
            section changes; changes >after; diff before after
            section new; ip -br link show br200; ip -d link show bond0.200
            """);
        run.Section("ping").ShouldContain("400 packets transmitted, 400 received");
        run.Section("changes").ShouldBe("");
        run.Section("new").ShouldContain("id 200");
        run.Section("new").ShouldContain("master br200");
    }

    /// <summary>The same in another mode; the cables stay as they are.</summary>
    private static readonly string Lacp = Base.Replace("active-backup, miimon: 100", "802.3ad, lacp_rate: fast", StringComparison.Ordinal)
        .Replace("bonds:\n", "bonds:\n  # weft: allow lacp-without-partner because what is tried is the change\n", StringComparison.Ordinal);

    public static TheoryData<string, string, string> Ways => new()
    {
        { "the mode of a live bond under VLAN and bridge", Base, Lacp },
        { "and back", Lacp, Base },
        { "a port leaves and its NIC stays declared", Base, Base.Replace("ports: [eth0, eth1]", "ports: [eth1]", StringComparison.Ordinal) },
        { "a port and its NIC leave", Base, Base.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal).Replace(", eth1: {}", "", StringComparison.Ordinal).Replace("  eth1: {switch: leaf, vlans: [100, 200]}\n", "", StringComparison.Ordinal) },
        { "a VLAN gets another id", Base, Base.Replace("id: 100}", "id: 200}", StringComparison.Ordinal) },
        { "MTUs rise", Base, Base.Replace("miimon: 100}", "miimon: 100, mtu: 9000}", StringComparison.Ordinal) },
        { "MTUs fall", Base.Replace("miimon: 100}", "miimon: 100, mtu: 9000}", StringComparison.Ordinal), Base },
        { "the monitor changes", Base, Base.Replace("miimon: 100", "arp_interval: 200, arp_ip_target: [10.1.0.1]", StringComparison.Ordinal) },
        { "the address moves from a NIC to a bridge", Base[..Base.IndexOf("bonds:", StringComparison.Ordinal)].Replace("eth0: {}", "eth0: {addresses: [10.1.0.11/24], gateway: 10.1.0.1}", StringComparison.Ordinal), Base },
        { "the addresses change", Base, Base.Replace("10.1.0.11/24", "10.1.0.12/24, 10.1.0.13/24", StringComparison.Ordinal) },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_host_that_changed_is_as_a_bare_host_would_be(string way, string from, string to)
    {
        way.ShouldNotBeEmpty();
        EndsTheSame(from, to);
    }

    [Fact]
    public void The_stacking_turned_round_and_back_ends_as_on_a_bare_host()
    {
        var (one, three) = (System.IO.File.ReadAllText(LabRun.Example("kvm-10gbe")), System.IO.File.ReadAllText(LabRun.Example("vlan-under-bond")));
        EndsTheSame(one, three);
        EndsTheSame(one, three, one);
    }

    /// <summary>Applies files one after another, and the last alone on a bare host; both must end the same, with nothing left to do.</summary>
    private static void EndsTheSame(params string[] files)
    {
        using var walked = new BareHost("walked", "eth0", "eth1");
        foreach (var file in files)
            walked.Apply(file).Ending.ShouldBe(Ending.Applied);
        using var bare = new BareHost("bare", "eth0", "eth1");
        bare.Apply(files[^1]).Ending.ShouldBe(Ending.Applied);
        walked.Plan(files[^1]).Steps.ShouldBeEmpty();
        Assert.Equal(bare.Facts(), walked.Facts());
    }

    [Fact]
    public void What_somebody_plugged_into_a_bridge_stays_there()
    {
        var file = LabRun.File("host.yaml", Base);
        var changed = LabRun.File("changed.yaml", Base.Replace("miimon: 100", "miimon: 200", StringComparison.Ordinal).Replace("gateway: 10.1.0.1", "gateway: 10.1.0.1, mtu: 1400", StringComparison.Ordinal));
        var run = LabRun.Good(file, $"ip link add tap7 type veth peer name tap7x; ip link set tap7 master br100 up; weft apply {changed}; section ports; ip -br link show master br100; section mtu; cat /sys/class/net/br100/mtu");
        foreach (var port in new[] { "tap7", "vnet0", "bond0.100" })
            run.Section("ports").ShouldContain(port);
        run.Section("mtu").ShouldBe("1400");
    }

    [Fact]
    public void Links_that_only_carry_frames_never_speak_IPv6_and_new_links_do_as_before()
    {
        var file = LabRun.File("host.yaml", Base);
        var run = LabRun.Good(file, $$"""
            ip -6 monitor address >monitor.log & monitor=$!
            until grep -q . /proc/$monitor/wchan 2>/dev/null; do sleep 0.05; done; sleep 0.3
            ok weft apply {{file}}
            settle
            kill $monitor
            section heard; cat monitor.log
            section off; for link in eth0 eth1 bond0 bond0.100 br100 default; do echo "$link $(cat /proc/sys/net/ipv6/conf/$link/disable_ipv6)"; done
            """, bare: true);
        run.Section("off").Split('\n').ShouldBe(["eth0 1", "eth1 1", "bond0 1", "bond0.100 1", "br100 0", "default 0"]);
        run.Section("heard").ShouldContain("2001:db8:1::11/64");
        run.Section("heard").Split('\n').Where(line => line.Contains("eth", StringComparison.Ordinal) || line.Contains("bond", StringComparison.Ordinal))
            .Where(line => !line.StartsWith("Deleted", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
