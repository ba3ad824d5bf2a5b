// Frames that go round, and frames that do not.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;
using Weft.Twin.Tests.Packets.Stacks;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class StormTests
{
    [Fact]
    public void Two_cables_between_two_bridges_without_stp_are_a_storm_and_both_are_named()
    {
        var town = new Town();
        var (one, two) = (town.Add(new()), town.Add(new()));
        town.Join(one, two);
        town.Join(one, two);
        var guest = town.AddGuest(one);
        town.Open();
        town.Say(guest, Ethernet.Broadcast);
        town.World.Time.RunUntil(VirtualTime.Second).ShouldBeFalse();
        town.World.IsStorming.ShouldBeTrue();
        town.World.Time.Now.ShouldBeLessThan(VirtualTime.Millisecond);
        town.World.Storms.Circle.Select(port => port.Bridge.Name).Order().ShouldBe(["br1", "br2"]);
        town.Told.Single(told => told.Did == "storm").Why.ShouldContain("of b1 into br1");
    }

    /// <summary>Each bridge makes several frames of one: it is seen before they fill the memory.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(8)]
    public void Where_frames_become_more_and_more_it_is_seen_early(int cables)
    {
        var town = new Town();
        var (one, two) = (town.Add(new()), town.Add(new()));
        for (var i = 0; i < cables; i++)
            town.Join(one, two);
        var guest = town.AddGuest(two);
        town.Open();
        town.Say(guest, Ethernet.Broadcast);
        town.World.Time.RunUntil(VirtualTime.Second).ShouldBeFalse();
        town.World.IsStorming.ShouldBeTrue();
        town.World.Frames.Out.ShouldBeLessThan(50_000);
    }

    [Fact]
    public void A_ring_of_five_names_all_five_and_not_the_bridge_beside_it()
    {
        var town = new Town();
        for (var i = 0; i < 6; i++)
            town.Add(new());
        for (var i = 0; i < 5; i++)
            town.Join(town.Bridges[i], town.Bridges[(i + 1) % 5]);
        town.Join(town.Bridges[2], town.Bridges[5]);
        var guest = town.AddGuest(town.Bridges[5]);
        town.Open();
        town.Say(guest, Ethernet.Broadcast);
        town.World.Time.RunUntil(VirtualTime.Second).ShouldBeFalse();
        town.World.Storms.Circle.Select(port => port.Bridge.Name).Order().ShouldBe(["br1", "br2", "br3", "br4", "br5"]);
    }

    [Fact]
    public void A_ring_with_a_spanning_tree_is_none()
    {
        var town = new Town();
        for (var i = 0; i < 4; i++)
            town.Add(new() { Stp = true });
        for (var i = 0; i < 4; i++)
            town.Join(town.Bridges[i], town.Bridges[(i + 1) % 4]);
        var guest = town.AddGuest(town.Bridges[0]);
        town.Open();
        for (var i = 0; i < 100; i++)
        {
            town.Say(guest, Ethernet.Broadcast);
            town.Wait(VirtualTime.Second);
        }
        town.World.IsStorming.ShouldBeFalse();
    }

    /// <summary>Frames that wait somewhere are no sign of a storm: only one that came through more bridges than any path has is looked at.</summary>
    [Fact]
    public void Frames_that_wait_for_an_address_are_no_crowd()
    {
        var town = new Town();
        for (var i = 0; i < 6; i++)
            town.Add(new());
        for (var i = 0; i < 6; i++)
            town.Join(town.Bridges[i], town.Bridges[(i + 1) % 6]);
        var guest = town.AddGuest(town.Bridges[0]);
        town.Open();
        for (var i = 0; i < 5000; i++)
            town.World.Frames.Rent();
        town.Say(guest, Ethernet.Broadcast);
        town.World.Time.RunUntil(12 * VirtualTime.Microsecond).ShouldBeTrue();
        town.World.IsStorming.ShouldBeFalse("it went round twice");
        town.World.Time.RunUntil(VirtualTime.Second).ShouldBeFalse();
        town.World.IsStorming.ShouldBeTrue();
    }

    [Fact]
    public void Two_that_answer_each_other_over_more_bridges_than_any_path_has_are_none()
    {
        var town = new Town();
        for (var i = 0; i < StormWatch.Many + 6; i++)
            town.Add(new());
        for (var i = 1; i < town.Bridges.Count; i++)
            town.Join(town.Bridges[i - 1], town.Bridges[i]);
        var (one, other) = (town.AddGuest(town.Bridges[0]).At("10.0.0.1/24"), town.AddGuest(town.Bridges[^1]).At("10.0.0.2/24"));
        town.Open();
        var (there, back) = (one.Machine.Pings("10.0.0.2"), other.Machine.Pings("10.0.0.1"));
        town.Wait(10 * VirtualTime.Second).World.IsStorming.ShouldBeFalse();
        (there.Answered, back.Answered).ShouldBe((10, 10));
    }

    [Fact]
    public void A_long_row_of_bridges_and_many_equal_frames_are_none()
    {
        var town = new Town();
        for (var i = 0; i < 16; i++)
            town.Add(new());
        for (var i = 1; i < 16; i++)
            town.Join(town.Bridges[i - 1], town.Bridges[i]);
        var (guest, other) = (town.AddGuest(town.Bridges[0]), town.AddGuest(town.Bridges[15]));
        var ear = new Ear(other);
        town.Open();
        for (var i = 0; i < 20_000; i++)
            town.Say(guest, Ethernet.Broadcast);
        town.Wait(VirtualTime.Second).World.IsStorming.ShouldBeFalse();
        ear.Count.ShouldBe(20_000);
        town.World.Frames.Out.ShouldBe(0);
    }
}
