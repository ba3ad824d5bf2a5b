// The real kernel, with what nearly every kernel has: veth and bridge, in a namespace made for each test. VLAN filtering
// is a build option of the kernel, so its test is marked as the bonds' are.
namespace Weft.Netlink.Tests;

[Trait("needs", "kernel")]
public class LiveSocketTests
{
    [Fact]
    public void A_veth_pair_is_made_with_names_indexes_and_addresses_of_our_choice() => LiveHost.Run(host =>
    {
        host.Accept(
            LiveHost.Veth("p0", 100, "q0", 101),
            LiveHost.Up(100),
            LiveHost.Up(101),
            LiveHost.Address(100, "10.1.0.1", 24));
        var link = host.Link("p0");
        (link.Header.Index, link.Info!.Kind, link.Link).ShouldBe((100, "veth", 101));
        link.Header.Flags.HasFlag(LinkFlags.Up).ShouldBeTrue();
        var addresses = host.Socket.DumpAddresses(Families.Inet);
        addresses.IsComplete.ShouldBeTrue();
        addresses.Messages.Where(address => address.Header.Index == 100).Select(address => address.Local).ShouldBe([InetAddress.Parse("10.1.0.1")]);
        OwnNamespace.Tool("ip", "-o address show dev p0").ShouldContain("10.1.0.1/24");
    });

    [Fact]
    [Trait("needs", "full-kernel")]
    public void A_bridge_takes_its_port_and_a_vlan_table_and_says_them_back() => LiveHost.Run(host =>
    {
        host.Accept(
            LiveHost.NewLink("br0", 200, link => link.Info = new LinkInfo { Kind = "bridge", Bridge = new BridgeData { VlanFiltering = 1, ForwardDelay = 400, McastSnooping = 0 } }),
            LiveHost.Veth("p0", 100, "q0", 101),
            LiveHost.Set(100, link => link.Master = 200),
            LiveHost.Set(100, link => link.Info = new LinkInfo { PortKind = "bridge", BridgePort = new BridgePortData { Hairpin = 1, Cost = 9 } }),
            new Request(MessageType.SetLink, MessageFlags.None, new LinkMessage
            {
                Header = { Family = Families.Bridge, Index = 100 },
                Bridge = new BridgeFamily { VlanInfos = [new BridgeVlanInfo(8, 100), new BridgeVlanInfo(16, 4000)] },
            }),
            new Request(MessageType.NewNeighbour, MessageFlags.Create, new NeighbourMessage
            {
                Header = { Family = Families.Bridge, Index = 100, State = 0x40, Flags = 4 },
                Lladdr = HardwareAddress.Parse("02:00:00:00:00:05"),
                Vlan = 100,
            }));
        var bridge = host.Link("br0").Info!.Bridge!;
        (bridge.VlanFiltering, bridge.ForwardDelay, bridge.McastSnooping).ShouldBe(((byte)1, 400u, (byte)0));
        var port = host.Link("p0").Info!.BridgePort!;
        (port.Hairpin, port.Cost).ShouldBe(((byte)1, 9u));
        host.Socket.DumpBridgeVlans().Messages.Single(message => message.Header.Index == 100).Bridge!.VlanInfos
            .ShouldBe([new BridgeVlanInfo(6, 1), new BridgeVlanInfo(8, 100), new BridgeVlanInfo(16, 4000)]);
        host.Socket.DumpForwarding().Messages.ShouldContain(entry =>
            entry.Lladdr == HardwareAddress.Parse("02:00:00:00:00:05") && entry.Vlan == 100 && entry.Master == 200);
    });

    [Fact]
    public void Routes_with_several_hops_and_metrics_come_back_as_they_were_sent() => LiveHost.Run(host =>
    {
        var sent = new RouteMessage
        {
            Header = { Family = Families.Inet, DestinationLength = 24, Table = 254, Protocol = 99, Type = 1 },
            Dst = InetAddress.Parse("192.0.2.0"),
            Priority = 50,
            Metrics = new RouteMetrics { Mtu = 1300 },
            Multipath =
            [
                new RouteHop { Header = { Index = 100, Hops = 1 }, Gateway = InetAddress.Parse("10.1.0.7") },
                new RouteHop { Header = { Index = 100 }, Gateway = InetAddress.Parse("10.1.0.8") },
            ],
        };
        host.Accept(
            LiveHost.Veth("p0", 100, "q0", 101),
            LiveHost.Up(100),
            LiveHost.Up(101),
            LiveHost.Address(100, "10.1.0.1", 24),
            new Request(MessageType.NewRoute, MessageFlags.Create | MessageFlags.Exclusive, sent));
        var read = host.Socket.DumpRoutes(Families.Inet).Messages.Single(route => route.Header.Protocol == 99);
        (read.Dst, read.Priority, read.Metrics!.Mtu).ShouldBe((sent.Dst, 50u, 1300u));
        read.Multipath!.Select(hop => (hop.Gateway, hop.Header.Hops)).ShouldBe(sent.Multipath.Select(hop => (hop.Gateway, hop.Header.Hops)));
        host.Accept(new Request(MessageType.DeleteRoute, MessageFlags.None, sent));
        host.Accept(Request.Replay(MessageType.NewRoute, MessageFlags.Create, read.Raw));
        host.Socket.DumpRoutes(Families.Inet).Messages.Single(route => route.Header.Protocol == 99).Multipath!.Count.ShouldBe(2);
    });

