// What is known of neighbours, and how that changes: the kernel's states and their times.

using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class NeighbourTests
{
    private readonly World world = new();
    private readonly Nic left, right;
    private readonly Weft.Twin.Packets.Links.Cable cable;
    private readonly List<string> asked = [];

    public NeighbourTests()
    {
        (left, right) = (new Machine(world, "a").Nic("eth0"), new Machine(world, "b").Nic("eth0"));
        cable = left.To(right);
        left.At("10.0.0.1/24", "fd00::1/64");
        right.At("10.0.0.2/24", "fd00::2/64");
        cable.Tap = (frame, from) =>
        {
            if (from == left && frame.EtherType == Ethernet.Arp && frame.Payload[7] == 1)
                asked.Add($"{world.Time.Now / VirtualTime.Millisecond} {(frame.Destination == Ethernet.Broadcast ? "all" : "one")}");
        };
        world.Open();
    }

    private Neighbour Known(Nic nic, string address) => nic.Machine.Stack.Of(nic).Known(IpAddr.Of(IPAddress.Parse(address))).ShouldNotBeNull();

    [Fact]
    public void WhoDoesNotAnswerIsGivenUpAfterThreeRequestsInThreeSeconds()
    {
        var ping = left.Machine.Pings("10.0.0.9", every: 10 * VirtualTime.Second);
        world.Run(2.9);
        asked.ShouldBe(["0 all", "1000 all", "2000 all"]);
        Known(left, "10.0.0.9").State.ShouldBe(Nud.Incomplete);
        ping.Errors.ShouldBe(0);
        world.Frames.Out.ShouldBe(1);
        world.Run(0.2);
        Known(left, "10.0.0.9").State.ShouldBe(Nud.Failed);
        ping.Told(Trouble.HostUnreachable).ShouldBe(1);
        world.Frames.Out.ShouldBe(0);
    }

    [Theory]
    [InlineData("10.0.0.2")]
    [InlineData("fd00::2")]
    public void WhoAnswersIsReachableForHalfToOneAndAHalfOfThirtySecondsAndThenStale(string target)
    {
        var ping = left.Machine.Pings(target, every: 1000 * VirtualTime.Second);
        world.Run(14.9);
        ping.Answered.ShouldBe(1);
        Known(left, target).State.ShouldBe(Nud.Reachable);
        world.Run(30.2);
        Known(left, target).State.ShouldBe(Nud.Stale);
    }

    [Theory]
    [InlineData("10.0.0.2")]
    [InlineData("fd00::2")]
    public void AStaleOneIsUsedAndAskedItselfFiveSecondsLater(string target)
    {
        var ping = left.Machine.Pings(target, every: 100 * VirtualTime.Second);
        world.Run(100.5);
        ping.Answered.ShouldBe(2);
        Known(left, target).State.ShouldBe(Nud.Delay);
        var before = asked.Count;
        world.Run(4.6);
        Known(left, target).State.ShouldBe(Nud.Reachable);
        if (target == "10.0.0.2")
            asked[before..].ShouldBe(["105000 one"]);
    }

    [Fact]
    public void WithoutConfirmationItIsAskedItselfAgainAndAgain()
    {
        var ping = left.Machine.Pings("10.0.0.2");
        world.Run(300.5);
        ping.Answered.ShouldBe(ping.Sent);
        asked[0].ShouldBe("0 all");
        // Each time as reachable, from 15 to 45 s, and 5 s of delay.
        asked.Skip(1).ShouldAllBe(entry => entry.EndsWith("one", StringComparison.Ordinal));
        asked.Count.ShouldBeInRange(1 + 300 / 51, 1 + 300 / 20);
    }

    [Fact]
    public void AMacThatChangedUnsaidIsNoticedWhenTheEntryFailed()
    {
        var ping = left.Machine.Pings("10.0.0.2", every: 100 * VirtualTime.Millisecond);
        world.Run(60.05);
        asked.Clear();
        right.SetMac(0x0299_0000_0001);
        world.Run(70);
        var silence = ping.Silences(200 * VirtualTime.Millisecond).ShouldHaveSingleItem();
        // What is left of its time as reachable (15 to 45 s), 5 s of delay, and three requests to the old MAC; the next packet asks all.
        ((double)(silence.Until - silence.From) / VirtualTime.Second).ShouldBeInRange(8, 45.1 + 8);
        Known(left, "10.0.0.2").Mac.ShouldBe(0x0299_0000_0001UL);
        asked.TakeWhile(entry => entry.EndsWith("one", StringComparison.Ordinal)).Count().ShouldBe(3);
        asked.Count(entry => entry.EndsWith("all", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void AnAnnouncedMacIsBelievedAtOnce()
    {
        var (told, was) = (new List<string>(), right.Mac);
        world.Listener = happening => told.Add(happening.Why);
        var four = left.Machine.Pings("10.0.0.2", every: 100 * VirtualTime.Millisecond);
        var six = left.Machine.Pings("fd00::2", every: 100 * VirtualTime.Millisecond);
        world.Run(10.05);
        right.SetMac(0x0299_0000_0001);
        right.Announce(Change.NotifyPeers);
        world.Run(10);
        (four.Sent - four.Answered, six.Sent - six.Answered).ShouldBe((0, 0));
        var local = IpAddr.OfMac(was);
        told.ShouldBe([$"10.0.0.2 is at 02:99:00:00:00:01 now, and was at {Ethernet.Print(was)}", $"fd00::2 is at 02:99:00:00:00:01 now, and was at {Ethernet.Print(was)}", $"{local} is at 02:99:00:00:00:01 now, and was at {Ethernet.Print(was)}"]);
    }

    [Fact]
    public void ArpNotifyAnnouncesWithoutABond()
    {
        right.Machine.Stack.Configure(right, new() { ArpNotify = true });
        var ping = left.Machine.Pings("10.0.0.2", every: 100 * VirtualTime.Millisecond);
        world.Run(10.05);
        right.SetMac(0x0299_0000_0001);
        world.Run(10);
        ping.Answered.ShouldBe(ping.Sent);
    }

    [Fact]
    public void AnAnnouncementMakesNoEntryForWhoNeverAsked()
    {
        right.Announce(Change.NotifyPeers);
        world.Run(1);
        left.Machine.Stack.Of(left).Neighbours.ShouldBeEmpty();
    }

    [Fact]
    public void ARequestTeachesWhoIsAsked()
    {
        left.Machine.Pings("10.0.0.2", every: 100 * VirtualTime.Second);
        world.Run(1);
        Known(right, "10.0.0.1").State.ShouldBe(Nud.Delay);
        Known(right, "10.0.0.1").Mac.ShouldBe(left.Mac);
    }

    [Fact]
    public void TheSecondOfTwoAnswersWithinASecondIsNotBelieved()
    {
        left.Machine.Pings("10.0.0.2", every: 1000 * VirtualTime.Second);
        world.Run(0.1);
        void Answer() => right.Send(ArpFrame.New(world, ArpPacket.Reply, left.Mac, (0x0299_0000_0001, 0x0a000002), (left.Mac, 0x0a000001)));
        Answer();
        world.Run(0.1);
        Known(left, "10.0.0.2").Mac.ShouldBe(right.Mac);
        world.Run(1);
        Answer();
        world.Run(0.1);
        Known(left, "10.0.0.2").Mac.ShouldBe(0x0299_0000_0001UL);
    }

    [Fact]
    public void WithTheLinkItsNeighboursGo()
    {
        left.Machine.Pings("10.0.0.2", every: 1000 * VirtualTime.Second);
        world.Run(1);
        left.Machine.Stack.Of(left).Neighbours.Count.ShouldBe(1);
        cable.Break();
        left.Machine.Stack.Of(left).Neighbours.ShouldBeEmpty();
        cable.Mend();
        left.Machine.Pings("10.0.0.2", every: 1000 * VirtualTime.Second);
        world.Run(1);
        left.Machine.Stack.Of(left).Neighbours.Count.ShouldBe(1);
        left.SetMac(0x0299_0000_0001);
        left.Machine.Stack.Of(left).Neighbours.ShouldBeEmpty();
    }

    [Fact]
    public void WhatIsForAnotherMacIsNotTaken()
    {
        left.Machine.Pings("10.0.0.2", every: VirtualTime.Second);
        world.Run(1.5);
        right.StartWith(0x0299_0000_0001);
        var before = right.Dropped;
        world.Run(1);
        (right.Dropped - before).ShouldBe(1);
    }
}
