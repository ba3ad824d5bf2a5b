// Routes with several next hops on a kernel: as `ip -j` tells them, live through the loss of one link, gone and back with all.

using System.Text.Json;
using Weft.Apply;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class NextHopTests
{
    private static string File(string hops) => $$"""
        nics:
          eth0: {addresses: [10.1.0.5/24, "2001:db8:1::5/64"]}
          eth1: {addresses: [10.2.0.5/24, "2001:db8:2::5/64"]}
        routes:
          - {to: 10.9.0.0/16, nexthops: [{{hops}}]}
          - {to: "2001:db8:9::/48", nexthops: [{via: "2001:db8:1::1", weight: 2}, {via: "2001:db8:2::1", link: eth1}], metric: 77}
        """;

    private const string Both = "{via: 10.1.0.1, weight: 3}, {via: 10.2.0.1}";

    [Fact]
    public void They_are_as_the_file_says_through_changes_and_an_undo()
    {
        using var host = new BareHost("hops", "eth0", "eth1");
        host.Apply(File(Both));
        Four(host).ShouldBe("10.1.0.1 eth0 3, 10.2.0.1 eth1 1");
        Six(host).ShouldBe("2001:db8:1::1 eth0 2, 2001:db8:2::1 eth1 1");
        host.Plan(File(Both)).IsEmpty.ShouldBeTrue();
        var other = File("{via: 10.7.0.1, link: eth1, onlink: true}, {link: eth0, weight: 256}, {via: 10.1.0.2}");
        host.Undone(other);
        Four(host).ShouldBe("10.1.0.1 eth0 3, 10.2.0.1 eth1 1");
        host.Apply(other).Ending.ShouldBe(Ending.Applied);
        Four(host).ShouldBe("10.7.0.1 eth1 1 onlink, eth0 256, 10.1.0.2 eth0 1");
        host.Apply(File("{via: 10.1.0.1}"));
        host.Say("route show 10.9.0.0/16").Trim().ShouldBe("10.9.0.0/16 via 10.1.0.1 dev eth0 proto 119");
        host.Apply("nics: {eth0: {}, eth1: {}}");
        host.Say("route show 10.9.0.0/16").Trim().ShouldBeEmpty();
    }

    /// <summary>Of an IPv6 route a link that is removed takes its own next hop: what is asked to go is what is left, not what was observed.</summary>
    [Fact]
    public void A_route_that_lost_a_next_hop_in_the_same_plan_is_taken_away_as_it_is_by_then()
    {
        using var host = new BareHost("hops-left", "eth0");
        host.Apply("nics: {eth0: {addresses: [\"2001:db8:1::5/64\"]}}\nbonds: {bond0: {addresses: [\"2001:db8:2::5/64\"]}}\nroutes: [{to: \"2001:db8:9::/48\", nexthops: [{via: \"2001:db8:1::1\"}, {via: \"2001:db8:2::1\"}]}]");
        host.Apply("nics: {eth0: {}}").Ending.ShouldBe(Ending.Applied);
        host.Say("-6 route show 2001:db8:9::/48").Trim().ShouldBeEmpty();
    }

    /// <summary>One of the two links goes down and comes up: the kernel keeps the routes, and nothing is to be sent.</summary>
    [Fact]
    public void A_link_that_blinks_takes_none_along_while_another_carries()
    {
        using var host = new BareHost("hops-blink", "eth0", "eth1");
        host.Apply(File(Both));
        host.Others("link set eth1 down");
        host.Others("link set eth1 up\naddr add 2001:db8:2::5/64 dev eth1");
        host.Plan(File(Both)).Steps.ShouldBeEmpty();
        Four(host).ShouldBe("10.1.0.1 eth0 3, 10.2.0.1 eth1 1");
        host.Others("link set eth0 down\nlink set eth1 down\nlink set eth0 up\nlink set eth1 up");
        host.Plan(File(Both)).Steps.Select(step => step.ToString()).ShouldNotBeEmpty("with the last of their links they go");
        host.Apply(File(Both)).Ending.ShouldBe(Ending.Applied);
        Six(host).ShouldBe("2001:db8:1::1 eth0 2, 2001:db8:2::1 eth1 1");
    }

    private static string Four(BareHost host) => Hops(host.Say("-j route show 10.9.0.0/16"));

    private static string Six(BareHost host) => Hops(host.Say("-6 -j route show 2001:db8:9::/48"));

    private static string Hops(string said) => string.Join(", ", JsonDocument.Parse(said).RootElement[0].GetProperty("nexthops").EnumerateArray().Select(hop =>
        $"{(hop.TryGetProperty("gateway", out var via) ? $"{via} " : "")}{hop.GetProperty("dev")} {hop.GetProperty("weight")}{(hop.GetProperty("flags").EnumerateArray().Any(flag => flag.GetString() == "onlink") ? " onlink" : "")}"));
}
