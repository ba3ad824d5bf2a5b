// What options and the ports' own make change: keys, systems, min_links, lacp_strict, coupled_control, broadcast_neighbor.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Tests.Packets.Lacp;

public sealed class OptionTests
{
    [Theory]
    [InlineData(0, 10_000, true, 15)]
    [InlineData(0, 1000, true, 9)]
    [InlineData(0, 100, true, 7)]
    [InlineData(0, 25_000, true, 21)]
    [InlineData(0, 100_000, true, 29)]
    [InlineData(0, 800_000, true, 35)]
    [InlineData(0, 1234, true, 1)]
    [InlineData(0, 0, false, 0)]
    [InlineData(0, 1000, false, 8)]
    [InlineData(5, 10_000, true, 335)]
    [InlineData(1023, 10, true, 65477)]
    public void A_key_is_of_the_administrator_the_speed_and_the_duplex(int user, long speed, bool isFull, int key) => PortKey.Of(user, speed, isFull).ShouldBe((ushort)key);

    [Fact]
    public void Ports_of_two_speeds_are_in_two_aggregators_and_the_faster_carries_the_frames()
    {
        var bundle = new Bundle();
        var (host, other) = (bundle.Add("host", Bundle.Options with { AdSelect = "bandwidth" }, 3), bundle.Add("switch", Bundle.Options with { AdSelect = "bandwidth" }, 3));
        foreach (var i in Enumerable.Range(0, 3))
        {
            bundle.Connect(host, i, other, i);
            if (i < 2)
                ((Nic)host.Ports[i].Device).Rate = ((Nic)other.Ports[i].Device).Rate = 1000;
        }
        bundle.Open();
        bundle.Run(20);
        Bundle.Mode(host).Ports.Select(port => port.Key).ShouldBe([(ushort)9, (ushort)9, (ushort)15]);
        Bundle.Mode(host).Ports.Select(port => Bundle.IsPassing(host, port.Number - 1)).ShouldBe([false, false, true]);
        host.Speed.ShouldBe(10_000);
        bundle.Pass(host, other).ShouldBe(16);
        bundle.End();
    }

    [Fact]
    public void Half_duplex_aggregates_with_nobody()
    {
        var bundle = new Bundle();
        var (host, other) = (bundle.Add("host", Bundle.Options, 2), bundle.Add("switch", Bundle.Options, 2));
        foreach (var i in Enumerable.Range(0, 2))
            bundle.Connect(host, i, other, i);
        ((Nic)host.Ports[0].Device).IsHalfDuplex = ((Nic)other.Ports[0].Device).IsHalfDuplex = true;
        bundle.Open();
        bundle.Run(10);
        var port = Bundle.Port(host, 0);
        (port.Receive.State, port.IsLacpEnabled, port.Key, port.Aggregator!.IsIndividual).ShouldBe((ReceiveState.LacpDisabled, false, (ushort)14, true));
        bundle.Said.ShouldNotContain(said => said.Port == "host.eth0");
        (Bundle.IsPassing(host, 0), Bundle.IsPassing(host, 1)).ShouldBe((false, true));
        bundle.End();
    }

