// What others hung on links comes back as it was: each kind is made with iproute2, observed, lost with its link or port, and
// put back from the kernel's own bytes.

using Weft.Model;
using Weft.Plan;
using Weft.Text;

namespace Weft.Kernel.Tests;

public sealed class KeptTests
{
    [Fact]
    public void Forwarding_entries_of_a_bridge_port_come_back()
    {
        using var host = new KeptHost("fdb", "eth0", "eth1");
        host.Others("""
            ip link add br0 type bridge vlan_filtering 1
            ip link set br0 up
            ip link set eth0 up
            ip link set eth0 master br0
            ip link set eth1 master br0
            bridge vlan add dev eth0 vid 10
            bridge fdb add 02:00:00:00:04:01 dev eth0 master static vlan 10
            bridge fdb add 02:00:00:00:04:02 dev eth0 master static sticky vlan 1
            bridge fdb add 02:00:00:00:04:03 dev eth0 master permanent
            bridge fdb add 02:00:00:00:04:04 dev eth0 master extern_learn
            bridge fdb add 02:00:00:00:04:05 dev eth1 self permanent
            """);
        host.Forwards("eth0");
        host.Others("bridge fdb add 02:00:00:00:04:06 dev eth0 master dynamic");
        var all = host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Forwarding).Select(thing => thing.Words).Order(StringComparer.Ordinal);
        all.ShouldBe(
        [
            "fdb 02:00:00:00:04:01 dev eth0 vlan 10 master br0 static",
            "fdb 02:00:00:00:04:02 dev eth0 vlan 1 master br0 sticky static",
            "fdb 02:00:00:00:04:03 dev eth0 master br0 permanent",
            "fdb 02:00:00:00:04:03 dev eth0 vlan 1 master br0 permanent",
            "fdb 02:00:00:00:04:03 dev eth0 vlan 10 master br0 permanent",
            "fdb 02:00:00:00:04:04 dev eth0 master br0 extern_learn",
            "fdb 02:00:00:00:04:04 dev eth0 vlan 1 master br0 extern_learn",
            "fdb 02:00:00:00:04:04 dev eth0 vlan 10 master br0 extern_learn",
            "fdb 02:00:00:00:04:05 dev eth1 self permanent",
        ]);
        host.Others("bridge fdb del 02:00:00:00:04:06 dev eth0 master");
        host.ComesBack("ip link set eth0 nomaster\nip link set eth0 master br0", thing => thing.Link == "eth0" && thing.Kind is KeptKind.Vlans or KeptKind.Forwarding, "bridge -j -d fdb", "bridge -j vlan");
    }

    [Fact]
    public void VLAN_tables_come_back_whole()
    {
        using var host = new KeptHost("tables", "eth0");
        host.Others("""
            ip link add br0 type bridge vlan_filtering 1
            ip link set eth0 master br0
            bridge vlan del dev eth0 vid 1
            bridge vlan add dev eth0 vid 10 pvid untagged
            bridge vlan add dev eth0 vid 100-199
            bridge vlan add dev eth0 vid 200 untagged
            bridge vlan add dev br0 vid 300-310 self
            """);
        var observed = host.Observe();
        observed.Find("br0")!.Ports.Single().Vlans!.ToString().ShouldBe("10 pvid untagged, 100-199, 200 untagged");
        observed.Find("br0")!.Vlans!.ToString().ShouldBe("1 pvid untagged, 300-310");
        host.ComesBack("ip link set eth0 nomaster\nip link set eth0 master br0\nbridge vlan del dev br0 vid 300-305 self", thing => thing.Kind == KeptKind.Vlans, "bridge -j -d vlan");
    }

    [Fact]
    public void A_table_that_somebody_emptied_comes_back_empty_and_one_that_follows_its_bridge_is_nobodys()
    {
        using var host = new KeptHost("emptied", "eth0", "eth1");
        host.Others("ip link add br0 type bridge vlan_filtering 1\nip link set eth0 master br0\nip link set eth1 master br0\nbridge vlan del dev eth0 vid 1");
        host.Observe().Kept.Where(thing => thing.Kind == KeptKind.Vlans).Select(thing => (thing.Link, thing.Master)).ShouldBe([("eth0", "br0")]);
        host.ComesBack("ip link set eth0 nomaster\nip link set eth0 master br0", thing => thing.Kind == KeptKind.Vlans, "bridge -j vlan");
    }

    [Fact]
    public void The_longest_VLAN_table_comes_back()
    {
        using var host = new KeptHost("longest", "eth0");
        host.Others("ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 0\nip link set eth0 master br0");
        var odd = Enumerable.Range(0, 2047).Select(at => new VlanRun(2 * at + 1, 2 * at + 1, Untagged: at % 2 == 0));
        host.Execute([new Step.OfVlans(Verb.Add, "eth0", "br0", [.. odd], Place.None)]).ShouldBeEmpty();
        host.Observe().Find("br0")!.Ports.Single().Vlans.ShouldBe(VlanTable.Of(odd));
        host.ComesBack("ip link set eth0 nomaster\nip link set eth0 master br0", thing => thing is { Kind: KeptKind.Vlans, Link: "eth0" }, "bridge -j vlan");
    }

    [Fact]
    public void A_port_without_VLANs_has_an_empty_table()
    {
        using var host = new KeptHost("empty", "eth0");
        host.Others("ip link add br0 type bridge vlan_filtering 1 vlan_default_pvid 0\nip link set eth0 master br0");
        host.Observe().Find("br0")!.Ports.Single().Vlans.ShouldBe(VlanTable.Empty);
        host.Observe().Find("br0")!.Vlans.ShouldBe(VlanTable.Empty);
    }

    [Fact]
    public void VLANs_come_and_go_by_steps()
    {
        using var host = new KeptHost("steps", "eth0");
        host.Others("ip link add br0 type bridge vlan_filtering 1\nip link set eth0 master br0");
        host.Execute(
        [
            new Step.OfVlans(Verb.Add, "eth0", "br0", [new(10, 10, Pvid: true, Untagged: true), new(20, 30)], Place.None),
            new Step.OfVlans(Verb.Remove, "eth0", "br0", [new(1, 1), new(25, 26)], Place.None),
            new Step.OfVlans(Verb.Add, "br0", null, [new(20, 21), new(40, 40)], Place.None),
            new Step.OfVlans(Verb.Add, "eth9", "br0", [new(2, 2)], Place.None),
        ]).ShouldBe(["vlan 2 dev eth9: ENODEV: there is no link eth9"]);
        host.Observe().Find("br0")!.Ports.Single().Vlans!.ToString().ShouldBe("10 pvid untagged, 20-24, 27-30");
        host.Observe().Find("br0")!.Vlans!.ToString().ShouldBe("1 pvid untagged, 20-21, 40");
    }
}
