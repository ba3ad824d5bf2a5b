// With which tags the ARP monitor asks: those of the VLANs between the bond and the link that has the route to the target. Without a route the question
// goes untagged and from 0.0.0.0, which a trunk without a native VLAN loses.

using System.Net;
using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class ArpTagTests
{
    private static readonly IPAddress HostAddress = IPAddress.Parse("10.0.0.1"), FarAddress = IPAddress.Parse("10.0.0.9");

    private static Rig New() => new(new(BondLines.ActiveBackup) { ArpInterval = 100 * VirtualTime.Millisecond, ArpTargets = [FarAddress], ArpValidate = ArpValidate.Active });

    private static Came Asked(Rig rig, Netdev? over, bool hasAddress = true)
    {
        if (over is not null)
        {
            rig.Stack.Routes[FarAddress] = over;
            if (hasAddress)
                rig.Stack.Addresses[over] = HostAddress;
        }
        rig.Open();
        rig.Run(500);
        rig.End();
        return rig.Arrived[^1];
    }

    [Fact]
    public void Over_the_bond_itself_it_goes_untagged()
    {
        var rig = New();
        var asked = Asked(rig, rig.Bond);
        (asked.Tag, asked.Type, asked.Word(14)).ShouldBe((Frame.NoTag, Ethernet.Arp, Rig.HostIp));
    }

    [Fact]
    public void Over_a_vlan_on_the_bond_it_has_its_tag()
    {
        var rig = New();
        var vlan = new VlanDev(rig.Host, "bond0.3080", 200, rig.Bond, 3080, isService: false);
        var asked = Asked(rig, vlan);
        (asked.Tag, asked.Word(14)).ShouldBe((3080, Rig.HostIp));
    }

    [Fact]
    public void Over_a_bridge_on_that_vlan_it_has_the_vlans_tag_too()
    {
        var rig = New();
        var vlan = new VlanDev(rig.Host, "bond0.3080", 200, rig.Bond, 3080, isService: false);
        var bridge = new Bridge(rig.Host, "br3080", 201, new());
        vlan.Master = bridge;
        Asked(rig, bridge).Tag.ShouldBe(3080);
    }

    [Fact]
    public void Over_a_vlan_on_a_vlan_the_bonds_own_tag_is_the_outer_one()
    {
        var rig = New();
        var outer = new VlanDev(rig.Host, "bond0.5", 200, rig.Bond, 5, isService: true);
        var inner = new VlanDev(rig.Host, "bond0.5.6", 201, outer, 6, isService: false);
        var asked = Asked(rig, inner);
        // The outer tag was taken off by the far NIC, and the inner one is still among the bytes.
        (asked.Tag, asked.Type, asked.Payload[1]).ShouldBe((5 | Ethernet.ServiceBit, Ethernet.Tag, (byte)6));
    }

    [Fact]
    public void Without_a_route_it_goes_untagged_and_from_nobody()
    {
        var rig = New();
        _ = new VlanDev(rig.Host, "bond0.3080", 200, rig.Bond, 3080, isService: false);
        var asked = Asked(rig, null);
        (asked.Tag, asked.Word(14), asked.Word(24)).ShouldBe((Frame.NoTag, 0u, Rig.FarIp));
    }

    [Fact]
    public void Over_a_link_that_does_not_stand_on_the_bond_nothing_is_asked()
    {
        var rig = New();
        rig.Stack.Routes[FarAddress] = new Nic(rig.Host, "eth9", 50);
        rig.Open();
        rig.Run(1000);
        rig.Arrived.ShouldBeEmpty();
        rig.End();
    }

    [Fact]
    public void With_no_address_anywhere_an_answer_to_nobody_is_believed()
    {
        var rig = New();
        rig.Stack.Routes[FarAddress] = rig.Bond;
        rig.Answers = (port, frame) =>
            rig.FarNics[port].Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.HostMac, (Rig.FarMac, Rig.FarIp), (Rig.HostMac, ArpPacket.Sender(frame.Payload))));
        rig.Open();
        rig.Run(3000);
        rig.Arrived[^1].Word(14).ShouldBe(0u);
        rig.Bond.Active.ShouldNotBeNull();
        rig.End();
    }
}
