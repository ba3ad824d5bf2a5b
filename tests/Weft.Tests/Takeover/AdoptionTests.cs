// Taking a host over: the file that means it, what would be lost, what stands in the way; whoever manages it.

using Weft.Check;
using Weft.Show;
using Weft.Spec;
using Weft.Takeover;

namespace Weft.Tests.Takeover;

public sealed class AdoptionTests
{
    private static readonly (string, string) Weft = Standing.Started("weft.service");

    private const string Ifupdown = "auto lo\niface lo inet loopback\n\nauto br80\niface br80 inet static\n    address 10.0.80.5/24\n    gateway 10.0.80.1\n    bridge_ports bond0.80\n";

    [Fact]
    public void A_clean_host_is_managed_by_nobody_and_its_file_sends_nothing()
    {
        var adoption = new Standing().Adopted(new TreeOfText(("/etc/hostname", "kvm\n")));
        adoption.Incumbents.ShouldBeEmpty();
        adoption.Release.Acts.ShouldBeEmpty();
        adoption.Obstacles.ShouldBeEmpty();
        Standing.Errors(adoption.Findings).ShouldBeEmpty();
        adoption.Drawing!.Plan.IsEmpty.ShouldBeTrue();
        var read = HostFile.Read("host.yaml", adoption.Text + AdoptionText.Comments(adoption));
        read.HasErrors.ShouldBeFalse();
        Standing.Errors(Checker.Look(read.Host!)).ShouldBeEmpty();
        read.Host!.Links.Select(link => link.Name.Value).ShouldBe(["eth0", "eth1", "bond0", "bond0.80", "br80"], ignoreOrder: true);
        AdoptionText.Of(adoption).ShouldHaveSingleItem().ToString().ShouldBe("Nobody manages this host's links.");
    }

    [Fact]
    public void Nobody_lets_go_before_weft_starts_with_the_host()
    {
        (string, string)[] files = [Standing.Started("networking.service"), ("/etc/network/interfaces", Ifupdown)];
        Standing.Errors(new Standing().Adopted(new TreeOfText(files)).Obstacles).ShouldHaveSingleItem().ShouldStartWith("boot-not-installed");
        new Standing().Adopted(new TreeOfText([.. files, Weft])).Obstacles.ShouldBeEmpty();
    }

