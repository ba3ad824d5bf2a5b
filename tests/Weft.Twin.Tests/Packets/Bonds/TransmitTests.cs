// Which port each mode sends a frame over, and what is left of it when a port goes: the modes that choose among ports that can send lose nothing when a carrier
// goes, for they look at it with every frame, or are told of it at once.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class TransmitTests
{
    private static BondOptions Of(string mode) => new(mode) { Miimon = 100 * VirtualTime.Millisecond };

    [Fact]
    public void Round_robin_takes_the_next_port_with_every_frame()
    {
        var rig = new Rig(Of(BondLines.RoundRobin), ports: 3).Open();
        rig.Run(10);
        for (var i = 0; i < 7; i++)
            rig.SendIp();
        rig.Run(1);
        rig.PortsOf().ShouldBe([1, 2, 0, 1, 2, 0, 1], "its counter is raised before it is read");
        rig.End();
    }

    [Fact]
    public void Packets_per_slave_keeps_a_port_for_so_many()
    {
        var rig = new Rig(Of(BondLines.RoundRobin) with { PacketsPerSlave = 3 }).Open();
        rig.Run(10);
        for (var i = 0; i < 9; i++)
            rig.SendIp();
        rig.Run(1);
        rig.PortsOf().ShouldBe([0, 0, 1, 1, 1, 0, 0, 0, 1]);
        rig.End();
    }

    [Fact]
    public void Without_packets_per_slave_chance_chooses_and_a_seed_decides_it()
    {
        int[] Once()
        {
            var rig = new Rig(Of(BondLines.RoundRobin) with { PacketsPerSlave = 0 }).Open();
            rig.Run(10);
            for (var i = 0; i < 200; i++)
                rig.SendIp();
            rig.Run(1);
            rig.End();
            return rig.PortsOf();
        }

        var first = Once();
        first.Count(port => port == 0).ShouldBeInRange(70, 130);
        Once().ShouldBe(first);
    }

    [Fact]
    public void Round_robin_gives_a_dead_ports_turn_to_the_one_behind_it()
    {
        var rig = new Rig(Of(BondLines.RoundRobin), ports: 3).Open();
        rig.Run(10);
        rig.Cables[1].Break();
        for (var i = 0; i < 6; i++)
            rig.SendIp();
        rig.Run(1);
        rig.PortsOf().ShouldBe([2, 2, 0, 2, 2, 0], "at once, and not only after a poll; the neighbour carries twice as much");
        rig.End();
    }

    [Fact]
    public void Round_robin_reports_memberships_over_one_port()
    {
        var rig = new Rig(Of(BondLines.RoundRobin)).Open();
        rig.Run(10);
        for (var i = 0; i < 4; i++)
            rig.SendIp(0x01005e000016, 0xe0000016, protocol: 2);
        rig.Run(1);
        rig.PortsOf().ShouldBe([0, 0, 0, 0]);
        rig.End();
    }

    [Fact]
    public void Xor_hashes_the_macs_over_the_usable_ports()
    {
        var rig = new Rig(Of(BondLines.Xor), ports: 3).Open();
        rig.Run(10);
        for (var i = 0UL; i < 6; i++)
            rig.SendIp(Rig.FarMac + i);
        rig.Run(1);
        // 0xf0..0xf5 xor 0x10 xor 0x0800, modulo 3.
        rig.Arrived.Where(came => came.Type == Ethernet.Ip4).Select(came => ((came.To ^ came.From ^ 0x0800) & 0xffff & (0xff | 0x0800)) % 3)
            .Zip(rig.PortsOf(), (hash, port) => (int)hash == port).ShouldAllBe(same => same);
        rig.PortsOf().Distinct().Count().ShouldBe(3);
        rig.End();
    }

    [Fact]
    public void Xor_loses_nothing_when_a_carrier_goes()
    {
        var rig = new Rig(Of(BondLines.Xor) with { Downdelay = 5 }).Open();
        rig.Run(10);
        var mac = Rig.FarMac;
        var sent = 0;
        rig.Every(1, () => rig.SendIp(mac + (ulong)(sent++ & 7)));
        rig.Run(150);
        rig.Cables[0].Break();
        rig[0].Health.ShouldBe(Health.Up, "the monitor has not looked yet, but the array is without it already");
        rig.Bond.Usable.Length.ShouldBe(1);
        rig.Run(700);
        rig.Quiet();
        rig.Run(1);
        rig.PortsOf().Length.ShouldBe(sent);
        rig[0].Health.ShouldBe(Health.Down);
        rig.End();
    }

    [Fact]
    public void Broadcast_sends_a_copy_over_every_port()
    {
        var rig = new Rig(Of(BondLines.Broadcast), ports: 3).Open();
        rig.Run(10);
        rig.SendIp();
        rig.Run(1);
        rig.PortsOf().Order().ShouldBe([0, 1, 2]);
        rig.Cables[2].Break();
        rig.SendIp();
        rig.Run(1);
        rig.PortsOf().Length.ShouldBe(5);
        rig.Bond.Speed.ShouldBe(10_000, "the slowest of its ports, and not their sum");
        rig.End();
    }

    [Fact]
    public void Without_any_port_up_frames_are_counted_as_dropped()
    {
        foreach (var mode in new[] { BondLines.RoundRobin, BondLines.ActiveBackup, BondLines.Xor, BondLines.Broadcast, BondLines.Tlb, BondLines.Alb })
        {
            var rig = new Rig(Of(mode), macs: i => Rig.HostMac + (ulong)i).Open();
            rig.Run(10);
            foreach (var cable in rig.Cables)
                cable.Break();
            rig.Run(200);
            rig.Bond.HasCarrier.ShouldBeFalse(mode);
            rig.SendIp();
            rig.Bond.Dropped.ShouldBe(1, mode);
            rig.End();
        }
    }

    [Theory]
    [InlineData(BondLines.RoundRobin, 20_000)]
    [InlineData(BondLines.ActiveBackup, 10_000)]
    [InlineData(BondLines.Xor, 20_000)]
    [InlineData(BondLines.Tlb, 20_000)]
    [InlineData(BondLines.Alb, 20_000)]
    public void Its_speed_is_that_of_all_ports_that_may_send(string mode, long speed)
    {
        var rig = new Rig(Of(mode), macs: i => Rig.HostMac + (ulong)i).Open();
        rig.Run(10);
        rig.Bond.Speed.ShouldBe(speed);
        rig.End();
    }

    [Fact]
    public void A_watched_frame_says_why_it_took_its_port()
    {
        var rig = new Rig(Of(BondLines.Xor)).Open();
        rig.Run(10);
        var frame = rig.New(Rig.FarMac, Rig.HostMac, Ethernet.Ip4);
        Weft.Twin.Packets.World.Watch(frame);
        rig.Bond.Send(frame);
        rig.Run(1);
        rig.World.Hops.ShouldContain(hop => hop.Did == "chose" && hop.Why == "eth0: the hash layer2 is 0x000008e0, which modulo 2 usable ports is 0 (the first is 0)");
        rig.End();
    }
}
