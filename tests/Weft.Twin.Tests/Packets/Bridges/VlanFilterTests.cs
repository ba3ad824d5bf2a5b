// A bridge that keeps VLANs apart by its ports' tables.

using Weft.Model;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class VlanFilterTests
{
    private static readonly BridgePortOptions Access10 = With(new VlanRun(10, 10, Pvid: true, Untagged: true));
    private static readonly BridgePortOptions Trunk = With(new VlanRun(10, 20));
    private static readonly BridgePortOptions TrunkNative = With(new VlanRun(10, 10, Pvid: true, Untagged: true), new VlanRun(11, 20));
    private static readonly BridgeOptions Filter = new() { VlanFiltering = true, Vlans = VlanTable.Empty };

    private static BridgePortOptions With(params VlanRun[] runs) => new() { Vlans = VlanTable.Of(runs) };

    [Fact]
    public void An_untagged_frame_is_of_the_pvid_and_leaves_as_each_port_carries_that_vlan()
    {
        var street = new Street(Filter, Access10, Trunk, TrunkNative, With(new VlanRun(20, 20, Pvid: true, Untagged: true)));
        street.Say(0, Street.Everybody);
        street.Ears.Select(ear => ear.Frames.Select(frame => frame.Tag).ToArray()).ShouldBe([[], [10], [Frame.NoTag], []]);
        street.Where(Street.Mac(0), 10).ShouldBe("p0");
        street.Where(Street.Mac(0)).ShouldBe("");
    }

    [Fact]
    public void Without_a_pvid_untagged_frames_are_dropped_and_so_is_a_vlan_that_the_port_is_no_member_of()
    {
        var street = new Street(Filter, Trunk, Trunk);
        street.Say(0, Street.Everybody).HeardBy().ShouldBe([0, 0]);
        street.Say(0, Street.Everybody, tag: 21).HeardBy().ShouldBe([0, 0]);
        street.Say(0, Street.Everybody, tag: 20).HeardBy().ShouldBe([0, 1]);
        street.Bridge.Fdb.Learned.ShouldBe(1);
    }

    [Fact]
    public void A_tag_of_vlan_0_is_a_priority_and_stays_one()
    {
        var street = new Street(Filter, Access10, Trunk);
        street.Say(0, Street.Everybody, tag: 5 << 13);
        street.Ears[1].Frames.Single().Tag.ShouldBe((5 << 13) | 10);
    }

    [Fact]
    public void A_tag_of_the_other_protocol_is_payload()
    {
        var street = new Street(Filter, Access10, Trunk, Access10);
        street.Say(0, Street.Everybody, tag: 77 | Ethernet.ServiceBit);
        // At the access port the 802.1Q tag is gone again, and the other one comes to light.
        street.Ears[1].Frames.Single().ShouldBe(new(Street.Mac(0), Street.Everybody, 10, Ethernet.Shortest + 4));
        street.Ears[2].Frames.Single().Tag.ShouldBe(77 | Ethernet.ServiceBit);
    }

    [Fact]
    public void A_providers_bridge_pushes_its_own_tag_above_the_customers()
    {
        var street = new Street(Filter with { IsProvider = true }, Access10, Trunk);
        street.Say(0, Street.Everybody, tag: 300);
        street.Ears[1].Frames.Single().ShouldBe(new(Street.Mac(0), Street.Everybody, 10 | Ethernet.ServiceBit, Ethernet.Shortest + 4));
    }

    [Fact]
    public void The_same_address_in_two_vlans_is_two_entries_and_without_the_filter_one()
    {
        var street = new Street(Filter, Trunk, Trunk, Trunk).Say(0, Street.Everybody, tag: 10).Say(1, Street.Everybody, from: Street.Mac(0), tag: 11);
        (street.Where(Street.Mac(0), 10), street.Where(Street.Mac(0), 11)).ShouldBe(("p0", "p1"));
        var plain = new Street(new(), Trunk, Trunk, Trunk).Say(0, Street.Everybody, tag: 10).Say(1, Street.Everybody, from: Street.Mac(0), tag: 11);
        plain.Where(Street.Mac(0)).ShouldBe("p1");
    }

    [Fact]
    public void Without_the_filter_tags_pass_whatever_the_tables_say()
    {
        var street = new Street(new(), Access10, Access10);
        street.Say(0, Street.Everybody, tag: 300);
        street.Ears[1].Frames.Single().Tag.ShouldBe(300);
    }

    [Theory]
    [InlineData(true, true, 1)]
    [InlineData(true, false, 0)]
    [InlineData(false, false, 1)]
    public void A_vlan_on_the_bridge_needs_the_bridge_to_be_a_member_where_it_filters(bool filters, bool isMember, int heard)
    {
        var street = new Street(new() { VlanFiltering = filters, Vlans = isMember ? VlanTable.Of([new(10, 10)]) : VlanTable.Empty }, Trunk, Trunk);
        var vlan = new VlanDev(street.Bridge.Machine, "br0.10", 50, street.Bridge, 10, isService: false);
        vlan.StartWith(street.Bridge.Mac);
        vlan.Open();
        var ear = new Ear(vlan);
        street.Say(0, Street.Everybody, tag: 10);
        ear.Frames.Count.ShouldBe(heard);
        street.HeardBy();
        vlan.Send(street.Make(Street.Everybody, vlan.Mac));
        street.Settle();
        street.Ears.Select(one => one.Frames.Select(frame => frame.Tag).ToArray()).ShouldBe(heard == 1 ? [[10], [10]] : [[], []]);
    }

    [Fact]
    public void What_the_host_sends_untagged_is_of_the_bridges_own_pvid()
    {
        var street = new Street(Filter with { Vlans = VlanTable.Of([new(10, 10, Pvid: true, Untagged: true)]) }, Access10, Trunk);
        street.SayFromHost(Street.Everybody);
        street.Ears.Select(ear => ear.Frames.Single().Tag).ShouldBe([Frame.NoTag, 10]);
        var without = new Street(Filter, Access10, Trunk);
        without.SayFromHost(Street.Everybody).HeardBy().ShouldBe([0, 0]);
    }
}
