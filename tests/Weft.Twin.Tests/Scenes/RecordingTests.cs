// What the twin puts on its cables, as a recording holds it: every kind of frame that it makes has the lengths and checksums of a real one.
// The sums are worked out here once more, from the bytes of the file alone.

using System.Buffers.Binary;
using System.Net;
using Weft.Spec;
using Weft.Topology;
using Weft.Twin.Flows.Captures;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class RecordingTests
{
    private const string Hosts =
        """
        host: kvm1
        nics: {eth0: {}, eth1: {}, eth2: {}, eth3: {}, eth4: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: balance-alb, miimon: 100, mtu: 9000}
          bond1: {ports: [eth2, eth3], mode: 802.3ad, miimon: 100}
        vlans:
          bond0.5: {link: bond0, id: 5, protocol: 802.1ad}
          q7: {link: bond0.5, id: 7, addresses: [10.7.0.11/24, "2001:db8:7::11/64"]}
          bond0.9: {link: bond0, id: 9, addresses: [10.9.0.11/24, "2001:db8:9::11/64"]}
        bridges:
          br0: {ports: [bond1], addresses: [10.0.0.11/24, "2001:db8::11/64"]}
          br1: {ports: [eth4], stp: true, addresses: [10.1.0.11/24]}
        guests:
          vm1: {nics: [{bridge: br0, addresses: [10.0.0.21/24, "2001:db8::21/64"]}]}
        cabling:
          eth0: {switch: sw1, vlans: [5, 9], native: 1}
          eth1: {switch: sw1, vlans: [5, 9], native: 1}
          eth2: {switch: sw1, native: 2, group: Po1, lacp: active}
          eth3: {switch: sw1, native: 2, group: Po1, lacp: active}
          eth4: {switch: sw1, native: 3}
        switches:
          sw1: {mtu: 9000, addresses: {9: [10.9.0.1/24, "2001:db8:9::1/64"], 2: [10.0.0.1/24, "2001:db8::1/64"], 3: 10.1.0.1/24}}

        """;

    [Fact]
    public void EveryKindOfFrameHasTheLengthsAndChecksumsOfARealOne()
    {
        using var recording = new MemoryStream();
        var frames = Recorded(recording);
        var file = Capture.Read("a.pcap", recording.ToArray());
        file.Findings.ShouldBeEmpty();
        file.Flows.Length.ShouldBe(frames.Count);
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in frames)
            kinds.Add(Kind(frame));
        kinds.Order(StringComparer.Ordinal).ShouldBe(
            ((string[])["arp 1", "arp 2", "icmp 8", "icmp 0", "icmp6 128", "icmp6 129", "icmp6 135", "icmp6 136", "lacp", "bpdu", "loopback",
                "8100 arp 1", "8100 arp 2", "8100 icmp 8", "8100 icmp 0", "8100 icmp6 128", "8100 icmp6 129", "8100 icmp6 135", "8100 icmp6 136", "8100 icmp6 143", "8100 loopback",
                "88a8 loopback", "88a8 8100 arp 1", "88a8 8100 icmp6 135", "88a8 8100 icmp6 143"]).Order(StringComparer.Ordinal), "the file has each of them, and nothing else");
        frames.Max(frame => frame.Length).ShouldBe(14 + 4 + 40 + 8 + 8000);
    }

    /// <summary>Half a minute of a network with everything in it, from before it settles on.</summary>
    private static List<byte[]> Recorded(MemoryStream to)
    {
        var (scene, findings) = Scene.Of([new("kvm1", "host.yaml", HostFile.Read("host.yaml", Hosts).Host!)]);
        findings.ShouldBeEmpty();
        var (world, pcap) = (scene!.World, new PcapWriter(to));
        pcap.Begin();
        foreach (var cable in world.Cables)
            cable.Tap = (frame, _) => pcap.Write(frame, world.Time.Now);
        scene.Settle().ShouldBeTrue();
        foreach (var (from, target, size) in new[] { ("kvm1", "10.9.0.1", 8000), ("kvm1", "2001:db8:9::1", 8000), ("kvm1", "10.7.0.1", 56), ("kvm1", "2001:db8:7::1", 57), ("vm1", "10.0.0.1", 57), ("vm1", "2001:db8::1", 0), ("kvm1", "10.1.0.1", 1) })
            new Ping(scene.Machine(from)!, IPAddress.Parse(target)) { Size = size }.Start();
        world.Time.RunUntil(world.Time.Now + (10 * VirtualTime.Second), 10_000_000).ShouldBeTrue();
        // A bond that goes over to another port says again which groups are listened to.
        scene.Cords.First(pair => pair.Cord.Label == "eth0").Cable.Break();
        world.Time.RunUntil(world.Time.Now + (2 * VirtualTime.Second), 10_000_000).ShouldBeTrue();
        var (frames, bytes) = (new List<byte[]>(), to.ToArray());
        var before = (Seconds: 0u, Nanoseconds: 0u);
        for (var at = 24; at < bytes.Length;)
        {
            var record = bytes.AsSpan(at);
            var (seconds, nanoseconds, held, length) = (Little(record), Little(record[4..]), Little(record[8..]), Little(record[12..]));
            (seconds, nanoseconds).CompareTo(before).ShouldBeGreaterThanOrEqualTo(0, "time goes forward");
            nanoseconds.ShouldBeLessThan(1_000_000_000u);
            held.ShouldBe(length, "nothing is cut off");
            frames.Add(bytes[(at + 16)..(at + 16 + (int)length)]);
            (before, at) = ((seconds, nanoseconds), at + 16 + (int)length);
        }
        frames.Count.ShouldBe((int)pcap.Frames);
        return frames;
    }

    /// <summary>What a frame is, having looked at all of it.</summary>
    private static string Kind(byte[] frame)
    {
        frame.Length.ShouldBeGreaterThanOrEqualTo(60, "a shorter one would be filled up");
        var (tags, at) = ("", 12);
        for (; Big(frame, at) is 0x8100 or 0x88a8; at += 4)
            tags += $"{Big(frame, at):x4} ";
        var (type, payload) = (Big(frame, at), frame[(at + 2)..]);
        return tags + type switch
        {
            0x0806 => Arp(payload),
            0x0800 => Ip4(payload),
            0x86dd => Ip6(payload),
            0x8809 => Lacp(payload),
            0x9000 => frame.AsSpan(0, 6).SequenceEqual(frame.AsSpan(6, 6)) ? "loopback" : "astray",
            < 1536 => Bpdu(type, payload),
            _ => $"unknown {type:x4}",
        };
    }

    private static string Arp(byte[] arp)
    {
        arp[..6].ShouldBe([0, 1, 8, 0, 6, 4]);
        arp[28..].ShouldAllBe(filling => filling == 0);
        return $"arp {Big(arp, 6)}";
    }

    private static string Ip4(byte[] ip)
    {
        ip[0].ShouldBe((byte)0x45);
        Sum(ip.AsSpan(0, 20)).ShouldBe(0xffffu, "the header's checksum");
        var inner = Inner(ip, Big(ip, 2), 20);
        ip[9].ShouldBe((byte)1);
        Sum(inner).ShouldBe(0xffffu, "the checksum of ICMP");
        return $"icmp {inner[0]}";
    }

    private static string Ip6(byte[] ip)
    {
        (ip[0] >> 4).ShouldBe(6);
        var inner = Inner(ip, 40 + Big(ip, 4), 40);
        var next = ip[6];
        if (next == 0)
            (next, inner) = (inner[0], inner[(8 * (inner[1] + 1))..]);
        next.ShouldBe((byte)58);
        (Sum(ip.AsSpan(8, 32)) + Sum(inner) + (uint)inner.Length + 58 is var sum && sum > 0xffff ? Fold(sum) : sum).ShouldBe(0xffffu, "the checksum of ICMPv6");
        if (inner[0] is >= 133 and <= 137)
            ip[7].ShouldBe((byte)255, "neighbour discovery comes from this link");
        return $"icmp6 {inner[0]}";
    }

    /// <summary>What is behind an IP header; and that behind it is nothing but what fills up a short frame.</summary>
    private static byte[] Inner(byte[] ip, int total, int header)
    {
        total.ShouldBeLessThanOrEqualTo(ip.Length);
        ip[total..].ShouldAllBe(filling => filling == 0);
        (ip.Length - total).ShouldBeLessThanOrEqualTo(46 - 20, "only short frames are filled up");
        return ip[header..total];
    }

    private static string Lacp(byte[] slow)
    {
        slow.Length.ShouldBe(110);
        slow[..4].ShouldBe([1, 1, 1, 20]);
        ((byte[])[slow[22], slow[23], slow[42], slow[43], slow[58], slow[59]]).ShouldBe([2, 20, 3, 16, 0, 0]);
        return "lacp";
    }

    private static string Bpdu(int length, byte[] llc)
    {
        length.ShouldBe(38);
        llc[..7].ShouldBe([0x42, 0x42, 3, 0, 0, 0, 0]);
        return "bpdu";
    }

    private static uint Little(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static int Big(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));

    /// <summary>RFC 1071: 0xffff of what holds its own checksum.</summary>
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var i = 0; i < bytes.Length; i++)
            sum += i % 2 == 0 ? (uint)bytes[i] << 8 : bytes[i];
        return Fold(sum);
    }

    private static uint Fold(uint sum)
    {
        while (sum > 0xffff)
            sum = (sum & 0xffff) + (sum >> 16);
        return sum;
    }
}
