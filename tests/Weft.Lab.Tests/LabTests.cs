// Whole labs in user-mode Linux: real bonds, LACP, VLAN-aware bridges. The commands wait for what they are about, bounded.
namespace Weft.Lab.Tests;

public sealed class LabTests
{
    private const string Answer = "answer() { for i in $(seq 40); do $1 ping -c1 -W1 $2 >/dev/null 2>&1 && { echo \"$2 answers\"; return; }; sleep 0.2; done; echo \"$2 is silent\"; }\n";

    [Fact]
    public void Host_switch_pair_and_guest_speak_and_a_pulled_cable_takes_the_carrier()
    {
        using var files = new Files();
        var host = files.Write("host.yaml", Files.Pair);
        var weft = files.Weft("""
            ip -batch - <<E
            link add bond0 type bond mode 802.3ad miimon 100
            link set eth0 master bond0
            link set eth1 master bond0
            link set bond0 mtu 9000 up
            link add link bond0 name bond0.3080 type vlan id 3080
            link add link bond0 name bond0.3082 type vlan id 3082
            link add br3080 type bridge
            link add br3082 type bridge
            link set bond0.3080 master br3080 up
            link set bond0.3082 master br3082 up
            link set br3080 up
            link set br3082 up
            addr add 172.20.80.11/24 dev br3080
            E
            """);
        var command = files.Write("command", Answer + $$"""
            echo "$WEFT_LAB $WEFT_LAB_HOST $(hostname) $(basename $(command -v weft))"
            answer "" 172.20.80.1; answer "ip netns exec web1" 172.20.82.1; answer "" leaf-b
            aggregators() { grep '^Aggregator ID' /proc/net/bonding/bond0 | sort -u | wc -l; }
            for i in $(seq 100); do [ $(aggregators) = 1 ] && break; sleep 0.1; done; echo "aggregators: $(aggregators)"
            cat /sys/class/net/br3082/address /sys/class/net/bond0.3082/address | uniq | wc -l; cat /sys/class/net/br3082/mtu
            carrier() { for i in $(seq 50); do [ $(cat /sys/class/net/eth0/carrier) = $1 ] && { echo "carrier $1"; return; }; sleep 0.1; done; echo "no carrier $1"; }
            '{{Launcher.Program}}' cable pull eth0; carrier 0
            answer "" 172.20.80.1
            ip -n leaf-b link set hv1.eth0 up; carrier 1
            cat /sys/class/net/eth2/carrier 2>/dev/null || echo eth2 is down; ip link set eth2 up; cat /sys/class/net/eth2/carrier
            exit 5
            """);

        var outcome = Launcher.Run($"user-mode weft={weft} {host}", "sh", command);

        outcome.Output.ShouldBe("1 hv1 hv1 weft\n172.20.80.1 answers\n172.20.82.1 answers\nleaf-b answers\naggregators: 1\n1\n9000\n"
            + "carrier 0\n172.20.80.1 answers\ncarrier 1\neth2 is down\n0\n", outcome.Errors);
        outcome.Code.ShouldBe(5);
    }

    [Fact]
    public void Two_hosts_meet_on_the_assumed_switch_tagged_and_in_a_static_group()
    {
        using var files = new Files();
        string[] hosts = [.. ((int[])[1, 2]).Select(number => files.Write($"h{number}.yaml", $$$"""
            version: 1
            host: h{{{number}}}
            nics: {eth0: {}, eth1: {}}
            bonds: {bond0: {ports: [eth0, eth1], mode: balance-xor, miimon: 100}}
            vlans: {bond0.7: {link: bond0, id: 7, addresses: [10.7.0.{{{number}}}/24], gateway: 10.7.0.254}}

            """))];
        var weft = files.Weft("""
            n=${2%.yaml}; n=${n##*h}
            ip link add bond0 type bond mode balance-xor miimon 100 && ip link set eth0 master bond0 && ip link set eth1 master bond0 && ip link set bond0 up
            ip link add link bond0 name bond0.7 type vlan id 7 && ip addr add 10.7.0.$n/24 dev bond0.7 && ip link set bond0.7 up
            echo applied h$n
            """);
        var command = files.Write("command", Answer + "answer '' 10.7.0.254; answer '' h2; answer 'ip netns exec h2' 10.7.0.254; ls /run/netns | sort | xargs");

        var outcome = Launcher.Run($"user-mode weft={weft} {hosts[0]} {hosts[1]}", "sh", command);

        outcome.Output.ShouldBe("10.7.0.254 answers\nh2 answers\n10.7.0.254 answers\nh1 h2 switch\n", outcome.Errors);
        outcome.Errors.ShouldContain("lab: h1: the file has no cabling; assumed is one switch");
        outcome.Errors.ShouldContain("applied h1\napplied h2\n");
    }

    [Fact]
    public void A_bare_lab_applies_nothing_and_says_which_guest_is_not_plugged_in()
    {
        using var files = new Files();

        var outcome = Launcher.Run($"user-mode bare {files.Write("host.yaml", Files.Pair)}", "sh", "-c", "ip -o link | cut -d: -f2 | cut -d@ -f1 | xargs");

        outcome.Output.ShouldBe("lo eth0 eth1 eth2 vnet0\n", outcome.Errors);
        outcome.Errors.ShouldContain("lab: a guest of hv1 is not plugged in: ");
    }

    [Fact]
    public void A_failed_apply_ends_the_lab_with_its_exit_code()
    {
        using var files = new Files();

        var outcome = Launcher.Run($"user-mode weft={files.Weft("exit 4")} {files.Write("host.yaml", Files.Pair)}", "echo", "not reached");

        (outcome.Code, outcome.Output).ShouldBe((4, ""));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_2_and_files_with_errors_3()
    {
        using var files = new Files();

        var missing = Launcher.Run("bare /no/such.yaml", "true");
        (missing.Code, missing.Errors).ShouldBe((2, "lab: /no/such.yaml: there is no such file\n"));
        var wrong = Launcher.Run($"bare {files.Write("host.yaml", "version: 1\nnics: {eth0: {mtu: many}}\n")}", "true");
        wrong.Code.ShouldBe(3);
        wrong.Errors.ShouldContain("host.yaml:2:");
    }
}