    [Fact]
    public void A_refusal_in_a_batch_has_its_words_and_its_path_and_the_rest_is_done() => LiveHost.Run(host =>
    {
        var answers = host.Socket.Execute(
            LiveHost.Veth("p0", 100, "q0", 101),
            LiveHost.Set(100, link => link.Name = "nineteen-letters-xy"),
            LiveHost.Set(100, link => link.Mtu = 20),
            LiveHost.Set(100, link => link.Mtu = 1400),
            LiveHost.Set(4711, link => link.Mtu = 1400));
        answers.Failure.ShouldBeNull();
        answers.Each.Select(answer => answer.Refusal?.ErrnoName).ShouldBe([null, "ERANGE", "EINVAL", null, "ENODEV"]);
        answers.Each[1].Refusal!.Attribute.ShouldBe("name");
        answers.Each[2].Refusal!.Text.ShouldBe("mtu less than device minimum");
        host.Link("p0").Mtu.ShouldBe(1400u);
    });

    [Fact]
    public void Hundreds_of_requests_go_out_in_few_datagrams_and_each_is_answered() => LiveHost.Run(host =>
    {
        var requests = Enumerable.Range(0, 300).Select(i => LiveHost.NewLink($"br{i}", 1000 + i, link => link.Info = new LinkInfo { Kind = "bridge" })).ToArray();
        var answers = host.Socket.Execute(requests);
        answers.AllAccepted.ShouldBeTrue(answers.Failure?.ToString());
        host.Socket.Counters.DatagramsSent.ShouldBe(5);
        host.Socket.DumpLinks().Messages.Count(link => link.Info?.Kind == "bridge").ShouldBe(300);
        host.Socket.Execute(requests).Each.ShouldAllBe(answer => answer.Refusal != null && answer.Refusal.Errno == 17);
    });

    [Fact]
    public void A_change_is_heard_by_a_monitor_that_subscribed_before() => LiveHost.Run(host =>
    {
        RouteMonitor.TryOpen(RouteMonitor.UsualGroups, null, out var monitor, out var failure).ShouldBeTrue(failure?.ToString());
        using (monitor)
        {
            host.Accept(LiveHost.Veth("p0", 100, "q0", 101), LiveHost.Up(100), LiveHost.Up(101), LiveHost.Address(100, "10.1.0.1", 24));
            var heard = new List<MonitorEvent>();
            while (!heard.OfType<RouteEvent>().Any(route => route.Route.Dst == InetAddress.Parse("10.1.0.0")) && heard.Count < 200)
                heard.Add(monitor!.Next(TimeSpan.FromSeconds(10)).ShouldNotBeNull());
            heard.OfType<LinkEvent>().ShouldContain(link => link.Link.Name == "p0");
            heard.OfType<AddressEvent>().ShouldContain(address => address.Address.Local == InetAddress.Parse("10.1.0.1"));
        }
    });

    [Fact]
    public void A_monitor_that_does_not_listen_is_told_that_it_lost_something() => LiveHost.Run(host =>
    {
        RouteMonitor.TryOpen([MulticastGroup.Link], new RouteSocketOptions { ReceiveBuffer = 4096 }, out var monitor, out var failure).ShouldBeTrue(failure?.ToString());
        using (monitor)
        {
            host.Accept([.. Enumerable.Range(0, 40).Select(i => LiveHost.NewLink($"br{i}", 1000 + i, link => link.Info = new LinkInfo { Kind = "bridge" }))]);
            var heard = new List<MonitorEvent>();
            while (monitor!.Next(TimeSpan.FromMilliseconds(200)) is { } happened && heard.Count < 500) heard.Add(happened);
            heard.OfType<LostEvent>().ShouldNotBeEmpty();
        }
    });

    [Fact]
    public void A_waiting_monitor_is_woken_by_its_token() => LiveHost.Run(_ =>
    {
        RouteMonitor.TryOpen([MulticastGroup.Link], null, out var monitor, out var failure).ShouldBeTrue(failure?.ToString());
        using (monitor)
        using (var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(50)))
        {
            var start = System.Diagnostics.Stopwatch.GetTimestamp();
            monitor!.Next(TimeSpan.FromSeconds(30), cancel.Token).ShouldBeNull();
            System.Diagnostics.Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        }
    });

    [Fact]
    public void A_dump_taken_while_links_come_and_go_is_whole() => LiveHost.Run(host =>
    {
        host.Accept([.. Enumerable.Range(0, 100).Select(i => LiveHost.NewLink($"br{i}", 1000 + i, link => link.Info = new LinkInfo { Kind = "bridge" }))]);
        for (var i = 0; i < 20; i++)
        {
            var dump = host.Socket.DumpLinks();
            dump.IsComplete.ShouldBeTrue(dump.Failure?.ToString());
            dump.Messages.Select(link => link.Header.Index).ShouldBeUnique();
            dump.Messages.Count(link => link.Info?.Kind == "bridge").ShouldBe(100 - i);
            host.Accept(new Request(MessageType.DeleteLink, MessageFlags.None, new LinkMessage { Header = { Index = 1000 + i } }));
        }
    });
}
