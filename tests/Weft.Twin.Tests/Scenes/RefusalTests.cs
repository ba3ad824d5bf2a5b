// What a kernel would refuse of a file makes no scene, and is found at its line: rules are not asked before a scene is made.

using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class RefusalTests
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

    [Fact]
    public void One_of_a_larger_metric_is_taken_and_stands_behind_the_first()
    {
        var scene = Stages.Scene("host: a\nnics:\n  eth0: {addresses: [10.0.0.11/24], gateway: 10.0.0.1}\n  eth1: {addresses: [10.0.1.11/24]}\nroutes: [{to: default, via: 10.0.1.1, metric: 100}]\n");
        scene.Settle().ShouldBeTrue();

        scene.Machine("a")!.Stack.Router.Table(Model.Route.MainTable).Routes.ToArray().Where(route => route.To.ToString() == "0.0.0.0/0").Select(route => (route.Metric, route.Ways[0].Device.Name)).ShouldBe([(0, "eth0"), (100, "eth1")]);
    }
}
