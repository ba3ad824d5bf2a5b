// What stands in the frames: a reader of its own checks every length and checksum of what stacks send.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;

namespace Weft.Twin.Tests.Packets.Stacks;

public sealed class WireTests
{
    private readonly World world = new();
    private readonly Nic left, near, far, right;
    private readonly Dictionary<string, int> seen = [];
    private byte[] last = [];

    /// <summary>Two machines and a router between them, whose far link takes little.</summary>
    public WireTests()
    {
        var (one, router, other) = (new Machine(world, "one"), new Machine(world, "router"), new Machine(world, "other"));
        (left, near, far, right) = (one.Nic("eth0"), router.Nic("eth0"), router.Nic("eth1"), other.Nic("eth0"));
        left.At("10.1.0.2/24", "10.1.0.3/24", "fd01::2/64");
        near.At("10.1.0.1/24", "fd01::1/64");
        far.At("10.2.0.1/24", "fd02::1/64");
        right.At("10.2.0.2/24", "fd02::2/64");
        foreach (var (machine, via) in new[] { (one, "1"), (other, "2") })
        {
            machine.Route("0.0.0.0/0", via: $"10.{via}.0.1");
            machine.Route("::/0", via: $"fd0{via}::1");
        }
        (router.Stack.Forwards4, router.Stack.Forwards6) = (true, true);
        (far.Mtu, right.Mtu) = (1400, 1400);
        left.To(near).Tap = See;
        far.To(right).Tap = See;
        world.Open();
    }

    private void See(Frame frame, Nic from)
    {
        last = new byte[frame.Length];
        frame.Bytes.CopyTo(last);
        var packet = last.AsSpan(14);
        Count(frame.EtherType switch
        {
            Ethernet.Arp => Arp(packet),
            Ethernet.Ip4 => Ip4(packet),
            Ethernet.Ip6 => Ip6(packet),
            _ => throw new InvalidOperationException($"{frame.EtherType:x}"),
        });
    }

    private void Count(string what) => seen[what] = seen.GetValueOrDefault(what) + 1;

    private static string Arp(Span<byte> packet)
    {
        packet.Length.ShouldBe(28);
        packet[..6].ToArray().ShouldBe([0, 1, 8, 0, 6, 4]);
        return packet[14..18].SequenceEqual(packet[24..28]) ? "gratuitous ARP" : packet[7] == 1 ? "ARP request" : "ARP reply";
    }

    private static string Ip4(Span<byte> packet)
    {
        packet[0].ShouldBe((byte)0x45);
        ((int)Sum(packet[..20], 0)).ShouldBe(0xffff);
        BinaryPrimitives.ReadUInt16BigEndian(packet[2..]).ShouldBe((ushort)packet.Length);
        var field = BinaryPrimitives.ReadUInt16BigEndian(packet[6..]);
        if ((field & 0x3fff) != 0)
            return "fragment";
        var inner = packet[20..];
        if (packet[9] == 17)
        {
            BinaryPrimitives.ReadUInt16BigEndian(inner[4..]).ShouldBe((ushort)inner.Length);
            ((int)Sum(inner, Sum(packet[12..20], (uint)(17 + inner.Length)))).ShouldBe(0xffff);
            return "datagram";
        }
        packet[9].ShouldBe((byte)1);
        ((int)Sum(inner, 0)).ShouldBe(0xffff);
        return $"ICMP {inner[0]}";
    }

    private static string Ip6(Span<byte> packet)
    {
        packet[0].ShouldBe((byte)0x60);
        BinaryPrimitives.ReadUInt16BigEndian(packet[4..]).ShouldBe((ushort)(packet.Length - 40));
        var inner = packet[(packet[6] == 0 ? 48 : 40)..];
        var protocol = packet[6] == 0 ? packet[40] : packet[6];
        ((int)Sum(inner, Sum(packet[8..40], (uint)(protocol + inner.Length)))).ShouldBe(0xffff);
        return protocol == 17 ? "datagram of IPv6" : $"ICMPv6 {inner[0]}";
    }

