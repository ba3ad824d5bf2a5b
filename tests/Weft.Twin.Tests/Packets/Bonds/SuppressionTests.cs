// Which frames come through which port: those of a port that has no part in the traffic are suppressed, in balance-alb only those that are for all. The figures
// are a row for each mode: unicast and broadcast that the host's stack gets of one each through every port.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class SuppressionTests
{
    private static Rig With(string mode, bool allActive = false) =>
        new Rig(new(mode) { Miimon = 100 * VirtualTime.Millisecond, AllSlavesActive = allActive }, ports: 3, macs: i => mode is BondLines.Tlb or BondLines.Alb ? Rig.HostMac + (ulong)i : Rig.HostMac).Open();

    [Theory]
    [InlineData(BondLines.RoundRobin, 3, 3)]
    [InlineData(BondLines.Xor, 3, 3)]
    [InlineData(BondLines.Broadcast, 3, 3)]
    [InlineData(BondLines.ActiveBackup, 1, 1)]
    [InlineData(BondLines.Tlb, 1, 1)]
    [InlineData(BondLines.Alb, 3, 1)]
    public void Only_ports_with_a_part_in_the_traffic_let_frames_in(string mode, int unicast, int broadcast)
    {
        var rig = With(mode);
        rig.Run(50);
        for (var port = 0; port < 3; port++)
        {
            rig.Back(port, rig.Nics[port].Mac);
            rig.Back(port, Ethernet.Broadcast);
        }
        rig.Run(1);
        rig.Taken.Count(came => came.To != Ethernet.Broadcast).ShouldBe(unicast);
        rig.Taken.Count(came => came.To == Ethernet.Broadcast).ShouldBe(broadcast);
        rig.Bond.Ports.Sum(port => port.Suppressed).ShouldBe(6 - unicast - broadcast);
        rig.End();
    }

    [Theory]
    [InlineData(BondLines.ActiveBackup)]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void All_slaves_active_lets_everything_in(string mode)
    {
        var rig = With(mode, allActive: true);
        rig.Run(50);
        for (var port = 0; port < 3; port++)
            rig.Back(port, Ethernet.Broadcast);
        rig.Run(1);
        rig.Taken.Count(came => came.To == Ethernet.Broadcast).ShouldBe(3);
        rig.Arrived.Clear();
        rig.SendIp();
        rig.Run(1);
        rig.PortsOf().Length.ShouldBe(1, "it still sends over one port");
        rig.End();
    }

    [Fact]
    public void What_is_for_the_link_itself_goes_past_an_inactive_port()
    {
        var rig = With(BondLines.ActiveBackup);
        rig.Run(50);
        rig.Back(1, 0x0180_c200_000e, 0x88cc);
        rig.Run(1);
        rig.Taken.ShouldBeEmpty();
        rig[1].Suppressed.ShouldBe(0);
        rig.Nics[1].Dropped.ShouldBe(1, "the port's own stack had it, and nobody there wants LLDP");
        rig.End();
    }

    [Fact]
    public void A_watched_frame_says_why_it_is_suppressed()
    {
        var rig = With(BondLines.ActiveBackup);
        rig.Run(50);
        var frame = rig.New(Rig.HostMac, Rig.FarMac, Ethernet.Ip4);
        Weft.Twin.Packets.World.Watch(frame);
        rig.FarNics[2].Send(frame);
        rig.Run(1);
        rig.World.Hops[^1].ShouldSatisfyAllConditions(hop => hop.Did.ShouldBe("dropped"), hop => hop.Why.ShouldBe("bond0 takes nothing here while eth0 is its active port"));
        rig.End();
    }
}
