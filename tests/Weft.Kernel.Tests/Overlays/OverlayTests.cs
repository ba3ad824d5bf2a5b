// Dummies, veths, MACVLANs, VXLANs and VRFs on a kernel: what the attribute table cannot try one by one. What must be made anew is,
// two ends go together, a port that changes its VRF has its addresses and routes in the new table.

using Weft.Apply;
using Weft.Model;
using Weft.Text;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class OverlayTests
{
    private const string Nics = "nics: {eth0: {addresses: [10.0.0.1/24, \"2001:db8::1/64\"]}, eth1: {}}\n";

    /// <summary>One file after another on one host, each with what `ip` says of a link then, and nothing left to do.</summary>
    [Theory]
    [InlineData("vxlans: {vx: {id: 5, link: eth0}}", "vx", "vxlan id 5 dev eth0 srcport 0 0 dstport 8472", "vxlans: {vx: {id: 6, link: eth0, port: 4789}}", "vx", "vxlan id 6 dev eth0 srcport 0 0 dstport 4789")]
    [InlineData("vxlans: {vx: {id: 5, link: eth0}}", "vx", "mtu 1450", "vxlans: {vx: {id: 5, mtu: 1400}}", "vx", "mtu 1400")]
    [InlineData("vxlans: {vx: {id: 5, link: eth0, group: 239.1.1.1}}", "vx", "group 239.1.1.1 dev eth0", "vxlans: {vx: {id: 5, link: eth0, group: 239.1.1.2}}", "vx", "group 239.1.1.2 dev eth0")]
    [InlineData("vxlans: {vx: {id: 5, link: eth0, group: 239.1.1.1}}", "vx", "group 239.1.1.1", "vxlans: {vx: {id: 5, link: eth0, remote: 10.0.0.9}}", "vx", "remote 10.0.0.9 dev eth0")]
    [InlineData("vxlans: {vx: {id: 5, remote: 10.0.0.8, mtu: 1400}}", "vx", "remote 10.0.0.8 srcport", "vxlans: {vx: {id: 5, remote: \"2001:db8::8\", local: \"2001:db8::1\", mtu: 1400}}", "vx", "remote 2001:db8::8 local 2001:db8::1")]
    [InlineData("vxlans: {vx: {id: 5, link: eth0, remote: \"2001:db8::8\"}}", "vx", "mtu 1430", "vxlans: {vx: {id: 5, link: eth0}}", "vx", "mtu 1450")]
    [InlineData("vxlans: {vx: {external: true, port: 4789, mtu: 1450}}", "vx", "vxlan external id 0", "vxlans: {vx: {id: 7, port: 4789, mtu: 1450}}", "vx", "vxlan id 7")]
    [InlineData("vxlans: {vx: {id: 5, link: eth0, ttl: 7}}", "vx", "ttl 7", "vxlans: {vx: {id: 5, link: eth0, ttl: inherit}}", "vx", "ttl inherit")]
    [InlineData("macvlans: {mv: {link: eth0, mode: bridge}}", "mv", "macvlan mode bridge", "macvlans: {mv: {link: eth0, mode: passthru}}", "mv", "macvlan mode passthru")]
    [InlineData("macvlans: {mv: {link: eth0, mode: passthru}}", "mv", "macvlan mode passthru", "macvlans: {mv: {link: eth1}}", "mv@eth1", "macvlan mode vepa")]
    [InlineData("vrfs: {red: {table: 10, ports: [eth0]}}", "red", "vrf table 10", "vrfs: {red: {table: 2000, ports: [eth0, eth1]}}", "red", "vrf table 2000")]
    [InlineData("veths: {a: {peer: b, mtu: 9000}, b: {peer: a, addresses: [10.7.0.1/24]}}", "a@b", "mtu 9000", "veths: {a: {peer: c}, c: {peer: a, addresses: [10.7.0.1/24]}}", "a@c", "mtu 1500")]
    [InlineData("dummies: {d: {addresses: [10.7.0.1/32]}}", "d", "dummy", "dummies: {d: {mtu: 9000}}", "d", "mtu 9000")]
    public void What_changes_is_changed_or_made_anew(string first, string oneName, string one, string second, string otherName, string other)
    {
        using var host = new BareHost("overlay", "eth0", "eth1");
        var links = host.Links();
        foreach (var (file, name, said) in new[] { (first, oneName, one), (second, otherName, other), (first, oneName, one) })
        {
            host.Apply(Nics + file);
            host.Plan(Nics + file).IsEmpty.ShouldBeTrue();
            var link = host.Say($"-d link show {name.Split('@')[0]}");
            link.ShouldContain(said);
            link.ShouldContain($"{name}");
        }
        host.Apply(Nics);
        host.Links().ShouldBe(links, "lo, the two NICs and what modules bring are all that is left");
    }

    /// <summary>The kernel tells nobody above a passthru that its link has another MAC; and the link has its own again when the passthru goes.</summary>
    [Fact]
    public void What_stands_on_a_passthru_hears_of_its_links_new_MAC()
    {
        const string Above = "macvlans: {mv: {link: eth0, mode: passthru}, mw: {link: eth1, mode: passthru}}\nvlans: {mv.5: {link: mv, id: 5}}\nbridges: {br0: {ports: [mw]}}\n";
        using var host = new BareHost("passthru", "eth0", "eth1");
        host.Apply(Nics + Above).Ending.ShouldBe(Ending.Applied);
        host.Others("link set eth0 address 02:00:5e:10:00:06");
        (host.Say("link show mv").Contains("02:00:5e:10:00:06", StringComparison.Ordinal), host.Say("link show mv.5").Contains("02:00:5e:10:00:06", StringComparison.Ordinal)).ShouldBe((true, false));
        host.Apply("nics: {eth0: {mac: \"02:00:5e:10:00:07\"}, eth1: {mac: \"02:00:5e:10:00:08\"}}\n" + Above).Ending.ShouldBe(Ending.Applied);
        foreach (var (link, mac) in new[] { ("eth0", 7), ("mv", 7), ("mv.5", 7), ("eth1", 8), ("mw", 8), ("br0", 8) })
            host.Say($"link show {link}").ShouldContain($"02:00:5e:10:00:0{mac}");
        host.Others("link set mv address 02:00:5e:10:00:09");
        host.Say("link show eth0").ShouldContain("02:00:5e:10:00:09");
        host.Others("link del mv");
        host.Say("link show eth0").ShouldContain("02:00:5e:10:00:07");
    }

    [Fact]
    public void A_link_takes_its_addresses_and_gateways_into_a_VRF_and_out_of_it_again()
    {
        const string Bare = "nics: {eth0: {addresses: [10.0.0.1/24, \"2001:db8::1/64\"], gateway: [10.0.0.254, \"2001:db8::fe\"]}}\nroutes: [{to: 10.9.0.0/16, via: 10.0.0.9}]\nvlans: {v: {link: eth0, id: 5, addresses: [\"2001:db8:5::1/64\"], mtu: 1400}}\n";
        using var host = new BareHost("vrf", "eth0");
        host.Apply(Bare);
        foreach (var isIn in new[] { true, false, true })
        {
            var file = Bare + (isIn ? "vrfs: {red: {table: 10, ports: [eth0]}}" : "");
            host.Apply(file);
            host.Plan(file).IsEmpty.ShouldBeTrue();
            foreach (var (words, route) in new[] { ("route show", "default via 10.0.0.254 dev eth0"), ("route show", "10.9.0.0/16 via 10.0.0.9 dev eth0"), ("-6 route show", "default via 2001:db8::fe dev eth0") })
            {
                host.Say($"{words} table main").Contains(route, StringComparison.Ordinal).ShouldBe(!isIn);
                if (isIn)
                    host.Say($"{words} table 10").ShouldContain(route);
            }
            host.Say("-br addr show eth0").ShouldContain("10.0.0.1/24 2001:db8::1/64");
            host.Say("-br addr show v").ShouldContain("2001:db8:5::1/64", Case.Sensitive, "it went down with its link and came up again");
        }
    }

    [Fact]
    public void An_undo_leads_back_from_a_VRF_a_new_veth_and_a_VXLAN_that_was_made_anew()
    {
        const string Before = Nics + "vxlans: {vx: {id: 5, link: eth0, port: 4789}}\nveths: {a: {peer: b}, b: {peer: a}}\nbridges: {br0: {ports: [vx, b]}}";
        const string After = Nics + "vxlans: {vx: {id: 6, link: eth0, port: 4789}}\nveths: {a: {peer: c}, c: {peer: a}}\nbridges: {br0: {ports: [vx, c]}}\nvrfs: {red: {table: 10, ports: [eth0, a]}}";
        using var host = new BareHost("overlay-undo", "eth0", "eth1");
        host.Apply(Before);
        var before = Told(host);
        host.Undone(After).Ending.ShouldBe(Ending.RolledBack);
        Told(host).ShouldBe(before);
        host.Plan(Before).IsEmpty.ShouldBeTrue();
    }

    /// <summary>What `ip` says of links and addresses, without indexes and what counts.</summary>
    private static string Told(BareHost host) => string.Join('\n', host.Inside(kernel => kernel.Observe()).Host.Links.Where(link => link.Name.Value != "lo").OrderBy(link => link.Name.Value, StringComparer.Ordinal)
        .Select(link => $"{link} {link.Settings.Where(line => line != Weft.Model.Attributes.Table.Mac)} {link.State!.Master} {string.Join(' ', link.Addresses.Select(address => address.Value))}"));
}