    private static uint Sum(Span<byte> bytes, uint sum)
    {
        for (var i = 0; i < bytes.Length; i++)
            sum += (uint)bytes[i] << ((i & 1) == 0 ? 8 : 0);
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }

    [Fact]
    public void EveryLengthAndChecksumIsRight()
    {
        var (one, to4, to6) = (left.Machine, IpAddr.Of(IPAddress.Parse("10.2.0.2")), IpAddr.Of(IPAddress.Parse("fd02::2")));
        one.Pings("10.2.0.2");
        one.Pings("fd02::2");
        one.Pings("10.2.0.2", size: 1401);
        one.Pings("fd02::2", size: 1401);
        one.Pings("10.2.0.99", every: 100_000_000_000);
        one.Pings("fd02::99", every: 100_000_000_000);
        one.Pings("10.9.0.1", size: 3);
        one.Stack.Datagrams.Send(to4, 1001, 4000, 5000).ShouldBeTrue();
        one.Stack.Datagrams.Send(to6, 1001, 4000, 5000).ShouldBeTrue();
        one.Stack.Datagrams.Send(to4, 5001, 4000, 5000).ShouldBeTrue();
        left.Announce(Change.NotifyPeers);
        left.Announce(Change.ResendIgmp);
        far.Machine.Route("10.9.0.0/24", via: "10.2.0.2");
        right.Machine.Stack.Forwards4 = true;
        world.Run(8.5);
        seen.Keys.Order(StringComparer.Ordinal).ShouldBe([
            "ARP reply", "ARP request", "ICMP 0", "ICMP 11", "ICMP 3", "ICMP 8",
            "ICMPv6 1", "ICMPv6 128", "ICMPv6 129", "ICMPv6 135", "ICMPv6 136", "ICMPv6 143", "ICMPv6 2",
            "datagram", "datagram of IPv6", "fragment", "gratuitous ARP"]);
        // One for each address, secondaries too.
        seen["gratuitous ARP"].ShouldBe(2);
        seen["ICMPv6 143"].ShouldBe(1);
        right.Machine.Stack.Datagrams.Received(IPAddress.Parse("10.1.0.2"), IPAddress.Parse("10.2.0.2")).ShouldBe(2);
        right.Machine.Stack.Datagrams.Received(IPAddress.Parse("fd01::2"), IPAddress.Parse("fd02::2")).ShouldBe(1);
    }

    [Fact]
    public void AnAnnouncementSaysTheAddressTwiceAndTheMacOnce()
    {
        far.Announce(Change.NotifyPeers);
        world.Time.RunUntil(0);
        seen["gratuitous ARP"].ShouldBe(1);
        seen["ICMPv6 136"].ShouldBe(2);
        // The last one: of the link-local address, to all nodes, overriding, by a router.
        last[..6].ShouldBe([0x33, 0x33, 0, 0, 0, 1]);
        (last[14 + 7], last[14 + 40], last[14 + 44]).ShouldBe(((byte)255, (byte)136, (byte)0xa0));
        IpAddr.Read6(last.AsSpan(14 + 8)).ShouldBe(IpAddr.OfMac(far.Mac));
        last.AsSpan(14 + 40 + 26, 6).ToArray().ShouldBe(last[6..12]);
    }

    [Fact]
    public void AReportNamesTheGroupsOfTheLinksAddresses()
    {
        left.Announce(Change.ResendIgmp);
        world.Time.RunUntil(0);
        last[..6].ShouldBe([0x33, 0x33, 0, 0, 0, 0x16]);
        // Two addresses, two groups: ff02::1:ff00:2 and that of the MAC's last three bytes.
        last[14 + 40 + 8 + 7].ShouldBe((byte)2);
        IpAddr.Read6(last.AsSpan(14 + 40 + 16 + 4)).ToString().ShouldBe("ff02::1:ff00:2");
        IpAddr.Read6(last.AsSpan(14 + 40 + 16 + 24)).ShouldBe(IpAddr.OfMac(left.Mac).SolicitedNode);
    }
}
