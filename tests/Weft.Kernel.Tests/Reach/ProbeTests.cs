// The real prober against a real neighbour: the other end of a host's cables is a namespace that answers, or does not, over
// plain NICs, bonds, VLANs and bridges. Each kind passes where it should and fails where it should, with its reason.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Weft.Apply;
using Weft.Linux;
using Weft.Linux.Probing;
using Weft.Plan;
using Weft.Reach;
using Weft.Spec;

namespace Weft.Kernel.Tests;

public sealed class ProbeTests
{
    private const string NoAnswer = "no answer within 1 s";

    [Fact]
    public void Over_a_NIC_what_is_there_answers_and_what_is_not_does_not()
    {
        using var host = new BareHost("probe-nic", "eth0");
        host.Switch("addr add 10.0.0.1/24 dev eth0-sw\naddr add 2001:db8::1/64 dev eth0-sw nodad\naddr add fe80::1/64 dev eth0-sw nodad");
        host.Others("link set eth0 up\naddr add 10.0.0.2/24 dev eth0\naddr add 2001:db8::2/64 dev eth0 nodad");
        using var listener = Listen(host, 53);
        Soon(host, Gateway("10.0.0.1", "eth0"), Gateway("2001:db8::1", "eth0"), Gateway("fe80::1", "eth0"), Ping("10.0.0.1"), Ping("2001:db8::1"), Tcp("10.0.0.1", 53), Tcp("2001:db8::1", 53), Probe.OfCarrier("eth0"));
        Ask(host, Gateway("10.0.0.9", "eth0"), Gateway("2001:db8::9", "eth0"), Ping("10.0.0.9"), Ping("2001:db8::9"), Tcp("10.0.0.9", 53)).ShouldAllBe(why => why == NoAnswer);
        Ask(host, Tcp("10.0.0.1", 54), Tcp("2001:db8::1", 54)).ShouldAllBe(why => why == "Connection refused");
        Ask(host, Ping("192.0.2.1"), Tcp("192.0.2.1", 53)).ShouldBe(["cannot be sent: Network is unreachable", "Network is unreachable"]);
        Ask(host, Gateway("10.0.0.1", "eth7"), Probe.OfCarrier("eth7"), Probe.OfPartner("eth0", "bond0")).ShouldBe(["there is no eth7", "there is no eth7", "it is no bond's port"]);
        // The host's own address is no neighbour of the host.
        Ask(host, Gateway("10.0.0.2", "eth0"), Gateway("2001:db8::2", "eth0")).ShouldBe([NoAnswer, NoAnswer]);
    }

    [Fact]
    public void A_gateway_answers_a_host_that_has_no_address_yet()
    {
        using var host = new BareHost("probe-bare", "eth0");
        host.Switch("addr add 10.0.0.1/24 dev eth0-sw");
        host.Others("link set eth0 up");
        Soon(host, Gateway("10.0.0.1", "eth0"));
        Ask(host, Gateway("10.0.0.9", "eth0")).ShouldBe([NoAnswer]);
    }

    [Fact]
    public void Over_a_bridge_on_a_VLAN_on_a_bond_the_gateway_is_asked_in_its_VLAN()
    {
        using var host = new BareHost("probe-stack", "eth0", "eth1");
        host.Switch("""
            link add sw type bridge
            link set sw up
            link set eth0-sw master sw
            link set eth1-sw master sw
            link add link sw name sw.5 type vlan id 5
            link set sw.5 up
            addr add 10.0.5.1/24 dev sw.5
            addr add 2001:db8:5::1/64 dev sw.5 nodad
            """);
        host.Apply("""
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
            vlans: {bond0.5: {link: bond0, id: 5}, bond0.6: {link: bond0, id: 6}}
            bridges:
              br5: {ports: [bond0.5], addresses: [10.0.5.2/24, "2001:db8:5::2/64"], gateway: 10.0.5.1}
              br6: {ports: [bond0.6], addresses: [10.0.6.2/24]}
            """);
        Soon(host, Gateway("10.0.5.1", "br5"), Gateway("2001:db8:5::1", "br5"), Ping("10.0.5.1"), Ping("2001:db8:5::1"), Probe.OfCarrier("eth0"), Probe.OfCarrier("eth1"));
        // In another VLAN nobody has this address.
        Ask(host, Gateway("10.0.5.1", "br6"), Gateway("10.0.5.9", "br5"), Probe.OfPartner("eth0", "bond0")).ShouldBe([NoAnswer, NoAnswer, "its bond does not speak LACP"]);
    }

    [Fact]
    public void A_NIC_that_is_down_or_whose_cable_is_pulled_has_no_carrier()
    {
        using var host = new BareHost("probe-carrier", "eth0", "eth1");
        host.Others("link set eth0 up");
        host.Switch("link set eth0-sw down");
        Ask(host, Probe.OfCarrier("eth0"), Probe.OfCarrier("eth1")).ShouldBe(["no carrier", "it is down"]);
        host.Switch("link set eth0-sw up");
        Soon(host, Probe.OfCarrier("eth0"));
    }

