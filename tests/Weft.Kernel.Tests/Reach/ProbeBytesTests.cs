// What the prober takes for an answer, byte by byte: anybody on the wire may send anything.

using System.Buffers.Binary;
using Weft.Linux.Probing;
using Weft.Netlink;

namespace Weft.Kernel.Tests;

public sealed class ProbeBytesTests
{
    private static readonly byte[] Own = [2, 0, 0, 0, 0, 1], Theirs = [2, 0, 0, 0, 0, 2], Gateway = [10, 0, 0, 1];
    private static readonly byte[] Gateway6 = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    private static byte[] Arp => [0, 1, 8, 0, 6, 4, 0, 2, .. Theirs, .. Gateway, .. Own, 10, 0, 0, 2];
    private static byte[] Advertisement => [136, 0, 0, 0, 0x60, 0, 0, 0, .. Gateway6, 2, 1, .. Theirs];
    private static byte[] Echo => [8, 0, 0, 0, 0x12, 0x34, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
    private static byte[] Reply4 => [0x45, .. new byte[19], 0, 0, 0, 0, .. Echo[4..]];

    [Fact]
    public void An_ARP_reply_counts_only_if_it_is_the_gateways_to_us()
    {
        ArpQuestion.IsReply(Arp, Gateway, Own).ShouldBeTrue();
        // Type, family, lengths, operation, the sender's address and to whom it speaks: none of them may be another.
        foreach (var at in new[] { 0, 1, 2, 3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23 })
            ArpQuestion.IsReply(Changed(Arp, at), Gateway, Own).ShouldBeFalse($"byte {at}");
        ArpQuestion.IsReply([.. Arp[..8], .. Own, .. Arp[14..]], Gateway, Own).ShouldBeFalse("it came from ourselves");
        ArpQuestion.IsReply([.. Arp[..8], .. new byte[6], .. Arp[14..]], Gateway, Own).ShouldBeFalse("nobody has no MAC");
        ArpQuestion.IsReply([.. Arp[..8], 1, 0, 0x5e, 0, 0, 1, .. Arp[14..]], Gateway, Own).ShouldBeFalse("a group is nobody");
        ArpQuestion.IsReply([.. Arp, .. new byte[18]], Gateway, Own).ShouldBeTrue("Ethernet pads short frames");
    }

    [Fact]
    public void An_advertisement_counts_only_from_this_link_and_of_this_address()
    {
        NeighbourQuestion.IsAdvertisement(Advertisement, 255, Gateway6).ShouldBeTrue();
        NeighbourQuestion.IsAdvertisement(Advertisement, 254, Gateway6).ShouldBeFalse();
        NeighbourQuestion.IsAdvertisement(Advertisement, -1, Gateway6).ShouldBeFalse();
        foreach (var at in Enumerable.Range(8, 16).Append(0).Append(1))
            NeighbourQuestion.IsAdvertisement(Changed(Advertisement, at), 255, Gateway6).ShouldBeFalse($"byte {at}");
    }

    [Fact]
    public void An_echo_counts_only_with_the_bytes_that_we_gave_it()
    {
        PingQuestion.IsReply(Reply4, is6: false, Echo).ShouldBeTrue();
        PingQuestion.IsReply([0x46, .. new byte[23], .. Reply4[20..]], is6: false, Echo).ShouldBeTrue("IP options make a longer header");
        PingQuestion.IsReply([129, 0, 9, 9, .. Echo[4..]], is6: true, Echo).ShouldBeTrue();
        PingQuestion.IsReply([128, 0, 9, 9, .. Echo[4..]], is6: true, Echo).ShouldBeFalse("a request is no reply");
        foreach (var at in Enumerable.Range(24, 12).Append(20).Append(21))
            PingQuestion.IsReply(Changed(Reply4, at), is6: false, Echo).ShouldBeFalse($"byte {at}");
    }

    [Fact]
    public void Cut_and_random_bytes_are_no_answer_and_break_nothing()
    {
        foreach (var (whole, isAnswer) in new (byte[], Func<byte[], bool>)[]
        {
            (Arp, bytes => ArpQuestion.IsReply(bytes, Gateway, Own)), (Advertisement, bytes => NeighbourQuestion.IsAdvertisement(bytes, 255, Gateway6)),
            (Reply4, bytes => PingQuestion.IsReply(bytes, is6: false, Echo)), (Reply4[20..], bytes => PingQuestion.IsReply([129, .. bytes.Skip(1)], is6: true, Echo)),
        })
        {
            var shortest = whole == Advertisement ? 24 : whole.Length;
            for (var length = 0; length < Math.Min(shortest, 24); length++)
                isAnswer(whole[..length]).ShouldBeFalse($"{length} bytes");
            var dice = new Random(4711);
            for (var round = 0; round < 20_000; round++)
            {
                var bytes = new byte[dice.Next(80)];
                dice.NextBytes(bytes);
                isAnswer(bytes).ShouldBeFalse();
            }
        }
    }

    [Fact]
    public void The_checksum_of_a_message_with_its_checksum_is_nought()
    {
        var echo = Echo;
        BinaryPrimitives.WriteUInt16BigEndian(echo.AsSpan(2), InternetChecksum.Of(echo));
        InternetChecksum.Of(echo).ShouldBe((ushort)0);
    }

    [Fact]
    public void A_port_is_agreed_on_only_where_both_ends_collect_and_distribute_in_the_bonds_aggregator()
    {
        var active = new BondAdInfo { Aggregator = 1, PartnerMac = new HardwareAddress([0xaa, 0, 0, 0, 0, 1]) };
        var port = new BondPortData { AdAggregatorId = 1, AdActorOperPortState = 0x3d, AdPartnerOperPortState = 0x3f };
        UplinkLook.Judge(port, active).ShouldBeNull();
        UplinkLook.Judge(new() { AdAggregatorId = 2, AdActorOperPortState = 0x3d, AdPartnerOperPortState = 0x3f }, active).ShouldBe("it is in aggregator 2, and the bond uses 1");
        UplinkLook.Judge(new() { AdAggregatorId = 1, AdActorOperPortState = 0x0d, AdPartnerOperPortState = 0x3f }, active).ShouldBe("not agreed: port state 13");
        UplinkLook.Judge(new() { AdAggregatorId = 1, AdActorOperPortState = 0x3d, AdPartnerOperPortState = 0x07 }, active).ShouldBe("not agreed: partner's port state 7");
        UplinkLook.Judge(new() { AdAggregatorId = 1, AdActorOperPortState = 0x4d, AdPartnerOperPortState = 0x01 }, active).ShouldBe("no partner answers");
        UplinkLook.Judge(port, new BondAdInfo { Aggregator = 1, PartnerMac = new HardwareAddress(new byte[6]) }).ShouldBe("no partner answers");
        UplinkLook.Judge(new(), active).ShouldBe("its bond does not speak LACP");
        UplinkLook.Judge(port, null).ShouldBe("its bond does not speak LACP");
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        bytes[at] ^= 0x55;
        return bytes;
    }
}
