// Steps written and read again are the same steps; text that is none is none.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class StepCodeTests
{
    public static TheoryData<string> Whole => [.. Steps.Select(StepCode.Write)];

    private static IEnumerable<Step> Steps =>
    [
        new Step.OfKept(new(KeptKind.Address, "br0", "10.0.0.1/24 label br0:x") { Message = new([1, 2, 250]), Master = "br0", Upper = "mv0", Address = IpPrefix.Parse("10.0.0.1/24"), Irreversible = "it is open", Indexes = [(4, "br0"), (-1, "eth0")] }),
        new Step.OfRoute(Verb.Restore, new(At.Nowhere(IpPrefix.Parse("2001:db8::/48")))
        {
            Via = At.Nowhere(IPAddress.Parse("fe80::1")), Link = At.Nowhere("br0"), Metric = At.Nowhere(7L), Table = 100, Scope = "global", Source = IPAddress.Parse("2001:db8::5"),
            OnLink = true, Mtu = 1400, Protocol = 4, Plain = false, Raw = new([9]), Nexthops = [new(At.Nowhere(IPAddress.Parse("10.0.0.9")), At.Nowhere("br0")) { Weight = 7 }, new(null, At.Nowhere("br1")) { OnLink = true }],
        }, Place.None),
        new Step.OfRule(Verb.Remove, new(At.Nowhere(100L)) { Is6 = true, From = IpPrefix.Parse("2001:db8::/48"), To = IpPrefix.Parse("2001:db8:1::/48"), Iif = "br0", Oif = "eth0", Mark = 5, Priority = 0, Protocol = 3, Plain = false, Words = "not from all", Raw = new([3]) }, Place.None),
        new Step.OfVlans(Verb.Add, "eth0", null, [new(1, 1, true, true), new(5, 9)], new("host.yaml", 3, 4, 5)) { Disturbs = [new("web1", "blinks")] },
        new Step.OfNewLinksIpv6(false),
        new Step.OfNames(Verb.Set, "br0", NameLines.Of(["192.0.2.1"], ["example.org"]), Place.None),
        new Step.OfClient(Verb.Set, "br0", Settings.Empty.With(ClientLines.Dhcp4, Value.Of(true)).With(ClientLines.Metric, Value.Of(300)), Place.None),
        new Step.OfAddress(Verb.Remove, "eth0", IpPrefix.Parse("2001:db8::1/64"), Place.None),
    ];

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_step_with_every_member_comes_back_with_every_member(string text) => StepCode.Write(StepCode.Read(text).ShouldNotBeNull()).ShouldBe(text);

    [Fact]
    public void Every_step_of_random_plans_comes_back_equal()
    {
        var count = 0;
        foreach (var seed in Enumerable.Range(1, 100))
            Law.Broken(RandomHost.Pair((ulong)seed), () => TwinKernel.Of(RandomHost.Nics), drawing =>
            {
                foreach (var step in drawing.Plan.Steps)
                {
                    var back = StepCode.Read(StepCode.Write(step)).ShouldNotBeNull();
                    StepCode.Write(back).ShouldBe(StepCode.Write(step));
                    // Lists are equal by object, not by content; so is what holds one.
                    if (step is Step.OfLink or Step.OfAddress or Step.OfNewLinksIpv6)
                        (back with { Disturbs = step.Disturbs }).ShouldBe(step);
                    count++;
                }
            }).ShouldBeNull();
        count.ShouldBeGreaterThan(1000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{\"verb\":\"Add\"}")]
    [InlineData("{\"verb\":\"Fly\",\"newLinksIpv6\":true}")]
    [InlineData("{\"verb\":\"Set\",\"link\":\"eth0\",\"kind\":\"nic\",\"settings\":{\"colour\":1}}")]
    [InlineData("{\"verb\":\"Add\",\"on\":\"eth0\",\"address\":\"nowhere\"}")]
    [InlineData("{\"verb\":\"Add\",\"vlans\":\"eth0\",\"runs\":[[1]]}")]
    public void Text_that_is_no_step_is_none(string text) => StepCode.Read(text).ShouldBeNull();
}
