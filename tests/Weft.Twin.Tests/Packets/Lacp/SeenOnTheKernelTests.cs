// Two bonds and two veths on 6.1.176, whose LACPDUs were listened to: the twin says the same in the same order at the same
// moments. A line is seconds since the first tick of the first bond, who speaks of the first cable's ends, in which state, and
// which state of the other end it repeats. The other bond was opened some milliseconds later, as its LACPDUs showed.

using System.Globalization;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Lacp;

public sealed class SeenOnTheKernelTests
{
    private static readonly BondOptions SixOne = Bundle.Options;

    /// <summary>User-mode Linux.</summary>
    private static readonly KernelVersion Lab = KernelVersion.Linux61 with { Hz = 100 };

    [Fact]
    public void Two_passive_ends_come_up_and_let_it_run_out_by_turns()
    {
        var (bundle, host, _, _) = Of(SixOne with { LacpActive = false }, SixOne with { LacpActive = false }, 50);
        bundle.Run(90);
        Lines(bundle).ShouldBe(["0.22 A 196 of 2", "0.27 B 4 of 196", "2.53 A 12 of 4", "2.58 B 60 of 12", "2.86 A 60 of 60"]);
        // On the kernel 102.07 s: its ticks were not all on time.
        bundle.Until(() => !Bundle.IsPassing(host, 0)).ShouldBe(101.5 - 90 - 0.1, 0.15);
        bundle.Until(() => Bundle.IsPassing(host, 0)).ShouldBeInRange(0.1, 0.6);
        bundle.Until(() => !Bundle.IsPassing(host, 0)).ShouldBe(99, 0.6);
        bundle.End();
    }

    [Fact]
    public void A_passive_end_answers_an_active_one_every_second()
    {
        var (bundle, _, _, _) = Of(SixOne with { LacpActive = false, LacpFast = true }, SixOne with { LacpFast = true }, 20);
        bundle.Run(7);
        Lines(bundle).ShouldBe(
        [
            "0.22 A 198 of 2", "0.24 B 7 of 198", "1.23 B 7 of 198", "1.54 A 6 of 7", "2.22 B 7 of 6", "2.53 A 14 of 7", "2.55 B 63 of 14", "2.86 A 62 of 63",
            "3.52 A 62 of 63", "3.54 B 63 of 62", "4.53 B 63 of 62", "4.84 A 62 of 63", "5.52 B 63 of 62", "5.83 A 62 of 63", "6.82 A 62 of 63", "6.84 B 63 of 62",
        ]);
        bundle.End();
    }

    [Fact]
    public void Carrier_that_comes_later_begins_the_same_and_a_port_that_is_down_keeps_what_it_said()
    {
        var (bundle, host, other, cables) = Of(SixOne, SixOne, 20, whole: false);
        // The tick that sees the carriers is one in which something may be sent.
        bundle.Run(2.76);
        bundle.Said.Clear();
        foreach (var cable in cables)
            cable.Mend();
        bundle.Run(5.66);
        Lines(bundle).ShouldBe(
        [
            "2.86 A 69 of 0", "2.88 B 69 of 0", "4.18 A 197 of 2", "4.20 B 5 of 197", "5.17 A 13 of 5", "5.19 B 13 of 13", "5.50 A 61 of 13", "5.52 B 61 of 61",
        ]);
        bundle.Said.Clear();
        cables[0].Break();
        bundle.Run(2.1);
        bundle.Said.ShouldBeEmpty();
        ((int)Bundle.Port(host, 0).State, (int)Bundle.Port(host, 0).Partner.State, Bundle.Port(host, 0).Key).ShouldBe((61, 61, (ushort)0));
        Bundle.Mode(host).Active!.EnabledPorts.ShouldBe(1);
        cables[0].Mend();
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeInRange(2.2, 3.5);
        bundle.Run(1);
        bundle.Said.Where(said => said.Port.EndsWith("eth0", StringComparison.Ordinal)).Select(said => (int)said.Pdu.Actor.State).ShouldBe([197, 5, 13, 61, 61], "as on the kernel");
        bundle.End();
    }

    [Fact]
    public void Two_switches_that_know_nothing_of_each_other_and_the_second_takes_over()
    {
        var bundle = new Bundle(Lab);
        var (host, one, two) = (bundle.Add("A", SixOne, 2), bundle.Add("B", SixOne, 1), bundle.Add("C", SixOne, 1));
        var cable = bundle.Connect(host, 0, one, 0);
        bundle.Connect(host, 1, two, 0);
        Open(bundle, 20, host, one, two);
        bundle.Run(8);
        Lines(bundle, "").ShouldBe(
        [
            "0.22 A.eth0 197 of 2", "0.22 A.eth1 197 of 2", "0.24 B.eth0 5 of 197", "0.26 C.eth0 5 of 197", "2.53 A.eth0 13 of 5", "2.53 A.eth1 5 of 5",
            "2.55 B.eth0 61 of 13", "2.57 C.eth0 13 of 5", "2.86 A.eth0 61 of 61",
        ]);
        bundle.Said.Clear();
        cable.Break();
        // 0.36 s on the kernel.
        bundle.Until(() => Bundle.IsPassing(host, 1) && Bundle.IsPassing(two, 0)).ShouldBe(0.3, 0.25);
        bundle.Run(0.5);
        bundle.Said.Select(said => $"{said.Port} {(int)said.Pdu.Actor.State} of {(int)said.Pdu.Partner.State}").ShouldBe(["A.eth1 61 of 13", "C.eth0 61 of 61"]);
        bundle.End();
    }

