// What a real kernel said, read by us. The golden text is compared verbatim; `--describe` rewrites it.
namespace Weft.Netlink.Tests;

public class RecordedTests
{
    public static TheoryData<string> Names => [.. Recording.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recording_reads_as_its_golden_text(string name) =>
        Recording.Describe(name, Recording.Read(name)).ShouldBe(Recording.Golden(name), "rewrite with --describe, and read the difference");

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_read_can_be_written_and_reads_the_same(string name)
    {
        foreach (var message in Recording.Read(name))
        {
            MessageHeader.TryRead(message, out var header).ShouldBeTrue();
            if (Body(name, header, message) is not { } body) continue;
            MessageCodec.Read(message, body).ToString().ShouldBe("no fault");
            var written = MessageCodec.Encode(header, body);
            var again = Body(name, header, message)!;
            MessageCodec.Read(written, again).ToString().ShouldBe("no fault");
            MessageCodec.Encode(header, again).ShouldBe(written);
        }
    }

    private static IMessage? Body(string name, MessageHeader header, byte[] message) =>
        Recording.BodyOf(name) is { } bodyOf ? bodyOf(header, message) : MessageText.BodyOf(header.Type, header.Flags);

    [Fact]
    public void There_are_recordings_of_every_kind() =>
        Recording.Names().ShouldBe(
            ["addresses", "bridge-vlans", "classes", "ethtool", "ethtool-refusals", "ethtool-tap", "filters", "forwarding", "groups", "links", "links-elsewhere", "neighbours", "nexthops", "notifications", "nsids", "proxies", "qdiscs", "refusals", "routes", "rules"], ignoreOrder: true);

    [Fact]
    public void The_recorded_bond_is_the_one_that_was_made()
    {
        var bond = Link("bond0").Info!.Bond!;
        (bond.Mode, bond.Miimon, bond.Updelay, bond.LacpRate, bond.XmitHashPolicy, bond.AdActorSysPrio)
            .ShouldBe(((byte)4, 100u, 200u, (byte)1, (byte)1, (ushort)1000));
        bond.AdInfo!.NumPorts.ShouldNotBeNull();
        var port = Link("p0");
        port.Master.ShouldBe(Link("bond0").Header.Index);
        (port.Info!.Kind, port.Info.PortKind, port.Info.BondPort!.QueueId).ShouldBe(("veth", "bond", (ushort)0));
    }

    [Fact]
    public void The_recorded_arp_monitor_has_its_targets()
    {
        var bond = Link("bond1").Info!.Bond!;
        bond.ArpIpTarget.ShouldBe([InetAddress.Parse("10.0.0.1"), InetAddress.Parse("10.0.0.2")]);
        bond.NsIp6Target.ShouldBe([InetAddress.Parse("2001:db8::1")]);
        (bond.ArpInterval, bond.ArpValidate, bond.PrimaryReselect, bond.Primary).ShouldBe((250u, 3u, (byte)1, Link("p2").Header.Index));
        Link("p2").Info!.BondPort!.Prio.ShouldBe(10);
    }

    [Fact]
    public void The_recorded_vlan_and_names_are_the_ones_that_were_made()
    {
        var vlan = Link("bond0.100");
        vlan.Link.ShouldBe(Link("bond0").Header.Index);
        (vlan.Info!.Vlan!.Id, vlan.Info.Vlan.Protocol, vlan.Info.Vlan.Flags!.Value.Flags).ShouldBe(((ushort)100, (ushort)0x8100, 3u));
        vlan.Info.Vlan.EgressQos!.Mappings.ShouldBe([new QosMapping(1, 5), new QosMapping(2, 6)]);
        vlan.Info.Vlan.IngressQos!.Mappings!.ShouldContain(new QosMapping(3, 4));
        var dummy = Link("d0");
        (dummy.Mtu, dummy.Alias, dummy.Info!.Kind).ShouldBe((1400u, "a note", "dummy"));
        dummy.Properties!.AltNames.ShouldBe(["storage-uplink-on-the-left"]);
        Link("m0").Info!.Macvlan.ShouldNotBeNull();
    }

    [Fact]
    public void The_recorded_bridges_and_vlan_tables_are_the_ones_that_were_made()
    {
        (Link("br1").Info!.Bridge!.StpState, Link("br1").Info!.Bridge!.Priority).ShouldBe((1u, (ushort)4096));
        var port = Link("v0").Info!.BridgePort!;
        (port.Hairpin, port.Isolated, port.Cost).ShouldBe(((byte)1, (byte)1, 7u));
        // VLAN 1 stays, untagged still, when 10 becomes the PVID.
        Messages<LinkMessage>("bridge-vlans").Single(message => message.Name == "v0").Bridge!.VlanInfos
            .ShouldBe([new(4, 1), new(6, 10), new(8, 100), new(16, 199)]);
    }

    [Fact]
    public void The_recorded_routes_are_the_ones_that_were_made()
    {
        var routes = Messages<RouteMessage>("routes");
        routes.Single(route => route is { Dst: null, Header.Table: 254, Header.Family: Families.Inet }).Gateway.ShouldBe(InetAddress.Parse("10.1.0.254"));
        var metric = Route("192.0.2.0");
        (metric.Priority, metric.Table, metric.Metrics!.Mtu, metric.Metrics.Advmss, metric.Prefsrc).ShouldBe((77u, 100u, 1300u, 1200u, InetAddress.Parse("10.1.0.2")));
        Route("198.51.100.0").Multipath!.Select(hop => (hop.Gateway, hop.Header.Hops)).ShouldBe(
            [(InetAddress.Parse("10.1.0.252"), (byte)1), (InetAddress.Parse("10.3.0.250"), (byte)0)]);
        Route("10.9.0.0").Via.ShouldBe(new RouteVia(InetAddress.Parse("2001:db8:1::99")));
        Route("10.7.0.0").NhId.ShouldBe(5u);
        (Route("10.8.0.0").EncapType, Route("10.8.0.0").Encap is not null).ShouldBe(((ushort?)2, true));
        Route("2001:db8:2::").Pref.ShouldBe((byte)1);
        Route("203.0.113.0").Header.Type.ShouldBe((byte)6);

        RouteMessage Route(string destination) => routes.Single(route => route.Dst == InetAddress.Parse(destination) && route.Header.Type != 2);
    }

    [Fact]
    public void The_recorded_rules_are_the_ones_that_were_made()
    {
        var rules = Messages<RuleMessage>("rules").Where(rule => rule.Protocol != 2).ToDictionary(rule => (rule.Header.Family, rule.Priority));
        var marked = rules[(Families.Inet, 1001)];
        (marked.Header.Flags, marked.Src, marked.Header.SourceLength, marked.Dst, marked.Iifname, marked.Oifname, marked.Fwmark, marked.Fwmask, marked.Table, marked.Protocol)
            .ShouldBe((2u, InetAddress.Parse("10.0.0.0"), (byte)8, InetAddress.Parse("192.0.2.0"), "d0", "br1", 0x10u, 0xffu, 1234u, (byte)4));
        var ports = rules[(Families.Inet, 1002)];
        (ports.IpProto, ports.SportRange, ports.DportRange, ports.UidRange, ports.TunId, ports.SuppressPrefixlength)
            .ShouldBe(((byte)6, new RulePortRange(1000, 2000), new RulePortRange(443, 443), new RuleUidRange(1000, 1999), new NetworkOrder64(77), 0u));
        (rules[(Families.Inet, 1003)].Header.Tos, rules[(Families.Inet, 1003)].Header.Action).ShouldBe(((byte)0x10, (byte)8));
        (rules[(Families.Inet, 900)].Goto, rules[(Families.Inet, 1005)].L3mdev).ShouldBe((1002u, (byte)1));
        rules[(Families.Inet6, 1004)].Src.ShouldBe(InetAddress.Parse("2001:db8:1::"));
    }

    [Fact]
    public void The_recorded_nexthops_and_groups_are_the_ones_that_were_made()
    {
        var hops = Messages<NexthopMessage>("nexthops").ToDictionary(hop => hop.Id!.Value);
        (hops[5].Gateway, hops[5].Oif).ShouldBe((InetAddress.Parse("10.1.0.251"), Link("d0").Header.Index));
        hops[7].Group!.Value.Members.ShouldBe([new(5, 3), new(6, 1)]);
        (hops[8].GroupType, hops[8].ResGroup!.Buckets, hops[8].ResGroup!.IdleTimer).ShouldBe(((ushort)1, (ushort)16, 9000u));
        hops[9].Blackhole.ShouldBe(true);
        var groups = Messages<GroupMessage>("groups").Single(message => message.Header.Index == Link("br0").Header.Index).Mdb!.Entries!.SelectMany(entry => entry.Ports!);
        var made = groups.Where(port => port.Header.State == 1).ToDictionary(port => port.Header.Group);
        made.Keys.ShouldBe(["239.1.1.1", "ff05::99", "239.1.1.2", "01:00:5e:05:05:05"], ignoreOrder: true);
        made["239.1.1.2"].Source.ShouldBe(InetAddress.Parse("10.1.0.9"));
        made.Values.ShouldAllBe(port => port.Header.Vlan == 100 && port.Header.Index == Link("v0").Header.Index);
    }

    [Fact]
    public void The_recorded_traffic_control_is_the_one_that_was_made()
    {
        var d0 = Link("d0").Header.Index;
        var qdiscs = Messages<TrafficMessage>("qdiscs").Where(qdisc => qdisc.Header.Handle != 0).ToList();
        qdiscs.Where(qdisc => qdisc.Header.Index == d0).Select(qdisc => (qdisc.Kind, TrafficHeader.Name(qdisc.Header.Handle), TrafficHeader.Name(qdisc.Header.Parent)))
            .ShouldBe([("htb", "1:", "root"), ("fq_codel", "20:", "1:20")]);
        qdiscs.Select(qdisc => qdisc.Kind).ShouldBe(["htb", "fq_codel", "clsact", "ingress", "tbf"], ignoreOrder: true);
        Messages<TrafficMessage>("classes").Where(each => each.Kind == "htb").Select(each => TrafficHeader.Name(each.Header.Handle)).ShouldBe(["1:1", "1:20"], ignoreOrder: true);
        Messages<TrafficMessage>("filters").ShouldAllBe(filter => filter.Kind == "u32" && filter.Header.Info >> 16 == 5 && filter.Chain == 0);
    }

    [Fact]
    public void A_link_in_another_namespace_is_found_by_that_namespaces_number()
    {
        var nsid = Messages<NsidMessage>("nsids").Single().Nsid;
        var tap = Messages<LinkMessage>("links-elsewhere").Single(link => link.Name == "mt0");
        (tap.TargetNetnsid, tap.Info!.Kind, tap.Link).ShouldBe((nsid, "macvtap", Link("d0").Header.Index));
        tap.LinkNetnsid.ShouldNotBeNull();
        var proxy = Messages<NeighbourMessage>("proxies").Single();
        (proxy.Dst, proxy.Header.Flags).ShouldBe((InetAddress.Parse("10.1.0.99"), (byte)8));
    }

    [Fact]
    public void A_group_is_asked_for_in_another_form_than_it_is_told()
    {
        var asked = new GroupMessage { IsRequest = true, Header = { Family = Families.Bridge, Index = 3 }, SetEntry = new GroupEntry(4, 1, 0, 100, UInt128.One << 127, 0x86dd) };
        var bytes = MessageCodec.Encode(new(0, MessageType.NewMdb, MessageFlags.Request | MessageFlags.Create, 1, 0), asked);
        MessageText.Describe(bytes).ShouldContain("set_entry index 4 group 8000:: vlan 100 state 1");
        MessageText.Locate(bytes, 30).ShouldBe("set_entry");
    }

    [Fact]
    public void A_recorded_refusal_points_at_the_attribute_that_was_refused()
    {
        var told = new Dictionary<uint, (byte[] Request, MessageHeader Header, byte[] Answer)>();
        var requests = new Dictionary<uint, byte[]>();
        foreach (var message in Recording.Read("refusals"))
        {
            MessageHeader.TryRead(message, out var header);
            if (header.Type == MessageType.Error) told[header.Sequence] = (requests[header.Sequence], header, message);
            else requests[header.Sequence] = message;
        }

        var refusals = told.OrderBy(pair => pair.Key).Select(pair => Conversation.Verdict(pair.Value.Header, pair.Value.Answer, pair.Value.Request, out _)!).ToList();
        refusals.Select(refusal => refusal.ToString()).ShouldBe(
        [
            "ERANGE at name: Attribute failed policy validation",
            "EINVAL at linkinfo.data.arp_interval: ARP monitoring cannot be used with MII monitoring",
            "EINVAL at linkinfo.data.mode: invalid option value",
            "ERANGE: 8021q: Invalid VLAN id",
            "EINVAL: 8021q: link not specified",
            "EOPNOTSUPP: Unknown device type",
            "EINVAL: invalid value",
            "ENODEV: no such device",
            "EINVAL: invalid value",
            "ENETUNREACH: Nexthop has invalid gateway",
            "EINVAL: Network address not specified",
        ]);
    }

    private static LinkMessage Link(string name) => Messages<LinkMessage>("links").Single(link => link.Name == name);

    private static List<T> Messages<T>(string recording) where T : class, IMessage, new() =>
        [.. Recording.Read(recording).Select(bytes => MessageCodec.Decode<T>(bytes))];
}
