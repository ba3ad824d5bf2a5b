// Two machines and a cable, or a VLAN of it: the least that a stack is for.

using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class CableTests
{
    private readonly World world = new();
    private readonly Nic left, right;
    private readonly Cable cable;

    public CableTests()
    {
        (left, right) = (new Machine(world, "a").Nic("eth0"), new Machine(world, "b").Nic("eth0"));
        cable = left.To(right);
    }

    [Theory]
    [InlineData("10.0.0.1/24", "10.0.0.2/24", "10.0.0.2")]
    [InlineData("fd00::1/64", "fd00::2/64", "fd00::2")]
    public void AnEchoIsAnsweredFourCablesLater(string one, string other, string target)
    {
        left.At(one);
        right.At(other);
        world.Open();
        var ping = left.Machine.Pings(target);
        world.Run(4.5);
        ping.ToString().ShouldBe($"a to {target}: 5 sent, 5 answered, 0 twice, 0 errors, 0 refused");
        (ping.AnsweredAt(0) - ping.SentAt(0)).ShouldBe(4 * VirtualTime.OnCable);
        (ping.AnsweredAt(1) - ping.SentAt(1)).ShouldBe(2 * VirtualTime.OnCable);
        world.Frames.Out.ShouldBe(0);
    }

    [Fact]
    public void AWatchedEchoShowsTheWayThereAndBackAndTheQuestionForTheMac()
    {
        left.At("10.0.0.1/24");
        right.At("10.0.0.2/24");
        world.Open();
        var ping = left.Machine.Pings("10.0.0.2");
        ping.WatchNext();
        world.Run(0.5);
        world.Trace().ShouldBe([
            "a eth0 made", "a eth0 waits", "a eth0 asked", "a eth0 sent", "b eth0 answered", "b eth0 sent", "a eth0 learned",
            "a eth0 addressed", "a eth0 sent", "b eth0 answered", "b eth0 addressed", "b eth0 sent", "a eth0 arrived"]);
        world.Hops.ShouldAllBe(hop => hop.Before < hop.Number && (hop.Number == 1) == (hop.Before == 0));
    }

    [Fact]
    public void AVlanIsALinkOfItsOwn()
    {
        left.At("10.0.0.1/24").Vlan(7).At("10.7.0.1/24");
        right.At("10.0.0.2/24").Vlan(7).At("10.7.0.2/24");
        world.Open();
        var tags = new List<int>();
        cable.Tap = (frame, _) => tags.Add(frame.Vlan);
        var ping = left.Machine.Pings("10.7.0.2");
        world.Run(0.5);
        ping.Answered.ShouldBe(1);
        tags.ShouldBe([7, 7, 7, 7]);
    }

    [Fact]
    public void OwnAddressesAnswerWithoutAFrame()
    {
        left.At("10.0.0.1/24", "fd00::1/64");
        world.Open();
        var frames = 0;
        cable.Tap = (_, _) => frames++;
        var (four, six, lo) = (left.Machine.Pings("10.0.0.1"), left.Machine.Pings("fd00::1"), left.Machine.Pings("127.0.0.1"));
        world.Run(0.5);
        (four.Answered, six.Answered, lo.Answered, frames).ShouldBe((1, 1, 1, 0));
    }

    [Fact]
    public void LinkLocalAddressesAreMadeOfTheMacWhenTheLinkComesUp()
    {
        (left.Machine.Stack.Of(left).Conf, right.Machine.Stack.Of(right).Conf) = (new(), new() { Speaks6 = true });
        world.Open();
        var target = IpAddr.OfMac(right.Mac).ToAddress();
        target.IsIPv6LinkLocal.ShouldBeTrue();
        IpAddr.OfMac(0x5254_0012_3456).ToString().ShouldBe("fe80::5054:ff:fe12:3456");
        var ping = left.Machine.Pings(target.ToString(), over: left);
        world.Run(0.5);
        ping.Answered.ShouldBe(1);
        right.Close();
        right.Machine.Stack.Of(right).Addresses.Length.ShouldBe(0);
    }

    [Fact]
    public void WithoutIpv6ThereIsNone()
    {
        left.At("fd00::1/64");
        right.At("fd00::2/64");
        right.Machine.Stack.Configure(right, new() { Speaks6 = false });
        world.Open();
        var ping = left.Machine.Pings("fd00::2");
        world.Run(5.5);
        ping.Answered.ShouldBe(0);
        ping.Told(Trouble.HostUnreachable).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void DatagramsAreCountedByWhoSentThemToWhom()
    {
        left.At("10.0.0.1/24");
        right.At("10.0.0.2/24");
        world.Open();
        for (var i = 0; i < 3; i++)
            left.Machine.Stack.Datagrams.Send(IpAddr.Of(IPAddress.Parse("10.0.0.2")), 9000, 4000, 5000).ShouldBeTrue();
        var pieces = 0;
        cable.Tap = (frame, _) => pieces += frame.EtherType == Ethernet.Ip4 ? 1 : 0;
        world.Run(0.5);
        right.Machine.Stack.Datagrams.Received(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")).ShouldBe(3);
        // 9008 bytes of UDP in pieces of at most 1480.
        pieces.ShouldBe(3 * 7);
        world.Frames.Out.ShouldBe(0);
    }

    [Fact]
    public void AFragmentThatIsLostTakesItsPacketAlong()
    {
        left.At("10.0.0.1/24");
        right.At("10.0.0.2/24");
        world.Open();
        left.Machine.Pings("10.0.0.2");
        world.Run(0.5);
        left.Machine.Stack.Datagrams.Send(IpAddr.Of(IPAddress.Parse("10.0.0.2")), 4000, 4000, 5000).ShouldBeTrue();
        right.Mtu = 1400;
        world.Run(1);
        right.Mtu = 1500;
        right.Machine.Stack.Datagrams.Received(IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")).ShouldBe(0);
        world.Run(31);
        world.Frames.Out.ShouldBe(0);
    }

    [Fact]
    public void ASilenceLastsFromTheFirstLostProbeToTheFirstAnswerAfterTheLast()
    {
        left.At("10.0.0.1/24");
        right.At("10.0.0.2/24");
        world.Open();
        var ping = left.Machine.Pings("10.0.0.2", every: 10 * VirtualTime.Millisecond);
        world.Run(1.005);
        cable.Break();
        world.Run(0.1);
        cable.Mend();
        world.Run(2);
        // The neighbour went with the carrier, and probes wait for its MAC: the request that was lost is made again after a second, and all are answered then.
        var silence = ping.Silences(100 * VirtualTime.Millisecond).ShouldHaveSingleItem();
        (silence.From, silence.Until).ShouldBe((1010 * VirtualTime.Millisecond, 2010 * VirtualTime.Millisecond + 4 * VirtualTime.OnCable));
        silence.Lost.ShouldBe(91);
        ping.Answered.ShouldBe(ping.Sent);
        cable.Break();
        world.Run(5);
        cable.Mend();
        world.Run(3);
        ping.Silences(2 * VirtualTime.Second).Count().ShouldBe(1);
        // Three requests in three seconds, then everything that waited was given up; of 300 probes 277 could wait.
        ping.Told(Trouble.HostUnreachable).ShouldBe(277);
    }

    [Fact]
    public void AHundredThousandEchoesAllocateNothing()
    {
        left.At("10.0.0.1/24");
        right.At("10.0.0.2/24");
        world.Open();
        var ping = left.Machine.Pings("10.0.0.2", every: VirtualTime.Millisecond);
        world.Run(100);
        Cost.Of(() => world.Run(100)).ShouldBe(0);
        ping.Answered.ShouldBe(ping.Sent - 1);
        ping.Sent.ShouldBeGreaterThanOrEqualTo(200_000);
    }
}
