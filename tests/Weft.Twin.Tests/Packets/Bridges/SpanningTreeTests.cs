// The spanning tree of 802.1D-1998 as the kernel has it.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class SpanningTreeTests
{
    private const long Second = VirtualTime.Second;

    /// <summary>By STP's default times.</summary>
    private static readonly BridgeOptions Stp = new() { Stp = true };

    /// <summary>Three bridges in a ring; the third one's way to the root is its cable to the first.</summary>
    private static Town Ring(BridgeOptions options)
    {
        var town = new Town();
        var (one, two, three) = (town.Add(options), town.Add(options), town.Add(options));
        town.Join(one, two);
        town.Join(two, three);
        town.Join(three, one);
        return town.Open();
    }

    [Fact]
    public void A_port_listens_for_fifteen_seconds_and_learns_for_fifteen_before_it_forwards()
    {
        var street = new Street(Stp, Street.Usual(2));
        street.Bridge.HasCarrier.ShouldBeFalse();
        street.World.Time.RunUntil(15 * Second - 1);
        street.Ports[0].State.ShouldBe(PortState.Listening);
        street.Wait(VirtualTime.Millisecond).Ports[0].State.ShouldBe(PortState.Learning);
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 0]);
        street.Where(Street.Mac(0)).ShouldBe("p0");
        street.World.Time.RunUntil(30 * Second - 1);
        (street.Ports[0].State, street.Bridge.HasCarrier).ShouldBe((PortState.Learning, false));
        street.Wait(VirtualTime.Millisecond);
        (street.Ports[0].State, street.Bridge.HasCarrier).ShouldBe((PortState.Forwarding, true));
        street.HeardBy();
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 1]);
    }

    [Fact]
    public void While_it_listens_nothing_is_learned()
    {
        var street = new Street(Stp, Street.Usual(2)).Wait(Second).Say(0, Street.Everybody);
        street.Where(Street.Mac(0)).ShouldBe("");
    }

    /// <summary>Failback: the cable is back at once, the traffic thirty seconds later.</summary>
    [Fact]
    public void A_link_that_comes_back_carries_nothing_for_thirty_seconds()
    {
        var street = new Street(Stp, Street.Usual(2)).Wait(40 * Second);
        street.Cables[0].Break();
        street.Wait(Second).Cables[0].Mend();
        street.World.Time.RunUntil(street.World.Time.Now + (30 * Second) - VirtualTime.Millisecond);
        street.HeardBy();
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 0]);
        street.Wait(VirtualTime.Millisecond).Say(0, Street.Everybody).HeardBy().ShouldBe([0, 1]);
    }

    [Fact]
    public void With_a_forward_delay_of_2_s_it_is_4_and_less_is_not_to_be_had()
    {
        new Street(Stp with { ForwardDelay = 0 }, Street.Usual(1)).Wait(4 * Second).Ports[0].State.ShouldBe(PortState.Forwarding);
        new Street(Stp with { ForwardDelay = 0 }, Street.Usual(1)).Wait(3 * Second).Ports[0].State.ShouldBe(PortState.Learning);
    }

    [Fact]
    public void Of_a_ring_one_port_blocks_which_is_the_farthest_from_the_root()
    {
        var town = Ring(Stp).Wait(60 * Second);
        town.States().ShouldBe("FF FF BF");
        town.Bridges.ShouldAllBe(bridge => bridge.Tree.Root == town.Bridges[0].Tree.BridgeId);
        town.Bridges[2].Tree.RootPort!.Device.Name.ShouldBe("p2");
        town.Bridges[2].Tree.RootCost.ShouldBe(2u);
        town.World.IsStorming.ShouldBeFalse();
    }

    [Fact]
    public void A_frame_in_the_ring_comes_to_everybody_once()
    {
        var town = new Town();
        var (one, two, three) = (town.Add(Stp), town.Add(Stp), town.Add(Stp));
        town.Join(one, two);
        town.Join(two, three);
        town.Join(three, one);
        Nic[] guests = [town.AddGuest(one), town.AddGuest(two), town.AddGuest(three)];
        var ears = guests.Select(guest => new Ear(guest)).ToList();
        town.Open().Wait((60 * Second) + (Second / 2));
        foreach (var ear in ears)
            ear.Frames.Clear();
        town.Say(guests[0], Ethernet.Broadcast);
        town.Wait(VirtualTime.Millisecond);
        ears.Select(ear => ear.Frames.Count).ShouldBe([0, 1, 1]);
        town.World.Frames.Out.ShouldBe(0);
    }

    [Fact]
    public void Of_a_cable_between_two_ports_of_one_bridge_one_end_blocks_and_stays_so()
    {
        var town = new Town();
        var one = town.Add(Stp);
        town.Join(one, one);
        town.Open();
        for (var i = 0; i < 20; i++)
            Town.States(town.Wait(10 * Second).Bridges[0]).ShouldEndWith("B");
        Town.States(one).ShouldBe("FB");
    }

    [Fact]
    public void The_lowest_priority_is_the_root_and_of_equal_ones_the_lowest_mac()
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp), town.Add(Stp with { Priority = 4096 }));
        town.Join(one, two);
        town.Open().Wait(40 * Second);
        one.Tree.Root.ShouldBe(two.Tree.BridgeId);
        Tree.Print(two.Tree.BridgeId).ShouldBe("1000.000000000002");
    }

    [Theory]
    [InlineData(1000, 10000, 0, "BF", 2)]
    [InlineData(10000, 1000, 0, "FB", 2)]
    [InlineData(1000, 1000, 0, "FB", 5)]
    [InlineData(1000, 1000, 3, "BF", 3)]
    public void Of_two_cables_to_the_root_the_cheaper_is_taken_and_cost_follows_speed_unless_set(int first, int second, int cost, string states, int whole)
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp), town.Add(Stp));
        town.Join(one, two, rate: first);
        town.Join(one, two, rate: second, atOther: new() { Cost = cost });
        town.Open().Wait(40 * Second);
        Town.States(two).ShouldBe(states);
        two.Tree.RootCost.ShouldBe((uint)whole);
    }

    /// <summary>It is the priority at the sender's end that decides.</summary>
    [Fact]
    public void Of_two_equal_cables_the_one_with_the_better_port_priority_at_the_root_is_taken()
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp), town.Add(Stp));
        town.Join(one, two);
        town.Join(one, two, atOne: new() { Priority = 16 });
        town.Open().Wait(40 * Second);
        Town.States(two).ShouldBe("BF");
    }

    /// <summary>Who sees the cable break listens and learns anew: twice the forward delay.</summary>
    [Fact]
    public void Where_the_way_to_the_root_breaks_the_blocked_port_takes_over_in_thirty_seconds()
    {
        var town = Ring(Stp).Wait(60 * Second);
        town.Cables[2].Break();
        town.Wait(29 * Second).States().ShouldBe("F- FF L-");
        town.Wait(2 * Second).States().ShouldBe("F- FF F-");
    }

    /// <summary>The third bridge hears worse news from the second one and does not believe it before the old ones are too old: 20 s more.</summary>
    [Fact]
    public void Where_another_bridges_way_breaks_it_takes_max_age_more()
    {
        var town = Ring(Stp).Wait(60 * Second);
        town.Cables[0].Break();
        town.Wait(16 * Second).States().ShouldBe("-F -F BF");
        town.Wait(36 * Second).States().ShouldBe("-F -F FF");
    }

    [Fact]
    public void A_root_that_is_silent_is_forgotten_after_max_age()
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp), town.Add(Stp));
        town.Join(one, two, atTwo());
        town.Open().Wait(40 * Second);
        two.Tree.IsRoot.ShouldBeFalse();
        // Nobody reads what the root says from here on: the other end takes it and drops it.
        town.Cables[0].Other.Receiver = new Ear(town.Cables[0].Other);
        town.Wait(17 * Second);
        two.Tree.IsRoot.ShouldBeFalse();
        town.Wait(4 * Second);
        two.Tree.IsRoot.ShouldBeTrue();

        static BridgePortOptions atTwo() => new();
    }

    /// <summary>As on 6.1 with 2 s: an address that was learned before the change is there after it, because nobody collects.</summary>
    [Fact]
    public void A_bridge_that_goes_down_while_the_topology_changes_remembers_as_long_as_ever()
    {
        var street = new Street(new() { Stp = true, ForwardDelay = 2 * Second }, Street.Usual(2));
        street.Wait(4500 * VirtualTime.Millisecond).Bridge.Tree.IsChanging.ShouldBeTrue();
        street.Bridge.Close();
        (street.Bridge.Tree.IsChanging, street.Bridge.Tree.AgeingTime).ShouldBe((false, 300 * Second));
        street.Wait(60 * Second).World.Time.IsIdle.ShouldBeTrue("nothing ticks in a bridge that is down");
    }

    [Fact]
    public void A_topology_change_shortens_the_memory_and_collects_nothing()
    {
        var street = new Street(Stp with { ForwardDelay = 2 * Second, MaxAge = 6 * Second }, Street.Usual(2));
        street.Wait((4 * Second) + VirtualTime.Millisecond);
        (street.Bridge.Tree.IsChanging, street.Bridge.Tree.AgeingTime, street.Bridge.HoldTime).ShouldBe((true, 4 * Second, 2 * Second));
        street.Wait(Second).Say(0, Street.Everybody).Wait(5 * Second).Where(Street.Mac(0)).ShouldBe("p0");
        street.Wait(2 * Second);
        (street.Bridge.Tree.IsChanging, street.Bridge.Tree.AgeingTime).ShouldBe((false, 300 * Second));
        street.Where(Street.Mac(0)).ShouldBe("p0");
    }

    [Fact]
    public void A_bridge_that_sees_a_change_tells_the_root_until_it_says_so_to_all()
    {
        var town = Ring(Stp).Wait(120 * Second);
        town.Bridges.ShouldAllBe(bridge => !bridge.Tree.IsChanging);
        var notes = 0;
        town.Cables[2].Tap = (frame, _) => notes += Bpdu.IsOne(frame) && Bpdu.IsChange(frame) ? 1 : 0;
        var guest = town.AddGuest(town.Bridges[2]);
        town.Bridges[2].Ports[2].Device.Open();
        town.Wait((30 * Second) + (Second / 2));
        notes.ShouldBe(1);
        town.Wait(3 * Second).Bridges.ShouldAllBe(bridge => bridge.Tree.IsChanging);
        town.Wait(40 * Second).Bridges.ShouldAllBe(bridge => !bridge.Tree.IsChanging);
        guest.IsRunning.ShouldBeTrue();
    }

    [Fact]
    public void A_guarded_port_is_switched_off_by_a_bpdu_until_its_link_was_down()
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp), town.Add(Stp));
        var cable = town.Join(one, two, atOther: new() { Guard = true });
        town.Open().Wait(40 * Second);
        Town.States(two).ShouldBe("-");
        town.Told.ShouldContain(told => told.Machine == two.Machine && told.Did == "disabled" && told.Why.Contains("guard"));
        cable.Break();
        cable.Mend();
        Town.States(two).ShouldBe("l");
    }

    [Fact]
    public void Behind_a_port_with_root_block_nobody_becomes_the_root()
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp with { Priority = 4096 }), town.Add(Stp with { Priority = 8192 }));
        town.Join(one, two, atOther: new() { RootBlock = true });
        town.Open().Wait(60 * Second);
        two.Tree.IsRoot.ShouldBeTrue();
        Town.States(two).ShouldBe("l");
    }

    [Fact]
    public void A_bridge_without_stp_carries_the_bpdus_of_others()
    {
        var town = new Town();
        var (one, plain, three) = (town.Add(Stp), town.Add(new()), town.Add(Stp));
        town.Join(one, plain);
        town.Join(plain, three);
        town.Open().Wait(40 * Second);
        three.Tree.Root.ShouldBe(one.Tree.BridgeId);
        plain.Ports.ShouldAllBe(port => port.State == PortState.Forwarding);
    }

    /// <summary>IEEE 802.1D-1998 clause 9.3.1, byte for byte.</summary>
    [Fact]
    public void A_bpdu_is_on_the_wire_as_the_standard_has_it()
    {
        var town = new Town();
        var (one, two) = (town.Add(Stp), town.Add(Stp));
        var cable = town.Join(one, two);
        string? seen = null;
        cable.Tap = (frame, from) => seen = from == cable.One ? Convert.ToHexString(frame.Bytes) : seen;
        town.Open().Wait(40 * Second);
        seen.ShouldBe("0180C2000000" + "020000000100" + "0026" + "424203" + "0000" + "00" + "00" + "01"
            + "8000000000000001" + "00000000" + "8000000000000001" + "8001" + "0000" + "1400" + "0200" + "0F00" + new string('0', 16));
    }
}
