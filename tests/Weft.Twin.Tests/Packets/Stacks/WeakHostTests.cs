// Addresses are the host's, not the link's: what two links in one segment make of that, and what arp_ignore, arp_announce and arp_filter change.

using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class WeakHostTests
{
    private readonly World world = new();
    private readonly Machine host, asker;
    private readonly Nic first, second, outside;

    /// <summary>A host with two links; the asker is on the second one's cable, and asks for the first one's address.</summary>
    public WeakHostTests()
    {
        (host, asker) = (new(world, "host"), new(world, "asker"));
        (first, second, outside) = (host.Nic("eth0"), host.Nic("eth1"), asker.Nic("eth0"));
        _ = (first.To(new Machine(world, "none").Nic("eth0")), second.To(outside));
        first.At("10.0.0.1/24");
        second.At("10.0.1.1/24");
        outside.At("10.0.1.9/24");
        asker.Route("10.0.0.0/24", over: "eth0");
        world.Open();
    }

    private Ping Ask(IpConf conf)
    {
        host.Stack.Configure(second, conf);
        var ping = asker.Pings("10.0.0.1");
        world.Run(4.5);
        return ping;
    }

    [Fact]
    public void AnyLinkAnswersForAnyAddress()
    {
        Ask(new()).Answered.ShouldBe(5);
        asker.Stack.Of(outside).Known(IpAddr.Of(IPAddress.Parse("10.0.0.1")))!.Mac.ShouldBe(second.Mac);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void ArpIgnoreKeepsTheLinkQuietAndIgnorant(long ignore)
    {
        Ask(new() { ArpIgnore = ignore }).Answered.ShouldBe(0);
        host.Stack.Of(second).Neighbours.ShouldBeEmpty();
    }

    [Fact]
    public void ArpIgnoreOneAnswersForTheLinksOwn()
    {
        host.Stack.Configure(second, new() { ArpIgnore = 1 });
        var ping = asker.Pings("10.0.1.1");
        world.Run(0.5);
        ping.Answered.ShouldBe(1);
    }

    [Fact]
    public void ARequestFromWhereNoAnswerWouldGoIsNotAnsweredByAStrictLink()
    {
        // Two links in one segment: the way back to the asker is over the first of them.
        first.At("10.0.1.2/24");
        host.Stack.Router.Table(254).Remove(route => route.Ways[0].Device == second);
        Ask(new() { RpFilter = 1 }).Answered.ShouldBe(0);
        Ask(new() { ArpFilter = true }).Answered.ShouldBe(0);
        var before = second.Sent;
        Ask(new());
        second.Sent.ShouldBeGreaterThan(before);
    }

    [Theory]
    [InlineData(0, "10.0.0.1")]
    [InlineData(1, "10.0.1.1")]
    [InlineData(2, "10.0.1.1")]
    public void ArpAnnounceSaysFromWhichAddressIsAsked(long announce, string sender)
    {
        host.Stack.Configure(second, new() { ArpAnnounce = announce });
        var senders = new List<string>();
        second.Cable!.Tap = (frame, from) =>
        {
            if (from == second && frame.EtherType == Ethernet.Arp && frame.Payload[7] == ArpPacket.Request)
                senders.Add(new IPAddress(frame.Payload.Slice(14, 4)).ToString());
        };
        host.Pings("10.0.1.9", source: "10.0.0.1");
        world.Run(0.5);
        senders.ShouldBe([sender]);
    }

    [Fact]
    public void IPv6AnswersOnlyForTheLinksOwn()
    {
        first.At("fd00::1/64");
        second.At("fd01::1/64");
        outside.At("fd01::9/64");
        asker.Route("fd00::/64", over: "eth0");
        var (own, other) = (asker.Pings("fd01::1"), asker.Pings("fd00::1"));
        world.Run(4.5);
        (own.Answered, other.Answered).ShouldBe((5, 0));
    }

    [Fact]
    public void APacketFromOnesOwnAddressIsNoPacket()
    {
        var dropped = second.Dropped;
        outside.At("10.0.0.1/32");
        asker.Pings("10.0.1.1", source: "10.0.0.1");
        world.Run(0.5);
        (second.Dropped - dropped).ShouldBe(0);
        second.Received.ShouldBe(1);
        second.Sent.ShouldBe(0);
    }
}
