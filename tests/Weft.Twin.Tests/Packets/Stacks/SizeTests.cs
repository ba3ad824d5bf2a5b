// Packets that are larger than a link on their way takes: a router says so, a link below nobody's IP does not.

using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class SizeTests
{
    private readonly World world = new();
    private readonly Machine one, router, other;

    /// <summary>9000 bytes to the router, 1500 behind it.</summary>
    public SizeTests()
    {
        (one, router, other) = (new(world, "one"), new(world, "router"), new(world, "other"));
        one.Nic("eth0").At("10.1.0.2/24", "fd01::2/64").To(router.Nic("eth0").At("10.1.0.1/24", "fd01::1/64"));
        router.Nic("eth1").At("10.2.0.1/24", "fd02::1/64").To(other.Nic("eth0").At("10.2.0.2/24", "fd02::2/64"));
        foreach (var (machine, via) in new[] { (one, "1"), (other, "2") })
        {
            machine.Route("0.0.0.0/0", via: $"10.{via}.0.1");
            machine.Route("::/0", via: $"fd0{via}::1");
        }
        (router.Stack.Forwards4, router.Stack.Forwards6) = (true, true);
        (one.Get<Nic>("eth0").Mtu, router.Get<Nic>("eth0").Mtu) = (9000, 9000);
        world.Open();
    }

    [Theory]
    [InlineData("10.2.0.2", 28)]
    [InlineData("fd02::2", 48)]
    public void ARouterTellsTheSenderOnceAndTheSenderRefusesFromThenOn(string target, int headers)
    {
        var (fits, large) = (one.Pings(target, size: 1500 - headers), one.Pings(target, size: 1501 - headers));
        world.Run(4.5);
        fits.Answered.ShouldBe(5);
        (large.Answered, large.Errors, large.Refused, large.Told(Trouble.TooBig)).ShouldBe((0, 1, 4, 5));
        world.Run(600);
        // It is believed for ten minutes, and tried again then.
        large.Errors.ShouldBe(2);
        world.Frames.Out.ShouldBe(0);
    }

    [Fact]
    public void WhatMayBeCutUpArrives()
    {
        var ping = one.Pings("10.2.0.2", size: 8000, mayFragment: true);
        world.Run(4.5);
        ping.Answered.ShouldBe(5);
        world.Frames.Out.ShouldBe(0);
    }

    [Fact]
    public void ALinkThatTakesLessThanIsSentDropsItWithoutAWord()
    {
        router.Get<Nic>("eth0").Mtu = 1500;
        var (fits, large) = (one.Pings("10.1.0.1", size: 1472), one.Pings("10.1.0.1", size: 1500));
        world.Run(4.5);
        fits.Answered.ShouldBe(5);
        (large.Answered, large.Errors, large.Refused).ShouldBe((0, 0, 0));
    }

    [Fact]
    public void ARoutesOwnMtuCountsWhereItIsSmaller()
    {
        one.Route("10.2.0.0/24", via: "10.1.0.1", mtu: 1400);
        var (fits, large) = (one.Pings("10.2.0.2", size: 1372), one.Pings("10.2.0.2", size: 1373));
        world.Run(0.5);
        (fits.Answered, large.Refused).ShouldBe((1, 1));
    }
}