    [Fact]
    public void System_priority_and_user_key_are_told()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options with { AdActorSystem = 0x0211_2233_4455, AdActorSysPrio = 7, AdUserPortKey = 3 }, Bundle.Options);
        bundle.Run(5);
        Bundle.AllPass(host, other).ShouldBeTrue();
        var partner = Bundle.Port(other, 1).Partner;
        (partner.System, partner.SystemPriority, partner.Key, partner.Port).ShouldBe((0x0211_2233_4455UL, (ushort)7, (ushort)((3 << 6) | 15), (ushort)2));
        Bundle.Mode(host).Active!.Key.ShouldBe((ushort)((3 << 6) | 15));
        bundle.End();
    }

    [Fact]
    public void A_bond_that_speaks_for_another_system_is_the_partner_of_both_hosts()
    {
        // What MLAG looks like from the host: two machines with one system identifier.
        var bundle = new Bundle();
        var pair = Bundle.Options with { AdActorSystem = 0x0200_0000_9999 };
        var (host, one, two) = (bundle.Add("host", Bundle.Options, 2), bundle.Add("one", pair, 1), bundle.Add("two", pair, 1));
        bundle.Connect(host, 0, one, 0);
        bundle.Connect(host, 1, two, 0);
        bundle.Open();
        bundle.Run(10);
        Bundle.AllPass(host, one, two).ShouldBeTrue();
        Bundle.Mode(host).Active!.EnabledPorts.ShouldBe(2);
        (bundle.Pass(host, one) + bundle.Pass(host, two)).ShouldBe(16);
        bundle.End();
    }

    [Fact]
    public void Min_links_takes_the_carrier_while_there_are_too_few()
    {
        var (bundle, host, other, cables) = Bundle.Of(Bundle.Options with { MinLinks = 2 }, Bundle.Options);
        bundle.Run(5);
        host.HasCarrier.ShouldBeTrue();
        cables[1].Break();
        bundle.Until(() => !host.HasCarrier).ShouldBeLessThan(0.11);
        other.HasCarrier.ShouldBeTrue();
        cables[1].Mend();
        bundle.Until(() => host.HasCarrier).ShouldBeLessThan(3.5);
        bundle.End();
        // Without a partner each port is alone, and no aggregator has two.
        (bundle, host, _, _) = Bundle.Of(Bundle.Options with { MinLinks = 2 }, Bundle.Static);
        bundle.Run(10);
        host.HasCarrier.ShouldBeFalse();
        bundle.End();
    }

    [Fact]
    public void Lacp_strict_takes_the_carrier_while_no_port_collects()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options with { LacpStrict = true, LacpFast = true }, Bundle.Options with { LacpFast = true });
        bundle.Run(1);
        (host.HasCarrier, other.HasCarrier).ShouldBe((false, true));
        bundle.Until(() => host.HasCarrier).ShouldBeInRange(1, 2.5);
        bundle.Run(2);
        other.Close();
        bundle.Until(() => !host.HasCarrier).ShouldBeInRange(2, 3.2);
        bundle.End();
    }

    [Fact]
    public void Without_coupled_control_a_port_collects_first_and_distributes_when_the_other_end_collects()
    {
        var independent = Bundle.Options with { CoupledControl = false };
        var (bundle, host, other, _) = Bundle.Of(independent, independent);
        bundle.Until(() => Bundle.Port(host, 0).Mux.State == MuxState.Collecting).ShouldBeInRange(2, 3.5);
        // What it receives is suppressed until it distributes, though it says that it collects.
        ((int)Bundle.Port(host, 0).State, host.Ports[0].IsInactive, host.Ports[0].IsBackup, Bundle.Port(host, 0).IsReceiveDisabled).ShouldBe((29, true, true, false));
        bundle.Until(() => Bundle.Port(host, 0).Mux.State == MuxState.Distributing && Bundle.Port(other, 0).Mux.State == MuxState.Distributing).ShouldBeLessThan(1.5);
        bundle.Run(1);
        Bundle.Port(host, 0).State.ShouldBe((LacpState)61);
        bundle.Pass(host, other).ShouldBe(16);
        bundle.Pass(other, host).ShouldBe(16);
        bundle.End();
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public void Broadcast_neighbor_sends_ARP_over_every_port(bool on, int copies)
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options with { BroadcastNeighbor = on }, Bundle.Options);
        bundle.Run(5);
        var before = other.Received;
        var frame = bundle.World.Frames.Rent();
        frame.Begin(60, 60);
        (frame.Destination, frame.Source, frame.EtherType) = (Ethernet.Broadcast, host.Mac, Ethernet.Arp);
        host.Send(frame);
        bundle.Run(0.01);
        (other.Received - before).ShouldBe(copies);
        bundle.Pass(host, other).ShouldBe(16, "other frames go once");
        bundle.End();
    }
}
