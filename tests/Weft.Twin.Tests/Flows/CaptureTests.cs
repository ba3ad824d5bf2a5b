// Recordings of packets in every form in which they come, whole, cut off and damaged.

using System.Buffers.Binary;
using Weft.Text;
using Weft.Twin.Flows;
using Weft.Twin.Flows.Captures;
using static Weft.Twin.Tests.Hashing.Bytes;

namespace Weft.Twin.Tests.Flows;

public sealed class CaptureTests
{
    private static readonly byte[] Plain = Frame(0x0800, Ip4(6), Ports(40000, 443)), Tagged = Frame(0x8100, Tag(0x2064, 0x0800), Ip4(6), Ports(40000, 443));

    /// <summary>A pcap as tcpdump writes it.</summary>
    private static byte[] Pcap(uint magic, bool isLittle, int linkType, params byte[][] frames) =>
    [
        .. Word(magic, isLittle), .. Half(2, isLittle), .. Half(4, isLittle), .. new byte[8], .. Word(65535, isLittle), .. Word((uint)linkType, isLittle),
        .. frames.SelectMany(frame => (byte[])[.. Word(1, isLittle), .. Word(2, isLittle), .. Word((uint)frame.Length, isLittle), .. Word((uint)frame.Length, isLittle), .. frame]),
    ];

    private static byte[] Block(uint type, bool isLittle, params byte[][] parts)
    {
        var body = parts.SelectMany(part => part).ToArray();
        byte[] padded = [.. body, .. new byte[(4 - body.Length % 4) % 4]];
        return [.. Word(type, isLittle), .. Word((uint)padded.Length + 12, isLittle), .. padded, .. Word((uint)padded.Length + 12, isLittle)];
    }

    private static byte[] Section(bool isLittle) => Block(0x0a0d0d0a, isLittle, Word(0x1a2b3c4d, isLittle), Half(1, isLittle), Half(0, isLittle), Hex("ffffffffffffffff"));

    private static byte[] Interface(bool isLittle, int linkType, uint most = 0) => Block(1, isLittle, Half(linkType, isLittle), Half(0, isLittle), Word(most, isLittle));

    private static byte[] Packet(bool isLittle, uint number, byte[] frame, int whole = 0) =>
        Block(6, isLittle, Word(number, isLittle), new byte[8], Word((uint)frame.Length, isLittle), Word((uint)Math.Max(whole, frame.Length), isLittle), frame);

