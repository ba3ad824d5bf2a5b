// Which port is the active one: the first that is up, or the primary, or the one with the highest priority; and when another takes over.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class ElectionTests
{
    private static Rig With(string primary = "", PrimaryReselect reselect = PrimaryReselect.Always, long[]? prios = null, int ports = 2, long updelay = 0) =>
        new Rig(new(BondLines.ActiveBackup) { Miimon = 100 * VirtualTime.Millisecond, Primary = primary, PrimaryReselect = reselect, Updelay = updelay }, ports, i => new() { Prio = prios?[i] ?? 0 }).Open();

    private static void Flap(Rig rig, int port, long at)
    {
        rig.RunTo(at);
        rig.Cables[port].Break();
        rig.RunTo(at + 200);
        rig.Cables[port].Mend();
        rig.RunTo(at + 400);
    }

    [Fact]
    public void The_first_port_is_active_and_nothing_goes_back_to_it_by_itself()
    {
        var rig = With();
        rig.RunTo(450);
        rig.Bond.Active.ShouldBe(rig[0]);
        Flap(rig, 0, 450);
        (rig[0].Health, rig.Bond.Active).ShouldBe((Health.Up, rig[1]));
        Flap(rig, 1, 1050);
        rig.Bond.Active.ShouldBe(rig[0]);
        rig.End();
    }

    [Fact]
    public void A_primary_takes_over_again_when_it_is_back()
    {
        var rig = With(primary: "eth1");
        rig.RunTo(450);
        rig.Bond.Active.ShouldBe(rig[1]);
        Flap(rig, 1, 450);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig[0].IsInactive.ShouldBeTrue();
        rig.End();
    }

    [Fact]
    public void A_primary_waits_for_updelay_before_it_takes_over()
    {
        var rig = With(primary: "eth1", updelay: 5);
        rig.RunTo(750);
        rig.Cables[1].Break();
        rig.RunTo(850);
        rig.Cables[1].Mend();
        rig.RunTo(1399);
        rig.Bond.Active.ShouldBe(rig[0]);
        rig.RunTo(1400);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.End();
    }

    [Fact]
    public void Reselect_failure_leaves_a_primary_waiting_until_the_active_one_fails()
    {
        var rig = With(primary: "eth1", reselect: PrimaryReselect.Failure);
        rig.RunTo(450);
        rig.Bond.Active.ShouldBe(rig[1], "a primary that is new takes over once, whatever primary_reselect says");
        Flap(rig, 1, 450);
        rig.Bond.Active.ShouldBe(rig[0]);
        Flap(rig, 0, 1050);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.End();
    }

    [Theory]
    [InlineData(10_000, 0)]
    [InlineData(25_000, 1)]
    public void Reselect_better_takes_a_primary_back_only_where_it_is_faster(long rate, int active)
    {
        var rig = With(primary: "eth1", reselect: PrimaryReselect.Better);
        rig.Nics[1].Rate = rate;
        Flap(rig, 1, 450);
        rig.Bond.Active.ShouldBe(rig[active]);
        rig.End();
    }

    [Fact]
    public void The_highest_priority_is_active_and_takes_over_again()
    {
        var rig = With(prios: [0, 5, 9], ports: 3);
        rig.RunTo(450);
        rig.Bond.Active.ShouldBe(rig[2]);
        rig.Cables[2].Break();
        rig.RunTo(600);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.Cables[2].Mend();
        rig.RunTo(800);
        rig.Bond.Active.ShouldBe(rig[2]);
        rig.End();
    }

    [Fact]
    public void A_priority_counts_for_nothing_beside_a_primary_that_is_up()
    {
        var rig = With(primary: "eth0", prios: [0, 9]);
        Flap(rig, 1, 450);
        rig.Bond.Active.ShouldBe(rig[0]);
        rig.End();
    }

    [Fact]
    public void Whoever_asks_for_an_election_moves_the_role_to_the_first_port()
    {
        var rig = With(ports: 3);
        rig.RunTo(450);
        rig.Cables[0].Break();
        rig.RunTo(650);
        rig.Cables[0].Mend();
        rig.RunTo(850);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.Bond.Election.Select();
        rig.Bond.Active.ShouldBe(rig[0], "the active port is well, and another of the same priority stands before it");
        rig.End();
    }

    [Fact]
    public void Without_any_port_none_is_active()
    {
        var rig = With();
        rig.RunTo(450);
        foreach (var cable in rig.Cables)
            cable.Break();
        rig.RunTo(600);
        rig.Bond.Active.ShouldBeNull();
        rig.Bond.Ports.ShouldAllBe(port => port.IsBackup && port.IsInactive);
        rig.End();
    }
}
