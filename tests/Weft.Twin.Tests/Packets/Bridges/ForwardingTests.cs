// By which ports a frame leaves, and which do not get it.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class ForwardingTests
{
    private const ulong Group = 0x0100_5e01_0203;

    [Theory]
    [InlineData(Street.Nobody, 1, 0, 1, 1)]
    [InlineData(Group, 1, 1, 0, 1)]
    [InlineData(Street.Everybody, 1, 1, 1, 0)]
    public void A_port_that_is_not_flooded_gets_nothing_of_that_kind(ulong to, int toHairpin, int toFlood, int toMcast, int toBcast)
    {
        var street = new Street(new(), new BridgePortOptions { Hairpin = true }, new() { Flood = false }, new() { McastFlood = false }, new() { BcastFlood = false });
        street.Say(0, to).HeardBy().ShouldBe([toHairpin, toFlood, toMcast, toBcast]);
    }

    [Fact]
    public void What_the_host_sends_to_all_leaves_whatever_is_said_of_floods()
    {
        var street = new Street(new(), new() { McastFlood = false }, new() { BcastFlood = false }, new() { Flood = false });
        street.SayFromHost(Group).HeardBy().ShouldBe([1, 1, 1]);
        street.SayFromHost(Street.Everybody).HeardBy().ShouldBe([1, 1, 1]);
        street.SayFromHost(Street.Nobody).HeardBy().ShouldBe([1, 1, 0]);
    }

    [Fact]
    public void A_frame_does_not_leave_by_the_port_that_it_came_by_unless_that_is_a_hairpin()
    {
        foreach (var hairpin in (bool[])[false, true])
        {
            var street = new Street(new(), new BridgePortOptions { Hairpin = hairpin }, new()).Say(0, Street.Everybody, from: Street.Nobody);
            street.HeardBy();
            street.Say(0, Street.Nobody).HeardBy().ShouldBe([hairpin ? 1 : 0, 0]);
        }
    }

    [Fact]
    public void Isolated_ports_exchange_nothing_and_talk_to_all_others()
    {
        var isolated = new BridgePortOptions { Isolated = true };
        var street = new Street(new(), isolated, isolated, new());
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 0, 1]);
        street.Say(2, Street.Everybody).HeardBy().ShouldBe([1, 1, 0]);
        street.Say(1, Street.Mac(0)).HeardBy().ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Behind_a_locked_port_only_who_was_entered_there_may_send()
    {
        var street = new Street(new(), new() { Locked = true }, new());
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 0]);
        street.Bridge.AddStatic(Street.Mac(0), 0, street.Ports[0]);
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 1]);
    }

    [Fact]
    public void A_backup_port_gets_what_is_for_a_port_without_a_carrier()
    {
        var street = new Street(new(), new() { BackupPort = "p1" }, new(), new(), new()).Say(0, Street.Everybody);
        street.HeardBy();
        street.Cables[0].Break();
        // What was learned there stays, and so the frame is not flooded.
        street.Say(2, Street.Mac(0)).HeardBy().ShouldBe([0, 1, 0, 0]);
    }

    [Theory]
    [InlineData(1500 + 18, 1)]
    [InlineData(1500 + 19, 0)]
    public void What_is_too_long_for_the_port_is_lost_without_a_word(int length, int heard)
    {
        var street = new Street(new(), Street.Usual(2));
        street.Guests[0].Mtu = street.Ports[0].Device.Mtu = street.Guests[1].Mtu = 9000;
        street.Say(0, Street.Everybody, length: length).HeardBy().ShouldBe([0, heard]);
        street.Ports[1].Device.Dropped.ShouldBe(1 - heard);
    }

    [Theory]
    [InlineData(0x0, 1, 0)]
    [InlineData(0x1, 0, 0)]
    [InlineData(0x2, 0, 1)]
    [InlineData(0x3, 0, 1)]
    [InlineData(0xe, 0, 1)]
    public void The_reserved_groups_stay_on_their_cable_but_for_bpdus_that_nobody_here_listens_to(int group, int heard, int byPort)
    {
        var street = new Street(new(), Street.Usual(2));
        var (before, port) = (street.Ports[0].Device.Received, street.Ports[0].Device);
        street.World.Machines.Count.ShouldBe(3);
        street.Say(0, Ethernet.Reserved + (ulong)group).HeardBy().ShouldBe([0, heard]);
        (port.Received - before).ShouldBe(1);
        port.Dropped.ShouldBe(byPort + (group == 1 ? 1 : 0), "what the port's own stack gets is dropped there");
    }

    [Theory]
    [InlineData(0x8, 0, 0x3)]
    [InlineData(0, 0x4, 0x2)]
    [InlineData(0x4000, 0, 0xe)]
    public void A_mask_lets_a_reserved_group_pass(int ofBridge, int ofPort, int group)
    {
        var street = new Street(new() { GroupFwdMask = ofBridge }, new() { GroupFwdMask = ofPort }, new());
        street.Say(0, Ethernet.Reserved + (ulong)group).HeardBy().ShouldBe([0, 1]);
        street.Say(0, Ethernet.Reserved + 0xf).HeardBy().ShouldBe([0, 0]);
    }

    [Fact]
    public void A_providers_bridge_carries_its_customers_bpdus_and_keeps_its_own()
    {
        var street = new Street(new() { VlanFiltering = true, IsProvider = true, Stp = false }, Street.Usual(2));
        street.Say(0, Ethernet.Reserved).HeardBy().ShouldBe([0, 1]);
        street.Say(0, Ethernet.Reserved + 0xd).HeardBy().ShouldBe([0, 1]);
        street.Say(0, Ethernet.Reserved + 0x8).HeardBy().ShouldBe([0, 0]);
    }

    [Fact]
    public void The_bridge_has_the_lowest_mac_of_its_ports_until_somebody_sets_one()
    {
        var street = new Street(new(), Street.Usual(2));
        street.Bridge.Mac.ShouldBe(Street.PortMac(0));
        street.Ports[1].Device.SetMac(0x0200_0000_0002);
        street.Bridge.Mac.ShouldBe(0x0200_0000_0002UL);
        street.Where(0x0200_0000_0002).ShouldBe("p1");
        street.Bridge.SetMac(Street.BridgeMac);
        street.Ports[0].Device.SetMac(0x0200_0000_0000);
        street.Bridge.Mac.ShouldBe(Street.BridgeMac);
        street.Where(Street.BridgeMac).ShouldBe("br0");
    }

    [Fact]
    public void The_bridge_has_the_least_mtu_of_its_ports_unless_somebody_pinned_it()
    {
        var street = new Street(new(), Street.Usual(2));
        (street.Ports[0].Device.Mtu, street.Ports[1].Device.Mtu) = (9000, 4000);
        street.Bridge.Mtu.ShouldBe(4000);
        var pinned = new Street(new() { MtuIsPinned = true }, Street.Usual(2));
        pinned.Ports[0].Device.Mtu = pinned.Ports[1].Device.Mtu = 9000;
        pinned.Bridge.Mtu.ShouldBe(1500);
    }

    [Fact]
    public void It_has_a_carrier_while_one_of_its_ports_forwards()
    {
        var street = new Street(new(), Street.Usual(2));
        street.Bridge.HasCarrier.ShouldBeTrue();
        street.Cables[0].Break();
        street.Bridge.HasCarrier.ShouldBeTrue();
        street.Cables[1].Break();
        street.Bridge.HasCarrier.ShouldBeFalse();
        street.Cables[1].Mend();
        street.Bridge.HasCarrier.ShouldBeTrue();
    }

    /// <summary>Seen on 6.1: the first is UNKNOWN with LOWER_UP, the second DOWN.</summary>
    [Fact]
    public void Without_ports_it_has_a_carrier_only_as_long_as_nobody_gave_it_a_mac()
    {
        var street = new Street(new());
        street.Bridge.HasCarrier.ShouldBeTrue();
        street.Bridge.SetMac(Street.BridgeMac);
        street.Bridge.HasCarrier.ShouldBeFalse();
        new Street(new() { MacIsSet = true }).Bridge.HasCarrier.ShouldBeFalse();
    }

    [Fact]
    public void That_a_bond_below_took_another_port_is_not_told_above_but_that_groups_are_to_be_joined_again_is()
    {
        var street = new Street(new(), Street.Usual(1));
        var vlan = new Listening(street.Bridge);
        street.Ports[0].Device.Announce(Change.NotifyPeers);
        vlan.Changes.ShouldBeEmpty();
        street.Ports[0].Device.Announce(Change.ResendIgmp);
        vlan.Changes.ShouldBe([Change.ResendIgmp]);
    }

    [Fact]
    public void A_watched_frame_says_why_it_went_where()
    {
        var street = new Street(new(), Street.Usual(3));
        var frame = street.Make(Street.Nobody, Street.Mac(0));
        Weft.Twin.Packets.World.Watch(frame);
        street.Guests[0].Send(frame);
        street.Settle();
        street.World.Hops.Select(hop => $"{hop.Device.Name} {hop.Did} {hop.Why}").ShouldBe(
        [
            "eth0 sent over the cable to p0 of host",
            "p0 learned br0 looks for 02:00:00:00:01:00 at p0",
            "br0 flooded to p1, p2: nobody knows where 02:00:00:00:0f:ff is",
            "p2 sent over the cable to eth0 of m2",
            "p1 sent over the cable to eth0 of m1",
        ]);
        street.World.Hops.Select(hop => hop.Before).ShouldBe([0, 1, 2, 3, 3]);
    }

    /// <summary>Stands on a link and remembers what it says.</summary>
    private sealed class Listening : Netdev
    {
        public Listening(Netdev lower)
            : base(lower.Machine, "upper", 99) => lower.Uppers.Add(this);

        public List<Change> Changes { get; } = [];

        public override void Hear(Netdev lower, Change change) => Changes.Add(change);

        protected override void Transmit(Frame frame) => World.Drop(frame, this, "it only listens");
    }
}
