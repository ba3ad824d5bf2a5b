// Bytes: what a kernel sent (captured on 6.1.176, read by tcpdump) is what the twin reads and writes.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Tests.Packets.Lacp;

public sealed class LacpduTests
{
    private const string Captured =
        "0180c20000024a070df9217c8809" + "0101" + "0114ffff020000000a0a000f00ff00010d000000" + "0214ffff020000000b0b000f00ff000105000000" + "03100000000000000000000000000000";

    private const string Marked = "0180c20000020200000000018809" + "0201" + "01160001020000000b0b0000002a0000";

    [Fact]
    public void A_captured_LACPDU_is_read()
    {
        Lacpdu.TryRead(Bytes(Captured).AsSpan(Ethernet.HeaderLength), out var pdu).ShouldBeTrue();
        pdu.Actor.ShouldBe(new(65535, 0x0200_0000_0a0a, 15, 255, 1, LacpState.Activity | LacpState.Aggregation | LacpState.Synchronization));
        pdu.Partner.ShouldBe(new(65535, 0x0200_0000_0b0b, 15, 255, 1, LacpState.Activity | LacpState.Aggregation));
    }

    [Fact]
    public void What_is_sent_is_the_same_to_the_byte()
    {
        var (bundle, host, _, cables) = Bundle.Of(Bundle.Options with { AdActorSystem = 0x0200_0000_0a0a }, Bundle.Options with { AdActorSystem = 0x0200_0000_0b0b });
        ((Twin.Packets.Links.Nic)host.Ports[0].Device).BurntMac = 0x4a07_0df9_217c;
        var seen = new List<string>();
        cables[0].Tap = (frame, from) =>
        {
            if (from == host.Ports[0].Device)
                seen.Add(Convert.ToHexStringLower(frame.Bytes));
        };
        bundle.Run(10);
        seen.ShouldContain(Convert.ToHexStringLower(Bytes(Captured)));
        seen.ShouldAllBe(bytes => bytes.Length == 2 * 124);
        bundle.End();
    }

    [Fact]
    public void One_that_is_cut_short_is_no_LACPDU()
    {
        Lacpdu.TryRead(Bytes(Captured).AsSpan(Ethernet.HeaderLength, Lacpdu.Length - 1), out _).ShouldBeFalse();
        Lacpdu.TryRead(Bytes(Marked).AsSpan(Ethernet.HeaderLength), out _).ShouldBeFalse();
    }

    [Fact]
    public void A_marker_comes_back_at_any_port_and_its_answer_does_not()
    {
        var (bundle, host, _, cables) = Bundle.Of(Bundle.Options, Bundle.Static);
        bundle.Run(10);
        var back = new List<string>();
        cables[1].Tap = (frame, from) =>
        {
            if (from == host.Ports[1].Device && frame.Payload[0] == Marker.Subtype)
                back.Add(Convert.ToHexStringLower(frame.Bytes));
        };
        host.Ports[1].IsInactive.ShouldBeTrue();
        cables[1].Carry(Rent(bundle, Marked), cables[1].Other);
        bundle.Run(0.01);
        var answer = Bytes(Marked);
        answer[Ethernet.HeaderLength + 2] = 2;
        var source = ((Twin.Packets.Links.Nic)host.Ports[1].Device).BurntMac;
        for (var i = 0; i < 6; i++)
            answer[6 + i] = (byte)(source >> (40 - (8 * i)));
        back.ShouldBe([Convert.ToHexStringLower(answer)]);
        cables[1].Carry(Rent(bundle, Convert.ToHexString(answer)), cables[1].Other);
        bundle.Run(0.01);
        back.Count.ShouldBe(1);
        bundle.End();
    }

    [Fact]
    public void Other_slow_protocols_are_left_to_the_port()
    {
        var (bundle, host, _, cables) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(5);
        var before = (host.Received, Bundle.Port(host, 0).Partner);
        // OAM is subtype 3.
        var bytes = Bytes(Captured);
        bytes[Ethernet.HeaderLength] = 3;
        cables[0].Carry(Rent(bundle, Convert.ToHexString(bytes)), cables[0].Other);
        bundle.Run(0.01);
        (host.Received - before.Received, Bundle.Port(host, 0).Partner).ShouldBe((1, before.Partner));
        bundle.End();
    }

    [Fact]
    public void Frames_cost_no_memory_once_the_bond_is_up()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(5);
        long Cost()
        {
            var (before, sent) = (GC.GetAllocatedBytesForCurrentThread(), host.Sent);
            for (var i = 0; i < 1000; i++)
            {
                var frame = bundle.World.Frames.Rent();
                frame.Begin(100, 60);
                (frame.Destination, frame.Source, frame.EtherType) = (other.Mac + (ulong)i, host.Mac, Ethernet.Ip4);
                host.Send(frame);
                bundle.World.Time.RunUntil(bundle.World.Time.Now + 10_000);
            }
            (host.Sent - sent).ShouldBe(1000);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Cost();
        Cost().ShouldBeLessThan(2000);
        bundle.End();
    }

    private static Frame Rent(Bundle bundle, string bytes)
    {
        var frame = bundle.World.Frames.Rent();
        frame.Begin(Lacpdu.FrameLength, Lacpdu.FrameLength);
        Convert.FromHexString(bytes).CopyTo(frame.Bytes);
        return frame;
    }

    private static byte[] Bytes(string hex)
    {
        var bytes = new byte[Lacpdu.FrameLength];
        Convert.FromHexString(hex).CopyTo(bytes, 0);
        return bytes;
    }
}
