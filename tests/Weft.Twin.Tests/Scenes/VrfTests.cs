// What is in a VRF is asked there: outside it no route leads to its networks.

using System.Net;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class VrfTests
{
    // Two VRFs with the same network and the same address in it, and a third network outside of both.
    private const string Host =
        """
        host: kvm1
        nics:
          eth0: {addresses: [10.0.0.11/24]}
          eth1: {addresses: [10.1.0.11/24, "2001:db8:1::11/64"], gateway: 10.1.0.1}
          up2: {match: {name: eth2}, addresses: [10.2.0.11/24]}
        vrfs:
          red: {table: 100, ports: [eth1]}
          blue: {table: 101, ports: [up2]}
        cabling:
          eth0: {switch: sw0, native: 1}
          eth1: {switch: sw1, native: 1}
          up2: {switch: sw2, native: 1}
        switches:
          sw0: {addresses: {1: 10.0.0.1/24}}
          sw1: {addresses: {1: [10.1.0.1/24, "2001:db8:1::1/64"], 9: 192.0.2.9/24}}
          sw2: {addresses: {1: 10.2.0.1/24}}

        """;

    [Fact]
    public void Everybody_in_a_VRF_speaks_with_his_router()
    {
        var losses = Stages.Scene(Host).Run(1000, []).Losses;

        losses.Select(loss => (loss.To, loss.Sent, loss.Lost)).ShouldBe([("sw0", 100, 0), ("sw1", 100, 0), ("sw1", 100, 0), ("sw2", 100, 0)]);
    }

    [Theory]
    [InlineData("kvm1", "10.1.0.1", "10.1.0.1", "in VRF red")]
    [InlineData("kvm1", "sw2", "10.2.0.1", "in VRF blue")]
    [InlineData("10.1.0.11", "192.0.2.9", "192.0.2.9", "in VRF red")]
    [InlineData("2001:db8:1::11", "sw1", "2001:db8:1::1", "in VRF red")]
    [InlineData("kvm1", "sw0", "10.0.0.1", null)]
    public void An_echo_is_followed_in_the_VRF_of_its_address_or_of_its_targets_network(string from, string to, string target, string? where)
    {
        var scene = Stages.Scene(Host);
        scene.Settle().ShouldBeTrue();

        var traced = Tracing.Run(scene, from, to, 56, cold: false).Traced.ShouldNotBeNull();

        (traced.Target, traced.IsDelivered).ShouldBe((IPAddress.Parse(target), true));
        if (where is null)
            traced.Hops[0].Why.ShouldNotContain("VRF");
        else
            traced.Hops[0].Why.ShouldContain($" {where}, by ");
    }

    [Fact]
    public void What_a_VRF_has_no_way_to_is_refused_there()
    {
        var scene = Stages.Scene(Host);
        scene.Settle().ShouldBeTrue();

        Tracing.Run(scene, "10.2.0.11", "192.0.2.9", 56, cold: false).Traced!.Hops.ShouldHaveSingleItem().Why.ShouldBe("no route leads to 192.0.2.9 from 10.2.0.11 in VRF blue");
    }
}