    [Fact]
    public void Nobody_answers()
    {
        var bundle = new Bundle(Lab);
        var (host, other) = (bundle.Add("A", SixOne, 2), bundle.Add("B", Bundle.Static, 2));
        var cable = bundle.Connect(host, 0, other, 0);
        bundle.Connect(host, 1, other, 1);
        Open(bundle, 0, host, other);
        bundle.Run(6.2);
        Bundle.Mode(host).Ports.Select(port => (int)port.State).ShouldBe([77, 69]);
        cable.Break();
        bundle.Run(3.9);
        Bundle.Mode(host).Ports.Select(port => (int)port.State).ShouldBe([77, 77]);
        cable.Mend();
        bundle.Run(67);
        Lines(bundle, "eth1").ShouldBe(
        [
            "0.22 A.eth1 197 of 2", "1.21 A.eth1 197 of 2", "2.20 A.eth1 197 of 2", "2.53 A.eth1 197 of 2", "3.52 A.eth1 69 of 0", "36.52 A.eth1 77 of 0", "69.52 A.eth1 77 of 0",
        ]);
        Lines(bundle, "eth0").Take(5).ShouldBe(["0.22 A.eth0 197 of 2", "1.21 A.eth0 197 of 2", "2.20 A.eth0 197 of 2", "2.53 A.eth0 205 of 2", "3.52 A.eth0 77 of 0"]);
        Bundle.Mode(host).Ports.Select(port => ((int)port.State, port.Churn.Actor, port.Churn.Partner)).ShouldBe([(69, Churn.Churned, Churn.Churned), (77, Churn.None, Churn.Churned)]);
        bundle.End();
    }

    [Fact]
    public void A_partner_goes_silent_and_speaks_again()
    {
        var (bundle, host, other, _) = Of(SixOne with { LacpFast = true, AdSelect = "count" }, SixOne with { LacpFast = true }, 20);
        bundle.Run(7);
        other.Close();
        bundle.Until(() => Bundle.Port(host, 0).Receive.State == ReceiveState.Expired).ShouldBeInRange(2.2, 3.3);
        States().ShouldBe([(1, 143, 55, true), (1, 143, 55, true)]);
        bundle.Run(4);
        // The first to give up leaves for an aggregator of its own, and the one that stays is the active one's.
        States().ShouldBe([(2, 71, 0, true), (1, 79, 0, false)]);
        Bundle.Mode(host).Active!.Id.ShouldBe(1);
        bundle.Run(5);
        other.Open();
        bundle.Until(() => Bundle.AllPass(host, other)).ShouldBeLessThan(1.5);
        bundle.Run(1);
        States().ShouldBe([(2, 63, 63, false), (2, 63, 63, false)]);
        bundle.End();

        IEnumerable<(int, int, int, bool)> States() => Bundle.Mode(host).Ports.Select(port => (port.Aggregator!.Id, (int)port.State, (int)port.Partner.State, port.Port.IsBackup));
    }

    private static void Open(Bundle bundle, long later, params Bond[] bonds)
    {
        foreach (var nic in bundle.World.Machines.SelectMany(machine => machine.Links.OfType<Nic>()))
            nic.Open();
        bundle.World.Time.RunUntil(VirtualTime.Second);
        foreach (var bond in bonds)
        {
            bond.Open();
            bundle.Run(later / 1000.0);
        }
    }

    private static (Bundle Bundle, Bond Host, Bond Other, List<Cable> Cables) Of(BondOptions one, BondOptions two, long later, bool whole = true)
    {
        var bundle = new Bundle(Lab);
        var (host, other) = (bundle.Add("A", one, 2), bundle.Add("B", two, 2));
        List<Cable> cables = [bundle.Connect(host, 0, other, 0), bundle.Connect(host, 1, other, 1)];
        if (!whole)
            foreach (var cable in cables)
                cable.Break();
        Open(bundle, later, host, other);
        return (bundle, host, other, cables);
    }

    /// <summary>Of the ends of the first cable.</summary>
    private static IEnumerable<string> Lines(Bundle bundle) => Lines(bundle, "eth0").Select(line => line.Replace(".eth0", "", StringComparison.Ordinal));

    private static IEnumerable<string> Lines(Bundle bundle, string ports) =>
        from said in bundle.Said
        where said.Port.EndsWith(ports, StringComparison.Ordinal)
        select string.Create(CultureInfo.InvariantCulture, $"{said.At - 1:0.00} {said.Port} {(int)said.Pdu.Actor.State} of {(int)said.Pdu.Partner.State}");
}
