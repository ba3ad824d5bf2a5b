// Two ends that both speak LACP: when their ports pass frames, what they say, and what happens when a cable goes and comes.

using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Tests.Packets.Lacp;

public sealed class BundlingTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(10, false)]
    [InlineData(30, false)]
    [InlineData(50, false)]
    [InlineData(70, false)]
    [InlineData(90, false)]
    [InlineData(0, true)]
    [InlineData(40, true)]
    [InlineData(80, true)]
    public void From_carrier_on_it_takes_2_to_4_seconds_whatever_the_rate(int phase, bool isFast)
    {
        var options = Bundle.Options with { LacpFast = isFast };
        var (bundle, host, other, cables) = Bundle.Of(options, options);
        foreach (var cable in cables)
            cable.Break();
        bundle.Run(1 + (phase / 1000.0));
        foreach (var cable in cables)
            cable.Mend();
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeInRange(2.2, 3.5);
        bundle.Pass(host, other).ShouldBe(16);
        bundle.Pass(other, host).ShouldBe(16);
        bundle.Run(2);
        ((int)Bundle.Port(host, 1).State, (int)Bundle.Port(host, 1).Partner.State).ShouldBe(isFast ? (63, 63) : (61, 61));
        bundle.End();
    }

    [Fact]
    public void What_proc_net_bonding_says_is_there()
    {
        var (bundle, host, other, _) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(5);
        var active = Bundle.Mode(host).Active.ShouldNotBeNull();
        (active.Id, active.EnabledPorts, active.Key, active.PartnerKey, active.PartnerSystem).ShouldBe((1, 2, (ushort)15, (ushort)15, other.Mac));
        var port = Bundle.Port(host, 1);
        port.Aggregator.ShouldBe(active);
        port.Actor.ShouldBe(new(65535, host.Mac, 15, 255, 2, (LacpState)61));
        port.Partner.ShouldBe(new(65535, other.Mac, 15, 255, 2, (LacpState)61));
        host.HasCarrier.ShouldBeTrue();
        host.Speed.ShouldBe(2 * Nic.VethSpeed);
        bundle.Happened.Select(what => $"{what.Device} {what.Did}").ShouldContain("bond0 of host aggregator");
        bundle.Happened.Count(what => what.Did == "bundled").ShouldBe(4);
        bundle.End();
    }

    [Fact]
    public void Nobody_says_more_than_a_LACPDU_in_300_ms()
    {
        var (bundle, _, _, cables) = Bundle.Of(Bundle.Options with { LacpFast = true }, Bundle.Options);
        for (var i = 0; i < 20; i++)
        {
            cables[0].Break();
            bundle.Run(0.23);
            cables[0].Mend();
            bundle.Run(0.27);
        }
        foreach (var port in bundle.Said.GroupBy(said => said.Port))
            port.Zip(port.Skip(1), (one, next) => next.At - one.At).Min().ShouldBeGreaterThan(0.299);
        bundle.End();
    }

    [Theory]
    [InlineData(false, 30)]
    [InlineData(true, 1)]
    public void The_rate_says_how_often_the_partner_speaks(bool isFast, double interval)
    {
        var (bundle, _, _, _) = Bundle.Of(Bundle.Options with { LacpFast = isFast }, Bundle.Options);
        bundle.Run(40);
        bundle.Said.Clear();
        bundle.Run(120);
        var partner = bundle.Said.Where(said => said.Port == "switch.eth0").ToList();
        ((double)partner.Count).ShouldBe(120 / interval, 1.1);
        partner.Zip(partner.Skip(1), (one, next) => next.At - one.At).ShouldAllBe(gap => Math.Abs(gap - interval) < 0.31);
        // The other way it is the partner's rate, which is slow.
        bundle.Said.Count(said => said.Port == "host.eth0").ShouldBeInRange(3, 5);
        bundle.End();
    }

    [Fact]
    public void A_cable_that_is_pulled_costs_no_frame_that_is_sent_after()
    {
        var (bundle, host, other, cables) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(5);
        cables[0].Break();
        bundle.Pass(host, other).ShouldBe(16);
        bundle.Pass(other, host).ShouldBe(16);
        bundle.Until(() => host.Ports[0].Health == Health.Down).ShouldBeLessThan(0.11);
        host.HasCarrier.ShouldBeTrue();
        host.Speed.ShouldBe(Nic.VethSpeed);
        bundle.Run(60);
        cables[0].Mend();
        bundle.Pass(host, other).ShouldBe(16);
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeInRange(2.2, 3.5);
        bundle.Pass(host, other).ShouldBe(16);
        host.Ports[0].Device.Sent.ShouldBeGreaterThan(0);
        bundle.End();
    }

    [Fact]
    public void A_port_that_is_down_is_out_of_sync_on_newer_kernels()
    {
        var (bundle, host, other, cables) = Bundle.Of(Bundle.Options, Bundle.Options, kernel: Bundle.Exact with { LosesSyncWhenDown = true });
        bundle.Run(5);
        cables[0].Break();
        bundle.Run(0.5);
        (Bundle.Port(host, 0).State & LacpState.Passing).ShouldBe(LacpState.None);
        (Bundle.Port(host, 0).Partner.State & LacpState.Synchronization).ShouldBe(LacpState.None);
        cables[0].Mend();
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeInRange(2.2, 3.5);
        bundle.End();
    }

    [Fact]
    public void All_cables_pulled_leave_no_aggregator_and_no_carrier()
    {
        var (bundle, host, other, cables) = Bundle.Of(Bundle.Options, Bundle.Options);
        bundle.Run(5);
        foreach (var cable in cables)
            cable.Break();
        bundle.Run(0.2);
        Bundle.Mode(host).Active.ShouldBeNull();
        host.HasCarrier.ShouldBeFalse();
        bundle.Pass(host, other).ShouldBe(0);
        bundle.End();
    }

    [Fact]
    public void A_bond_that_is_up_before_its_first_port_joins_holds_it_back_for_8_s()
    {
        var bundle = new Bundle();
        var (host, other) = (bundle.Add("host", Bundle.Options, 0), bundle.Add("switch", Bundle.Options, 1));
        bundle.Open();
        bundle.Run(1);
        var nic = new Nic(host.Machine, "eth0", 9) { BurntMac = 9 };
        host.Join(nic);
        bundle.Connect(host, 0, other, 0);
        nic.Open();
        bundle.Until(() => Bundle.AllPass(host)).ShouldBe(8, 0.2);
        bundle.End();
    }

    [Fact]
    public void The_same_world_twice_is_the_same_story()
    {
        string Story()
        {
            var (bundle, _, _, cables) = Bundle.Of(Bundle.Options, Bundle.Options with { LacpFast = true }, 3);
            bundle.Run(3.3);
            cables[1].Break();
            bundle.Run(4);
            cables[1].Mend();
            bundle.Run(100);
            return string.Join('\n', bundle.Happened.Select(what => $"{what.At} {what.Device} {what.Did} {what.Why}").Concat(bundle.Said.Select(said => $"{said}")));
        }

        Story().ShouldBe(Story());
    }
}
