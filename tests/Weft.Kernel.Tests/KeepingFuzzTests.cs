// What a kernel might tell, spoiled: every reader of what is kept either makes something of it or leaves it out, and none
// throws or runs on. Recorded messages are mutated by a seed that is printed with a failure.

using System.Runtime.InteropServices;
using Weft.Linux;
using Weft.Linux.Keeping;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Kernel.Tests;

public sealed class KeepingFuzzTests
{
    [Fact]
    public void Spoiled_messages_are_kept_or_left_out_and_nothing_throws()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("WEFT_FUZZ_SEED"), out var given) ? given : 20_261_122;
        var dice = new Random(seed);
        var recorded = Directory.GetFiles(Path.Combine(LabRun.Root, "specs", "netlink", "recorded"), "*.hex").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(Convert.FromHexString).ToArray();
        var kept = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var message = Spoiled(recorded[dice.Next(recorded.Length)], dice);
            try
            {
                kept += Read(message);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"WEFT_FUZZ_SEED={seed}, round {round}, {Convert.ToHexStringLower(message)}", exception);
            }
        }
        kept.ShouldBeGreaterThan(1000, "what keeps nothing tests nothing");
    }

    [Fact]
    public void A_program_on_a_link_is_lost_for_good()
    {
        var marks = Marks.Of(new LinkMessage { Name = "eth0", Xdp = new XdpState { Attached = 1, ProgId = 7 } }, "eth0").ToList();
        marks.Single().Words.ShouldBe("xdp program 7 on eth0");
        marks.Single().Irreversible.ShouldNotBeNull();
        marks.Single().Message.ShouldBeNull();
        Marks.Of(new LinkMessage { Name = "eth0", Xdp = new XdpState { Attached = 0 }, Txqlen = 1000, Group = 0 }, "eth0").ShouldBeEmpty();
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        var names = new Names();
        names.Put(1, "a");
        names.Put(2, "b");
        LinkMessage[] links = [Vlan("a", 1, 2), Vlan("b", 2, 1)];
        UpperLinks.Of([.. links.Select(link => new Seen(link))], names).Select(thing => thing.Words).ShouldBe(["link a@b vlan id 5", "link b@a vlan id 5"]);

        static LinkMessage Vlan(string name, int index, int lower) =>
            new() { Header = { Index = index }, Name = name, Link = lower, Info = new LinkInfo { Kind = "vlan", Vlan = new VlanData { Id = 5 } } };
    }

    private static int Read(byte[] bytes)
    {
        if (!MessageHeader.TryRead(bytes, out var header))
            return 0;
        LookAt(bytes);
        var names = new Names();
        for (var index = 1; index < 64; index++)
            names.Put(index, $"if{index}");
        var things = header.Type switch
        {
            MessageType.NewNeighbour => [.. Forwarding.Of([bytes], [], names), .. Neighbours.Of([bytes], names)],
            MessageType.NewLink when Decoded<LinkMessage>(bytes) is { } link =>
            [
                .. UpperLinks.Of([new(link), new(new LinkMessage { Header = { Index = link.Link ?? 3 }, Name = "lower" })], names), .. Marks.Of(link, link.Name ?? ""),
                .. Linux.Keeping.Vlans.Of(VlanReading.Tables([bytes]), new() { [link.Master ?? 0] = 1 }, names),
            ],
            MessageType.NewMdb or MessageType.GetMdb when Decoded<GroupMessage>(bytes) is { } group => Groups.Of([group], _ => true, names),
            MessageType.NewNexthop when Decoded<NexthopMessage>(bytes) is { } hop => Nexthops.Of([hop], names),
            MessageType.NewQdisc or MessageType.NewClass or MessageType.NewFilter when Decoded<TrafficMessage>(bytes) is { } traffic => Qdiscs.Of([bytes], _ => [traffic], names),
            MessageType.NewAddress when Decoded<AddressMessage>(bytes) is { Local: { } local } address => [Addresses.Of(address, new(local.ToIPAddress(), address.Header.PrefixLength), "if1")],
            MessageType.NewRule when Decoded<RuleMessage>(bytes) is { } rule && RuleReading.Of(rule) is { } read => [new(KeptKind.Link, read.Words, RuleReading.ToMessage(read).DescribeHeader())],
            _ => Array.Empty<Kept>().AsEnumerable(),
        };
        var count = 0;
        foreach (var thing in things)
        {
            count++;
            thing.Words.ShouldNotBeEmpty();
            if (thing.Message is not null)
                Replay.Again(thing, _ => 7).Body.HeaderSize.ShouldBeLessThan(1 << 16);
        }
        return count;
    }

    private static readonly Sysctls Usual = Sysctls.OfNewLinks();

    /// <summary>Any bytes may stand in a dump of links, twice over: the second is read into the object that served the first.</summary>
    private static void LookAt(byte[] bytes)
    {
        var links = new LinkDump(new Names(), Usual);
        if (links.Read([bytes, bytes]) is null)
            foreach (var seen in links.Seen)
                links.Of(seen).State!.Facts.ShouldNotBeNull();
    }

    private static TMessage? Decoded<TMessage>(byte[] bytes) where TMessage : class, IMessage, new()
    {
        var message = new TMessage { Raw = bytes };
        return MessageCodec.Read(bytes, message).IsError ? null : message;
    }

    private static byte[] Spoiled(byte[] original, Random dice)
    {
        var bytes = original.ToArray();
        for (var times = dice.Next(4); times > 0; times--)
            switch (dice.Next(4))
            {
                case 0: bytes[dice.Next(16, bytes.Length)] = (byte)dice.Next(256); break;
                case 1: bytes[dice.Next(16, bytes.Length)] ^= (byte)(1 << dice.Next(8)); break;
                case 2 when bytes.Length > 24: MemoryMarshal.Write(bytes.AsSpan(dice.Next(8, bytes.Length / 2) * 2 - 2), (ushort)dice.Next(12)); break;
                default: bytes = bytes[..Math.Max(17, dice.Next(bytes.Length + 1) & ~3)]; break;
            }
        MemoryMarshal.Write(bytes, (uint)bytes.Length);
        return bytes;
    }
}
