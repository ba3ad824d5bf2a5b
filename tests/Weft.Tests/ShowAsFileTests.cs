// An observed host as a host file. Two laws over every case of specs/plan: planned against the host it was made of, the
// file sends nothing; applied to a bare host, it makes the same one. And the corners, one by one.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Show;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests;

public sealed class ShowAsFileTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("plan")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Planned_against_the_host_it_shows_a_file_sends_nothing(string name)
    {
        var (kernel, ledger) = Applied(name);
        foreach (var known in new[] { ledger, Ledger.Empty })
        {
            var printed = Reread(AsFile.Of(kernel.Observe(), known));
            Walk.Plan(printed, kernel, known, new Timings()).Plan.Steps.Where(step => step.Sends).Select(StepText.Of).ShouldBeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Applied_to_a_bare_host_a_file_makes_the_host_it_shows(string name)
    {
        var (kernel, ledger) = Applied(name);
        var printed = Reread(AsFile.Of(kernel.Observe(), ledger));
        var bare = TwinKernel.Of(Nics(kernel));
        Carried.Out(Walk.Plan(printed, bare, Ledger.Empty, new Timings()), bare, new Timings()).Outcome.Ending.ShouldBeOneOf(Ending.Applied, Ending.Adopted, Ending.Unchanged);
        Reread(AsFile.Of(bare.Observe(), Ledger.Empty)).Links.ShouldBe(Reread(AsFile.Of(kernel.Observe(), Ledger.Empty)).Links, new SameText());
    }

    [Fact]
    public void Only_what_differs_from_a_bare_host_is_said() =>
        Printed(ShowObserved.Kvm).ShouldBe(
            """
            version: 1
            nics:
              eth0: {}
              eth1: {}
            bonds:
              bond0:
                ports: [eth0, eth1]
                mode: 802.3ad
                mtu: 9000
            vlans:
              bond0.3080:
                link: bond0
                id: 3080
              bond0.3081:
                link: bond0
                id: 3081
                mtu: 1500
                addresses: [172.20.81.11/24]
            bridges:
              br3080:
                ports: [bond0.3080]
                mtu: 1500
                addresses: [172.20.80.11/24]
                gateway: 172.20.80.1

            """);

    [Fact]
    public void Ipv6_on_a_link_that_only_carries_frames_is_said_outright() =>
        Of(new Host { Links = [ShowObserved.Made(2, "br0", LinkKind.Bridge, (Table.Ipv6, Value.Of(true)))] }).Find("br0")!.Settings.Flag(Table.Ipv6).ShouldBe(true);

    [Fact]
    public void A_link_that_is_down_is_said_to_be() =>
        Of(new Host { Links = [ShowObserved.Made(2, "br0", LinkKind.Bridge, (Table.Up, Value.Of(false)))] }).Find("br0")!.Settings.Flag(Table.Up).ShouldBe(false);

    [Fact]
    public void A_MAC_set_by_hand_is_said_and_an_inherited_one_is_not()
    {
        var lower = ShowObserved.Nic(2, "eth0");
        Link Vlan(string mac, bool set) => ShowObserved.Made(3, "eth0.5", LinkKind.Vlan, (VlanLines.Lower, Value.Of("eth0")), (VlanLines.Id, Value.Of(5L)), (Table.Mac, Value.Of(mac))) with { State = new LinkState(3) { MacIsSet = set } };
        Of(new Host { Links = [lower, Vlan("02:aa:00:00:00:01", set: true)] }).Find("eth0.5")!.Settings.Word(Table.Mac).ShouldBe("02:aa:00:00:00:01");
        Of(new Host { Links = [lower, Vlan("02:aa:00:00:00:01", set: false)] }).Find("eth0.5")!.Settings.Has(Table.Mac).ShouldBeFalse();
        Of(new Host { Links = [lower, Vlan(ShowObserved.Mac(2), set: true)] }).Find("eth0.5")!.Settings.Has(Table.Mac).ShouldBeFalse();
    }

    [Fact]
    public void A_bond_lists_first_the_port_whose_MAC_it_has()
    {
        var host = new Host { Links = [ShowObserved.Nic(2, "eth0", "bond0"), ShowObserved.Nic(3, "eth1", "bond0"), ShowObserved.Made(4, "bond0", LinkKind.Bond, (Table.Mac, Value.Of(ShowObserved.Mac(3)))).With(ports: ["eth0", "eth1"])] };
        Of(host).Find("bond0")!.Ports.Select(port => port.Name.Value).ShouldBe(["eth1", "eth0"]);
    }

    [Fact]
    public void A_bond_keeps_the_order_of_the_last_file_where_that_names_the_same_ports()
    {
        var host = new Host { Links = [ShowObserved.Nic(2, "eth0", "bond0"), ShowObserved.Nic(3, "eth1", "bond0"), ShowObserved.Made(4, "bond0", LinkKind.Bond, (Table.Mac, Value.Of(ShowObserved.Mac(2)))).With(ports: ["eth0", "eth1"])] };
        var ledger = new Ledger { Last = Read("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth1, eth0]}}\n") };
        AsFile.Of(Seen(host), ledger).Find("bond0")!.Ports.Select(port => port.Name.Value).ShouldBe(["eth1", "eth0"]);
    }

    [Fact]
    public void What_no_kernel_holds_comes_from_the_last_file()
    {
        var ledger = new Ledger { Last = Read("host: h1\nnics: {eth0: {match: {mac: \"02:00:00:00:00:02\"}}}\nguests: {web1: {nics: [{bridge: br0}]}}\n") };
        var file = AsFile.Of(Seen(new Host { Links = [ShowObserved.Nic(2, "eth0"), ShowObserved.Made(3, "br0", LinkKind.Bridge)] }), ledger);
        file.Name.ShouldBe("h1");
        file.Guests.ShouldHaveSingleItem().Name.Value.ShouldBe("web1");
        file.Find("eth0")!.Rest.Map("match").ShouldNotBeNull();
    }

    [Fact]
    public void A_match_that_means_another_NIC_by_now_is_left_out()
    {
        var ledger = new Ledger { Last = Read("nics: {eth0: {match: {mac: \"02:00:00:00:00:99\"}}}\n") };
        AsFile.Of(Seen(new Host { Links = [ShowObserved.Nic(2, "eth0")] }), ledger).Find("eth0")!.Rest.Has("match").ShouldBeFalse();
    }

    [Fact]
    public void Guests_ends_in_our_bridges_are_nobodys_NICs()
    {
        var veth = ShowObserved.Nic(3, "vnet0", "br0");
        var host = new Host { Links = [ShowObserved.Nic(2, "eth0", "br0"), veth with { State = veth.State! with { Driver = "veth" } }, ShowObserved.Made(4, "br0", LinkKind.Bridge).With(ports: ["eth0", "vnet0"])] };
        var last = Read("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}\n");
        var file = AsFile.Of(Seen(host), new Ledger { Epoch = "test", Last = last, Links = [new("eth0", 2, "nic"), new("br0", 4, "bridge")] });
        file.Links.Select(link => link.Name.Value).ShouldBe(["eth0", "br0"]);
        file.Find("br0")!.Ports.ShouldHaveSingleItem().Name.Value.ShouldBe("eth0");
    }

    [Fact]
    public void A_link_of_another_kind_is_a_NIC_only_where_the_stack_stands_on_it()
    {
        var host = new Host
        {
            Links =
            [
                ShowObserved.Made(2, "dummy0", LinkKind.Of("dummy")).With(master: "bond0"), ShowObserved.Made(3, "dummy1", LinkKind.Of("dummy")),
                ShowObserved.Made(4, "bond0", LinkKind.Bond).With(ports: ["dummy0"]),
            ],
        };
        Of(host).Links.Select(link => link.ToString()).ShouldBe(["nic dummy0", "bond bond0"]);
    }

    [Fact]
    public void Routes_that_are_no_plain_default_stand_under_routes_and_those_of_daemons_nowhere()
    {
        var bridge = ShowObserved.Made(2, "br0", LinkKind.Bridge, (Table.Ipv6, Value.Of(true))).With(addresses: ["10.0.0.2/24"]);
        var metric = ShowObserved.Default("10.0.0.1", "br0") with { Metric = At.Nowhere(50L) };
        var network = new Route(At.Nowhere(IpPrefix.Parse("10.9.0.0/16"))) { Link = At.Nowhere("br0"), Protocol = 3, Scope = "link" };
        var daemon = new Route(At.Nowhere(IpPrefix.Parse("10.8.0.0/16"))) { Link = At.Nowhere("br0"), Protocol = 12, Scope = "link" };
        var file = Of(new Host { Links = [bridge], Routes = [metric, network, daemon] });
        file.Find("br0")!.Gateways.ShouldBeEmpty();
        HostWriter.Write(file).ShouldEndWith(
            """
            routes:
              - to: default
                via: 10.0.0.1
                link: br0
                metric: 50
              - to: 10.9.0.0/16
                link: br0

            """);
    }

    /// <summary>The kernel takes both on a port and uses neither well; a file that says them is refused.</summary>
    [Fact]
    public void An_address_of_a_port_and_a_route_over_it_are_no_files_to_say()
    {
        var port = ShowObserved.Nic(1, "eth0", master: "br0").With(master: "br0", addresses: ["10.0.0.2/24"]);
        var bridge = ShowObserved.Made(2, "br0", LinkKind.Bridge).With(ports: ["eth0"], addresses: ["10.1.0.2/24"]);
        var file = Reread(Of(new Host { Links = [port, bridge], Routes = [ShowObserved.Default("10.0.0.1", "eth0"), new Route(At.Nowhere(IpPrefix.Parse("10.9.0.0/16"))) { Link = At.Nowhere("eth0"), Protocol = 3, Scope = "link" }] }));
        file.Find("eth0")!.Addresses.ShouldBeEmpty();
        file.Find("eth0")!.Gateways.ShouldBeEmpty();
        file.Routes.ShouldBeEmpty();
        file.Find("br0")!.Addresses.Select(address => address.ToString()).ShouldBe(["10.1.0.2/24"]);
        Check.Checker.Look(file).ShouldNotContain(finding => finding.Severity == Severity.Error);
    }

    private static (TwinKernel Kernel, Ledger Ledger) Applied(string name)
    {
        var wanted = Read(File.ReadAllText(SpecFiles.PathOf("specs", "plan", name, "host.yaml")));
        var kernel = TwinKernel.Of(wanted.Of(LinkKind.Nic).Select(nic => nic.Name.Value).Order(StringComparer.Ordinal));
        var (outcome, ledger) = Carried.Out(Walk.Plan(wanted, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
        return (kernel, ledger);
    }

    private static IEnumerable<string> Nics(TwinKernel kernel) => kernel.Observe().Host.Of(LinkKind.Nic).Select(nic => nic.Name.Value);

    private static Host Reread(Host host) => Read(HostWriter.Write(host));

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty(text);
        return reading.Host.ShouldNotBeNull();
    }

    private static Observation Seen(Host host) => Observation.Of(host) with { Epoch = "test" };
    private static Host Of(Host observed) => AsFile.Of(Seen(observed), Ledger.Empty);
    private static string Printed(Host observed) => HostWriter.Write(Of(observed));

    /// <summary>Two links that print alike.</summary>
    private sealed class SameText : IEqualityComparer<Link>
    {
        public bool Equals(Link? one, Link? other) => Text(one!) == Text(other!);
        public int GetHashCode(Link link) => 0;
        private static string Text(Link link) => HostWriter.Write(new Host { Links = [link] });
    }
}
