// The live tree, letter by letter, from hand-made hosts.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Show;
using Weft.Text;

namespace Weft.Tests;

public sealed class ShowStacksTests
{
    [Fact]
    public void A_host_is_drawn_from_its_bridges_down_to_its_NICs() =>
        Drawn(ShowObserved.Kvm).ShouldBe(
            """
            br3080  bridge  mtu 1500  up  02:00:00:00:00:08  172.20.80.11/24  gateway 172.20.80.1  gateway fe80::1
            ├─ bond0.3080  vlan  id 3080  mtu 9000  up  02:00:00:00:00:02
            │  └─ bond0  bond  802.3ad  miimon 100  lacp_rate slow  xmit_hash_policy layer2  aggregator 1 with 1 port, partner aa:bb:cc:00:00:01  mtu 9000  up  02:00:00:00:00:02
            │     ├─ eth0  nic  mtu 9000  10G  aggregator 1  in_sync,collecting,distributing  02:00:00:00:00:02
            │     └─ eth1  nic  mtu 9000  no carrier  aggregator 2  defaulted  02:00:00:00:00:03
            └─ vnet0  tun  mtu 1500  up  02:00:00:00:00:09  foreign
            bond0.3081  vlan  id 3081  mtu 1500  up  02:00:00:00:00:02  172.20.81.11/24
            └─ bond0 (above)
            eth2  nic  mtu 1500  down  02:00:00:00:00:04
            lo  loopback  mtu 65536  up  127.0.0.1/8

            routes
              default via 172.20.80.1 dev br3080  static (an administrator or a network manager)
              default via fe80::1 dev br3080 metric 1024  a router advertisement

            """);

    [Fact]
    public void A_name_limits_the_tree_to_the_stacks_it_is_part_of() =>
        Drawn(ShowObserved.Kvm, "bond0.3081").ShouldBe(
            """
            bond0.3081  vlan  id 3081  mtu 1500  up  02:00:00:00:00:02  172.20.81.11/24
            └─ bond0  bond  802.3ad  miimon 100  lacp_rate slow  xmit_hash_policy layer2  aggregator 1 with 1 port, partner aa:bb:cc:00:00:01  mtu 9000  up  02:00:00:00:00:02
               ├─ eth0  nic  mtu 9000  10G  aggregator 1  in_sync,collecting,distributing  02:00:00:00:00:02
               └─ eth1  nic  mtu 9000  no carrier  aggregator 2  defaulted  02:00:00:00:00:03

            """);

