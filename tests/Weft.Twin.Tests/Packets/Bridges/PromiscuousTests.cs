// What stands on a bridge with a MAC of its own: the bridge keeps no list of MACs, and takes everything then (IFF_PROMISC).

using Weft.Model;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class PromiscuousTests
{
    private const ulong Own = 0x0200_0000_0aaa;

    private static VlanDev Vlan(Street street, ulong mac, Netdev? lower = null)
    {
        lower ??= street.Bridge;
        var vlan = new VlanDev(street.Bridge.Machine, $"{lower.Name}.10", 50, lower, 10, isService: false);
        vlan.StartWith(mac);
        vlan.Open();
        return vlan;
    }

    private static MacvlanDev Face(Street street, string mode = "bridge")
    {
        var face = new MacvlanDev(street.Bridge.Machine, "face", 51, street.Bridge, mode);
        face.StartWith(mode == "passthru" ? street.Bridge.Mac : Own);
        face.Open();
        return face;
    }

    [Fact]
    public void A_vlan_with_a_mac_of_its_own_hears_what_is_for_it()
    {
        var street = new Street(new(), Street.Usual(2));
        var vlan = Vlan(street, Own);
        var ear = new Ear(vlan);
        street.Bridge.IsPromiscuous.ShouldBeTrue();
        street.Say(0, Own, tag: 10);
        ear.Casts.ShouldBe([Cast.Host]);
        street.HeardBy().ShouldBe([0, 1], "and nobody knows where it is, so that all hear it, each time");
        street.Where(Own).ShouldBe("");
        // What others say to each other comes up too, and is for nobody there.
        street.Say(1, Street.Mac(0), tag: 10);
        ear.Casts.ShouldBe([Cast.Host, Cast.OtherHost]);
        street.HeardBy().ShouldBe([1, 0]);
    }

    [Fact]
    public void It_ends_when_the_vlan_goes_down_or_has_the_bridges_mac()
    {
        var street = new Street(new() { MacIsSet = true }, Street.Usual(2));
        var vlan = Vlan(street, Own);
        vlan.Close();
        street.Bridge.IsPromiscuous.ShouldBeFalse();
        vlan.Open();
        street.Bridge.IsPromiscuous.ShouldBeTrue();
        vlan.SetMac(Street.BridgeMac);
        street.Bridge.IsPromiscuous.ShouldBeFalse();
        street.Bridge.SetMac(0x0200_0000_0bbb);
        street.Bridge.IsPromiscuous.ShouldBeTrue();
        street.Bridge.SetMac(Street.BridgeMac);
        street.Bridge.IsPromiscuous.ShouldBeFalse();
        vlan.FollowsMac = true;
        street.Bridge.SetMac(0x0200_0000_0bbb);
        (vlan.Mac, street.Bridge.IsPromiscuous).ShouldBe((0x0200_0000_0bbbUL, false));
    }

    [Theory]
    [InlineData("bridge")]
    [InlineData("vepa")]
    [InlineData("private")]
    [InlineData("passthru")]
    public void A_macvlan_on_it_hears_what_is_for_it(string mode)
    {
        var street = new Street(new(), Street.Usual(2));
        var face = Face(street, mode);
        var ear = new Ear(face);
        street.Say(0, face.Mac).Say(1, face.Mac);
        ear.Casts.ShouldBe([Cast.Host, Cast.Host]);
        face.Close();
        street.Bridge.IsPromiscuous.ShouldBeFalse();
    }

    [Fact]
    public void What_stands_higher_is_asked_for_all_the_way_down_while_all_is_up()
    {
        var street = new Street(new(), Street.Usual(2));
        var vlan = Vlan(street, street.Bridge.Mac);
        street.Bridge.IsPromiscuous.ShouldBeFalse();
        var face = new MacvlanDev(street.Bridge.Machine, "face", 52, vlan, "bridge");
        face.StartWith(Own);
        face.Open();
        street.Bridge.IsPromiscuous.ShouldBeTrue();
        vlan.Close();
        street.Bridge.IsPromiscuous.ShouldBeFalse();
        face.Close();
        vlan.Open();
        street.Bridge.IsPromiscuous.ShouldBeFalse();
        face.Open();
        street.Bridge.IsPromiscuous.ShouldBeTrue();
    }

    [Fact]
    public void A_vlan_of_it_that_is_a_port_of_another_bridge_makes_it_promiscuous()
    {
        var street = new Street(new(), Street.Usual(2));
        var vlan = new VlanDev(street.Bridge.Machine, "br0.10", 50, street.Bridge, 10, isService: false);
        vlan.StartWith(street.Bridge.Mac);
        var other = new Bridge(street.Bridge.Machine, "br1", 60, new());
        other.Join(vlan, new());
        vlan.Open();
        other.Open();
        street.Bridge.IsPromiscuous.ShouldBeTrue();
        street.Say(0, Street.Nobody, tag: 10);
        other.Fdb.Find(Street.Mac(0), 0, out _, out _).ShouldBeTrue("it learns who is behind the first one");
    }

    [Fact]
    public void Its_own_part_in_vlans_is_not_asked_then()
    {
        var street = new Street(new() { VlanFiltering = true, Vlans = VlanTable.Default }, new BridgePortOptions { Vlans = VlanTable.Of([new(10, 10)]) }, new BridgePortOptions { Vlans = VlanTable.Of([new(10, 10)]) });
        var ear = new Ear(Vlan(street, street.Bridge.Mac));
        street.Say(0, Street.Everybody, tag: 10);
        ear.Frames.ShouldBeEmpty("the bridge itself is no member of VLAN 10");
        Face(street);
        street.Say(0, Street.Everybody, tag: 10);
        ear.Frames.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_vlan_that_is_bound_has_carrier_while_a_member_of_it_is_up()
    {
        var street = new Street(new() { VlanFiltering = true, Vlans = VlanTable.Of([new(10, 10)]) }, new BridgePortOptions { Vlans = VlanTable.Of([new(10, 10)]) }, new BridgePortOptions());
        var bound = Vlan(street, street.Bridge.Mac);
        bound.HasCarrier.ShouldBeTrue();
        street.Cables[0].Break();
        bound.HasCarrier.ShouldBeTrue("one that is not follows the bridge");
        bound.IsBound = true;
        bound.Rebind();
        bound.HasCarrier.ShouldBeFalse();
        street.Cables[0].Mend();
        bound.HasCarrier.ShouldBeTrue();
        street.Cables[1].Break();
        bound.HasCarrier.ShouldBeTrue("the other port is no member");
        street.Ports[0].Device.Close();
        bound.HasCarrier.ShouldBeFalse();
    }
}
