// No partner, two partners, and a partner that does not speak LACP.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Tests.Packets.Lacp;

public sealed class PartnerTests
{
    [Theory]
    [InlineData(false, 77, 69)]
    [InlineData(true, 79, 71)]
    public void Without_a_partner_the_first_port_alone_carries_frames(bool isFast, int first, int others)
    {
        var (bundle, host, other, cables) = Bundle.Of(Bundle.Options with { LacpFast = isFast }, Bundle.Static, 3);
        bundle.Until(() => !host.Ports[0].IsBackup).ShouldBeLessThan(0.3);
        bundle.Run(10);
        host.HasCarrier.ShouldBeTrue();
        host.Speed.ShouldBe(Nic.VethSpeed);
        host.Ports.Select(port => (port.IsBackup, port.IsInactive)).ShouldBe([(false, false), (true, true), (true, true)]);
        Bundle.Mode(host).Ports.Select(port => (int)port.State).ShouldBe([first, others, others]);
        Bundle.Mode(host).Ports.Select(port => port.Aggregator!.Id).ShouldBe([1, 2, 3]);
        bundle.Pass(host, other).ShouldBe(16);
        cables[0].Break();
        bundle.Until(() => !host.Ports[1].IsBackup).ShouldBeLessThan(0.2);
        bundle.Pass(host, other).ShouldBe(16);
        // ad_select stable: the first port is not gone back to.
        cables[0].Mend();
        bundle.Run(10);
        host.Ports.Select(port => port.IsBackup).ShouldBe([true, false, true]);
        bundle.End();
    }

