// What goes with a failover: MACs, notices to the neighbours, and memberships that are reported again.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Change = Weft.Twin.Packets.Links.Change;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class FailoverTests
{
    private static readonly BondOptions Plain = new(BondLines.ActiveBackup) { Miimon = 100 * VirtualTime.Millisecond };

    private static (Rig Rig, Listening Above) With(BondOptions options, Func<int, ulong>? macs = null)
    {
        var rig = new Rig(options, macs: macs);
        var above = new Listening(rig.Host);
        rig.Bond.Uppers.Add(above);
        rig.Open();
        rig.RunTo(550);
        return (rig, above);
    }

    private static void Fail(Rig rig)
    {
        rig.Cables[0].Break();
        rig.RunTo(650);
        rig.Bond.Active.ShouldBe(rig[1]);
    }

    [Fact]
    public void All_ports_have_the_bonds_mac_and_nothing_moves()
    {
        var (rig, above) = With(Plain);
        Fail(rig);
        rig.Nics.ShouldAllBe(nic => nic.Mac == Rig.HostMac);
        above.Count(Change.Address).ShouldBe(0);
        rig.Bond.SetMac(0x02_77);
        rig.Nics.ShouldAllBe(nic => nic.Mac == 0x02_77);
        rig.End();
    }

    [Fact]
    public void Fail_over_mac_active_gives_the_bond_the_new_ports_mac()
    {
        var (rig, above) = With(Plain with { FailOverMac = FailOverMac.Active }, i => 0x02_50UL + (ulong)i);
        rig.Bond.Mac.ShouldBe(0x02_50UL);
        Fail(rig);
        rig.Bond.Mac.ShouldBe(0x02_51UL);
        rig.Nics.Select(nic => nic.Mac).ShouldBe([0x02_50UL, 0x02_51UL]);
        above.Heard.ShouldContain((600L, Change.Address));
        rig.Bond.SetMac(0x02_77);
        rig.Bond.Mac.ShouldBe(0x02_51UL, "nobody sets it then");
        rig.End();
    }

    [Fact]
    public void Fail_over_mac_follow_swaps_the_two_ports_macs_and_keeps_the_bonds()
    {
        var (rig, above) = With(Plain with { FailOverMac = FailOverMac.Follow }, i => Rig.HostMac + (ulong)i);
        Fail(rig);
        rig.Bond.Mac.ShouldBe(Rig.HostMac);
        rig.Nics.Select(nic => nic.Mac).ShouldBe([Rig.HostMac + 1, Rig.HostMac]);
        above.Count(Change.Address).ShouldBe(0);
        rig.End();
    }

    [Fact]
    public void The_first_active_port_is_given_the_bonds_mac_where_the_bonds_is_its_own()
    {
        var (rig, _) = With(Plain with { FailOverMac = FailOverMac.Follow }, i => 0x02_50UL + (ulong)i);
        rig.Nics[0].Mac.ShouldBe(Rig.HostMac);
        rig.End();
    }

    [Theory]
    [InlineData(0, 0, new long[0])]
    [InlineData(1, 0, new long[] { 600 })]
    [InlineData(3, 0, new long[] { 600, 700 })]
    [InlineData(3, 2, new long[] { 600, 700, 900 })]
    [InlineData(3, 3, new long[] { 600, 800, 1100 })]
    public void Notices_to_the_neighbours_are_counted_by_the_poll_that_found_the_failure_too(long count, long delay, long[] at)
    {
        var (rig, above) = With(Plain with { NumGratArp = count, PeerNotifDelay = delay });
        rig.RunTo(10_550);
        above.Heard.Clear();
        rig.Cables[0].Break();
        rig.RunTo(13_000);
        above.Heard.Where(heard => heard.Change == Change.NotifyPeers).Select(heard => heard.At - 10_000).ShouldBe(at);
        rig.End();
    }

    [Theory]
    [InlineData(1, new long[0])]
    [InlineData(2, new long[] { 800 })]
    public void A_notice_is_lost_where_the_bond_had_no_carrier(long count, long[] at)
    {
        var (rig, above) = With(Plain with { NumGratArp = count });
        foreach (var cable in rig.Cables)
            cable.Break();
        rig.RunTo(650);
        above.Heard.Clear();
        rig.Cables[1].Mend();
        rig.RunTo(2000);
        above.Heard.Where(heard => heard.Change == Change.NotifyPeers).Select(heard => heard.At).ShouldBe(at, "up at 700 ms, and its carrier came only after that");
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.RoundRobin)]
    [InlineData(BondLines.Xor)]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void Other_modes_notify_nobody(string mode)
    {
        var (rig, above) = With(Plain with { Mode = mode, NumGratArp = 5 }, i => Rig.HostMac + (ulong)i);
        rig.Cables[0].Break();
        rig.RunTo(3000);
        above.Count(Change.NotifyPeers).ShouldBe(0);
        rig.End();
    }

    [Fact]
    public void A_notice_goes_on_through_the_vlans_above()
    {
        var rig = new Rig(Plain);
        var outer = new VlanDev(rig.Host, "bond0.5", 200, rig.Bond, 5, isService: false);
        var inner = new VlanDev(rig.Host, "bond0.5.6", 201, outer, 6, isService: false);
        var above = new Listening(rig.Host);
        inner.Uppers.Add(above);
        rig.Open();
        outer.Open();
        inner.Open();
        rig.RunTo(550);
        above.Heard.Clear();
        Fail(rig);
        above.Count(Change.NotifyPeers).ShouldBe(1);
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.ActiveBackup, 3, new long[] { 600, 800, 1000 })]
    [InlineData(BondLines.Tlb, 1, new long[] { 600 })]
    [InlineData(BondLines.RoundRobin, 2, new long[] { 600, 800 })]
    [InlineData(BondLines.Xor, 2, new long[0])]
    [InlineData(BondLines.ActiveBackup, 0, new long[0])]
    public void Memberships_are_reported_again_a_moment_after_it(string mode, long count, long[] at)
    {
        var (rig, above) = With(Plain with { Mode = mode, ResendIgmp = count }, i => Rig.HostMac + (ulong)i);
        rig.RunTo(550);
        above.Heard.Clear();
        rig.Cables[0].Break();
        rig.RunTo(3000);
        above.Heard.Where(heard => heard.Change == Change.ResendIgmp).Select(heard => heard.At).ShouldBe(at);
        rig.End();
    }
}
