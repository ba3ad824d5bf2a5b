// What a bridge remembers of who is where, and for how long.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class LearningTests
{
    private static readonly BridgeOptions Second = new() { AgeingTime = VirtualTime.Second };

    [Fact]
    public void What_nobody_knows_goes_to_all_but_the_sender_and_the_answer_to_one()
    {
        var street = new Street(new(), Street.Usual(3));
        street.Say(0, Street.Mac(1)).HeardBy().ShouldBe([0, 1, 1]);
        street.Say(1, Street.Mac(0)).HeardBy().ShouldBe([1, 0, 0]);
        street.Say(0, Street.Mac(1)).HeardBy().ShouldBe([0, 1, 0]);
    }

    [Fact]
    public void The_port_that_an_address_was_last_seen_at_wins_at_once()
    {
        var street = new Street(new(), Street.Usual(3)).Say(0, Street.Everybody);
        street.Where(Street.Mac(0)).ShouldBe("p0");
        street.Say(2, Street.Everybody, from: Street.Mac(0)).Where(Street.Mac(0)).ShouldBe("p2");
        street.Told.ShouldContain(told => told.Did == "moved" && told.Why.Contains("from p0 to p2"));
        street.HeardBy();
        street.Say(1, Street.Mac(0)).HeardBy().ShouldBe([0, 0, 1]);
    }

    /// <summary>Collecting begins 100 ms after the bridge is up, so that the second of the entry is over at the third collection (1.3 s).</summary>
    [Fact]
    public void An_address_is_forgotten_when_it_was_silent_for_the_ageing_time()
    {
        var street = new Street(Second, Street.Usual(2)).Wait(300 * VirtualTime.Millisecond).Say(0, Street.Everybody);
        street.Wait(990 * VirtualTime.Millisecond).Where(Street.Mac(0)).ShouldBe("p0");
        street.Wait(20 * VirtualTime.Millisecond).Where(Street.Mac(0)).ShouldBe("");
    }

    [Fact]
    public void Every_frame_makes_an_address_young_again()
    {
        var street = new Street(Second, Street.Usual(2)).Say(0, Street.Everybody).Wait(900 * VirtualTime.Millisecond).Say(0, Street.Everybody);
        street.Wait(900 * VirtualTime.Millisecond).Where(Street.Mac(0)).ShouldBe("p0");
        street.Bridge.Entries.Single(row => row.Mac == Street.Mac(0)).Age.ShouldBeInRange(900 * VirtualTime.Millisecond, 901 * VirtualTime.Millisecond);
    }

    [Fact]
    public void With_an_ageing_time_of_0_nothing_is_learned_and_everything_flooded()
    {
        var street = new Street(new() { AgeingTime = 0 }, Street.Usual(3)).Say(1, Street.Everybody);
        street.HeardBy();
        street.Say(0, Street.Mac(1)).HeardBy().ShouldBe([0, 1, 1]);
        street.Bridge.Fdb.Learned.ShouldBe(0);
    }

    [Fact]
    public void Where_learning_is_off_nothing_is_remembered_of_that_port_alone()
    {
        var street = new Street(new(), new() { Learning = false }, new(), new()).Say(0, Street.Everybody).Say(1, Street.Everybody);
        street.Where(Street.Mac(0)).ShouldBe("");
        street.Where(Street.Mac(1)).ShouldBe("p1");
    }

    /// <summary>Seen on 6.1: a frame by another port moves what is static, and not what is sticky.</summary>
    [Fact]
    public void What_is_static_does_not_age_and_moves_all_the_same_unless_it_is_sticky()
    {
        var street = new Street(Second, Street.Usual(2));
        street.Bridge.AddStatic(0x0200_0000_0099, 0, street.Ports[0]);
        street.Bridge.AddStatic(0x0200_0000_0098, 0, street.Ports[0], isSticky: true);
        street.Wait(10 * VirtualTime.Second);
        (street.Where(0x0200_0000_0099), street.Where(0x0200_0000_0098)).ShouldBe(("p0", "p0"));
        street.Say(1, Street.Everybody, from: 0x0200_0000_0099).Say(1, Street.Everybody, from: 0x0200_0000_0098);
        (street.Where(0x0200_0000_0099), street.Where(0x0200_0000_0098)).ShouldBe(("p1", "p0"));
        street.Guests[1].Close();
        street.Where(0x0200_0000_0099).ShouldBe("p1");
        street.Bridge.Entries.Where(row => row.Mac is 0x0200_0000_0098).Single().Flags.ShouldBe(FdbFlags.Static | FdbFlags.Sticky | FdbFlags.ByUser);
    }

    [Fact]
    public void What_a_port_learned_is_lost_with_its_link()
    {
        var street = new Street(new(), Street.Usual(3)).Say(0, Street.Everybody).Say(1, Street.Everybody);
        street.Cables[0].Break();
        street.Where(Street.Mac(0)).ShouldBe("");
        street.Where(Street.Mac(1)).ShouldBe("p1");
        street.Bridge.Fdb.Learned.ShouldBe(1);
    }

    [Fact]
    public void A_bridge_that_may_learn_one_address_learns_one()
    {
        var street = new Street(new() { FdbMaxLearned = 1 }, Street.Usual(3)).Say(0, Street.Everybody).Say(1, Street.Everybody);
        (street.Where(Street.Mac(0)), street.Where(Street.Mac(1))).ShouldBe(("p0", ""));
    }

    [Fact]
    public void A_source_that_no_card_can_have_is_dropped()
    {
        var street = new Street(new(), Street.Usual(2));
        street.Say(0, Street.Mac(1), from: 0x0300_0000_0001).HeardBy().ShouldBe([0, 0]);
        street.Ports[0].Device.Dropped.ShouldBe(1);
    }

    [Fact]
    public void Its_own_addresses_are_those_of_its_ports_and_its_own_ateach_vlan()
    {
        var street = new Street(new() { MacIsSet = true }, Street.Usual(2));
        street.Bridge.Entries.Select(row => (row.Mac, row.Vlan, row.Port?.Device.Name ?? "br0", row.Flags)).ShouldBe(
        [
            (Street.BridgeMac, 0, "br0", FdbFlags.Local | FdbFlags.Static), (Street.BridgeMac, 1, "br0", FdbFlags.Local | FdbFlags.Static),
            (Street.PortMac(0), 0, "p0", FdbFlags.Local | FdbFlags.Static), (Street.PortMac(0), 1, "p0", FdbFlags.Local | FdbFlags.Static),
            (Street.PortMac(1), 0, "p1", FdbFlags.Local | FdbFlags.Static), (Street.PortMac(1), 1, "p1", FdbFlags.Local | FdbFlags.Static),
        ]);
    }

    [Fact]
    public void Frames_to_an_own_address_go_up_and_no_further()
    {
        var street = new Street(new(), Street.Usual(3));
        var host = new Ear(street.Bridge);
        street.Say(1, street.Bridge.Mac).Say(1, Street.PortMac(2)).HeardBy().ShouldBe([0, 0, 0]);
        // The stack takes the first, and leaves the second to whom it is for.
        host.Casts.ShouldBe([Cast.Host, Cast.OtherHost]);
    }

    [Fact]
    public void An_own_address_as_source_is_told_of_not_learned_and_still_forwarded()
    {
        var street = new Street(new(), Street.Usual(3));
        street.Say(1, Street.Everybody, from: Street.PortMac(0)).HeardBy().ShouldBe([1, 0, 1]);
        street.Where(Street.PortMac(0)).ShouldBe("p0");
        street.Told.ShouldContain(told => told.Did == "doubted" && told.Why.Contains("received packet on p1 with own address as source address"));
    }

    /// <summary>Twenty thousand addresses that come and go: the table finds what is there, and nothing else.</summary>
    [Fact]
    public void A_table_that_grew_and_was_emptied_again_still_finds_everything()
    {
        var street = new Street(new(), Street.Usual(2));
        var (fdb, known) = (new Fdb(), new Dictionary<(ulong, int), long>());
        for (var i = 0; i < 20_000; i++)
        {
            var (mac, vlan) = (0x0200_0000_0000 + (ulong)street.World.Chance(5000), (int)street.World.Chance(4));
            fdb.Learn(mac + 1, vlan, street.Ports[i % 2], i, 0, out _);
            known[(mac + 1, vlan)] = i;
            if (i % 1000 != 999)
                continue;
            fdb.Collect(i, 700);
            foreach (var old in known.Where(one => one.Value + 700 <= i).ToList())
                known.Remove(old.Key);
            fdb.Rows(i).Select(row => (row.Mac, row.Vlan)).ShouldBe(known.Keys.Order());
            foreach (var ((address, at), when) in known)
                (fdb.Find(address, at, out var port, out _) && port == street.Ports[(int)(when % 2)]).ShouldBeTrue();
        }
        (fdb.Count, fdb.Learned).ShouldBe((known.Count, known.Count));
    }
}
