// Settings under /proc/sys/net on a kernel: what the file says is in the files of /proc, on links of every kind, before they are up;
// what left the file is what new links have; what somebody set by hand is left alone, and comes back with a link made anew.

using Weft.Apply;
using Weft.Model.Attributes;
using Weft.Model.Shapes;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class ConfTests
{
    private static readonly string[] Links = ["eth0", "bond0", "bond0.5", "br0"];

    [Fact]
    public void What_the_file_says_is_what_proc_says_and_goes_back_to_what_new_links_have()
    {
        using var host = new BareHost("conf", "eth0", "eth1");
        var usual = Read(host, "default");
        foreach (var (at, values) in new[] { Values(first: true), Values(first: false), "", Values(first: true) }.Index())
        {
            var file = File(values);
            host.Apply(file).Ending.ShouldBe(Ending.Applied, $"{at}");
            foreach (var link in Links)
                Read(host, link).ShouldBe(values.Length == 0 ? usual : Said(at != 1), $"{link} {at}");
            host.Plan(file).IsEmpty.ShouldBeTrue($"{at}");
        }
        host.Undone(File(Values(first: false)));
        Read(host, "br0").ShouldBe(Said(first: true));
        host.Apply("nics: {}");
        Read(host, "eth0").ShouldBe(usual, "a NIC that left the file is as it was found");
    }

    [Fact]
    public void What_somebody_set_by_hand_stays_and_comes_back_with_a_link_made_anew()
    {
        static string File(int id, string said = "") => $"nics: {{eth0: {{}}}}\nvlans: {{v: {{link: eth0, id: {id}{said}}}}}";
        using var host = new BareHost("conf-hand", "eth0");
        host.Apply(File(5));
        host.Inside(_ =>
        {
            System.IO.File.WriteAllText("/proc/sys/net/ipv4/conf/v/rp_filter", "2");
            System.IO.File.WriteAllText("/proc/sys/net/ipv4/conf/v/log_martians", "1");
            return true;
        });
        host.Plan(File(5)).IsEmpty.ShouldBeTrue();
        host.Apply(File(6, ", arp_ignore: 1"));
        Value(host, "v", "ipv4", "rp_filter").ShouldBe("2");
        Value(host, "v", "ipv4", "log_martians").ShouldBe("1");
        Value(host, "v", "ipv4", "arp_ignore").ShouldBe("1");
        host.Undone(File(7, ", rp_filter: 1"));
        Value(host, "v", "ipv4", "rp_filter").ShouldBe("2");
        Value(host, "v", "ipv4", "arp_ignore").ShouldBe("1");
    }

    [Fact]
    public void Addresses_of_IPv6_stay_on_a_link_that_goes_down_where_the_file_says_so()
    {
        static string File(string rate, string keep) => $"nics: {{eth0: {{}}, eth1: {{}}}}\nbonds: {{bond0: {{ports: [eth0, eth1], mode: 802.3ad, miimon: 100, lacp_rate: {rate}, addresses: [\"2001:db8::5/64\"]{keep}}}}}";
        using var host = new BareHost("conf-keep", "eth0", "eth1");
        host.Apply(File("slow", ", keep_addr_on_down: 1"));
        host.Plan(File("fast", ", keep_addr_on_down: 1")).Steps.ShouldNotContain(step => step.ToString()!.Contains("2001:db8::5", StringComparison.Ordinal));
        host.Apply(File("fast", ", keep_addr_on_down: 1")).Ending.ShouldBe(Ending.Applied);
        host.Say("-6 addr show dev bond0").ShouldContain("2001:db8::5/64");
        host.Apply(File("slow", "")).Ending.ShouldBe(Ending.Applied);
        host.Say("-6 addr show dev bond0").ShouldContain("2001:db8::5/64");
    }

    /// <summary>A next hop of IPv6 that is not in the route's own table is not found over such a link while its cable is out, and a route that stands stays.</summary>
    [Fact]
    public void A_route_in_a_table_is_added_over_a_link_that_passes_over_routes_without_carrier_and_has_none()
    {
        static string File(params int[] routes) => $$$"""
            nics: {eth0: {addresses: ["2001:db8:1::1/64"], ipv6_ignore_routes_with_linkdown: true}}
            bonds: {bond0: {mode: active-backup, miimon: 100, addresses: ["2001:db8:2::1/64"], ipv6_ignore_routes_with_linkdown: true}}
            routes: [{{{string.Join(", ", routes.Select(number => $"{{to: \"2001:db8:{number}::/48\", via: \"2001:db8:{number % 10}::9\", table: 100}}"))}}}]
            """;
        using var host = new BareHost("conf-linkdown", "eth0");
        host.Switch("link set eth0-sw down");
        foreach (var file in new[] { File(11, 12), File(11), File(11, 21, 12) })
        {
            host.Apply(file).Ending.ShouldBe(Ending.Applied);
            host.Plan(file).IsEmpty.ShouldBeTrue();
            host.Say("-6 route show table 100").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(file.Split("table: 100").Length - 1);
            foreach (var link in new[] { "eth0", "bond0" })
                Value(host, link, "ipv6", "ignore_routes_with_linkdown").ShouldBe("1");
        }
        var before = host.Say("-6 route show table 100");
        host.Undone(File(12)).Ending.ShouldBe(Ending.RolledBack);
        host.Say("-6 route show table 100").ShouldBe(before);
        Value(host, "eth0", "ipv6", "ignore_routes_with_linkdown").ShouldBe("1");
    }

    private static string File(string said) => $$$"""
        nics: {eth0: { {{{Own(said)}}} }, eth1: {}}
        bonds: {bond0: {ports: [eth1], mode: active-backup, miimon: 100, addresses: [10.0.1.5/24]{{{said}}}}}
        vlans: {bond0.5: {link: bond0, id: 5, addresses: [10.0.5.5/24]{{{said}}}}}
        bridges: {br0: {addresses: [10.0.2.5/24]{{{said}}}}}
        """;

    private static string Own(string said) => said.Length == 0 ? "" : said[2..];

    private static string Values(bool first) => string.Concat(ConfLines.All.Select(line => $", {line.Name}: {Of(line, first)}"));

    private static string Of(Model.Attributes.Attribute line, bool first) => line.Shape is FlagShape ? first != (line == ConfLines.Autoconf) ? "true" : "false" : line == ConfLines.AcceptRa ? first ? "2" : "0" : first ? "1" : $"{((Count)line.Shape).Most}";

    private static string Said(bool first) => string.Join(' ', ConfLines.All.Select(line => $"{line.Name}={Of(line, first) switch { "true" => "1", "false" => "0", var number => number }}"));

    private static string Read(BareHost host, string link) => string.Join(' ', ConfLines.All.Select(line => $"{line.Name}={Value(host, link, line.Family, line.Wire)}"));

    private static string Value(BareHost host, string link, string family, string file) =>
        host.Inside(_ => System.IO.File.ReadAllText($"/proc/sys/net/{family}/conf/{link}/{file}").Trim());
}
