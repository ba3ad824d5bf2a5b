// Groups: flooded while nobody asks who wants them, and held back from all others when somebody does.

using System.Buffers.Binary;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Bridges.Multicast;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bridges;

public sealed class SnoopingTests
{
    private const uint Film = 0xef01_0203;
    private const long Second = VirtualTime.Second;

    private static Street Asked(params BridgePortOptions[] ports)
    {
        var street = new Street(new() { McastQuerier = true }, ports);
        street.Settle().HeardBy();
        return street;
    }

    [Fact]
    public void Without_a_querier_a_group_is_flooded_even_where_somebody_joined_it()
    {
        var street = new Street(new(), Street.Usual(3));
        Igmp2(street, 1, 0x16, Film);
        street.HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 1]);
    }

    [Fact]
    public void A_bridge_that_asks_sends_an_igmp_query_to_every_port_at_once_and_each_125_s()
    {
        var street = new Street(new() { McastQuerier = true }, Street.Usual(2));
        var times = new List<long>();
        street.Settle().HeardBy().ShouldBe([1, 1]);
        for (var second = 1; second < 300; second++)
            if (street.Wait(Second).HeardBy()[0] > 0)
                times.Add(second);
        times.ShouldBe([32, 157, 282]);
    }

    [Fact]
    public void With_a_querier_only_members_and_routers_get_a_group_and_nobody_one_without()
    {
        var street = Asked(new(), new(), new(), new() { McastRouter = "permanent" });
        Data(street, 0, Film).HeardBy().ShouldBe([0, 0, 0, 1]);
        Igmp2(street, 1, 0x16, Film).HeardBy().ShouldBe([0, 0, 0, 1]);
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 0, 1]);
        Data(street, 0, Film + 1).HeardBy().ShouldBe([0, 0, 0, 1]);
        Data(street, 0, 0xe000_0012).HeardBy().ShouldBe([0, 1, 1, 1]);
    }

    [Fact]
    public void A_membership_that_nobody_repeats_ends_after_260_s()
    {
        var street = Asked(Street.Usual(3));
        Igmp2(street, 1, 0x16, Film);
        street.Wait(259 * Second).HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 0]);
        street.Wait(2 * Second).HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 0, 0]);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Who_leaves_is_asked_twice_a_second_unless_the_port_leaves_fast(bool isFast, int still)
    {
        var street = Asked(new(), new() { Fastleave = isFast }, new());
        Igmp2(street, 1, 0x16, Film);
        Igmp2(street, 1, 0x17, Film);
        street.HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, still, 0]);
        street.Wait(2 * Second).HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Another_querier_counts_after_the_time_that_it_gives_and_is_a_router_itself()
    {
        var street = new Street(new(), Street.Usual(3));
        Igmp2(street, 2, 0x11, 0, code: 100);
        street.HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 1]);
        street.Wait(11 * Second);
        Data(street, 0, Film).HeardBy().ShouldBe([0, 0, 1]);
        street.Wait(250 * Second);
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 1]);
    }

    [Fact]
    public void Where_snooping_is_off_every_group_is_flooded()
    {
        var street = new Street(new() { McastSnooping = false, McastQuerier = true }, Street.Usual(3));
        street.Settle().HeardBy().ShouldBe([0, 0, 0]);
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 1]);
    }

    [Fact]
    public void Records_of_igmpv3_join_and_leave()
    {
        var street = Asked(Street.Usual(3));
        Igmp3(street, 1, type: 4);
        street.HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 1, 0]);
        Igmp3(street, 1, type: 3);
        street.Wait(3 * Second).HeardBy();
        Data(street, 0, Film).HeardBy().ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void Solicited_nodes_of_ipv6_are_held_back_once_mld_is_asked_for_and_all_nodes_never()
    {
        var street = new Street(new(), Street.Usual(3));
        var (film, all) = (((UInt128)0xff02 << 112) | 0x1_ff00_0001, ((UInt128)0xff02 << 112) | 1);
        Mld(street, 2, 130, all, 0);
        Mld(street, 1, 131, film, film);
        street.Wait(11 * Second).HeardBy();
        Mld(street, 0, 135, film, film).HeardBy().ShouldBe([0, 1, 1]);
        Mld(street, 0, 135, film + 1, film + 1).HeardBy().ShouldBe([0, 0, 1]);
        Mld(street, 0, 135, all, all).HeardBy().ShouldBe([0, 1, 1]);
    }

    [Fact]
    public void Its_own_query_has_right_checksums()
    {
        var frame = new Frame();
        Igmp.WriteQuery(frame, Street.BridgeMac, 0, 10 * Second);
        Convert.ToHexString(frame.Bytes[..46]).ShouldBe("01005E000001" + "020000000001" + "0800" + "46C00020000040000102" + "0417" + "00000000" + "E0000001" + "94040000" + "1164EE9B00000000");
        Igmp.Look(frame, out _, out var body).ShouldBe(Message.Query);
        (body, Igmp.Delay(frame, body)).ShouldBe((24, 10 * Second));
    }

    private static Street Data(Street street, int machine, uint group) => Send(street, machine, group, 17, []);

    private static Street Igmp2(Street street, int machine, byte type, uint group, byte code = 0)
    {
        var body = new byte[8];
        (body[0], body[1]) = (type, code);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), group);
        return Send(street, machine, type == 0x11 ? 0xe000_0001 : type == 0x17 ? 0xe000_0002 : group, 2, body);
    }

    private static Street Igmp3(Street street, int machine, byte type)
    {
        var body = new byte[16];
        (body[0], body[7], body[8]) = (0x22, 1, type);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(12), Film);
        return Send(street, machine, 0xe000_0016, 2, body);
    }

    private static Street Send(Street street, int machine, uint to, byte protocol, byte[] body)
    {
        var frame = street.Make(0x0100_5e00_0000UL | (to & 0x7f_ffff), Street.Mac(machine), length: 100);
        frame.EtherType = Ethernet.Ip4;
        var ip = frame.Payload;
        (ip[0], ip[9]) = (0x45, protocol);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], to);
        body.CopyTo(ip[20..]);
        street.Guests[machine].Send(frame);
        return street.Settle();
    }

    private static Street Mld(Street street, int machine, byte type, UInt128 to, UInt128 group)
    {
        var frame = street.World.Frames.Rent();
        frame.Begin(100, 100);
        (frame.Destination, frame.Source, frame.EtherType) = (0x3333_0000_0000UL | (uint)to, Street.Mac(machine), Ethernet.Ip6);
        var ip = frame.Payload;
        ip[6] = 58;
        BinaryPrimitives.WriteUInt128BigEndian(ip[24..], to);
        ip[40] = type;
        BinaryPrimitives.WriteUInt16BigEndian(ip[44..], 10_000);
        BinaryPrimitives.WriteUInt128BigEndian(ip[48..], group);
        street.Guests[machine].Send(frame);
        return street.Settle();
    }
}
