// One attribute each: a value and the bytes it must be, checked both ways. The bytes are written down by hand from
// linux/netlink.h (length 2, type 2, payload, padding to 4), not taken from the code.
namespace Weft.Netlink.Tests;

public class AttributeTypeTests
{
    public static TheoryData<string, IAttributes, string> Lines => new()
    {
        { "a byte is padded to four", new BondData { Mode = 4 }, "0500 0100 04 000000 # len 5, IFLA_BOND_MODE" },
        { "16 bits in host order", new VlanData { Id = 0x0123 }, "0600 0100 2301 0000 # len 6, IFLA_VLAN_ID" },
        { "16 bits in network order", new VlanData { Protocol = 0x8100 }, "0600 0500 8100 0000 # len 6, IFLA_VLAN_PROTOCOL" },
        { "32 bits in host order", new BondData { Miimon = 100 }, "0800 0300 64000000 # len 8, IFLA_BOND_MIIMON" },
        { "a signed number", new BondPortData { Prio = -2 }, "0800 0900 feffffff # len 8, IFLA_BOND_SLAVE_PRIO" },
        { "an index", new BondData { ActiveSlave = 7 }, "0800 0200 07000000 # len 8, IFLA_BOND_ACTIVE_SLAVE" },
        { "64 bits in host order", new BridgeData { McastQueryInterval = 12500 }, "0c00 2100 d430000000000000 # len 12, IFLA_BR_MCAST_QUERY_INTVL" },
        { "a flag is its presence", new BridgeData { FdbFlush = true }, "0400 1500 # len 4, IFLA_BR_FDB_FLUSH" },
        { "text ends with a zero byte", new LinkInfo { Kind = "bond" }, "0900 0100 626f6e64 00 000000 # len 9, IFLA_INFO_KIND" },
        { "a MAC", new BondData { AdActorSystem = HardwareAddress.Parse("02:00:5e:10:20:30") }, "0a00 1a00 02005e102030 0000 # len 10, IFLA_BOND_AD_ACTOR_SYSTEM" },
        { "an IPv4 address", new AddressSet { Address = InetAddress.Parse("10.1.2.3") }, "0800 0100 0a010203 # len 8, IFA_ADDRESS" },
        { "an IPv6 address", new AddressSet { Address = InetAddress.Parse("2001:db8::5") }, "1400 0100 20010db8 00000000 00000000 00000005 # len 20, IFA_ADDRESS" },
        {
            "a nested list of IPv4 targets", new BondData { ArpIpTarget = [InetAddress.Parse("10.0.0.1"), InetAddress.Parse("10.0.0.2")] },
            "1400 0880 # len 20, IFLA_BOND_ARP_IP_TARGET nested\n 0800 0000 0a000001 # number 0\n 0800 0100 0a000002 # number 1"
        },
        { "an empty list is there, and clears", new BondData { ArpIpTarget = [] }, "0400 0880 # len 4, IFLA_BOND_ARP_IP_TARGET nested" },
        {
            "a nested list of IPv6 targets", new BondData { NsIp6Target = [InetAddress.Parse("fe80::1")] },
            "1800 1f80 # len 24, IFLA_BOND_NS_IP6_TARGET nested\n 1400 0000 fe800000 00000000 00000000 00000001 # number 0"
        },
        { "a structure", new VlanData { Flags = new VlanFlags(1, 3) }, "0c00 0200 01000000 03000000 # len 12, IFLA_VLAN_FLAGS" },
        { "a structure with a part in network order", new BridgePortData { BridgeId = new BridgeId(0x8000, HardwareAddress.Parse("02:00:00:00:00:01")) }, "0c00 0e00 8000 020000000001 # len 12, IFLA_BRPORT_BRIDGE_ID" },
        {
            "the same structure repeated", new BridgeFamily { VlanInfos = [new BridgeVlanInfo(8, 100), new BridgeVlanInfo(16, 200)] },
            "0800 0200 0800 6400 # IFLA_BRIDGE_VLAN_INFO, range begin, 100\n 0800 0200 1000 c800 # range end, 200"
        },
        {
            "a nest", new VlanData { EgressQos = new QosMap { Mappings = [new QosMapping(1, 5)] } },
            "1000 0380 # len 16, IFLA_VLAN_EGRESS_QOS nested\n 0c00 0100 01000000 05000000 # IFLA_VLAN_QOS_MAPPING"
        },
        { "repeated text", new PropertyList { AltNames = ["a", "bcd"] }, "0600 3500 6100 0000 # IFLA_ALT_IFNAME\n 0800 3500 62636400 # IFLA_ALT_IFNAME" },
        { "bytes as they are", new InetLink { Conf = [1, 2, 3] }, "0700 0100 010203 00 # len 7, IFLA_INET_CONF" },
        {
            "records with a length of their own",
            new HopSet { Hops = [new RouteHop { Header = { Hops = 1, Index = 3 }, Gateway = InetAddress.Parse("10.0.0.1") }, new RouteHop { Header = { Index = 4 } }] },
            "1c00 0900 # len 28, RTA_MULTIPATH\n 1000 00 01 03000000 # rtnexthop: len 16, weight 2, index 3\n 0800 0500 0a000001 # RTA_GATEWAY\n 0800 00 00 04000000 # rtnexthop: len 8, index 4"
        },
        { "a next hop of another family", new HopVia { Via = new RouteVia(InetAddress.Parse("fe80::1")) }, "1600 1200 0a00 fe800000 00000000 00000000 00000001 0000 # len 22, RTA_VIA, AF_INET6" },
        {
            "a whole message inside", new VethData { Peer = new LinkMessage { Header = { Index = 9 }, Name = "v1" } },
            "1c00 0180 # len 28, VETH_INFO_PEER nested\n 00 00 0000 09000000 00000000 00000000 # ifinfomsg: index 9\n 0700 0300 763100 00 # IFLA_IFNAME"
        },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_attribute_is_written_as_the_kernel_headers_say(string what, IAttributes set, string annotated) =>
        Attributes.Write(set).ShouldBe(Hex.Bytes(annotated), what);

    [Theory]
    [MemberData(nameof(Lines))]
    public void An_attribute_read_and_written_again_is_the_same(string what, IAttributes set, string annotated)
    {
        var bytes = Hex.Bytes(annotated);
        var read = (IAttributes)Activator.CreateInstance(set.GetType())!;
        Attributes.TryRead(bytes, read).IsError.ShouldBeFalse(what);
        Attributes.Write(read).ShouldBe(bytes, what);
    }

    [Fact]
    public void What_is_null_is_not_written() => Attributes.Write(new BondData()).ShouldBeEmpty();

    [Fact]
    public void What_the_kernel_left_out_reads_as_null_even_into_a_used_object()
    {
        var used = new BondData { Mode = 1, ArpIpTarget = [InetAddress.Parse("10.0.0.1")], AdInfo = new BondAdInfo(), Miimon = 5 };
        Attributes.TryRead(Hex.Bytes("0500 0100 04 000000"), used).IsError.ShouldBeFalse();
        used.Mode.ShouldBe((byte)4);
        used.ArpIpTarget.ShouldBeNull();
        used.AdInfo.ShouldBeNull();
        used.Miimon.ShouldBeNull();
    }

    [Fact]
    public void The_last_of_two_equal_types_wins_as_in_the_kernel() =>
        Attributes.Read<BondData>(Hex.Bytes("0500 0100 04 000000  0500 0100 06 000000")).Mode.ShouldBe((byte)6);

    [Fact]
    public void The_bits_for_nesting_and_byte_order_do_not_belong_to_the_type() =>
        Attributes.Read<VlanData>(Hex.Bytes("0600 0140 2301 0000")).Id.ShouldBe((ushort)0x123);

    // Types that need no header of their own to show one line.
    private sealed class AddressSet : IAttributes
    {
        public InetAddress? Address;

        public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Ip(1, "address", ref Address);
    }

    private sealed class HopSet : IAttributes
    {
        public List<RouteHop>? Hops;

        public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Records(9, "multipath", ref Hops);
    }

    private sealed class HopVia : IAttributes
    {
        public RouteVia? Via;

        public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Struct(18, "via", ref Via);
    }
}
