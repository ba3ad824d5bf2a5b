// Asking before and after, with answers that are known beforehand and a clock that nobody waits for.

using System.Collections.Immutable;
using System.Net;
using Weft.RandomHosts;
using Weft.Reach;

namespace Weft.Tests.Reach;

public sealed class ProbingTests
{
    private static readonly Probe Gateway = Probe.OfGateway(IPAddress.Parse("10.0.0.1"), "br0");
    private static readonly Probe Ping = Probe.OfPing(IPAddress.Parse("10.0.0.9"));
    private static readonly Probe Tcp = Probe.OfTcp(IPAddress.Parse("10.0.0.9"), 53);

    private readonly VirtualClock clock = new();
    private readonly Prober prober;

    public ProbingTests() => prober = new(clock);

    [Fact]
    public void Only_what_passes_before_must_pass_after_and_it_is_asked_as_it_will_be()
    {
        var before = Gateway with { Link = "eth0" };
        prober.Fails = (probe, _) => probe == Ping;
        Probing.Before([new(before, Gateway), new(Ping, Ping), new(null, Tcp)], prober).ShouldBe([Gateway]);
        prober.Rounds.ShouldHaveSingleItem().ShouldBe([before, Ping]);
    }

    [Fact]
    public void Where_nothing_is_to_be_asked_nobody_is()
    {
        Probing.Before([new(null, Tcp)], prober).ShouldBeEmpty();
        After(TimeSpan.FromSeconds(30), []).ShouldBeEmpty();
        prober.Rounds.ShouldBeEmpty();
    }

    [Fact]
    public void What_passes_at_once_takes_no_time()
    {
        After(TimeSpan.FromSeconds(100), [Gateway, Ping]).ShouldBeEmpty();
        clock.Passed.ShouldBe(TimeSpan.Zero);
        prober.Rounds.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_slow_probe_ends_the_asking_when_it_passes_and_the_others_are_asked_once_more()
    {
        prober.Fails = (probe, at) => probe == Ping && at < TimeSpan.FromSeconds(30);
        After(TimeSpan.FromSeconds(100), [Gateway, Ping]).ShouldBeEmpty();
        clock.Passed.ShouldBe(TimeSpan.FromSeconds(30));
        prober.Rounds[^1].ShouldBe([Gateway, Ping]);
        prober.Rounds[1..^1].ShouldAllBe(round => round.SequenceEqual(new[] { Ping }));
    }

    [Fact]
    public void One_that_passed_early_and_fails_when_the_last_passes_is_asked_on()
    {
        prober.Fails = (probe, at) => probe == Ping ? at < TimeSpan.FromSeconds(10) : at > TimeSpan.FromSeconds(5) && at < TimeSpan.FromSeconds(20);
        After(TimeSpan.FromSeconds(100), [Gateway, Ping]).ShouldBeEmpty();
        clock.Passed.ShouldBe(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void What_never_passes_is_told_with_its_reason_when_the_patience_ends_and_not_before()
    {
        prober.Fails = (probe, _) => probe == Tcp;
        After(TimeSpan.FromMilliseconds(2300), [Gateway, Tcp]).Select(failed => failed.ToString()).ShouldBe(["tcp 10.0.0.9:53: no answer"]);
        clock.Passed.ShouldBe(TimeSpan.FromMilliseconds(2300));
    }

    [Fact]
    public void A_prober_that_takes_its_time_takes_it_from_the_patience()
    {
        prober.Takes = TimeSpan.FromSeconds(1);
        prober.Fails = (_, _) => true;
        After(TimeSpan.FromSeconds(3), [Gateway]).ShouldHaveSingleItem();
        prober.Rounds.Count.ShouldBe(3);
    }

    [Fact]
    public void Who_stops_the_asking_gets_what_had_not_passed()
    {
        prober.Fails = (probe, _) => probe == Ping;
        After(TimeSpan.FromSeconds(100), [Gateway, Ping], () => clock.Passed >= TimeSpan.FromSeconds(1)).Select(failed => failed.Probe).ShouldBe([Ping]);
        clock.Passed.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Fifty_probes_are_one_round()
    {
        Asked[] many = [.. Enumerable.Range(1, 50).Select(host => Probe.OfPing(IPAddress.Parse($"10.0.1.{host}"))).Select(probe => new Asked(probe, probe))];
        Probing.Before(many, prober).Length.ShouldBe(50);
        prober.Rounds.ShouldHaveSingleItem();
    }

    [Fact]
    public void Probes_say_in_words_what_they_ask() =>
        new[] { Gateway, Gateway with { Address = IPAddress.Parse("fe80::1") }, Ping, Tcp, Tcp with { Address = IPAddress.Parse("2001:db8::1") }, Probe.OfCarrier("eth0"), Probe.OfPartner("eth0", "bond0") }
            .Select(probe => probe.ToString()).ShouldBe(
            [
                "gateway 10.0.0.1 on br0 by ARP", "gateway fe80::1 on br0 by ND", "ping 10.0.0.9", "tcp 10.0.0.9:53", "tcp [2001:db8::1]:53", "carrier of eth0", "LACP partner of eth0 in bond0",
            ]);

    private ImmutableArray<Failed> After(TimeSpan patience, ImmutableArray<Probe> probes, Func<bool>? stop = null) => Probing.After(probes, prober, clock, patience, stop ?? (() => false));

    private sealed class Prober(VirtualClock clock) : IProber
    {
        public Func<Probe, TimeSpan, bool> Fails { get; set; } = (_, _) => false;
        public TimeSpan Takes { get; set; }
        public List<IReadOnlyList<Probe>> Rounds { get; } = [];

        public ImmutableArray<string?> Ask(IReadOnlyList<Probe> probes)
        {
            Rounds.Add(probes);
            clock.Advance(Takes);
            return [.. probes.Select(probe => Fails(probe, clock.Passed) ? "no answer" : null)];
        }
    }
}
