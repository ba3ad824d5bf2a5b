// What balance-tlb and balance-alb spread: bond_alb.c, case by case.

using Weft.Twin.Hashing;

namespace Weft.Twin.Tests.Hashing;

public sealed class BalancedTests
{
    private static readonly byte[] Far = [2, 0, 0, 0, 0, 9], Own = [2, 0, 0, 0, 0, 1], All = [255, 255, 255, 255, 255, 255], AllNodes = [0x33, 0x33, 0, 0, 0, 1], Group = [0x33, 0x33, 0xff, 0, 0, 1];
    private static readonly byte[] From6 = [0xfd, .. new byte[14], 1], To6 = [0xfd, .. new byte[14], 2];

    private static byte[] Ip4(byte[] mac, byte protocol = IpProtocol.Udp, byte last = 2) => [.. mac, .. Own, 8, 0, 0x45, .. new byte[8], protocol, 0, 0, 10, 0, 0, 1, .. (byte[])(last == 255 ? [255, 255, 255, 255] : [10, 0, 0, last]), .. new byte[8]];

    private static byte[] Ip6(byte[] mac, byte next = IpProtocol.Udp, byte type = 0, byte[]? from = null) => [.. mac, .. Own, 0x86, 0xdd, 0x60, .. new byte[5], next, 64, .. from ?? From6, .. To6, type, .. new byte[23]];

    public static TheoryData<string, byte[], bool, byte[]> Frames => new()
    {
        { "IPv4", Ip4(Far), true, [10, 0, 0, 2] },
        { "IPv6", Ip6(Far), true, To6 },
        { "a group of IPv4", Ip4([1, 0, 0x5e, 0, 0, 1]), false, [10, 0, 0, 2] },
        { "a group of IPv6", Ip6(Group), false, To6 },
        { "broadcast", Ip4(All), false, [] },
        { "the address that is for all", Ip4(Far, last: 255), true, [] },
        { "IGMP", Ip4(Far, IpProtocol.Igmp), true, [] },
        { "all nodes", Ip6(AllNodes), false, [] },
        { "a solicitation", Ip6(Far, IpProtocol.Icmp6, IcmpType.NeighbourSolicitation), false, [] },
        { "an advertisement", Ip6(Far, IpProtocol.Icmp6, IcmpType.NeighbourAdvertisement), false, [] },
        { "an echo", Ip6(Far, IpProtocol.Icmp6, IcmpType.Echo6), true, To6 },
        { "from nobody", Ip6(Far, from: new byte[16]), true, [] },
        { "IPv6 that ends in its header", Ip6(Far)[..40], false, [] },
        { "ICMPv6 that ends in its header", Ip6(Far, IpProtocol.Icmp6, IcmpType.Echo6)[..60], false, [] },
        { "IPv4 that ends in its header", Ip4(Far)[..30], true, [] },
        { "ARP", [.. Far, .. Own, 8, 6, .. new byte[46]], false, [] },
        { "less than MACs and type", [.. Far, .. Own], false, [] },
    };

    [Theory]
    [MemberData(nameof(Frames))]
    public void A_frame_is_spread_as_the_kernel_spreads_it(string what, byte[] frame, bool byTlb, byte[] destination)
    {
        Balanced.ByTlb(frame).ShouldBe(byTlb, what);
        Balanced.ByAlb(frame).ToArray().ShouldBe(destination, what);
    }
}
