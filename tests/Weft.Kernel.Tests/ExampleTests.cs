// The examples come up on a real kernel and do what they promise; and what Weft says of them brings up their like.

using System.Globalization;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class ExampleTests
{
    public static TheoryData<string> Examples => ["kvm-10gbe", "kvm-active-backup", "vlan-under-bond", "three-vlans", "networks"];

    [Theory]
    [MemberData(nameof(Examples))]
    public void After_an_apply_the_plan_is_empty_and_what_show_prints_makes_the_same_host_of_a_bare_one(string example)
    {
        var file = LabRun.Example(example);
        var run = LabRun.Good(file, $"settle; weft plan {file}; weft plan --exit-code {file}; weft diff {file}; dump; section file; weft show --file");
        run.Output.ShouldContain("Nothing to do");

        var shown = LabRun.File("shown.yaml", run.Section("file") + "\n");
        var copy = LabRun.Good(file, $"ok weft check {shown}; ok weft apply {shown}; settle; dump; section again; weft plan --exit-code {shown}", bare: true);
        Assert.Equal(HostFacts.Of(run), HostFacts.Of(copy));
    }

    [Fact]
    public void With_LACP_both_ports_are_in_one_aggregator_and_collect_and_distribute_on_both_sides()
    {
        var run = LabRun.Good(LabRun.Example("kvm-10gbe"), """
            settle
            section host; ip -j -d link show type bond_slave
            section switch; ip -n leaf-a -j -d link show type bond_slave
            section guest; ip netns exec web1 ping -c 2 -W 2 172.20.80.1
            ip netns exec web1 ping -c 2 -W 2 172.20.80.11
            section jumbo; ip addr add 10.9.9.1/24 dev bond0; ip -d link show bond0
            """);
        foreach (var side in new[] { "host", "switch" })
        {
            var ports = HostFacts.Items(run.Section(side)).Select(item => item["linkinfo"]!["info_slave_data"]!).ToList();
            ports.Count.ShouldBe(2);
            ports.Select(port => (int)port["ad_aggregator_id"]!).Distinct().Count().ShouldBe(1);
            // The host asks for fast LACPDUs (bit 1), the switch does not: 63 is ours, 61 the partner's.
            var (mine, theirs) = side == "host" ? (63, 61) : (61, 63);
            ports.ShouldAllBe(port => (int)port["ad_actor_oper_port_state"]! == mine && (int)port["ad_partner_oper_port_state"]! == theirs);
        }
        run.Section("guest").ShouldContain(" 0% packet loss");
        run.Section("jumbo").ShouldContain("mtu 9000");
    }

    [Fact]
    public void Over_two_uplinks_everything_goes_over_the_other_when_a_cable_is_out()
    {
        var run = LabRun.Good(LabRun.Example("two-uplinks"), """
            settle
            ip -n leaf-a addr add 203.0.113.9/32 dev lo; ip -n leaf-b addr add 203.0.113.9/32 dev lo
            section both; for i in 1 2 3 4 5 6 7 8; do ip route get 203.0.113.9 ipproto tcp sport $((1000 + i)) dport 80; done; ping -c 2 -W 2 203.0.113.9
            weft lab cable pull eth0
            section one; for i in 1 2 3 4 5 6 7 8; do ip route get 203.0.113.9 ipproto tcp sport $((1000 + i)) dport 80; done; ping -c 2 -W 2 203.0.113.9
            weft diff two-uplinks.yaml || true
            weft lab cable plug eth0
            settle
            section again; ip -j route show default
            """.Replace("two-uplinks.yaml", LabRun.Example("two-uplinks"), StringComparison.Ordinal));
        run.Section("one").ShouldContain("dev eth1");
        run.Section("one").ShouldNotContain("dev eth0");
        run.Section("one").ShouldContain(" 0% packet loss");
        run.Section("both").ShouldContain(" 0% packet loss");
        HostFacts.Items(run.Section("again")).Single()["nexthops"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void The_other_way_round_each_bond_lives_on_its_own_VLANs_and_both_answer()
    {
        var run = LabRun.Good(LabRun.Example("vlan-under-bond"), """
            settle
            ip netns exec web1 ping -c 2 -W 2 172.20.80.1
            ip netns exec web1 ping -c 2 -W 2 172.22.88.1
            ping -c 2 -W 2 172.22.88.1
            section bonds; cat /proc/net/bonding/bond0 /proc/net/bonding/bond1
            """);
        run.Output.Split(" 0% packet loss").Length.ShouldBe(4, run.Output);
        run.Section("bonds").ShouldContain("Slave Interface: eth1.2288");
        run.Section("bonds").ShouldContain("ARP Polling Interval (ms): 100");
    }

    [Fact]
    public void Guests_reach_each_other_and_their_gateways_and_nobody_reaches_a_VLAN_that_is_not_his()
    {
        var run = LabRun.Good(LabRun.Example("three-vlans"), """
            settle
            section reach
            for way in "one 192.168.200.1" "one 192.168.200.22" "two 192.168.200.1" "two 192.168.200.21" "two 192.168.30.1"; do
              set -- $way; ip netns exec $1 ping -c 2 -W 2 $2
            done
            ping -c 2 -W 2 192.168.100.1
            section isolated
            ip -n one addr add 192.168.30.99/24 dev eth0
            for target in 192.168.30.22 192.168.30.1; do ip netns exec one ping -c 2 -W 1 $target || true; done
            """);
        run.Section("reach").Split(" 0% packet loss").Length.ShouldBe(7, run.Output);
        run.Section("isolated").Split(" 100% packet loss").Length.ShouldBe(3, run.Output);
    }

    [Theory]
    [InlineData("kvm-active-backup", 15)]
    [InlineData("kvm-10gbe", 3)]
    public void A_cable_is_pulled_and_the_guests_ping_goes_on(string example, int most)
    {
        var lost = new List<int>();
        for (var attempt = 0; attempt < 3 && (lost.Count == 0 || lost.Min() > most); attempt++)
        {
            var run = LabRun.Good(LabRun.Example(example), """
                settle
                ip netns exec web1 ping -c 2 -W 2 172.20.80.1 >/dev/null
                ip netns exec web1 ping -i 0.01 -c 300 -W 1 172.20.80.1 >ping.log &
                ping=$!
                while [ "$(grep -c icmp_seq ping.log)" -lt 60 ]; do sleep 0.05; done
                ip -n leaf-a link set $WEFT_LAB_HOST.eth0 down
                section carrier; cat /sys/class/net/eth0/carrier
                wait $ping || true
                section ping; tail -n 3 ping.log
                """);
            run.Section("carrier").ShouldBe("0");
            var words = run.Section("ping").Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries);
            var sent = int.Parse(words[Array.IndexOf(words, "packets") - 1], CultureInfo.InvariantCulture);
            var received = int.Parse(words[Array.IndexOf(words, "received") - 1], CultureInfo.InvariantCulture);
            sent.ShouldBe(300);
            lost.Add(sent - received);
        }
        lost.Min().ShouldBeLessThanOrEqualTo(most, $"lost {string.Join(", ", lost)}");
    }
}
