// The real kernel, with modules that not every kernel has: bonding, 8021q and dummy. Where they are missing these tests
// fail and say so; `-trait- needs=full-kernel` leaves them out by name.
namespace Weft.Netlink.Tests;

[Trait("needs", "kernel")]
[Trait("needs", "full-kernel")]
public class LiveBondTests
{
    private static Request Bond(BondData data) => LiveHost.NewLink("bond0", 300, link => link.Info = new LinkInfo { Kind = "bond", Bond = data });

    [Fact]
    public void Every_option_of_a_bond_that_was_sent_is_read_back() => LiveHost.Run(host =>
    {
        var sent = new BondData
        {
            Mode = 4, Miimon = 50, Updelay = 100, Downdelay = 150, LacpRate = 1, XmitHashPolicy = 2, AdSelect = 1, MinLinks = 2, AdActorSysPrio = 77,
            AdUserPortKey = 5, AdActorSystem = HardwareAddress.Parse("02:00:00:00:00:42"), ResendIgmp = 3, NumPeerNotif = 4, AllSlavesActive = 1,
            PrimaryReselect = 2, FailOverMac = 1, LpInterval = 9, LacpActive = 0, PeerNotifDelay = 100, ArpAllTargets = 1,
        };
        host.Accept(Bond(sent));
        var read = host.Link("bond0").Info!.Bond!;
        foreach (var line in Sample.Lines(typeof(BondData)))
            if (line.GetValue(sent) is { } value) line.GetValue(read).ShouldBe(value, line.Name);
    });

    [Fact]
    public void Targets_of_both_families_are_set_replaced_and_cleared() => LiveHost.Run(host =>
    {
        host.Accept(Bond(new BondData { Mode = 1, ArpInterval = 100, ArpIpTarget = [InetAddress.Parse("10.0.0.1"), InetAddress.Parse("10.0.0.2")], NsIp6Target = [InetAddress.Parse("2001:db8::1")] }));
        var bond = host.Link("bond0").Info!.Bond!;
        (bond.ArpIpTarget!.Count, bond.NsIp6Target!.Count).ShouldBe((2, 1));
        host.Accept(LiveHost.Set(300, link => link.Info = new LinkInfo { Kind = "bond", Bond = new BondData { ArpIpTarget = [InetAddress.Parse("10.0.0.3")], NsIp6Target = [] } }));
        bond = host.Link("bond0").Info!.Bond!;
        bond.ArpIpTarget.ShouldBe([InetAddress.Parse("10.0.0.3")]);
        bond.NsIp6Target.ShouldBeNull();
    });

    [Fact]
    public void A_bond_with_ports_a_vlan_a_bridge_and_a_dummy_is_one_batch() => LiveHost.Run(host =>
    {
        host.Accept(
            LiveHost.Veth("p0", 100, "q0", 101),
            LiveHost.Veth("p1", 102, "q1", 103),
            Bond(new BondData { Mode = 1, Miimon = 100 }),
            LiveHost.Set(100, link => link.Master = 300),
            LiveHost.Set(102, link => link.Master = 300),
            LiveHost.Set(300, link => link.Info = new LinkInfo { Kind = "bond", Bond = new BondData { Primary = 102 } }),
            LiveHost.Set(100, link => link.Info = new LinkInfo { PortKind = "bond", BondPort = new BondPortData { QueueId = 3 } }),
            LiveHost.NewLink("bond0.100", 400, link =>
            {
                link.Link = 300;
                link.Info = new LinkInfo
                {
                    Kind = "vlan",
                    Vlan = new VlanData { Id = 100, Protocol = 0x88a8, Flags = new VlanFlags(4, 5), EgressQos = new QosMap { Mappings = [new QosMapping(1, 5)] } },
                };
            }),
            LiveHost.NewLink("br0", 500, link => link.Info = new LinkInfo { Kind = "bridge" }),
            LiveHost.Set(400, link => link.Master = 500),
            LiveHost.NewLink("d0", 600, link => link.Info = new LinkInfo { Kind = "dummy" }));
        host.Link("bond0").Info!.Bond!.Primary.ShouldBe(102);
        host.Link("p0").Info!.BondPort!.QueueId.ShouldBe((ushort)3);
        var vlan = host.Link("bond0.100");
        (vlan.Link, vlan.Master, vlan.Info!.Vlan!.Id, vlan.Info.Vlan.Protocol, vlan.Info.Vlan.Flags!.Value.Flags & 5).ShouldBe((300, 500, (ushort)100, (ushort)0x88a8, 4u));
        vlan.Info.Vlan.EgressQos!.Mappings.ShouldBe([new QosMapping(1, 5)]);
    });

    [Fact]
    public void The_kernel_names_the_option_it_refuses() => LiveHost.Run(host =>
    {
        host.Accept(LiveHost.Veth("p0", 100, "q0", 101), Bond(new BondData { Mode = 4, Miimon = 100 }));
        var answers = host.Socket.Execute(
            LiveHost.Set(300, link => link.Info = new LinkInfo { Kind = "bond", Bond = new BondData { ArpInterval = 100 } }),
            LiveHost.Set(300, link => link.Info = new LinkInfo { Kind = "bond", Bond = new BondData { Mode = 9 } }));
        answers.Each.Select(answer => (answer.Refusal?.ErrnoName, answer.Refusal?.Attribute))
            .ShouldBe([("EACCES", "linkinfo.data.arp_interval"), ("EINVAL", "linkinfo.data.mode")]);
    });
}
