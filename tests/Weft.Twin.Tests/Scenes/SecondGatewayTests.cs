// A second default gateway: of the same metric the kernel refuses it, and of a larger one it waits for the first to go, which the loss of a carrier is not.

using System.Net;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Time;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class SecondGatewayTests
{
    [Theory]
    [InlineData("10.0.0.11/24", "10.0.0.1", "10.0.1.11/24", "10.0.1.1", "")]
    [InlineData("2001:db8::11/64", "2001:db8::1", "2001:db8:1::11/64", "2001:db8:1::1", " metric 1024")]
    public void A_second_default_gateway_of_the_same_metric_takes_nothing_from_the_first_but_is_refused(string one, string first, string other, string second, string metric)
    {
        var (scene, findings) = Scene.Of([Stages.Host($"nics:\n  eth0: {{addresses: [\"{one}\"], gateway: \"{first}\"}}\n  eth1: {{addresses: [\"{other}\"], gateway: \"{second}\"}}\n")]);

        scene.ShouldBeNull();
        var finding = findings.ShouldHaveSingleItem();
        finding.What.ShouldBe($"the kernel refused to add route default via {second} dev eth1{metric}: EEXIST: File exists");
        finding.Place.Line.ShouldBe(3);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData(", ignore_routes_with_linkdown: true", true)]
    public void The_larger_metric_takes_over_only_where_routes_without_a_carrier_are_passed_over(string conf, bool takesOver)
    {
        var scene = Stages.Scene(
            """
            host: a
            nics:
              eth0: {addresses: [10.0.0.11/24], gateway: 10.0.0.1CONF}
              eth1: {addresses: [10.0.1.11/24]}
            routes: [{to: default, via: 10.0.1.1, metric: 100}]
            cabling: {eth0: {switch: sw1, native: 10}, eth1: {switch: sw1, native: 11}}
            switches: {sw1: {addresses: {10: 10.0.0.1/24, 11: 10.0.1.1/24, 99: 192.0.2.9/24}}}

            """.Replace("CONF", conf, StringComparison.Ordinal));
        scene.Settle().ShouldBeTrue();
        var ping = new Ping(scene.Machine("a")!, IPAddress.Parse("192.0.2.9")) { Every = 100 * VirtualTime.Millisecond };
        ping.Start();
        scene.World.Pass(1.05);
        ping.Silences().ShouldBeEmpty();
        scene.Failure("eth0@0s").Happen();
        scene.World.Pass(20);

        if (takesOver)
            ping.Silences().ShouldBeEmpty("the next echo goes the other way");
        else
            ping.Silences().ShouldHaveSingleItem().Until.ShouldBe(long.MaxValue);
    }

    [Fact]
    public void One_of_a_larger_metric_is_taken_and_stands_behind_the_first()
    {
        var scene = Stages.Scene("host: a\nnics:\n  eth0: {addresses: [10.0.0.11/24], gateway: 10.0.0.1}\n  eth1: {addresses: [10.0.1.11/24]}\nroutes: [{to: default, via: 10.0.1.1, metric: 100}]\n");
        scene.Settle().ShouldBeTrue();

        scene.Machine("a")!.Stack.Router.Table(Model.Route.MainTable).Routes.ToArray().Where(route => route.To.ToString() == "0.0.0.0/0").Select(route => (route.Metric, route.Ways[0].Device.Name)).ShouldBe([(0, "eth0"), (100, "eth1")]);
    }
}
