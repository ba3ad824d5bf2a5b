// A bond that has been carrying frames for a while makes nothing new for the next one: no mode does, in either direction.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class ThriftTests
{
    /// <summary>Takes all that comes and gives it back.</summary>
    private sealed class Sink(Weft.Twin.Packets.World world) : IReceiver
    {
        public bool Take(Frame frame)
        {
            world.Frames.Return(frame);
            return true;
        }
    }

    [Theory]
    [InlineData(BondLines.RoundRobin)]
    [InlineData(BondLines.ActiveBackup)]
    [InlineData(BondLines.Xor)]
    [InlineData(BondLines.Broadcast)]
    [InlineData(BondLines.Tlb)]
    [InlineData(BondLines.Alb)]
    public void Frames_cost_no_memory(string mode)
    {
        var rig = new Rig(new(mode) { Miimon = 100 * VirtualTime.Millisecond }, macs: i => Rig.HostMac + (ulong)i).Open();
        rig.Bond.Receiver = new Sink(rig.World);
        foreach (var nic in rig.FarNics)
            nic.Receiver = new Sink(rig.World);
        rig.Run(1000);

        void Round(int number)
        {
            rig.SendIp(Rig.FarMac + (ulong)(number & 7), Rig.FarIp + (uint)(number & 7));
            rig.Bond.Send(ArpFrame.New(rig.World, (ushort)(number % 2 + 1), Rig.FarMac, (Rig.HostMac, Rig.HostIp), (Rig.FarMac, Rig.FarIp)));
            rig.FarNics[number & 1].Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.HostMac, (Rig.FarMac, Rig.FarIp), (Rig.HostMac, Rig.HostIp)));
            rig.Back(number & 1, Rig.HostMac);
            rig.World.Time.RunUntil(rig.World.Time.Now + VirtualTime.Millisecond);
        }

        void Often()
        {
            for (var i = 0; i < 2000; i++)
                Round(i);
        }

        Often();
        Cost.Of(Often).ShouldBe(0, "two seconds of it, with every poll and update in them");
        rig.End();
    }

    [Fact]
    public void Neither_does_what_the_arp_monitor_looks_at()
    {
        var rig = new Rig(new(BondLines.ActiveBackup) { ArpInterval = 100 * VirtualTime.Second, ArpTargets = [new([10, 0, 0, 9])], ArpValidate = ArpValidate.All }).Open();
        rig.Stack.Addresses[rig.Bond] = new([10, 0, 0, 1]);
        rig.Bond.Receiver = new Sink(rig.World);
        rig.Run(1);

        void Round()
        {
            rig.FarNics[0].Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.HostMac, (Rig.FarMac, 0x0a000008), (Rig.HostMac, Rig.HostIp)));
            rig.Back(0, Rig.HostMac);
            rig.World.Time.RunUntil(rig.World.Time.Now + VirtualTime.Millisecond);
        }

        void Often()
        {
            for (var i = 0; i < 2000; i++)
                Round();
        }

        Often();
        Cost.Of(Often).ShouldBe(0);
        rig.End();
    }
}