    [Fact]
    public void A_partner_that_speaks_LACP_passes_and_a_port_that_nobody_answers_does_not()
    {
        using var host = new BareHost("probe-lacp", "eth0", "eth1", "eth2");
        host.Switch("""
            link set eth0-sw down
            link set eth1-sw down
            link add lag type bond mode 802.3ad miimon 100 lacp_rate fast
            link set eth0-sw master lag
            link set eth1-sw master lag
            link set lag up
            """);
        host.Apply("nics: {eth0: {}, eth1: {}, eth2: {}}\nbonds: {bond0: {ports: [eth0, eth1, eth2], mode: 802.3ad, lacp_rate: fast, miimon: 100}}");
        Soon(host, Probe.OfPartner("eth0", "bond0"), Probe.OfPartner("eth1", "bond0"), Probe.OfCarrier("eth2"));
        var alone = Ask(host, Probe.OfPartner("eth2", "bond0")).Single();
        new[] { "no partner answers", "it is in aggregator" }.ShouldContain(why => alone != null && alone.StartsWith(why, StringComparison.Ordinal), alone ?? "it passed");
        host.Switch("link set eth1-sw nomaster\nlink set eth1-sw up");
        Until(host, answers => answers[0] is null && answers[1] is not null, Probe.OfPartner("eth0", "bond0"), Probe.OfPartner("eth1", "bond0"));
    }

