// A bridge's and its ports' options as they are read from what the twin's kernel holds.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class OptionsTests
{
    private readonly Device bridge = new("br0", LinkKind.Bridge, 5);
    private readonly Device port = new("eth0", LinkKind.Nic, 6);

    public OptionsTests() => Bridging.BridgeOptions.Begin(bridge);

    [Fact]
    public void Of_a_bridge_and_a_port_that_nobody_told_anything_they_are_the_usual_ones()
    {
        BridgeOptions.Of(bridge).ShouldBe(new());
        BridgePortOptions.Of(port).ShouldBe(new());
    }

    [Fact]
    public void Every_option_of_a_bridge_is_read_in_its_unit()
    {
        Set(bridge, BridgeLines.Stp, true);
        Set(bridge, BridgeLines.VlanFiltering, true);
        Set(bridge, BridgeLines.NoLinklocalLearn, true);
        Set(bridge, BridgeLines.McastSnooping, false);
        Set(bridge, BridgeLines.McastQuerier, true);
        Set(bridge, BridgeLines.Priority, 4096);
        Set(bridge, BridgeLines.ForwardDelay, 400);
        Set(bridge, BridgeLines.HelloTime, 100);
        Set(bridge, BridgeLines.MaxAge, 600);
        Set(bridge, BridgeLines.AgeingTime, 150);
        Set(bridge, BridgeLines.GroupFwdMask, 8);
        bridge.Data[BridgeLines.VlanProtocol] = Value.Of("802.1ad");
        bridge.Data[BridgeLines.GroupAddress] = Value.Of("01:80:c2:00:00:0b");
        (bridge.GroupAddressIsSet, bridge.MtuIsPinned, bridge.MacOrigin, bridge.OwnVlans) = (true, true, MacOrigin.Set, VlanTable.Of([new(7, 9)]));
        var options = BridgeOptions.Of(bridge);
        options.ShouldBe(new()
        {
            Stp = true, VlanFiltering = true, NoLinklocalLearn = true, McastSnooping = false, McastQuerier = true, Priority = 4096, ForwardDelay = 4 * VirtualTime.Second, HelloTime = VirtualTime.Second,
            MaxAge = 6 * VirtualTime.Second, AgeingTime = 1500 * VirtualTime.Millisecond, GroupFwdMask = 8, IsProvider = true, SetGroupAddress = Ethernet.Reserved + 0xb, MtuIsPinned = true, MacIsSet = true,
            Vlans = VlanTable.Of([new(7, 9)]),
        });
        (options.GroupAddress, options.RequiredFwdMask).ShouldBe((Ethernet.Reserved + 0xb, 0xb001));
    }

    [Fact]
    public void Every_option_of_a_port_is_read()
    {
        foreach (var line in (Weft.Model.Attributes.Attribute[])[BridgePortLines.Learning, BridgePortLines.Flood, BridgePortLines.McastFlood, BridgePortLines.BcastFlood])
            port.AsPort[line] = Value.Of(false);
        foreach (var line in (Weft.Model.Attributes.Attribute[])[BridgePortLines.Isolated, BridgePortLines.Hairpin, BridgePortLines.Guard, BridgePortLines.RootBlock, BridgePortLines.Locked, BridgePortLines.Fastleave, BridgePortLines.NeighSuppress])
            port.AsPort[line] = Value.Of(true);
        port.AsPort[BridgePortLines.Priority] = Value.Of(16);
        port.AsPort[BridgePortLines.Cost] = Value.Of(7);
        port.AsPort[BridgePortLines.GroupFwdMask] = Value.Of(4);
        port.AsPort[BridgePortLines.BackupPort] = Value.Of("eth1");
        port.AsPort[BridgePortLines.McastRouter] = Value.Of("permanent");
        port.Vlans = VlanTable.Of([new(3, 3)]);
        BridgePortOptions.Of(port).ShouldBe(new()
        {
            Learning = false, Flood = false, McastFlood = false, BcastFlood = false, Isolated = true, Hairpin = true, Guard = true, RootBlock = true, Locked = true, Fastleave = true, NeighSuppress = true,
            Priority = 16, Cost = 7, GroupFwdMask = 4, BackupPort = "eth1", McastRouter = "permanent", Vlans = VlanTable.Of([new(3, 3)]),
        });
    }

    /// <summary>The kernel's own cost follows the speed; nobody can tell it from the same number set by hand.</summary>
    [Fact]
    public void A_cost_that_a_speed_makes_is_the_speeds()
    {
        port.AsPort[BridgePortLines.Cost] = Value.Of(19);
        BridgePortOptions.Of(port).Cost.ShouldBe(0);
    }

    private static void Set(Device device, Weft.Model.Attributes.Attribute line, bool on) => device.Data[line] = Value.Of(on);

    private static void Set(Device device, Weft.Model.Attributes.Attribute line, long number) => device.Data[line] = Value.Of(number);
}
