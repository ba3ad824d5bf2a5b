// Bytes that lie about themselves. The codec answers with its own fault and where it is, and nothing else.
using System.Runtime.InteropServices;

namespace Weft.Netlink.Tests;

public class HostileBytesTests
{
    [Theory]
    [InlineData("an attribute shorter than its header", "0300 0100 00000000", WireFault.BadLength, 0)]
    [InlineData("an attribute of no length", "0000 0100 00000000", WireFault.BadLength, 0)]
    [InlineData("an attribute longer than what holds it", "0900 0100 04000000", WireFault.BadLength, 0)]
    [InlineData("the second attribute is cut", "0500 0100 04000000 0800 03", WireFault.BadLength, 8)]
    [InlineData("a byte with two bytes", "0600 0100 04000000", WireFault.WrongSize, 0)]
    [InlineData("a number with three bytes", "0700 0300 64000000", WireFault.WrongSize, 0)]
    [InlineData("an address of five bytes in a list", "1000 0800 0900 0000 0a00000105 000000", WireFault.WrongSize, 4)]
    [InlineData("a list whose member is too long", "0c00 0800 ff00 0000 0a000001", WireFault.BadLength, 4)]
    [InlineData("a nest whose member is too long", "0c00 1700 ff00 0100 01000000", WireFault.BadLength, 4)]
    public void A_lie_in_a_bonds_data_is_named_with_its_place(string what, string annotated, WireFault fault, int offset)
    {
        var error = Attributes.TryRead(Hex.Bytes(annotated), new BondData());
        (error.Fault, error.Offset).ShouldBe((fault, offset), what);
    }

    [Fact]
    public void A_structure_may_grow_at_its_end_and_may_not_be_short()
    {
        var grown = Attributes.Read<VlanData>(Hex.Bytes("1000 0200 01000000 03000000 aaaaaaaa"));
        grown.Flags.ShouldBe(new VlanFlags(1, 3));
        Attributes.TryRead(Hex.Bytes("0800 0200 01000000"), new VlanData()).Fault.ShouldBe(WireFault.WrongSize);
    }

    [Fact]
    public void Peers_inside_peers_end_at_a_bounded_depth()
    {
        var bytes = Array.Empty<byte>();
        for (var i = 0; i < 60; i++) bytes = Wrap(1, [.. new byte[16], .. Wrap(18, [.. Text(1, "veth"), .. Wrap(2, bytes)])]);
        Attributes.TryRead(bytes, new VethData()).Fault.ShouldBe(WireFault.TooDeep);
    }

    [Fact]
    public void A_link_layer_address_longer_than_the_kernels_limit_is_a_fault()
    {
        var message = MessageCodec.Encode(new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), new LinkMessage());
        byte[] longer = [.. message, .. Wrap(1, new byte[33])];
        MemoryMarshal.Write(longer, (uint)longer.Length);
        MessageCodec.Read(longer, new LinkMessage()).ShouldBe(new WireError(WireFault.WrongSize, 32, "address"));
    }

    [Fact]
    public void A_record_shorter_than_its_header_is_a_fault()
    {
        byte[] body = [.. new byte[12], .. Wrap(9, [4, 0, 0, 0])];
        byte[] message = new byte[16 + body.Length];
        new MessageHeader((uint)message.Length, MessageType.NewRoute, MessageFlags.None, 1, 0).Write(message);
        body.CopyTo(message, 16);
        MessageCodec.Read(message, new RouteMessage()).Fault.ShouldBe(WireFault.BadLength);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(15)]
    [InlineData(17)]
    [InlineData(-1)]
    public void A_message_whose_length_cannot_be_ends_the_walk(int length)
    {
        var datagram = new byte[16];
        new MessageHeader((uint)length, MessageType.NewLink, MessageFlags.None, 1, 0).Write(datagram);
        var walk = new MessageWalk(datagram);
        walk.MoveNext().ShouldBeFalse();
        walk.Error.Fault.ShouldBe(WireFault.BadLength);
        MessageCodec.Read(datagram, new LinkMessage()).Fault.ShouldBe(WireFault.BadLength);
    }

    [Fact]
    public void Decoding_what_must_be_whole_throws_the_codecs_one_exception()
    {
        var message = new byte[20];
        new MessageHeader(20, MessageType.NewLink, MessageFlags.None, 1, 0).Write(message);
        Should.Throw<MalformedMessageException>(() => MessageCodec.Decode<LinkMessage>(message)).Error.Fault.ShouldBe(WireFault.BadLength);
    }

    [Fact]
    public void A_writer_without_room_says_so_and_stays_inside()
    {
        var link = (LinkMessage)Sample.Filled(typeof(LinkMessage));
        var whole = MessageCodec.Encode(new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), link);
        for (var room = 0; room < whole.Length; room++)
        {
            var buffer = new byte[room + 8];
            Array.Fill(buffer, (byte)0xee);
            MessageCodec.Write(buffer.AsSpan(0, room), new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), link, out var error).ShouldBe(0);
            error.Fault.ShouldBe(WireFault.NoSpace);
            buffer.AsSpan(room).ToArray().ShouldAllBe(left => left == 0xee);
        }
    }

    [Fact]
    public void A_value_too_long_for_an_attribute_is_refused_before_it_is_sent()
    {
        var buffer = new byte[200_000];
        MessageCodec.Write(buffer, default, new LinkMessage { Alias = new string('x', 70_000) }, out var error).ShouldBe(0);
        error.Fault.ShouldBe(WireFault.Oversized);
        var vlans = new BridgeFamily { VlanInfos = [.. Enumerable.Range(0, 20_000).Select(i => new BridgeVlanInfo(0, 1))] };
        MessageCodec.Write(buffer, default, new LinkMessage { Header = { Family = Families.Bridge }, Bridge = vlans }, out error).ShouldBe(0);
        error.Fault.ShouldBe(WireFault.Oversized);
    }

    private static byte[] Text(ushort type, string text) => Wrap(type, [.. System.Text.Encoding.ASCII.GetBytes(text), 0]);

    private static byte[] Wrap(ushort type, byte[] payload)
    {
        var bytes = new byte[(4 + payload.Length + 3) & ~3];
        MemoryMarshal.Write(bytes, (ushort)(4 + payload.Length));
        MemoryMarshal.Write(bytes.AsSpan(2), type);
        payload.CopyTo(bytes, 4);
        return bytes;
    }
}
