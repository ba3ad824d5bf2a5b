// Each program by itself, with files as they stand on real hosts: what it manages and where it says so, and what its files
// are like once it has let go.

using Weft.Takeover;

namespace Weft.Tests.Takeover;

public sealed class IncumbentTests
{
    private static readonly (string, string) Weft = Standing.Started("weft.service");

    private static (Incumbent Incumbent, Adoption Adoption) Found(string name, IFiles tree)
    {
        var adoption = new Standing().Adopted(tree);
        var incumbent = adoption.Incumbents.ShouldHaveSingleItem();
        incumbent.Name.ShouldBe(name);
        return (incumbent, adoption);
    }

    private static IEnumerable<string> Claims(Incumbent incumbent) => incumbent.Claims.Select(claim => $"{claim.Link} {claim.Place.File}:{claim.Place.Line} {claim.Words}");

    [Fact]
    public void Ifupdown_loses_the_stanzas_of_our_links_and_keeps_every_other_byte()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), Weft,
            ("/etc/network/interfaces", "# caf\u00e9\nsource /etc/network/interfaces.d/*\n\nauto lo eth0 \\\n  wlan0\niface lo inet loopback\n\nallow-hotplug eth1\niface eth0 inet manual\n  # the cable\n\tmtu 1500\niface wlan0 inet dhcp\n  wpa-ssid \\\n    home"),
            ("/etc/network/interfaces.d/br80", "auto br80\niface br80 inet static\n  address 10.0.80.5\n  netmask 255.255.255.0\niface br80:1 inet static\n  address 10.0.80.6/24\n"),
            ("/etc/network/interfaces.d/.hidden", "iface eth0 inet dhcp\n"), ("/run/network/ifstate", "lo=lo\nbr80=br80\n"));
        var (incumbent, adoption) = Found("ifupdown", tree);
        Claims(incumbent).ShouldBe(
        [
            "eth0 /etc/network/interfaces:9 iface eth0 inet manual", "wlan0 /etc/network/interfaces:12 iface wlan0 inet dhcp", "br80 /etc/network/interfaces.d/br80:2 iface br80 inet static",
            "br80:1 /etc/network/interfaces.d/br80:5 iface br80:1 inet static", "br80 /run/network/ifstate:2 brought it up as br80",
        ]);
        incumbent.Claims[2].Addresses.ShouldHaveSingleItem().ToString().ShouldBe("10.0.80.5/24");
        adoption.Release.Carry(tree).Done.ShouldBeTrue();
        tree.Text("/etc/network/interfaces").ShouldBe("# caf\u00e9\nsource /etc/network/interfaces.d/*\n\n# weft: auto lo eth0 \\\n# weft:   wlan0\nauto lo wlan0\niface lo inet loopback\n\n# weft: allow-hotplug eth1\n# weft: iface eth0 inet manual\n  # the cable\n# weft: \tmtu 1500\niface wlan0 inet dhcp\n  wpa-ssid \\\n    home");
        tree.Text("/etc/network/interfaces.d/br80").Split('\n').ShouldAllBe(line => line.Length == 0 || line.StartsWith('#'));
        tree.List("/etc/network").ShouldBe(["br80.before-weft", "interfaces", "interfaces.before-weft", "interfaces.d"]);
        tree.List("/etc/network/interfaces.d").ShouldBe([".hidden", "br80"], "what a star would find is not left there");
    }

    [Fact]
    public void Ifupdown2_forgets_what_it_would_take_down()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), Weft, ("/etc/network/ifupdown2/ifupdown2.conf", "addon_syntax_check=0\n"), ("/run/network/ifstatenew", "pickle"),
            ("/etc/network/interfaces", "auto br80\niface br80 inet static\n\taddress 10.0.80.5/24\n\tbridge-ports bond0.80\n"));
        var (_, adoption) = Found("ifupdown2", tree);
        adoption.Release.Acts.Select(act => $"{act.Verb} {act.Path}").ShouldBe(["write /etc/network/interfaces.before-weft", "replace /etc/network/interfaces", "remove /run/network/ifstatenew"]);
    }

    [Fact]
    public void A_pattern_in_interfaces_is_told()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), Weft, ("/etc/network/interfaces", "auto /eth*\niface eth0 inet manual\n"));
        Standing.Errors(Found("ifupdown", tree).Adoption.Obstacles).ShouldBe(["adopt-pattern: \"/eth*\" may mean links of the host file"]);
    }

    [Fact]
    public void NetworkManager_is_told_all_our_links_and_what_it_runs_now_is_seen()
    {
        var tree = new TreeOfText(Weft,
            ("/etc/NetworkManager/system-connections/bond0.nmconnection", "[connection]\nid=bond0\nuuid=1-2-3\ntype=bond\ninterface-name=bond0\n\n[bond]\nmode=active-backup\n\n[ipv4]\nmethod=manual\naddress1=10.1.1.1/24,10.1.1.254\n"),
            ("/etc/NetworkManager/system-connections/uplink.nmconnection", $"[connection]\nid=uplink\ntype=ethernet\n[ethernet]\nmac-address={new Standing().Mac("eth1").ToUpperInvariant()}\n"),
            ($"/run/NetworkManager/devices/{new Standing().Index("bond0")}", "[device]\nmanaged=true\nconnection-uuid=1-2-3\n"));
        var (incumbent, adoption) = Found("NetworkManager", tree);
        Claims(incumbent).ShouldBe(
        [
            "bond0 /etc/NetworkManager/system-connections/bond0.nmconnection:5 bond profile bond0", "eth1 /etc/NetworkManager/system-connections/uplink.nmconnection:3 ethernet profile uplink",
            $"bond0 /run/NetworkManager/devices/{new Standing().Index("bond0")}:3 runs profile bond0",
        ]);
        adoption.Findings.ShouldContain(finding => finding.What == "NetworkManager gives bond0 10.1.1.1/24, which it does not have now");
        adoption.Release.Acts.Select(act => act.Path).ShouldBe(["/etc/NetworkManager/conf.d", "/etc/NetworkManager/conf.d/99-weft.conf"]);
        adoption.Release.Carry(tree).Done.ShouldBeTrue();
        var written = tree.Text("/etc/NetworkManager/conf.d/99-weft.conf").Split('\n');
        written[1].ShouldBe("[keyfile]");
        written[2].ShouldStartWith("unmanaged-devices+=interface-name:");
        written[2][19..].Split(';').Order(StringComparer.Ordinal).ShouldBe(["interface-name:bond0", "interface-name:bond0.80", "interface-name:br80", "interface-name:eth0", "interface-name:eth1"]);
    }

    [Fact]
    public void A_later_file_that_sets_NetworkManagers_list_anew_is_told()
    {
        var tree = new TreeOfText(Weft, Standing.Started("NetworkManager.service"), ("/etc/NetworkManager/conf.d/99-zz.conf", "[keyfile]\nunmanaged-devices=type:wifi\n"));
        Standing.Errors(new Standing().Adopted(tree).Obstacles).ShouldHaveSingleItem().ShouldStartWith("adopt-overruled");
    }

    [Fact]
    public void Networkd_manages_what_its_first_file_matches_and_makes_no_links_of_ours_any_more()
    {
        var tree = new TreeOfText(Weft, Standing.Started("systemd-networkd.service"), ("/etc/systemd/system/network-online.target.wants/systemd-networkd-wait-online.service", ""),
            ("/etc/systemd/network/10-eth.network", "[Match]\nName=eth0 eth1\n\n[Network]\nBond=bond0\n"), ("/etc/systemd/network/10-bond.netdev", "[NetDev]\nName=bond0\nKind=bond\n"),
            ("/usr/lib/systemd/network/20-br.netdev", "[NetDev]\nName=br80\nKind=bridge\n"), ("/etc/systemd/network/30-br.network", "[Match]\nType=bridge\n[Network]\nAddress=10.0.80.5/24\n"),
            ("/usr/lib/systemd/network/80-all.network", "[Match]\nName=*\n[Link]\nUnmanaged=yes\n"), ("/usr/lib/systemd/network/80-ve.network", "[Match]\nKind=veth\nName=ve-*\n[Network]\nDHCP=yes\n"));
        var (incumbent, adoption) = Found("systemd-networkd", tree);
        Claims(incumbent).Order(StringComparer.Ordinal).ShouldBe(
        [
            "bond0 /etc/systemd/network/10-bond.netdev:2 makes it (10-bond.netdev)", "br80 /etc/systemd/network/30-br.network:2 Type=bridge", "br80 /usr/lib/systemd/network/20-br.netdev:2 makes it (20-br.netdev)",
            "eth0 /etc/systemd/network/10-eth.network:2 Name=eth0 eth1", "eth1 /etc/systemd/network/10-eth.network:2 Name=eth0 eth1",
        ]);
        adoption.Obstacles.ShouldBeEmpty();
        adoption.Release.Carry(tree).Done.ShouldBeTrue();
        tree.Text("/etc/systemd/network/05-weft.network").ShouldEndWith("\n[Link]\nUnmanaged=yes\n");
        tree.List("/etc/systemd/network").ShouldBe(["05-weft.network", "10-bond.netdev.before-weft", "10-eth.network", "20-br.netdev", "30-br.network"]);
        tree.Text("/etc/systemd/network/20-br.netdev").ShouldBe("/dev/null");
        tree.Text("/etc/systemd/system/systemd-networkd-wait-online.service").ShouldBe("/dev/null");
    }

    [Fact]
    public void Networkd_with_a_file_that_comes_before_ours_is_told()
    {
        var tree = new TreeOfText(Weft, Standing.Started("systemd-networkd.service"), ("/etc/systemd/network/00-first.network", "[Match]\nName=eth*\n"));
        Standing.Errors(Found("systemd-networkd", tree).Adoption.Obstacles).ShouldHaveSingleItem().ShouldStartWith("adopt-overruled: /etc/systemd/network/00-first.network");
    }

    [Fact]
    public void What_networkd_manages_at_this_moment_is_seen()
    {
        var tree = new TreeOfText(Weft, ($"/run/systemd/netif/links/{new Standing().Index("eth0")}", "# private\nADMIN_STATE=configured\nOPER_STATE=routable\nNETWORK_FILE=/run/systemd/network/10-netplan-eth0.network\n"), ("/run/systemd/netif/links/99", "ADMIN_STATE=configured\n"),
            ($"/run/systemd/netif/links/{new Standing().Index("eth1")}", "ADMIN_STATE=unmanaged\n"));
        Claims(Found("systemd-networkd", tree).Incumbent).ShouldHaveSingleItem().ShouldBe($"eth0 /run/systemd/netif/links/{new Standing().Index("eth0")}:2 manages it now (configured)");
    }

    [Fact]
    public void Netplans_files_go_aside_whole_and_cloud_init_writes_none_again()
    {
        var plan = "network:\n  version: 2\n  ethernets:\n    up:\n      match: {macaddress: \"MAC\"}\n      set-name: eth0\n    eth1: {}\n  bonds:\n    bond0: {interfaces: [eth0, eth1]}\n  bridges:\n    br80:\n      addresses: [10.0.80.5/24, 10.0.80.9/24]\n";
        var tree = new TreeOfText(Weft, ("/etc/cloud/cloud.cfg", "system_info: {distro: debian}\n"), ("/etc/cloud/cloud.cfg.d/05_logging.cfg", "## comment\n_log:\n - &log_base |\n   [loggers]\n"), ("/etc/netplan/50-cloud-init.yaml", plan.Replace("MAC", new Standing().Mac("eth0"), StringComparison.Ordinal)));
        var adoption = new Standing().Adopted(tree);
        adoption.Incumbents.Select(incumbent => incumbent.Name).ShouldBe(["cloud-init", "netplan"]);
        adoption.Incumbents[1].Links.ShouldBe(["eth0", "eth1", "bond0", "br80"]);
        adoption.Incumbents[0].Links.ShouldContain("bond0");
        adoption.Findings.ShouldContain(finding => finding.What == "netplan gives br80 10.0.80.9/24, which it does not have now");
        adoption.Obstacles.ShouldBeEmpty();
        adoption.Release.Carry(tree).Done.ShouldBeTrue();
        tree.List("/etc/netplan").ShouldBe(["50-cloud-init.yaml.before-weft"]);
        tree.Text("/etc/cloud/cloud.cfg.d/99-weft-network.cfg").ShouldEndWith("\nnetwork: {config: disabled}\n");
        new Standing().Adopted(tree).Incumbents.SelectMany(incumbent => incumbent.Acts).ShouldBeEmpty();
    }

    [Fact]
    public void A_netplan_file_that_says_others_links_too_is_in_the_way()
    {
        var tree = new TreeOfText(Weft, ("/etc/netplan/01.yaml", "network:\n  ethernets: {eth0: {}}\n  wifis: {wlan0: {}}\n"));
        Standing.Errors(Found("netplan", tree).Adoption.Obstacles).ShouldBe(["adopt-shared-file: wlan0 stands in the same file as links of the host file, and is none of them"]);
        Standing.Errors(new Standing().Adopted(new TreeOfText(Weft, ("/etc/netplan/01.yaml", "network: [\n"))).Obstacles).ShouldHaveSingleItem().ShouldStartWith("file-unreadable");
    }

    [Theory]
    [InlineData("/etc/cloud/cloud.cfg.d/99-off.cfg", "network:\n  config: disabled\n")]
    [InlineData("/etc/cloud/cloud-init.disabled", "")]
    public void Cloud_init_that_is_told_already_is_left(string path, string text) =>
        new Standing().Adopted(new TreeOfText(Weft, ("/etc/cloud/cloud.cfg", "a: 1\n"), (path, text))).Incumbents.ShouldBeEmpty();

    [Fact]
    public void Dhcpcd_is_denied_our_links_before_any_interface_line()
    {
        var tree = new TreeOfText(Weft, Standing.Started("dhcpcd.service"), ("/etc/dhcpcd.conf", "hostname\ndenyinterfaces eth*\ninterface br80\nstatic ip_address=10.0.80.5/24\n"));
        var (incumbent, adoption) = Found("dhcpcd", tree);
        incumbent.Links.Order(StringComparer.Ordinal).ShouldBe(["bond0", "bond0.80", "br80"]);
        incumbent.Claims.First(claim => claim.Link == "br80").Place.Line.ShouldBe(3);
        adoption.Release.Carry(tree).Done.ShouldBeTrue();
        tree.Text("/etc/dhcpcd.conf").Split('\n')[1].ShouldStartWith("denyinterfaces b");
        tree.Text("/etc/dhcpcd.conf").ShouldEndWith("\nhostname\ndenyinterfaces eth*\ninterface br80\nstatic ip_address=10.0.80.5/24\n");
        new Standing().Adopted(tree).Incumbents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("eth*", "eth0", true)]
    [InlineData("eth?", "eth10", false)]
    [InlineData("en[ps]*[0-9]", "enp3s0", true)]
    [InlineData("en[!p]*", "enp3s0", false)]
    [InlineData("*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("", "x", false)]
    [InlineData("*", "", true)]
    public void A_pattern_means_what_systemd_takes_it_for(string pattern, string text, bool fits) => Globs.One(pattern, text).ShouldBe(fits);
}
