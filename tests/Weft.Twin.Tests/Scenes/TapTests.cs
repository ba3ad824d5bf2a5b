// A guest's tap on a VLAN-aware bridge is an access port: in the guest's VLAN and in no other, whatever VLAN the bridge gives new ports.

using Weft.Twin.Packets.Bridges;
using Weft.Twin.Scenes;

namespace Weft.Twin.Tests.Scenes;

public sealed class TapTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("", 7)]
    [InlineData(", default_pvid: 0", 7)]
    [InlineData(", default_pvid: 5", 7)]
    [InlineData(", default_pvid: 5", 1)]
    [InlineData(", default_pvid: 5", 5)]
    public void A_tap_is_in_its_guests_VLAN_alone(string bridge, int vlan)
    {
        var scene = Stages.Scene(FormattableString.Invariant($"host: kvm1\nnics: {{eth0: {{}}}}\nbridges: {{br0: {{vlan_filtering: true, ports: [eth0]{bridge}}}}}\nguests: {{vm1: {{nics: [{{bridge: br0, vlan: {vlan}}}]}}}}\n"));
        var br0 = scene.Machine("kvm1")!.Get<Bridge>("br0");
        var tap = br0.PortOf(scene.Machine("kvm1")!.Find("vnet0")!).ShouldNotBeNull();

        tap.Options.Vlans.Runs.ShouldHaveSingleItem().ShouldBe(new(vlan, vlan, Pvid: true, Untagged: true));
        scene.Notes.ShouldNotContain(note => note.Contains("plugged in", StringComparison.Ordinal));
    }
}
