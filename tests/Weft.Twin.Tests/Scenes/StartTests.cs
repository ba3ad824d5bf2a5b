// How a scene begins: switches are there before hosts, so that chance does not say which port of a bond is the first.

using Weft.Spec;
using Weft.Topology;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class StartTests
{
    private static string Text(string mode) =>
        $$$"""
        host: h
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: {{{mode}}}, miimon: 200, addresses: [10.0.0.11/24]}}
        cabling: {eth0: {switch: sw1, native: 1}, eth1: {switch: sw2, native: 1}}
        switches: {sw1: {addresses: {1: 10.0.0.1/24}}, sw2: {}}
        links: [[sw1, sw2]]

        """;

    [Theory]
    [InlineData("active-backup")]
    [InlineData("802.3ad")]
    public void A_bond_begins_with_its_first_port_whichever_switch_was_first(string mode)
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var (scene, findings) = Scene.Of([new("h", "h.yaml", HostFile.Read("h.yaml", Text(mode)).Host!)], seed);
            scene.ShouldNotBeNull(string.Join('\n', findings));
            scene.Settle().ShouldBeTrue();
            var bond = scene.Machine("h")!.Get<Bond>("bond0");
            (bond.Mode is Lacp lacp ? lacp.Active!.Ports[0].Port : bond.Active!).Device.Name.ShouldBe("eth0", $"seed {seed}");
        }
    }
}
