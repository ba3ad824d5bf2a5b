// What bonds do otherwise on other kernels, and when their timers go off there.

using System.Net;
using Weft.Model.Attributes;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Alb;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class KernelTests
{
    private static readonly string[] Names = [.. KernelVersion.All.Select(kernel => kernel.Name)];

    private static KernelVersion Of(string name) => KernelVersion.All.Single(kernel => kernel.Name == name) with { Hz = 0 };

    /// <summary>miimon 100 polls every 110 ms where the kernel counts 100 jiffies a second, and every 104 with 250 or 1000: the tenth poll finds what broke after the ninth.</summary>
    [Theory]
    [InlineData(100, 1100)]
    [InlineData(250, 1040)]
    [InlineData(1000, 1040)]
    [InlineData(0, 1000)]
    public void A_failure_is_found_by_the_next_poll_which_comes_a_little_late(int hz, long found)
    {
        var rig = new Rig(new(BondLines.ActiveBackup) { Miimon = 100 * VirtualTime.Millisecond }, kernel: KernelVersion.Linux61 with { Hz = hz }).Open();
        rig.RunTo(found - 5);
        rig.Cables[0].Break();
        rig.RunTo(found - 1);
        rig.Bond.Active.ShouldBe(rig[0]);
        rig.RunTo(found);
        rig.Bond.Active.ShouldBe(rig[1]);
        rig.End();
    }

    [Theory]
    [InlineData(100, 210)]
    [InlineData(250, 204)]
    public void An_arp_monitor_asks_as_late(int hz, long apart)
    {
        var target = IPAddress.Parse("10.0.0.9");
        var rig = new Rig(new(BondLines.RoundRobin) { ArpInterval = 200 * VirtualTime.Millisecond, ArpTargets = [target] }, ports: 1, kernel: KernelVersion.Linux61 with { Hz = hz });
        rig.Stack.Routes[target] = rig.Bond;
        rig.Open();
        rig.RunTo(2000);
        rig.Arrived.Select(came => came.Millisecond).Take(4).ShouldBe([0, apart, 2 * apart, 3 * apart]);
        rig.Bond.Close();
        rig.End();
    }

    [Theory]
    [InlineData(100, 3)]
    [InlineData(250, 4)]
    public void Learning_packets_go_every_ten_ticks(int hz, int sent)
    {
        var rig = new Rig(new(BondLines.Tlb) { Miimon = 100 * VirtualTime.Millisecond }, macs: i => Rig.HostMac + (ulong)i, kernel: KernelVersion.Linux61 with { Hz = hz }).Open();
        rig.RunTo(100);
        rig.Arrived.Clear();
        rig.RunTo(4150);
        rig.Arrived.Count(came => came is { Type: Ethernet.Loopback, Port: 1 }).ShouldBe(sent);
        rig.Bond.Close();
        rig.End();
    }

    [Fact]
    public void Round_robin_began_with_the_first_port_until_5_15()
    {
        Names.Select(name =>
        {
            var rig = new Rig(new(BondLines.RoundRobin), kernel: Of(name)).Open();
            rig.SendIp();
            rig.SendIp();
            rig.Run(1);
            rig.End();
            return $"{name} {string.Join(' ', rig.PortsOf())}";
        }).ShouldBe(["4.18 0 1", "rhel8 0 1", "5.15 1 0", "6.1 1 0"]);
    }

    [Fact]
    public void An_election_that_nobody_needed_moves_nothing_before_6_0()
    {
        Names.Select(name =>
        {
            var rig = new Rig(new(BondLines.ActiveBackup) { Miimon = 100 * VirtualTime.Millisecond }, kernel: Of(name)).Open();
            rig.RunTo(500);
            rig.Cables[0].Break();
            rig.RunTo(1000);
            rig.Cables[0].Mend();
            rig.RunTo(1500);
            rig.Bond.Active.ShouldBe(rig[1]);
            rig.Bond.Election.Select();
            rig.End();
            return $"{name} {rig.Bond.Active}";
        }).ShouldBe(["4.18 eth1", "rhel8 eth1", "5.15 eth1", "6.1 eth0"]);
    }

    /// <summary>No question goes any more, since its target is reached over another link; the host's own frames counted for one until 6.0.</summary>
    [Fact]
    public void Whatever_is_sent_counted_as_asked_before_6_0()
    {
        var target = IPAddress.Parse("10.0.0.9");
        Names.Select(name =>
        {
            var rig = new Rig(new(BondLines.RoundRobin) { ArpInterval = 100 * VirtualTime.Millisecond, ArpTargets = [target] }, ports: 1, kernel: Of(name));
            rig.Stack.Routes[target] = rig.Bond;
            rig.Open();
            rig.Every(20, () =>
            {
                rig.SendIp();
                rig.Back(0, Rig.HostMac);
            });
            rig.RunTo(500);
            rig.Stack.Routes[target] = rig.Nics[0];
            rig.RunTo(1500);
            rig.Bond.Close();
            rig.End();
            return $"{name} {rig[0].Health}";
        }).ShouldBe(["4.18 Up", "rhel8 Up", "5.15 Up", "6.1 Down"]);
    }

    [Fact]
    public void The_arp_of_a_bridge_above_balance_alb_is_left_alone_since_6_0()
    {
        Names.Select(name =>
        {
            var rig = new Rig(new(BondLines.Alb) { Miimon = 100 * VirtualTime.Millisecond }, macs: i => Rig.HostMac + (ulong)i, kernel: Of(name));
            rig.Stack.Addresses[new Bridge(rig.Host, "br0", 300, new())] = IPAddress.Parse("10.0.0.1");
            rig.Open();
            rig.RunTo(550);
            rig.Bond.Send(ArpFrame.New(rig.World, ArpPacket.Reply, Rig.FarMac, (Rig.HostMac, Rig.HostIp), (Rig.FarMac, Rig.FarIp)));
            rig.Run(1);
            var told = ((Balancing)rig.Bond.Mode).Clients!.PortOf(Rig.FarIp) is not null;
            rig.Bond.Close();
            rig.End();
            return $"{name} {told}";
        }).ShouldBe(["4.18 True", "rhel8 True", "5.15 True", "6.1 False"]);
    }

    [Fact]
    public void Neighbours_are_forgotten_with_the_carrier_since_4_20()
    {
        Names.Select(name =>
        {
            var host = new Links.Host(Of(name));
            host.Machine.Stack.Add(host.Nic, Weft.Model.IpPrefix.Parse("10.0.0.1/24"));
            var link = host.Machine.Stack.Of(host.Nic);
            host.Far.Send(ArpFrame.New(host.World, ArpPacket.Request, Ethernet.Broadcast, (Links.Host.FarMac, Rig.FarIp), (0, Rig.HostIp)));
            host.World.Time.RunUntil(host.World.Time.Now + VirtualTime.Millisecond);
            link.Known(Weft.Twin.Packets.Stacks.IpAddr.Of(IPAddress.Parse("10.0.0.9"))).ShouldNotBeNull();
            host.Cable.Break();
            return $"{name} {link.Known(Weft.Twin.Packets.Stacks.IpAddr.Of(IPAddress.Parse("10.0.0.9"))) is { IsValid: true }}";
        }).ShouldBe(["4.18 True", "rhel8 False", "5.15 False", "6.1 False"]);
    }
}
