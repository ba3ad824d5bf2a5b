// The MII monitor: it polls from the moment the bond opened, every 100 ms here, and all times follow from that.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class MiimonTests
{
    private static Rig With(string mode = BondLines.ActiveBackup, long updelay = 0, long downdelay = 0, long miimon = 100) =>
        new Rig(new(mode) { Miimon = miimon * VirtualTime.Millisecond, Updelay = updelay, Downdelay = downdelay }).Open();

    [Theory]
    [InlineData(510, 90)]
    [InlineData(550, 50)]
    [InlineData(580, 20)]
    public void An_outage_lasts_until_the_next_poll(long cut, long outage)
    {
        var rig = With();
        rig.Every(1, () => rig.SendIp());
        rig.RunTo(cut);
        rig.Cables[0].Break();
        rig.Run(500);
        rig.Longest(came => came.Type == Ethernet.Ip4).ShouldBeInRange(outage, outage + 1);
        rig[0].Failures.ShouldBe(1);
        rig.End();
    }

    [Theory]
    [InlineData(0, 600)]
    [InlineData(1, 700)]
    [InlineData(3, 900)]
    public void Downdelay_makes_it_longer_by_as_many_polls(long downdelay, long down)
    {
        var rig = With(downdelay: downdelay);
        rig.RunTo(550);
        rig.Cables[0].Break();
        rig.RunTo(down - 1);
        rig.Bond.Active.ShouldBe(rig[0], "it is sent into the dead port meanwhile");
        rig.RunTo(down);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.End();
    }

    [Fact]
    public void A_loss_that_ends_before_downdelay_is_none()
    {
        var rig = With(downdelay: 3);
        rig.RunTo(550);
        rig.Cables[0].Break();
        rig.RunTo(650);
        rig[0].Health.ShouldBe(Health.Failing);
        rig.Cables[0].Mend();
        rig.RunTo(2000);
        (rig[0].Health, rig[0].Failures, rig.Bond.Active).ShouldBe((Health.Up, 0, rig[0]));
        rig.End();
    }

    [Fact]
    public void A_loss_between_two_polls_is_not_seen_at_all()
    {
        var rig = With();
        rig.RunTo(510);
        rig.Cables[0].Break();
        rig.RunTo(590);
        rig.Cables[0].Mend();
        rig.RunTo(2000);
        (rig[0].Failures, rig.Bond.Active).ShouldBe((0, rig[0]));
        rig.End();
    }

    [Fact]
    public void Updelay_lets_a_port_wait_that_comes_back()
    {
        var rig = With(BondLines.Xor, updelay: 4);
        rig.RunTo(550);
        rig.Cables[1].Break();
        rig.RunTo(850);
        rig.Cables[1].Mend();
        rig.RunTo(1299);
        (rig[1].Health, rig.Bond.Usable.Length).ShouldBe((Health.Back, 1));
        rig.RunTo(1300);
        (rig[1].Health, rig.Bond.Usable.Length).ShouldBe((Health.Up, 2), "seen at 900 ms, and four polls later it has lasted");
        rig.End();
    }

    [Fact]
    public void Updelay_is_not_waited_for_where_nothing_else_is_up()
    {
        foreach (var mode in new[] { BondLines.ActiveBackup, BondLines.Xor, BondLines.Tlb })
        {
            var rig = With(mode, updelay: 50);
            rig.RunTo(550);
            rig.Cables[0].Break();
            rig.Cables[1].Break();
            rig.RunTo(850);
            rig.Cables[1].Mend();
            rig.RunTo(901);
            rig[1].Health.ShouldBe(Health.Up, mode);
            rig.Bond.HasCarrier.ShouldBeTrue(mode);
            rig.End();
        }
    }

    [Fact]
    public void Updelay_is_waited_for_by_round_robin_which_has_no_array_to_tell_that_nothing_is_up()
    {
        var rig = With(BondLines.RoundRobin, updelay: 5);
        rig.RunTo(550);
        rig.Cables[0].Break();
        rig.Cables[1].Break();
        rig.RunTo(850);
        rig.Cables[1].Mend();
        rig.RunTo(1399);
        rig[1].Health.ShouldBe(Health.Back);
        rig.RunTo(1400);
        rig[1].Health.ShouldBe(Health.Up);
        rig.End();
    }

    [Fact]
    public void A_port_whose_updelay_runs_is_taken_early_when_the_active_one_fails()
    {
        var rig = With(updelay: 50);
        rig.RunTo(550);
        rig.Cables[1].Break();
        rig.RunTo(650);
        rig.Cables[1].Mend();
        rig.RunTo(850);
        rig[1].Health.ShouldBe(Health.Back);
        rig.Cables[0].Break();
        rig.RunTo(900);
        (rig.Bond.Active, rig[1].Health).ShouldBe((rig[1], Health.Up));
        rig.End();
    }

    [Fact]
    public void The_bonds_carrier_goes_with_the_first_poll_that_finds_none_and_not_after_downdelay()
    {
        var rig = With(downdelay: 10);
        rig.RunTo(550);
        rig.Cables[0].Break();
        rig.Cables[1].Break();
        rig.RunTo(599);
        rig.Bond.HasCarrier.ShouldBeTrue();
        rig.RunTo(600);
        rig.Bond.HasCarrier.ShouldBeFalse();
        rig[0].Health.ShouldBe(Health.Failing);
        rig.End();
    }

    [Fact]
    public void Without_a_monitor_a_failure_is_never_found()
    {
        var rig = With(miimon: 0);
        rig.RunTo(500);
        rig.Cables[0].Break();
        rig.RunTo(10_000);
        rig.SendIp();
        rig.Run(1);
        (rig.Bond.Active, rig[0].Health, rig.Bond.HasCarrier).ShouldBe((rig[0], Health.Up, true));
        rig.Arrived.ShouldBeEmpty();
        rig.End();
    }

    [Fact]
    public void Without_a_monitor_the_array_still_follows_the_carrier()
    {
        var rig = With(BondLines.Xor, miimon: 0);
        rig.RunTo(500);
        rig.Cables[0].Break();
        for (var i = 0UL; i < 4; i++)
            rig.SendIp(Rig.FarMac + i);
        rig.Run(1);
        rig.PortsOf().ShouldBe([1, 1, 1, 1]);
        rig.End();
    }

    [Fact]
    public void A_closed_bond_polls_nothing_and_opening_it_starts_anew()
    {
        var rig = With();
        rig.RunTo(550);
        rig.Bond.Close();
        rig.Cables[0].Break();
        rig.RunTo(1225);
        rig.Bond.Active.ShouldBe(rig[0]);
        rig.Bond.Open();
        rig.Run(1);
        rig.Bond.Active.ShouldBe(rig[1], "the first poll is when it opens");
        rig.Cables[1].Break();
        rig.RunTo(1324);
        rig[1].Health.ShouldBe(Health.Up);
        rig.RunTo(1325);
        rig[1].Health.ShouldBe(Health.Down);
        rig.End();
    }

    [Fact]
    public void Changes_are_told_to_who_listens()
    {
        var rig = With(downdelay: 1);
        var told = new List<string>();
        rig.World.Listener = what => told.Add($"{what.At / VirtualTime.Millisecond} {what.Device.Name} {what.Did}");
        rig.RunTo(550);
        told.Clear();
        rig.Cables[0].Break();
        rig.RunTo(750);
        told.ShouldBe(["600 eth0 failing", "700 eth0 down", "700 bond0 active"]);
        rig.End();
    }
}