    [Fact]
    public void Fifty_that_do_not_answer_take_no_longer_than_one()
    {
        using var host = new BareHost("probe-many", "eth0");
        host.Switch("addr add 10.0.0.1/24 dev eth0-sw");
        host.Others("link set eth0 up\naddr add 10.0.0.2/24 dev eth0");
        Probe[] many = [.. Enumerable.Range(100, 50).Select(at => Ping($"10.0.0.{at}")), .. Enumerable.Range(100, 10).Select(at => Gateway($"10.0.0.{at}", "eth0")), Tcp("10.0.0.99", 1)];
        Soon(host, Ping("10.0.0.1"));
        var took = Stopwatch.StartNew();
        Ask(host, many).ShouldAllBe(why => why == NoAnswer);
        took.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4), "one after the other they would take a minute");
    }

    [Fact]
    public void A_management_address_that_moves_to_a_bridge_passes_and_one_that_moves_to_nowhere_names_its_gateway()
    {
        const string Before = "nics: {eth0: {addresses: [10.0.0.2/24], gateway: 10.0.0.1}, eth1: {}}\nprobes: [{ping: 10.0.0.1}]";
        const string Good = "nics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth0], addresses: [10.0.0.2/24], gateway: 10.0.0.1}}\nprobes: [{ping: 10.0.0.1}]";
        using var host = new BareHost("probe-move", "eth0", "eth1");
        // A Linux answers on any of its links for any of its addresses (arp_ignore 0): behind eth1 nobody must.
        host.Switch("addr add 10.0.0.1/24 dev eth0-sw\nlink set eth1-sw arp off");
        host.Apply(Before);
        Soon(host, Gateway("10.0.0.1", "eth0"), Ping("10.0.0.1"), Probe.OfCarrier("eth1"));
        var (must, patience) = Prepare(host, Good);
        must.Select(probe => probe.ToString()).ShouldBe(["gateway 10.0.0.1 on br0 by ARP", "ping 10.0.0.1", "carrier of eth0", "carrier of eth1"]);
        host.Apply(Good);
        After(host, must, patience.Total).ShouldBeEmpty();
        var nowhere = Good.Replace("ports: [eth0]", "ports: [eth1]", StringComparison.Ordinal);
        (must, _) = Prepare(host, nowhere);
        host.Apply(nowhere);
        After(host, must, TimeSpan.FromSeconds(2)).Select(failed => failed.ToString()).ShouldBe([$"gateway 10.0.0.1 on br0 by ARP: {NoAnswer}", $"ping 10.0.0.1: {NoAnswer}"]);
        host.Apply(Before);
        After(host, [Gateway("10.0.0.1", "eth0"), Ping("10.0.0.1")], patience.Total).ShouldBeEmpty();
    }

    [Fact]
    public void A_bridge_with_spanning_tree_passes_when_it_forwards_and_not_before_and_within_its_patience()
    {
        using var host = new BareHost("probe-stp", "eth0");
        host.Switch("addr add 10.0.0.1/24 dev eth0-sw");
        host.Apply("nics: {eth0: {addresses: [10.0.0.2/24], gateway: 10.0.0.1}}");
        host.Others("link add br0 type bridge stp_state 1 forward_delay 300\nlink set br0 up");
        Soon(host, Gateway("10.0.0.1", "eth0"));
        var (took, patience) = Timed(host, "nics: {eth0: {}}\nbridges: {br0: {ports: [eth0], stp: true, addresses: [10.0.0.2/24], gateway: 10.0.0.1}}");
        patience.ToString().ShouldBe("up to 11 s: STP on br0, twice 3 s; an answer, 5 s");
        took.ShouldBeGreaterThan(TimeSpan.FromSeconds(5), "it cannot have listened and learned");
    }

    [Fact]
    public void A_bond_that_agrees_with_its_switch_passes_within_its_patience()
    {
        using var host = new BareHost("probe-agree", "eth0", "eth1");
        host.Switch("""
            link set eth0-sw down
            link set eth1-sw down
            link add lag type bond mode 802.3ad miimon 100
            link set eth0-sw master lag
            link set eth1-sw master lag
            link set lag up
            addr add 10.0.0.1/24 dev lag
            addr add 2001:db8::1/64 dev lag nodad
            """);
        host.Apply("nics: {eth0: {addresses: [10.0.0.2/24, \"2001:db8::2/64\"], gateway: [10.0.0.1, \"2001:db8::1\"]}, eth1: {}}");
        Soon(host, Gateway("10.0.0.1", "eth0"), Gateway("2001:db8::1", "eth0"));
        var (_, patience) = Timed(host, """
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, lacp_rate: fast, miimon: 100, updelay: 1000}}
            vlans: {bond0.7: {link: bond0, id: 7}}
            bridges: {br0: {ports: [bond0], addresses: [10.0.0.2/24, "2001:db8::2/64"], gateway: [10.0.0.1, "2001:db8::1"]}}
            """);
        patience.ToString().ShouldBe("up to 24.1 s: miimon and updelay of bond0, 1.1 s; LACP on bond0, lacp_rate fast, 16 s; IPv6 DAD on br0, 2 s; an answer, 5 s");
        // A partner that was found is not to be lost again.
        Soon(host, Probe.OfPartner("eth0", "bond0"), Probe.OfPartner("eth1", "bond0"));
        var (must, _) = Prepare(host, """
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, lacp_rate: fast, miimon: 100, updelay: 1000}}
            vlans: {bond0.7: {link: bond0, id: 7}}
            bridges: {br0: {ports: [bond0], addresses: [10.0.0.3/24, "2001:db8::2/64"], gateway: [10.0.0.1, "2001:db8::1"]}}
            """);
        must.Select(probe => probe.ToString()).ShouldBe(["gateway 10.0.0.1 on br0 by ARP", "gateway 2001:db8::1 on br0 by ND", "carrier of eth0", "carrier of eth1", "LACP partner of eth0 in bond0", "LACP partner of eth1 in bond0"]);
    }

    /// <summary>Applies a file, and how long it took until all had passed again that passed before; they have no longer than the plan says.</summary>
    private static (TimeSpan Took, Patience Patience) Timed(BareHost host, string file)
    {
        var (must, patience) = Prepare(host, file);
        must.ShouldContain(probe => probe.Kind == ProbeKind.Gateway);
        host.Apply(file);
        var took = Stopwatch.StartNew();
        After(host, must, patience.Total).Select(failed => failed.ToString()).ShouldBeEmpty(patience.ToString());
        return (took.Elapsed, patience);
    }

    /// <summary>What must pass after the change to this file, and for how long it may fail.</summary>
    private static (ImmutableArray<Probe> Must, Patience Patience) Prepare(BareHost host, string file) => host.Inside(kernel =>
    {
        var now = kernel.Observe();
        var next = Resolve.Labels(HostFile.Read("host.yaml", file).Host!, now.Host).Host;
        var plan = Planner.Plan(Ledger.Empty, next, now);
        return (Probing.Before(Probes.Of(next, now.Host, plan.Steps), new LinuxProber()), Patience.Of(next, now.Host, plan.Steps));
    });

    private static ImmutableArray<Failed> After(BareHost host, ImmutableArray<Probe> must, TimeSpan patience) =>
        host.Inside(_ => Probing.After(must, new LinuxProber(), TimeProvider.System, patience, () => false));

    private static ImmutableArray<string?> Ask(BareHost host, params Probe[] probes) => host.Inside(_ => new LinuxProber().Ask(probes));

    /// <summary>All of these pass, once links and addresses have settled.</summary>
    private static void Soon(BareHost host, params Probe[] probes) => After(host, [.. probes], TimeSpan.FromSeconds(30)).Select(failed => failed.ToString()).ShouldBeEmpty();

    private static void Until(BareHost host, Func<ImmutableArray<string?>, bool> enough, params Probe[] probes)
    {
        for (var waited = Stopwatch.StartNew(); Ask(host, probes) is var answers && !enough(answers);)
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), string.Join(", ", answers));
    }

    /// <summary>A socket at the other end that accepts connections: the kernel does, and nobody needs to take them.</summary>
    private static Socket Listen(BareHost host, int port)
    {
        var (listener, failure) = NetworkNamespace.Within(host.SwitchNamespace, () =>
        {
            var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = true };
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            socket.Listen();
            return socket;
        });
        failure.ShouldBeNull();
        return listener!;
    }

    private static Probe Gateway(string address, string link) => Probe.OfGateway(IPAddress.Parse(address), link);
    private static Probe Ping(string address) => Probe.OfPing(IPAddress.Parse(address));
    private static Probe Tcp(string address, int port) => Probe.OfTcp(IPAddress.Parse(address), port);
}
