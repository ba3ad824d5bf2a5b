// Networks expanded: what is made, where its values point, that doing it again does nothing, and that thousands cost little.

using System.Diagnostics;
using Weft.Check;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests.Expanding;

public sealed class ExpandTests
{
    [Fact]
    public void Every_value_that_a_network_makes_points_at_the_key_it_came_from()
    {
        var host = Read("""
            nics: {eth0: {}}
            networks:
              vm: {link: eth0, vlan: 5, bridge: br-vm, mtu: 1400, addresses: [192.0.2.5/24], gateway: 192.0.2.1}
            """);
        var (vlan, bridge) = (host.Find("eth0.5").ShouldNotBeNull(), host.Find("br-vm").ShouldNotBeNull());
        vlan.Name.Place.ShouldBe(At(26));
        vlan.Settings.PlaceOf(VlanLines.Id).ShouldBe(At(26));
        vlan.Settings.PlaceOf(VlanLines.Lower).ShouldBe(At(14, 4));
        vlan.Settings.PlaceOf(Table.Mtu).ShouldBe(At(49, 4));
        bridge.Name.Place.ShouldBe(At(37, 5));
        bridge.Settings.PlaceOf(Table.Mtu).ShouldBe(At(49, 4));
        bridge.Ports.ShouldHaveSingleItem().Name.ShouldBe(vlan.Name);
        bridge.Ports[0].Name.Place.ShouldBe(At(26));
        bridge.Addresses.ShouldHaveSingleItem().Place.ShouldBe(At(67, 12));
        bridge.Gateways.ShouldHaveSingleItem().Place.ShouldBe(At(91, 9));

        static Place At(int column, int length = 1) => new("host.yaml", 3, column, length);
    }

    [Fact]
    public void Links_of_networks_stand_behind_those_of_the_file_in_the_order_of_the_sections() =>
        Read("nics: {eth0: {}}\nbridges: {br0: {}}\nvlans: {eth0.9: {link: eth0, id: 9}}\nnetworks: {a: {link: eth0, vlan: 7-8}, b: {link: eth0}}\n")
            .Links.Select(link => link.ToString()).ShouldBe(["nic eth0", "vlan eth0.9", "vlan eth0.7", "vlan eth0.8", "bridge br0", "bridge br7", "bridge br8", "bridge br-b"]);

    [Fact]
    public void A_host_knows_the_file_as_it_was_written()
    {
        const string Text = "nics:\n  eth0: {}\nnetworks:\n  vm:\n    link: eth0\n    vlan: 5\nguests:\n  web1:\n    nics:\n      - network: vm\n";
        var host = Read(Text);
        HostWriter.Write(host.AsWritten).ShouldBe(Text);
        host.Networks.ShouldHaveSingleItem().Name.Value.ShouldBe("vm");
        host.Guests.Single().Nics.Single().Bridge!.Value.ShouldBe("br5");
        host.Rest.Has("networks").ShouldBeFalse();
    }

    [Fact]
    public void A_network_on_a_VLAN_aware_bridge_makes_the_bridge_take_part_only_where_the_host_has_an_address()
    {
        var bridge = Read("nics: {eth0: {}}\nbridges: {br0: {vlan_filtering: true, ports: [eth0]}}\nnetworks: {a: {link: br0, vlan: 5}, b: {link: br0, vlan: 6, addresses: [192.0.2.5/24]}, c: {link: br0, vlan: 8}}\n").Find("br0")!;
        bridge.Vlans.ShouldBe(VlanTable.Of([new(6, 6)]));
        bridge.Ports.ShouldHaveSingleItem().Vlans.ShouldBe(VlanTable.Of([new(5, 6), new(8, 8)]));
    }

    [Fact]
    public void A_network_with_a_key_that_could_not_be_read_makes_nothing_and_no_second_finding()
    {
        var reading = HostFile.Read("host.yaml", "nics: {eth0: {}}\nnetworks: {vm: {link: eth0, vlan: 5000}}\nguests: {a: {nics: [{network: vm}]}}\n");
        reading.Findings.Concat(Checker.Look(reading.Host!)).ShouldHaveSingleItem().Rule.ShouldBe("vlan-id-out-of-range");
        reading.Host!.Links.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_network_that_a_finding_kept_from_being_made_is_still_known_by_its_names()
    {
        var reading = HostFile.Read("host.yaml", "nics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\nnetworks: {vm: {link: eth0, vlan: 5}}\nguests: {a: {nics: [{network: vm}, {bridge: br5}]}}\n");
        reading.Findings.Concat(Checker.Look(reading.Host!)).ShouldHaveSingleItem().Rule.ShouldBe("network-name-taken");
    }

    [Theory]
    [InlineData("networks: {{ {0} }}", "n{0}: {{link: eth0, vlan: {1}}}", 8001)]
    [InlineData("bridges: {{br0: {{vlan_filtering: true, ports: [eth0]}}}}\nnetworks: {{ {0} }}", "n{0}: {{link: br0, vlan: {1}, addresses: [10.{2}.{3}.1/24]}}", 4002)]
    public void Four_thousand_networks_cost_little(string frame, string each, int links)
    {
        var text = "nics: {eth0: {}}\n" + string.Format(null, frame, string.Join(",\n  ", Enumerable.Range(0, 4000).Select(at => string.Format(null, each, at, at + 2, at / 250, at % 250))));
        var host = Read(text).AsWritten;
        Networks.Expand(host).Host.Links.Length.ShouldBe(links);
        var fastest = Enumerable.Range(0, 5).Min(_ =>
        {
            var clock = Stopwatch.StartNew();
            Networks.Expand(host);
            return clock.Elapsed;
        });
        TestContext.Current.SendDiagnosticMessage($"4000 networks expanded in {fastest.TotalMilliseconds:0.0} ms");
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(1), "a guard against what grows with the square; no measure of speed");
    }

    /// <summary>The host's own end is the bridge, or on a VLAN-aware one a VLAN link of the bridge; a family that is leased makes one as an address does.</summary>
    [Theory]
    [InlineData("nics: {eth0: {}}\nnetworks: {vm: {link: eth0, vlan: 5, dhcp4: true, ra: true, dhcp_metric: 7, dns: 192.0.2.1}}\n", "br5")]
    [InlineData("nics: {eth0: {}}\nbridges: {br0: {vlan_filtering: true, ports: [eth0]}}\nnetworks: {vm: {link: br0, vlan: 5, dhcp4: true, ra: true, dhcp_metric: 7, dns: 192.0.2.1}}\n", "br0.5")]
    public void A_network_may_be_leased(string text, string end)
    {
        var host = Read(text);
        foreach (var link in host.Links)
            string.Join(' ', ClientLines.WishOf(link.Settings).With(NameLines.WishOf(link.Settings)).Select(pair => $"{pair.Key} {pair.Value.Value}")).ShouldBe(link.Name.Value == end ? "dhcp4 true ra true dhcp_metric 7 dns [192.0.2.1]" : "");
        var line = text.Split('\n').Length - 1;
        host.Find(end)!.Settings.PlaceOf(ClientLines.Dhcp4).Line.ShouldBe(line);
        host.Find("br0")?.Vlans.ShouldBe(VlanTable.Of([new(5, 5)]));
    }

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        Report.Text(reading.Findings, new Source("host.yaml", text)).ShouldBeEmpty();
        return reading.Host.ShouldNotBeNull();
    }
}
