// What a kernel says of hardware: recorded of a veth and a tap; of rings, pause and negotiation, which no link of the lab has,
// by bytes made by hand after linux/ethtool_netlink.h.
namespace Weft.Netlink.Tests;

public class EthtoolTests
{
    [Fact]
    public void A_recorded_veth_has_features_channels_and_no_rings()
    {
        var told = Told("ethtool");
        var features = told.OfType<FeaturesMessage>().Single();
        features.Active!.NoMask.ShouldBe(true);
        features.Active.On.ShouldContain("tx-tcp-segmentation");
        features.Hardware!.Names.Count().ShouldBe(64);
        features.Hardware.On.ShouldContain("rx-gro");
        features.Hardware.On.ShouldNotContain("rx-lro");
        features.Fixed!.On.ShouldContain("tx-lockless");
        var channels = told.OfType<ChannelsMessage>().Single();
        (channels.RxMax, channels.TxMax, channels.CombinedMax, channels.Rx).ShouldBe((4u, 4u, null, 4u));
        told.OfType<RingsMessage>().ShouldBeEmpty();
        var modes = told.OfType<LinkModesMessage>().Single();
        (modes.Autoneg, modes.Speed, modes.Duplex).ShouldBe(((byte)0, 10_000u, (byte)1));
    }

    [Fact]
    public void Recorded_refusals_point_at_what_was_refused()
    {
        var requests = new Dictionary<uint, byte[]>();
        var refusals = new List<string>();
        foreach (var message in Recording.Read("ethtool-refusals"))
        {
            MessageHeader.TryRead(message, out var header);
            if (header.Type == MessageType.Error) refusals.Add(Conversation.Verdict(header, message, requests[header.Sequence], out _, GenericText.BodyOf)!.ToString());
            else requests[header.Sequence] = message;
        }

        refusals.ShouldBe(
        [
            "EINVAL at rx_count: requested channel count exceeds maximum",
            "EOPNOTSUPP: operation not supported",
            "EOPNOTSUPP at wanted.bits.bit.name: bit name not found",
            "EOPNOTSUPP: operation not supported",
            "EINVAL at rx_count: requested channel counts would result in no RX or TX channel being configured",
            "ENODEV at header.dev_index: no device matches ifindex",
        ]);
    }

    [Fact]
    public void Rings_are_read_from_an_answer_and_written_into_a_request()
    {
        var rings = Read<RingsMessage>("10 01 0000  1800 0180 0800 0100 02000000 0900 0200 65746830 00000000  0800 0200 00100000  0800 0500 00080000  0800 0600 00020000  0800 0900 00010000");
        (rings.Header!.Name, rings.RxMax, rings.TxMax, rings.Rx, rings.Tx, rings.RxMini).ShouldBe(("eth0", 4096u, 2048u, 512u, 256u, null));
        Written(EthtoolCommands.Set((MessageType)20, EthtoolCommands.Rings, 2, new RingsMessage { Rx = 1024 })).ShouldBe("10010000" + "14000180" + "0800010002000000" + "0800030002000000" + "0800060000040000");
    }

    [Fact]
    public void Pause_is_three_switches()
    {
        var pause = Read<PauseMessage>("16 01 0000  0500 0200 01000000  0500 0300 00000000  0500 0400 01000000");
        (pause.Autoneg, pause.Rx, pause.Tx).ShouldBe(((byte)1, (byte)0, (byte)1));
    }

    [Fact]
    public void What_is_advertised_is_a_list_of_bits_with_names()
    {
        var modes = Read<LinkModesMessage>("04 01 0000  0500 0200 01000000  4c00 0380  0800 0200 5c000000  4000 0380  2000 0180 0800 0100 05000000 1000 0200 313030304261542f46756c6c 0400 0300"
            + "  1c00 0180 0800 0100 06000000 0f00 0200 4175746f6e656700000000 00  0800 0500 ffffffff  0500 0600 ff000000");
        modes.Autoneg.ShouldBe((byte)1);
        modes.Speed.ShouldBe(uint.MaxValue);
        modes.Ours!.Names.ShouldBe(["1000BaT/Full", "Autoneg"]);
        modes.Ours.On.ShouldBe(["1000BaT/Full"]);
    }

    private static T Read<T>(string body) where T : GenericMessage, new()
    {
        var bytes = Hex.Bytes("00000000 1400 0000 01000000 00000000" + body);
        new MessageHeader((uint)bytes.Length, (MessageType)20, MessageFlags.None, 1, 7).Write(bytes);
        MessageHeader.TryRead(bytes, out var header);
        GenericText.BodyOf(header, bytes).ShouldBeOfType<T>();
        return MessageCodec.Decode<T>(bytes);
    }

    private static string Written(Request request) => Convert.ToHexStringLower(MessageCodec.Encode(new(0, request.Type, request.Flags, 1, 0), request.Body).AsSpan(MessageHeader.Size));

    private static List<IMessage> Told(string recording)
    {
        var told = new List<IMessage>();
        foreach (var bytes in Recording.Read(recording))
            if (MessageHeader.TryRead(bytes, out var header) && !header.Flags.HasFlag(MessageFlags.Request) && GenericText.BodyOf(header, bytes) is { } body)
            {
                MessageCodec.Read(bytes, body).ToString().ShouldBe("no fault");
                told.Add(body);
            }

        return told;
    }
}