    [Fact]
    public void A_static_group_spreads_over_all_ports_and_what_comes_over_the_others_is_lost()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options, Bundle.Static);
        bundle.Run(10);
        bundle.Pass(host, other).ShouldBe(16);
        bundle.Pass(other, host).ShouldBe(8);
        host.Ports[1].Suppressed.ShouldBe(8);
        bundle.End();
    }

    [Fact]
    public void Without_a_partner_Linux_takes_what_comes_over_the_first_port()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Static, Bundle.Options);
        bundle.Run(10);
        bundle.Pass(host, other).ShouldBe(8);
        bundle.End();
    }

    [Fact]
    public void Of_two_unrelated_switches_one_is_used_and_the_other_takes_over()
    {
        var bundle = new Bundle();
        var (host, one, two) = (bundle.Add("host", Bundle.Options, 2), bundle.Add("one", Bundle.Options, 1), bundle.Add("two", Bundle.Options, 1));
        var cable = bundle.Connect(host, 0, one, 0);
        bundle.Connect(host, 1, two, 0);
        bundle.Open();
        bundle.Run(10);
        Bundle.IsPassing(host, 0).ShouldBeTrue();
        Bundle.IsPassing(host, 1).ShouldBeFalse();
        Bundle.Mode(host).Ports.Select(port => port.Aggregator!.Id).ShouldBe([1, 2]);
        // It tells the second switch that it is not in sync, and so that one does not pass frames either.
        Bundle.Port(host, 1).State.HasFlag(LacpState.Synchronization).ShouldBeFalse();
        Bundle.IsPassing(two, 0).ShouldBeFalse();
        (bundle.Pass(host, one), bundle.Pass(host, two), bundle.Pass(two, host)).ShouldBe((16, 0, 0));
        cable.Break();
        bundle.Until(() => Bundle.IsPassing(host, 1) && Bundle.IsPassing(two, 0)).ShouldBeLessThan(1.2);
        (bundle.Pass(host, two), bundle.Pass(two, host)).ShouldBe((16, 16));
        bundle.End();
    }

    [Theory]
    [InlineData("stable", 255, 0)]
    [InlineData("bandwidth", 255, 1)]
    [InlineData("count", 255, 1)]
    [InlineData("actor_port_prio", 255, 1)]
    [InlineData("actor_port_prio", 600, 0)]
    public void Ad_select_says_which_of_two_groups_is_used(string select, int priority, int used)
    {
        var bundle = new Bundle();
        var host = bundle.Add("host", Bundle.Options with { AdSelect = select }, 0);
        foreach (var i in Enumerable.Range(0, 3))
        {
            var nic = new Nic(host.Machine, $"eth{i}", 5 + i) { BurntMac = 5 + (ulong)i };
            host.Machine.Add(nic);
            host.Join(nic, new() { ActorPortPrio = i == 0 ? (ushort)priority : (ushort)255 });
        }
        var (one, two) = (bundle.Add("one", Bundle.Options, 1), bundle.Add("two", Bundle.Options, 2));
        bundle.Connect(host, 0, one, 0);
        bundle.Connect(host, 1, two, 0);
        bundle.Connect(host, 2, two, 1);
        bundle.Open();
        bundle.Run(20);
        Bundle.Mode(host).Active!.PartnerSystem.ShouldBe(used == 0 ? one.Mac : two.Mac);
        Bundle.Mode(host).Active!.Ports.Count.ShouldBe(used == 0 ? 1 : 2);
        bundle.Pass(host, used == 0 ? one : two).ShouldBe(16);
        bundle.Pass(host, used == 0 ? two : one).ShouldBe(0);
        bundle.End();
    }

    [Fact]
    public void An_aggregator_with_a_partner_takes_over_from_one_without()
    {
        var bundle = new Bundle();
        var (host, silent, other) = (bundle.Add("host", Bundle.Options, 2), bundle.Add("silent", Bundle.Static, 1), bundle.Add("switch", Bundle.Options, 1));
        bundle.Connect(host, 0, silent, 0);
        bundle.Connect(host, 1, other, 0);
        bundle.Open();
        bundle.Until(() => !host.Ports[0].IsBackup).ShouldBeLessThan(0.2);
        bundle.Until(() => Bundle.Mode(host).Active!.HasPartner).ShouldBeLessThan(1.5);
        host.Ports[0].IsBackup.ShouldBeTrue("what it was given without a partner is taken at once");
        host.Ports[0].IsInactive.ShouldBeTrue();
        bundle.Run(5);
        (bundle.Pass(host, other), bundle.Pass(host, silent), bundle.Pass(silent, host)).ShouldBe((16, 0, 0));
        bundle.End();
    }

    [Fact]
    public void A_partner_in_sync_with_somebody_else_is_not_in_sync_and_is_told_at_once()
    {
        var (bundle, host, other, cables) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(5);
        bundle.Said.Clear();
        var frame = bundle.World.Frames.Rent();
        frame.Begin(Lacpdu.FrameLength, Lacpdu.FrameLength);
        (frame.Destination, frame.EtherType) = (Ethernet.SlowProtocols, Ethernet.Slow);
        new Lacpdu(Bundle.Port(other, 0).Actor, Bundle.Port(host, 1).Actor).Write(frame.Payload);
        cables[0].Carry(frame, cables[0].Other);
        bundle.Run(0.001);
        Bundle.Port(host, 0).Partner.Says(LacpState.Synchronization).ShouldBeFalse();
        bundle.Until(() => !Bundle.IsPassing(host, 0)).ShouldBeLessThan(0.11);
        Bundle.IsPassing(host, 1).ShouldBeTrue();
        bundle.Until(() => bundle.Said.Exists(said => said.Port == "host.eth0")).ShouldBeLessThan(0.31);
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeLessThan(2);
        bundle.End();
    }

    [Fact]
    public void A_cable_back_to_the_same_bond_is_told_of_and_aggregates_nothing()
    {
        var bundle = new Bundle();
        var host = bundle.Add("host", Bundle.Options, 2);
        bundle.Connect(host, 0, host, 1);
        bundle.Open();
        bundle.Run(10);
        bundle.Happened.ShouldContain(what => what.Did == "lacp-loop");
        Bundle.Mode(host).Ports.ShouldAllBe(port => port.Partner.System == 0);
        Bundle.Port(host, 0).Receive.State.ShouldBe(ReceiveState.Current);
        host.Ports.Count(port => !port.IsBackup).ShouldBe(1);
        bundle.End();
    }

    [Fact]
    public void A_minute_without_sync_is_churn()
    {
        var (bundle, host, _, _) = Bundle.Of(Bundle.Options, Bundle.Static);
        bundle.Run(50);
        var ports = Bundle.Mode(host).Ports;
        ports.Select(port => (port.Churn.Actor, port.Churn.Partner)).ShouldBe([(Churn.Monitoring, Churn.Monitoring), (Churn.Monitoring, Churn.Monitoring)]);
        bundle.Run(20);
        ports.Select(port => (port.Churn.Actor, port.Churn.Partner)).ShouldBe([(Churn.None, Churn.Churned), (Churn.Churned, Churn.Churned)]);
        ports.Select(port => (port.Churn.ActorCount, port.Churn.PartnerCount)).ShouldBe([(0, 1), (1, 1)]);
        bundle.End();
        (bundle, host, _, _) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(70);
        Bundle.Mode(host).Ports.ShouldAllBe(port => port.Churn.Actor == Churn.None && port.Churn.Partner == Churn.None);
        bundle.End();
    }
}