    [Fact]
    public void What_was_let_go_of_is_let_go_of_and_given_back_to_the_byte()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), ("/etc/network/interfaces", Ifupdown), Weft, Standing.Started("NetworkManager.service"), ("/etc/cloud/cloud.cfg", "users: []\n"),
            ("/etc/netplan/01.yaml", "network: {version: 2, ethernets: {eth0: {}}}\n"), Standing.Started("systemd-networkd.service"), ("/etc/systemd/network/20-bond.netdev", "[NetDev]\nName=bond0\nKind=bond\n"));
        var before = tree.Whole;
        var adoption = new Standing().Adopted(tree);
        adoption.Obstacles.ShouldBeEmpty();
        adoption.Incumbents.Select(incumbent => incumbent.Name).ShouldBe(["cloud-init", "netplan", "NetworkManager", "systemd-networkd", "ifupdown"]);
        adoption.Release.Carry(tree).Findings.ShouldBeEmpty();
        new Standing().Adopted(tree).Release.Acts.ShouldBeEmpty("who has let go has nothing left to let go of");
        adoption.Release.Undo(tree).Findings.ShouldBeEmpty();
        tree.Whole.ShouldBe(before);
    }

    [Fact]
    public void A_leased_address_stands_in_the_way_of_letting_its_link_go()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), ("/etc/network/interfaces", "iface br80 inet dhcp\n"), Weft);
        Standing.Errors(new Standing("br80").Adopted(tree).Obstacles).ShouldBe(["address-leased: br80 has 192.0.2.9/24 from a DHCP server or a router"]);
        var clean = new Standing("br80").Adopted(new TreeOfText());
        clean.Obstacles.ShouldBeEmpty("nobody lets go of it");
        clean.Findings.ShouldContain(finding => finding.Rule == "address-leased");
        clean.Text.ShouldNotContain("192.0.2.9");
    }

    [Fact]
    public void What_files_say_and_the_host_has_not_is_told_at_its_line()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), ("/etc/network/interfaces", Ifupdown + "    address 10.9.9.9/24\n\niface eth7 inet manual\n"), Weft);
        var told = new Standing().Adopted(tree).Findings.Where(finding => finding.Rule == "adopt-not-there").ToList();
        told.Select(finding => (finding.Place.Line, finding.What)).ShouldBe([(5, "ifupdown gives br80 10.9.9.9/24, which it does not have now"), (11, "ifupdown says \"eth7\", and there is no such link")]);
    }

    [Fact]
    public void A_hook_stands_in_the_way_until_it_is_forced()
    {
        var tree = new TreeOfText(Standing.Started("networking.service"), ("/etc/network/interfaces", Ifupdown + "    post-up /usr/local/bin/firewall\n"), Weft);
        Standing.Errors(new Standing().Adopted(tree).Obstacles).ShouldBe(["adopt-hook: ifupdown runs a program with br80: post-up /usr/local/bin/firewall"]);
        Adoption.Forcible.ShouldContain("adopt-hook");
    }

    [Fact]
    public void Who_neither_runs_nor_starts_has_nothing_to_let_go_of()
    {
        var tree = new TreeOfText(("/etc/systemd/network/10-eth.network", "[Match]\nName=eth*\n[Network]\nDHCP=yes\n"), ("/etc/NetworkManager/system-connections/eth0.nmconnection", "[connection]\nid=eth0\ntype=ethernet\ninterface-name=eth0\n"));
        var adoption = new Standing().Adopted(tree);
        adoption.Incumbents.ShouldBeEmpty();
        adoption.Findings.Where(finding => finding.Rule == "adopt-dormant").Select(finding => finding.What).ShouldBe(
            ["NetworkManager has files about eth0, but neither runs nor starts with the host", "systemd-networkd has files about eth0, eth1, but neither runs nor starts with the host"]);
    }

    [Fact]
    public void Somebody_elses_file_under_a_name_of_ours_stops_it()
    {
        var tree = new TreeOfText(Standing.Started("NetworkManager.service"), (NetworkManagerConf, "[keyfile]\nunmanaged-devices=interface-name:eth9\n"), Weft);
        Standing.Errors(new Standing().Adopted(tree).Obstacles).ShouldHaveSingleItem().ShouldStartWith("file-not-ours");
        Adoption.Forcible.ShouldNotContain("file-not-ours");
    }

    private const string NetworkManagerConf = "/etc/NetworkManager/conf.d/99-weft.conf";

    [Fact]
    public void Garbage_in_every_file_throws_nothing_and_claims_nothing_that_is_not_there()
    {
        string[] garbage = ["", "\0\u00ff\u0001", "[", "[]\n=\n==\n[Match]\nName\nName=\n", "iface\nauto\nsource\nsource /etc/network/interfaces\niface eth0\\\n", ": {[", "network: [1, 2]\n", "network:\n  ethernets: {eth0: null, eth1: [], eth2: {match: 5}}\n", new string('*', 5000), new string('[', 5000), "a: &b *b\n"];
        foreach (var text in garbage)
        {
            var tree = new TreeOfText([.. new[] { "/etc/network/interfaces", "/etc/netplan/x.yaml", "/etc/systemd/network/x.network", "/etc/systemd/network/x.netdev", "/etc/NetworkManager/system-connections/x.nmconnection", "/etc/NetworkManager/conf.d/zz.conf", "/etc/cloud/cloud.cfg", "/etc/cloud/cloud.cfg.d/zz.cfg", "/etc/dhcpcd.conf", "/run/network/ifstate", "/run/systemd/netif/links/2", "/run/NetworkManager/devices/2" }.Select(path => (path, text)), Weft,
                Standing.Started("NetworkManager.service"), Standing.Started("systemd-networkd.service"), Standing.Started("networking.service"), Standing.Started("dhcpcd.service")]);
            var before = tree.Whole;
            var adoption = new Standing().Adopted(tree);
            Standing.Errors(adoption.Findings).ShouldBeEmpty(text);
            adoption.Release.Carry(tree).Done.ShouldBeTrue();
            adoption.Release.Undo(tree).Done.ShouldBeTrue();
            tree.Whole.ShouldBe(before);
        }
    }
}
