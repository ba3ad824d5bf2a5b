// balance-tlb, and what balance-alb has in common with it: who sends what by load, from which MAC, and what a failover does to the MACs.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class BalancingTests
{
    private static Rig With(string mode, BondOptions? options = null, int ports = 2) =>
        new((options ?? new BondOptions(mode)) with { Mode = mode, Miimon = 100 * VirtualTime.Millisecond }, ports, macs: i => Rig.HostMac + (ulong)i);

    private static Rig Ready(string mode, BondOptions? options = null, int ports = 2)
    {
        var rig = With(mode, options, ports).Open();
        rig.RunTo(550);
        rig.Arrived.Clear();
        return rig;
    }

    [Theory]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void Each_kind_of_frame_takes_the_port_with_most_room_and_stays_there(string mode)
    {
        var rig = Ready(mode);
        // The first kind goes to the first port; emptying the table then charges it with what it sent.
        for (var i = 0; i < 1000; i++)
            rig.SendIp(Rig.FarMac, Rig.FarIp);
        rig.RunTo(11_000);
        rig.Arrived.Clear();
        rig.SendIp(Rig.FarMac, Rig.FarIp);
        rig.SendIp(Rig.FarMac + 1, Rig.FarIp + 1);
        rig.SendIp(Rig.FarMac, Rig.FarIp);
        rig.SendIp(Rig.FarMac + 1, Rig.FarIp + 1);
        rig.Run(1);
        rig.PortsOf().ShouldBe([0, 1, 0, 1], "the heavy one is on the first port, and so the other takes the second");
        rig.End();
    }

    [Fact]
    public void A_faster_port_takes_every_kind_until_it_is_loaded()
    {
        var rig = Ready(BondLines.Tlb);
        rig.Nics[1].Rate = 25_000;
        for (var i = 0UL; i < 8; i++)
            rig.SendIp(Rig.FarMac + i);
        rig.Run(1);
        rig.PortsOf().ShouldAllBe(port => port == 1);
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void A_port_that_is_not_active_sends_from_its_own_mac_whosever_the_frame_was(string mode)
    {
        var rig = Ready(mode);
        rig.Nics[1].Rate = 25_000;
        rig.SendIp(from: 0x5254_0000_0001);
        rig.Run(1);
        (rig.Arrived[^1].Port, rig.Arrived[^1].From).ShouldBe((1, Rig.HostMac + 1));
        rig.SendIp(Ethernet.Broadcast, from: 0x5254_0000_0001);
        rig.Run(1);
        (rig.Arrived[^1].Port, rig.Arrived[^1].From).ShouldBe((0, 0x5254_0000_0001UL), "a broadcast is not balanced, and the active port leaves the source as it is");
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.Tlb, 0)]
    [InlineData(BondLines.Alb, 1)]
    public void A_multicast_is_balanced_by_alb_only(string mode, int port)
    {
        var rig = Ready(mode);
        rig.Nics[1].Rate = 25_000;
        rig.SendIp(0x0100_5e00_0005, 0xe0000005);
        rig.Run(1);
        rig.PortsOf()[^1].ShouldBe(port);
        rig.SendIp(0x0100_5e00_0016, 0xe0000016, protocol: 2);
        rig.Run(1);
        rig.PortsOf()[^1].ShouldBe(0, "memberships are not");
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void Without_tlb_dynamic_lb_the_hash_chooses(string mode)
    {
        var rig = Ready(mode, new(mode) { TlbDynamicLb = false });
        for (var i = 0UL; i < 4; i++)
            rig.SendIp(Rig.FarMac + i, Rig.FarIp);
        rig.Run(1);
        rig.PortsOf().ShouldBe([0, 1, 0, 1]);
        rig.Arrived.Clear();
        rig.Cables[1].Break();
        rig.SendIp(Rig.FarMac + 1);
        rig.Run(1);
        rig.PortsOf().ShouldBe([0], "the array follows the carrier at once");
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void A_failure_of_the_active_port_is_an_outage_until_the_next_poll(string mode)
    {
        var rig = Ready(mode);
        rig.Every(1, () => rig.SendIp(Ethernet.Broadcast, 0x0a0000ff));
        rig.RunTo(1030);
        rig.Cables[0].Break();
        rig.RunTo(2000);
        rig.Longest(came => came.Type == Ethernet.Ip4).ShouldBeInRange(70, 71);
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void A_failover_gives_the_new_active_port_the_bonds_mac_and_the_switch_learns_it(string mode)
    {
        var rig = Ready(mode);
        rig.Nics[0].Mac.ShouldBe(Rig.HostMac);
        rig.RunTo(1030);
        rig.Cables[0].Break();
        rig.Arrived.Clear();
        rig.RunTo(1150);
        rig.Nics.Select(nic => nic.Mac).ShouldBe([Rig.HostMac + 1, Rig.HostMac]);
        rig.Arrived.ShouldContain(came => came.At / VirtualTime.Millisecond == 1100 && came.Port == 1 && came.Type == Ethernet.Loopback && came.To == Rig.HostMac && came.From == Rig.HostMac);
        rig.Bond.Mac.ShouldBe(Rig.HostMac);
        rig.Cables[0].Mend();
        rig.RunTo(1600);
        rig.Nics.Select(nic => nic.Mac).ShouldBe([Rig.HostMac + 1, Rig.HostMac], "and stay so while no other is elected");
        rig.End();
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(5, 2)]
    public void Learning_packets_leave_every_port_every_lp_interval(long interval, int count)
    {
        var rig = Ready(BondLines.Tlb, new(BondLines.Tlb) { LpInterval = interval });
        rig.RunTo(10_550);
        for (var port = 0; port < 2; port++)
            rig.Arrived.Count(came => came.Port == port && came.Type == Ethernet.Loopback && came.From == Rig.HostMac + (ulong)port && came.To == came.From).ShouldBe(count);
        rig.End();
    }

    /// <summary>alb_upper_dev_walk: of those above a VLAN with its tag, and with balance-alb only when a MAC moves.</summary>
    [Theory]
    [InlineData(BondLines.Tlb, 1)]
    [InlineData(BondLines.Alb, 0)]
    public void Learning_packets_say_where_macvlans_are_at_the_active_port(string mode, int each)
    {
        var rig = With(mode);
        var vlan = new VlanDev(rig.Host, "bond0.5", 200, rig.Bond, 5, isService: false) { FollowsMac = true };
        vlan.StartWith(Rig.HostMac);
        new MacvlanDev(rig.Host, "one", 201, rig.Bond, "bridge").StartWith(0x0200_0000_0801);
        new MacvlanDev(rig.Host, "two", 202, vlan, "bridge").StartWith(0x0200_0000_0802);
        rig.Bond.Receiver = null;
        rig.Open();
        rig.RunTo(500);
        rig.Arrived.Clear();
        rig.RunTo(1500);
        (int, int)[] Of(ulong mac) => [.. rig.Arrived.Where(came => came.Type == Ethernet.Loopback && came.From == mac).Select(came => (came.Port, came.Tag))];
        Of(0x0200_0000_0801).ShouldBe(Enumerable.Repeat((0, Frame.NoTag), each));
        Of(0x0200_0000_0802).ShouldBe(Enumerable.Repeat((0, 5), each));
        rig.Cables[0].Break();
        rig.RunTo(1650);
        Of(0x0200_0000_0801).ShouldBe([.. Enumerable.Repeat((0, Frame.NoTag), each), (1, Frame.NoTag)], "and at once where the bond's MAC goes");
        rig.Bond.Close();
        rig.End();
    }

    [Fact]
    public void Learning_packets_leave_with_the_tag_of_every_vlan_on_the_bond_and_its_mac()
    {
        var rig = With(BondLines.Tlb);
        var follower = new VlanDev(rig.Host, "bond0.5", 200, rig.Bond, 5, isService: false) { FollowsMac = true };
        var own = new VlanDev(rig.Host, "bond0.6", 201, rig.Bond, 6, isService: false);
        own.StartWith(0x02_66);
        _ = new VlanDev(rig.Host, "bond0.6.7", 202, own, 7, isService: false);
        follower.StartWith(Rig.HostMac);
        rig.Open();
        rig.RunTo(1050);
        rig.Arrived.Where(came => came.Type == Ethernet.Loopback && came.Millisecond is > 800 and < 1050).Select(came => (came.Port, came.Tag, came.From)).ShouldBe([
            (0, Frame.NoTag, Rig.HostMac), (0, 5, Rig.HostMac), (0, 6, 0x02_66UL), (1, Frame.NoTag, Rig.HostMac + 1), (1, 5, Rig.HostMac + 1), (1, 6, 0x02_66UL)]);
        rig.End();
    }

    [Fact]
    public void Without_balancing_by_load_nobody_sends_learning_packets_in_tlb()
    {
        var rig = Ready(BondLines.Tlb, new(BondLines.Tlb) { TlbDynamicLb = false });
        rig.RunTo(5000);
        rig.Arrived.ShouldBeEmpty();
        rig.End();
    }

    [Fact]
    public void A_bond_whose_mac_no_port_has_gives_it_to_the_active_one()
    {
        var rig = new Rig(new(BondLines.Alb) { Miimon = 100 * VirtualTime.Millisecond }, bondMac: 0x02_99, macs: i => Rig.HostMac + (ulong)i).Open();
        rig.RunTo(550);
        rig.Nics.Select(nic => nic.Mac).ShouldBe([0x02_99UL, Rig.HostMac + 1]);
        rig.Bond.SetMac(Rig.HostMac + 1);
        rig.Nics.Select(nic => nic.Mac).ShouldBe([Rig.HostMac + 1, 0x02_99UL], "a MAC that another port has is swapped for");
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void The_first_active_port_takes_the_bonds_mac_from_the_port_that_has_it(string mode)
    {
        var rig = Ready(mode, new(mode) { Primary = "eth1" });
        rig.Nics.Select(nic => nic.Mac).ShouldBe([Rig.HostMac + 1, Rig.HostMac], "no MAC is there twice");
        rig.End();
    }

    [Fact]
    public void A_port_of_unknown_speed_is_kept_down()
    {
        var rig = With(BondLines.Tlb);
        rig.Nics[0].Rate = 0;
        rig.Open();
        rig.RunTo(550);
        (rig[0].Health, rig.Bond.Active).ShouldBe((Health.Down, rig[1]));
        rig.End();
    }
}
