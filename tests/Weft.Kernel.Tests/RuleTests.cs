// Policy rules on a real kernel: what `ip rule` made is observed, removed and made again as it was; what Weft makes is what
// `ip rule` shows.

using System.Net;
using Weft.Model;
using Weft.Plan;
using Weft.Text;

namespace Weft.Kernel.Tests;

public sealed class RuleTests
{
    private const string Somebodys = """
        ip rule add from 10.0.0.0/8 lookup 100 priority 1000
        ip rule add to 192.0.2.1 iif eth0 oif eth1 fwmark 0x10 lookup 1234 priority 1001 protocol static
        ip rule add not from 10.0.0.0/8 lookup main priority 1002
        ip rule add ipproto tcp sport 1000-2000 dport 443 uidrange 1000-1999 lookup main suppress_prefixlength 0 priority 1003
        ip rule add dsfield 0x10 fwmark 0x1/0xff priority 1004 prohibit
        ip rule add priority 900 goto 1003
        ip rule add priority 1005 l3mdev
        ip rule add tun_id 77 lookup 7 priority 1006
        ip -6 rule add from 2001:db8:1::/64 lookup 100 priority 1000
        ip -6 rule add to 2001:db8::/32 lookup main suppress_ifgroup 5 priority 1001
        ip rule add lookup 100
        """;

    [Fact]
    public void Rules_of_others_are_observed_and_come_back_as_they_were()
    {
        using var host = new KeptHost("rules", "eth0");
        host.Observe().Rules.ShouldBeEmpty("those that every namespace starts with are nobody's");
        host.Others(Somebodys);
        var (four, six) = (host.Say("ip -d rule"), host.Say("ip -6 -d rule"));
        var rules = host.Observe().Rules;
        rules.Where(rule => rule.Plain).Select(rule => rule.ToString()).Order(StringComparer.Ordinal).ShouldBe(
        [
            "1000: from 10.0.0.0/8 lookup 100",
            "1000: from 2001:db8:1::/64 lookup 100",
            "1001: from all to 192.0.2.1/32 iif eth0 oif eth1 fwmark 0x10 lookup 1234",
            "899: from all lookup 100",
        ]);
        rules.Where(rule => !rule.Plain).Select(rule => rule.Words).Order(StringComparer.Ordinal).ShouldBe(
        [
            "1001: from all to 2001:db8::/32 lookup 254 suppress_ifgroup 5",
            "1002: not from 10.0.0.0/8 lookup 254",
            "1003: from all uidrange 1000-1999 ipproto 6 sport 1000-2000 dport 443 lookup 254 suppress_prefixlength 0",
            "1004: from all tos 0x10 fwmark 0x1/0xff prohibit",
            "1005: from all lookup [l3mdev-table]",
            "1006: from all tun_id 77 lookup 7",
            "900: from all goto 1003",
        ]);
        host.Execute(rules.Select(rule => new Step.OfRule(Verb.Remove, rule, Place.None))).ShouldBeEmpty();
        host.Observe().Rules.ShouldBeEmpty();
        host.Execute(rules.Select(rule => new Step.OfRule(Verb.Add, rule, Place.None))).ShouldBeEmpty();
        host.Say("ip -d rule").ShouldBe(four);
        host.Say("ip -6 -d rule").ShouldBe(six);
    }

    [Fact]
    public void A_rule_that_a_file_asks_for_is_the_one_that_is_made()
    {
        using var host = new KeptHost("made", "eth0");
        PolicyRule[] wanted =
        [
            new(At.Nowhere(100L)) { From = new(IPAddress.Parse("10.0.0.0"), 8), Priority = 500 },
            new(At.Nowhere(4000L)) { Is6 = true, To = new(IPAddress.Parse("2001:db8::"), 32), Iif = "eth0", Mark = 0xff, Priority = 501 },
            new(At.Nowhere(254L)) { Oif = "not-there", Priority = 0 },
        ];
        host.Execute(wanted.Select(rule => new Step.OfRule(Verb.Add, rule, Place.None))).ShouldBeEmpty();
        host.Say("ip -d rule").ShouldContain("500:\tfrom 10.0.0.0/8 lookup 100 proto 119");
        host.Say("ip -6 -d rule").ShouldContain("501:\tfrom all to 2001:db8::/32 fwmark 0xff iif eth0 lookup 4000 proto 119");
        var observed = host.Observe().Rules;
        foreach (var rule in wanted)
            observed.ShouldContain(seen => seen.Satisfies(rule) && seen.Protocol == Route.OurProtocol);
        host.Execute([new Step.OfRule(Verb.Add, wanted[0], Place.None)]).Single().ShouldContain("EEXIST");
        host.Execute(wanted.Select(rule => new Step.OfRule(Verb.Remove, rule, Place.None))).ShouldBeEmpty();
        host.Observe().Rules.ShouldBeEmpty();
        host.Say("ip rule").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3, "the kernel's own are untouched");
    }
}
