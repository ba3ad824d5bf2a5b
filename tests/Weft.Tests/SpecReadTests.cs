// What reading makes of values: one spelling each, a place each, and nothing that only one kind of YAML reader would see.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests;

public sealed class SpecReadTests
{
    [Fact]
    public void Values_come_out_in_one_spelling()
    {
        var host = Read("""
            nics:
              eth0: {mac: 52-54-0-AB-CD-EF, up: off}
            bonds:
              bond0: {ports: [eth0], mode: 4, miimon: 1s, arp_ip_target: 192.0.2.1, addresses: ["2001:DB8:0:0::1/64"]}
            """);
        host.Find("eth0")!.Settings.Word(Table.Mac).ShouldBe("52:54:00:ab:cd:ef");
        host.Find("eth0")!.Settings.Flag(Table.Up).ShouldBe(false);
        var bond = host.Find("bond0")!;
        bond.Settings.Word(BondLines.Mode).ShouldBe("802.3ad");
        bond.Settings.Number(BondLines.Miimon).ShouldBe(1000);
        bond.Settings.Get(BondLines.ArpIpTarget)!.Value.ShouldBe(Value.Of(["192.0.2.1"]));
        bond.Addresses.Single().ToString().ShouldBe("2001:db8::1/64");
    }

    [Fact]
    public void A_place_covers_its_value_and_counts_from_one()
    {
        var host = Read("nics:\n  eth0:\n    mtu: 9000\n    match: {mac: \"52:54:00:00:00:01\"}\n");
        var nic = host.Find("eth0")!;
        nic.Name.Place.ShouldBe(new Place("host.yaml", 2, 3, 4));
        nic.Settings.PlaceOf(Table.Mtu).ShouldBe(new Place("host.yaml", 3, 10, 4));
        nic.Rest.Map("match")!.Get("mac")!.Place.ShouldBe(new Place("host.yaml", 4, 18, 19));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_every_kind_give_the_same_places(string end)
    {
        var reading = HostFile.Read("host.yaml", "\ufeffversion: 1" + end + "nics:" + end + "  eth0: {mtu: x}" + end);
        reading.Findings.Single().Place.ShouldBe(new Place("host.yaml", 3, 15, 1));
        new Source("host.yaml", "a" + end + "b" + end).Line(2).ShouldBe("b");
    }

    [Fact]
    public void Ports_are_read_as_a_list_and_as_a_map_and_their_other_keys_survive()
    {
        var host = Read("""
            nics: {eth0: {}, eth1: {}}
            bonds:
              bond0: {ports: {eth0: {prio: 10}, eth1: }, mode: active-backup, miimon: 100}
            bridges:
              br0: {ports: {bond0: {vlans: [2-4094, 5], pvid: 1, learning: false}}}
            """);
        host.Find("bond0")!.Ports.Select(port => (port.Name.Value, port.Settings.Number(BondPortLines.Prio))).ShouldBe([("eth0", 10), ("eth1", null)]);
        var port = host.Find("br0")!.Ports.Single();
        port.Settings.Flag(BridgePortLines.Learning).ShouldBe(false);
        port.Rest.List("vlans").Select(item => item.ToString()).ShouldBe(["2-4094", "5"]);
        port.Rest.Number("pvid").ShouldBe(1);
    }

    [Fact]
    public void Default_is_a_value_of_every_attribute_that_need_not_be_there()
    {
        var host = Read("nics: {eth0: {mtu: default}}\nvlans: {v: {link: eth0, id: 5, protocol: default, mac: \"default\"}}\n");
        host.Find("eth0")!.Settings.Word(Table.Mtu).ShouldBe("default");
        host.Find("v")!.Settings.Word(VlanLines.Protocol).ShouldBe("default");
        HostFile.Read("host.yaml", "nics: {eth0: {}}\nvlans: {v: {link: eth0, id: default}}\n").Findings.Single().Rule.ShouldBe("wrong-type");
    }

    [Fact]
    public void Routes_know_their_family_from_their_next_hop()
    {
        var host = Read("""
            nics: {eth0: {addresses: [192.0.2.5/24, "2001:db8::5/64"]}}
            routes:
              - {to: default, via: "2001:db8::1", metric: 7}
              - {to: default, link: eth0, table: 9, scope: link, src: 192.0.2.5, mtu: 1400}
              - {to: 10.1.2.3, via: 192.0.2.1, onlink: true}
            """);
        host.Routes.Select(route => route.ToString()).ShouldBe(["default via 2001:db8::1 metric 7", "default dev eth0 table 9", "10.1.2.3/32 via 192.0.2.1"]);
        host.Routes[1].Scope.ShouldBe("link");
        host.Routes[1].Mtu.ShouldBe(1400);
        host.Routes[2].OnLink.ShouldBeTrue();
    }

    [Fact]
    public void What_is_no_link_and_no_route_is_kept_as_read()
    {
        var host = Read("version: 1\nhost: h1\nswitches: {leaf: {addresses: {3080: 192.0.2.1/24}}}\n");
        host.Name.ShouldBe("h1");
        host.Switches.Single().Addresses.Single().Vlan.Value.ShouldBe(3080);
        host.Links.ShouldBeEmpty();
    }

    [Fact]
    public void One_mistake_is_one_finding_even_where_others_lean_on_it()
    {
        Rules("nics: {a: {}, b: {}}\nbonds: {bond0: {ports: [a, b], mode: active-backup, mimon: 100}}\n").ShouldBe(["unknown-key"]);
        Rules("nic: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}\n").ShouldBe(["unknown-key"]);
        Rules("nics: [eth0]\nbridges: {br0: {ports: [eth0]}}\n").ShouldBe(["wrong-type"]);
        Rules("nics: {eth0: 5}\nbridges: {br0: {ports: [eth0]}}\n").ShouldBe(["wrong-type"]);
        Rules("nics: {e: {}, f: {}}\nbonds: {b: {ports: [e, f], mode: active-backup, miimon: 100, mtu: big}}\nvlans: {v: {link: b, id: 5, mtu: 9000}}\n").ShouldBe(["wrong-type"]);
        Rules("nics: {e: {addresses: [192.0.2.300/24], gateway: 192.0.2.1}}\n").ShouldBe(["not-an-address"]);
        Rules("nics: {e: {addresses: [192.0.2.3/24]}}\nroutes: [{to: 10.0.0.0/8, via: nowhere}]\n").ShouldBe(["not-an-address"]);
        Rules("bonds: {a: {ports: [b], miimon: 100}, b: {ports: [a], miimon: 100}}\n").ShouldBe(["cycle"]);
        Rules("nics: {e: {}}\nvlans: {v: {link: e, id: 5}}\nbridges: {br: {ports: [e, v]}}\n").ShouldBe(["link-and-its-vlan-in-one-bridge"]);
    }

    [Fact]
    public void Two_keys_that_mean_the_same_are_one_key() =>
        Rules("switches: {leaf: {addresses: {3080: 192.0.2.1/24, +3080: 192.0.2.2/24}}}\n").ShouldBe(["duplicate-key"]);

    [Fact]
    public void A_stack_of_thousands_of_links_is_read_and_judged_without_running_out_of_stack()
    {
        var text = new System.Text.StringBuilder("nics: {eth0: {}}\nvlans:\n  v0: {link: eth0, id: 1}\n");
        for (var i = 1; i < 20_000; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"  v{i}: {{link: v{i - 1}, id: 1, mtu: 1000}}\n");
        var host = Read(text.ToString());
        host.Links.Length.ShouldBe(20_001);
        Check.Checker.Look(host).ShouldHaveSingleItem().Rule.ShouldBe("nested-too-deep");
    }

    private static Host Read(string text, params string[] expected)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Select(finding => finding.Rule).Distinct().ShouldBe(expected, Report.Text(reading.Findings, new Source("host.yaml", text)));
        return reading.Host!;
    }

    private static IEnumerable<string> Rules(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        return [.. reading.Findings.Concat(reading.Host is { } host ? Check.Checker.Look(host) : []).Select(finding => finding.Rule)];
    }
}
