// Offsets to paths, on messages made here; the recorded refusals have a test of their own.
namespace Weft.Netlink.Tests;

public class LocateTests
{
    private static readonly byte[] Bond = MessageCodec.Encode(
        new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0),
        new LinkMessage { Name = "bond0", Mtu = 1500, Info = new LinkInfo { Kind = "bond", Bond = new BondData { Mode = 1, Miimon = 100 } } });

    [Theory]
    [InlineData(0, null)]
    [InlineData(16, "header")]
    [InlineData(32, "name")]
    [InlineData(36, "name")]
    [InlineData(44, "mtu")]
    [InlineData(52, "linkinfo")]
    [InlineData(56, "linkinfo.kind")]
    [InlineData(68, "linkinfo.data")]
    [InlineData(72, "linkinfo.data.mode")]
    [InlineData(80, "linkinfo.data.miimon")]
    [InlineData(84, "linkinfo.data.miimon")]
    [InlineData(88, null)]
    [InlineData(-5, null)]
    public void A_byte_of_a_request_has_a_path(int offset, string? path) => MessageText.Locate(Bond, offset).ShouldBe(path);

    [Theory]
    [InlineData(null, 5, "link")]
    [InlineData(null, 200, "#200")]
    [InlineData(52, 2, "linkinfo.data")]
    [InlineData(68, 15, "linkinfo.data.resend_igmp")]
    [InlineData(68, 99, "linkinfo.data.#99")]
    public void A_missing_attribute_is_named_in_its_nest(int? nest, int type, string path) =>
        MessageText.LocateMissing(Bond, nest, type).ShouldBe(path);

    [Fact]
    public void The_peer_of_a_veth_is_looked_into()
    {
        var veth = MessageCodec.Encode(
            new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0),
            new LinkMessage { Info = new LinkInfo { Kind = "veth", Veth = new VethData { Peer = new LinkMessage { Name = "p" } } } });
        MessageText.Locate(veth, veth.Length - 8).ShouldBe("linkinfo.data.peer.name");
        MessageText.Locate(veth, veth.Length - 20).ShouldBe("linkinfo.data.peer.header");
    }

    [Fact]
    public void An_attribute_without_a_line_is_named_by_its_number()
    {
        var raw = MessageCodec.Encode(new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), new LinkMessage { Mtu = 1 });
        raw[34] = 77;
        MessageText.Locate(raw, 32).ShouldBe("#77");
    }

    [Fact]
    public void A_type_without_a_set_has_no_paths() => MessageText.Locate(
        MessageCodec.Encode(new MessageHeader(0, MessageType.NewVlan, MessageFlags.None, 1, 0), new RawBody { Bytes = new byte[12] }), 20).ShouldBeNull();
}