    [Fact]
    public void The_active_port_of_a_bond_is_marked()
    {
        var host = new Host
        {
            Links =
            [
                ShowObserved.Nic(2, "eth0", "bond0"), ShowObserved.Nic(3, "eth1", "bond0"),
                ShowObserved.Made(4, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.ActiveBackup)), (BondLines.Primary, Value.Of("eth1")))
                    .With(ports: ["eth0", "eth1"], data: Fields.Empty.With("active_slave", Value.Of("eth1"))),
            ],
        };
        Drawn(host).ShouldBe(
            """
            bond0  bond  active-backup  primary eth1  mtu 1500  up  02:00:00:00:00:04
            ├─ eth0  nic  mtu 1500  10G  standby  02:00:00:00:00:02
            └─ eth1  nic  mtu 1500  10G  active  02:00:00:00:00:03

            """);
    }

    [Fact]
    public void What_somebody_plugged_into_our_bridge_is_shown_as_foreign()
    {
        var host = new Host { Links = [ShowObserved.Nic(2, "eth0", "br0"), ShowObserved.Nic(3, "vnet7", "br0"), ShowObserved.Made(4, "br0", LinkKind.Bridge).With(ports: ["eth0", "vnet7"])] };
        var ours = new Ledger
        {
            Links = [new("eth0", 2, "nic"), new("br0", 4, "bridge")],
            Last = new Host { Links = [new(At.Nowhere("eth0"), LinkKind.Nic), new(At.Nowhere("br0"), LinkKind.Bridge)] },
        };
        Stacks.Of(host, ours, []).Select(line => line.ToString()).ShouldBe(
        [
            "br0  bridge  mtu 1500  up  02:00:00:00:00:04",
            "├─ eth0  nic  mtu 1500  10G  02:00:00:00:00:02",
            "└─ vnet7  nic  mtu 1500  10G  02:00:00:00:00:03  foreign",
        ]);
    }

    [Fact]
    public void A_bridge_that_no_file_named_is_foreign_only_where_a_file_is_in_force()
    {
        var host = new Host { Links = [ShowObserved.Made(2, "br0", LinkKind.Bridge), ShowObserved.Made(3, "virbr0", LinkKind.Bridge)] };
        Stacks.Of(host, new Ledger { Links = [new("br0", 2, "bridge")] }, []).Select(line => line.ToString()).ShouldBe(
        [
            "br0  bridge  mtu 1500  up  02:00:00:00:00:02",
            "virbr0  bridge  mtu 1500  up  02:00:00:00:00:03  foreign",
        ]);
        Drawn(host).ShouldNotContain("foreign");
    }

    [Fact]
    public void Many_alike_are_one_line_until_all_are_asked_for()
    {
        var host = Picture.Scenes.Networks(40);
        Drawn(host).ShouldContain("19 networks  VLANs 101 … 139  bridges br101 … br139  mtu 1500  all up\n└─ bond0 (above)\n");
        Drawn(host).ShouldEndWith("Alike links are one line: weft show NAME tells the stack of one, weft show --all each.\n");
        var all = Stacks.Of(host, Ledger.Empty, [], all: true).Select(line => line.ToString()).ToList();
        host.Links.ShouldAllBe(link => all.Count(line => line.Contains($"{link.Name}  {link.Kind}", StringComparison.Ordinal)) == 1);
        all.ShouldNotContain(line => line.Contains("networks", StringComparison.Ordinal));
        Drawn(host, "br120").Split('\n').Length.ShouldBe(6);
    }

    [Fact]
    public void Of_very_many_routes_the_first_are_told_and_the_rest_counted()
    {
        var host = new Host { Links = [ShowObserved.Nic(2, "eth0")], Routes = [.. Enumerable.Range(0, 100).Select(at => new Route(At.Nowhere(IpPrefix.Parse($"10.0.{at}.0/24"))) { Link = At.Nowhere("eth0") })] };
        Drawn(host).ShouldEndWith("  and 60 more: weft show --all tells each\n");
        Stacks.Of(host, Ledger.Empty, [], all: true).Length.ShouldBe(103);
    }

    [Fact]
    public void A_name_that_could_drive_a_terminal_is_spelled_out() =>
        Drawn(new Host { Links = [ShowObserved.Nic(2, "e\u001b[2Jth0")] }).ShouldBe("e\\x1b[2Jth0  nic  mtu 1500  10G  02:00:00:00:00:02\n");

    [Fact]
    public void Links_that_stand_on_each_other_in_a_circle_are_each_drawn_once()
    {
        var host = new Host
        {
            Links =
            [
                ShowObserved.Made(2, "a", LinkKind.Vlan, (VlanLines.Lower, Value.Of("b")), (VlanLines.Id, Value.Of(1L))),
                ShowObserved.Made(3, "b", LinkKind.Vlan, (VlanLines.Lower, Value.Of("a")), (VlanLines.Id, Value.Of(1L))),
            ],
        };
        Stacks.Of(host, Ledger.Empty, []).Select(line => line.ToString()).ShouldBe(
        [
            "a  vlan  id 1  mtu 1500  up  02:00:00:00:00:02",
            "└─ b  vlan  id 1  mtu 1500  up  02:00:00:00:00:03",
            "   └─ a (above)",
        ]);
    }

    private static string Drawn(Host host, params string[] names) => string.Concat(Stacks.Of(host, Ledger.Empty, names).Select(line => line + "\n"));
}
