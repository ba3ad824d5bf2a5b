// Bytes in words. What no line asks for is shown, what is broken is shown as broken, and nothing from the wire reaches
// a terminal unescaped.
namespace Weft.Netlink.Tests;

public class DescribeTests
{
    [Fact]
    public void A_request_reads_as_lines_with_nests_indented()
    {
        var link = new LinkMessage
        {
            Header = { Index = 3, Flags = LinkFlags.Up, Change = LinkFlags.Up },
            Name = "bond0",
            Info = new LinkInfo { Kind = "bond", Bond = new BondData { Mode = 1, ArpIpTarget = [InetAddress.Parse("10.0.0.1")] } },
        };
        MessageText.Describe(MessageCodec.Encode(new MessageHeader(0, MessageType.NewLink, MessageFlags.Request | MessageFlags.Create, 7, 0), link)).ShouldBe(
            """
            newlink flags 0x401 seq 7 port 0 length 84
              unspec type 0 index 3 flags [Up] change [Up]
                name "bond0"
                linkinfo
                  kind "bond"
                  data
                    mode 1
                    arp_ip_target [10.0.0.1]

            """);
    }

    [Fact]
    public void What_nobody_asked_for_is_shown_by_number_and_hex()
    {
        var message = Message(MessageType.NewAddress, "02 18 00 00 05000000  0500 6300 ab 000000  0400 6400  0400 6400  2c00 c800" + string.Concat(Enumerable.Repeat("11", 40)));
        MessageText.Describe(message).ShouldEndWith($"    #99 0xab\n    #100 0x\n    #200 0x{string.Concat(Enumerable.Repeat("11", 32))}.. 40 bytes\n");
    }

    [Fact]
    public void What_is_broken_is_shown_as_broken()
    {
        MessageText.Describe(Message(MessageType.NewAddress, "02 18 00 00 05000000  0700 0100 010203 00")).ShouldEndWith("    ! WrongSize at byte 24 (address)\n");
        MessageText.Describe(Message(MessageType.NewAddress, "02 18 00 00 05000000  ff00 0100")).ShouldEndWith("    ! BadLength at byte 24\n");
        MessageText.Describe(Message(MessageType.NewAddress, "02 18")).ShouldEndWith("  ! BadLength at byte 16 (header)\n");
        MessageText.Describe([1, 2, 3]).ShouldBe("! not a netlink message: 0x010203\n");
    }

    [Fact]
    public void Names_from_the_wire_cannot_speak_to_the_terminal()
    {
        var message = MessageCodec.Encode(new MessageHeader(0, MessageType.NewLink, MessageFlags.None, 1, 0), new LinkMessage { Name = "a\u001b[2J\"\n" });
        MessageText.Describe(message).ShouldContain("name \"a\\u001b[2J\\\"\\u000a\"\n");
    }

    private static byte[] Message(MessageType type, string body)
    {
        var bytes = Hex.Bytes(body);
        var message = new byte[MessageHeader.Size + bytes.Length];
        new MessageHeader((uint)message.Length, type, MessageFlags.None, 1, 0).Write(message);
        bytes.CopyTo(message, MessageHeader.Size);
        return message;
    }
}