    private static byte[] Word(uint word, bool isLittle)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, isLittle ? word : BinaryPrimitives.ReverseEndianness(word));
        return bytes;
    }

    private static byte[] Half(int half, bool isLittle) => isLittle ? [(byte)half, (byte)(half >> 8)] : Two(half);

    [Theory]
    [InlineData(0xa1b2c3d4u, true)]
    [InlineData(0xa1b2c3d4u, false)]
    [InlineData(0xa1b23c4du, true)]
    [InlineData(0xa1b23c4du, false)]
    public void A_pcap_of_either_byte_order_and_resolution_is_read(uint magic, bool isLittle)
    {
        var file = Capture.Read("a.pcap", Pcap(magic, isLittle, 1, Plain, Tagged, Plain));
        file.Findings.ShouldBeEmpty();
        ShouldBeThese(file.Flows, (Plain, -1), (Plain, 0x2064), (Plain, -1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pcapng_is_read_with_all_its_kinds_of_packets(bool isLittle)
    {
        byte[] old = Block(2, isLittle, Half(1, isLittle), Half(0, isLittle), new byte[8], Word((uint)Plain.Length, isLittle), Word((uint)Plain.Length, isLittle), Plain);
        byte[] simple = Block(3, isLittle, Word((uint)Plain.Length, isLittle), Plain);
        byte[] bytes =
        [
            .. Section(isLittle), .. Block(5, isLittle, new byte[12]), .. Interface(isLittle, 1), .. Interface(isLittle, 1), .. Packet(isLittle, 1, Tagged), .. Block(0x80000bad, isLittle, Hex("00")), .. old, .. simple,
            // A second section, of the other byte order, whose interfaces are its own.
            .. Section(!isLittle), .. Interface(!isLittle, 1), .. Packet(!isLittle, 0, Plain),
        ];
        var file = Capture.Read("a.pcapng", bytes);
        file.Findings.ShouldBeEmpty();
        ShouldBeThese(file.Flows, (Plain, 0x2064), (Plain, -1), (Plain, -1), (Plain, -1));
    }

    [Fact]
    public void The_first_tag_is_beside_the_frame_and_a_second_stays_in_it()
    {
        byte[] inner = Frame(0x8100, Tag(7, 0x0800), Ip4(6)), two = [.. inner[..12], .. Hex("88a8 0005"), .. inner[12..]];
        ShouldBeThese(Capture.Read("a.pcap", Pcap(0xa1b2c3d4, true, 1, two)).Flows, (inner, 5));
        // MPLS keeps its tag: it is put there before the bond sees the frame.
        var mpls = Frame(0x88a8, Tag(5, 0x8847), Hex("00001140"));
        ShouldBeThese(Capture.Read("a.pcap", Pcap(0xa1b2c3d4, true, 1, mpls)).Flows, (mpls, -1));
    }

    [Theory]
    [InlineData(113, "Linux cooked (LINUX_SLL, which tcpdump -i any records)")]
    [InlineData(276, "Linux cooked (LINUX_SLL2, which tcpdump -i any records)")]
    [InlineData(101, "raw IP (RAW)")]
    [InlineData(105, "IEEE 802.11")]
    [InlineData(200, "of link type 200")]
    public void Another_link_type_is_refused_by_name(int type, string name)
    {
        foreach (var bytes in new byte[][] { Pcap(0xa1b2c3d4, true, type, Plain), [.. Section(true), .. Interface(true, 1), .. Interface(true, type), .. Packet(true, 0, Plain), .. Packet(true, 1, Plain)] })
            ShouldFind(Capture.Read("a.pcap", bytes), "capture-link-type", Severity.Error, $"frames in it are {name}, not Ethernet");
        // An interface that nothing was recorded on harms nobody.
        Capture.Read("a.pcapng", (byte[])[.. Section(true), .. Interface(true, 1), .. Interface(true, type), .. Packet(true, 0, Plain)]).Findings.ShouldBeEmpty();
    }

    [Fact]
    public void What_ends_early_is_read_up_to_there()
    {
        var pcap = Pcap(0xa1b2c3d4, true, 1, Plain, Plain);
        for (var length = 24 + 16 + Plain.Length + 1; length < pcap.Length; length++)
        {
            var file = Capture.Read("a.pcap", pcap.AsMemory(0, length));
            ShouldFind(file, "capture-ends", Severity.Warning, "after 1 frames");
            file.Flows.Length.ShouldBe(1);
        }
        byte[] pcapng = [.. Section(true), .. Interface(true, 1), .. Packet(true, 0, Plain)], more = [.. pcapng, .. Packet(true, 0, Plain)];
        for (var length = pcapng.Length + 1; length < more.Length; length++)
            ShouldFind(Capture.Read("a.pcapng", more.AsMemory(0, length)), "capture-ends", Severity.Warning, "it ends within a block, after 1 frames");
    }

    [Fact]
    public void Frames_that_were_recorded_in_part_are_counted()
    {
        var cut = Packet(true, 0, Plain[..30], whole: 1514);
        ShouldFind(Capture.Read("a.pcapng", (byte[])[.. Section(true), .. Interface(true, 1), .. cut, .. Packet(true, 0, Plain)]), "capture-cut", Severity.Warning, "1 of 2 frames were recorded only in part");
        byte[] simple = Block(3, true, Word(1514, true), Plain[..40]);
        ShouldBeThese(Capture.Read("a.pcapng", (byte[])[.. Section(true), .. Interface(true, 1, 40), .. simple]).Flows, (Plain[..40], -1));
    }

    public static TheoryData<byte[], string, string> Damages => new()
    {
        { [], "capture-unknown", "it is empty" },
        { Hex("1f8b0800"), "capture-unknown", "it is compressed by gzip" },
        { Hex("28b52ffd"), "capture-unknown", "it is compressed by zstd" },
        { Hex("736d6163"), "capture-unknown", "it begins with 736d6163, as no pcap or pcapng does" },
        { Hex("73"), "capture-unknown", "it begins with 73," },
        { Hex("d4c3b2a1 0200"), "capture-malformed", "the header of the file is cut off at byte 6" },
        { Pcap(0xa1b2c3d4, true, 1), "capture-empty", "it holds no frame" },
        { [.. Pcap(0xa1b2c3d4, true, 1, Plain), .. Hex("01000000 01000000 ffffff7f ffffff7f")], "capture-malformed", "a frame is said to be of 2147483647 bytes at byte" },
        { Hex("0a0d0d0a 1c000000 00000000"), "capture-malformed", "a section has no byte order at byte 0" },
        { [.. Section(true), .. Packet(true, 0, Plain)], "capture-malformed", "a frame is of an interface that nobody told of" },
        { [.. Section(true), .. Interface(true, 1), .. Hex("06000000 0b000000 00000000")], "capture-malformed", "a block is said to be of 11 bytes" },
        { [.. Section(true), .. Interface(true, 1), .. Hex("06000000 10000000 00000000 14000000")], "capture-malformed", "a block says two lengths" },
        { [.. Section(true), .. Interface(true, 1), .. Hex("06000000 10000000 00000000 10000000")], "capture-malformed", "a block is too short for what it is" },
        { [.. Section(true), .. Interface(true, 1), .. Block(6, true, new byte[12], Word(99, true), Word(99, true), Plain)], "capture-malformed", "a frame is said to be of 99 bytes, and its block has not so many" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void What_is_damaged_is_an_error(byte[] bytes, string rule, string what) => ShouldFind(Capture.Read("a.pcap", bytes), rule, Severity.Error, what);

    [Fact]
    public void Any_bytes_are_read_without_an_exception()
    {
        var random = new Random(20260723);
        byte[][] good = [Pcap(0xa1b2c3d4, true, 1, Plain, Tagged, Plain), Pcap(0xa1b23c4d, false, 1, Tagged, Plain), [.. Section(true), .. Interface(true, 1), .. Packet(true, 0, Tagged), .. Block(3, true, Word(20, true), Plain[..20]), .. Section(false), .. Interface(false, 1, 64), .. Packet(false, 0, Plain)]];
        for (var round = 0; round < 30_000; round++)
        {
            var bytes = good[round % good.Length].ToArray();
            for (var turn = random.Next(1, 6); turn > 0; turn--)
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) switch { 0 => 0, 1 => 0xff, _ => random.Next(256) });
            var file = Capture.Read("a.pcap", bytes.AsMemory(0, random.Next(bytes.Length + 1)));
            (file.Flows.Length > 0 || file.Findings.Length > 0).ShouldBeTrue();
        }
    }

    private static void ShouldBeThese(IReadOnlyList<Flow> flows, params (byte[] Frame, int Tag)[] expected)
    {
        flows.Select(flow => flow.Tag).ShouldBe(expected.Select(one => one.Tag));
        flows.Select(flow => Convert.ToHexString(flow.Frame.Span)).ShouldBe(expected.Select(one => Convert.ToHexString(one.Frame)));
    }

    private static void ShouldFind(FlowFile file, string rule, Severity severity, string what)
    {
        var finding = file.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.Place.ToString()).ShouldBe((rule, severity, finding.Place.File));
        finding.What.ShouldContain(what);
    }
}
