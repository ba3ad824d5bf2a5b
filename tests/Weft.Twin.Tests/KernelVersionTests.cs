// The kernels that the twin can be: how long their timers wait, and what they have no option for.

using Weft.Model.Attributes;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests;

public sealed class KernelVersionTests
{
    /// <summary>By calc_wheel_index: a slot later than asked for, and slots are wider the longer one waits. With 100 jiffies a second the figures were measured (110, 210, 99 s of LACP's 90).</summary>
    [Theory]
    [InlineData(100, 100, 110)]
    [InlineData(100, 200, 210)]
    [InlineData(100, 1000, 1040)]
    [InlineData(250, 100, 104)]
    [InlineData(250, 200, 204)]
    [InlineData(250, 10, 16)]
    [InlineData(250, 1000, 1024)]
    [InlineData(250, 2100, 2304)]
    [InlineData(1000, 100, 104)]
    [InlineData(1000, 50, 51)]
    [InlineData(1000, 62, 63)]
    [InlineData(1000, 63, 64)]
    [InlineData(1000, 1000, 1024)]
    [InlineData(1000, 5000, 5120)]
    [InlineData(0, 137, 137)]
    public void A_timer_that_is_set_again_in_its_own_handler_comes_a_slot_late(int hz, long milliseconds, long waited) =>
        (KernelVersion.Linux61 with { Hz = hz }).Wait(milliseconds * VirtualTime.Millisecond).ShouldBe(waited * VirtualTime.Millisecond);

    [Fact]
    public void Options_that_came_later_are_unknown_unless_they_were_brought()
    {
        KernelVersion Of(string name) => KernelVersion.All.Single(kernel => kernel.Name == name);

        string[] Lacking(string name) => [.. new[] { BondLines.PeerNotifDelay, BondLines.LacpActive, BondLines.ArpMissedMax, BondLines.NsIp6Target, BondLines.CoupledControl }.Where(line => !Of(name).Knows(line)).Select(line => line.Name)];

        Lacking("4.18").ShouldBe(["peer_notif_delay", "lacp_active", "arp_missed_max", "ns_ip6_target", "coupled_control"]);
        Lacking("rhel8").ShouldBe(["lacp_active", "arp_missed_max", "ns_ip6_target", "coupled_control"]);
        Lacking("5.15").ShouldBe(["arp_missed_max", "ns_ip6_target", "coupled_control"]);
        Lacking("6.1").ShouldBeEmpty();
        Of("5.15").Knows(BondPortLines.Prio).ShouldBeFalse();
        Of("6.1").Knows(BondPortLines.Prio).ShouldBeTrue();
        Of("6.1").Knows(BondLines.LacpStrict).ShouldBeFalse();
    }

    [Fact]
    public void The_usual_one_is_6_1()
    {
        KernelVersion.All.Select(kernel => kernel.Name).ShouldBe(["4.18", "rhel8", "5.15", "6.1"]);
        KernelVersion.Linux61.Hz.ShouldBe(250);
        new Weft.Twin.Packets.World().Kernel.ShouldBe(KernelVersion.Linux61);
    }
}
