// Addresses that the network gives out, on a real kernel with a real server: what is leased comes with the key and goes with it,
// outlasts what a change does below, and no process outlives the wish for it.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class LeaseTests
{
    private const string Below = """
        host: kvm
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        vlans: {bond0.3080: {link: bond0, id: 3080}}
        bridges: {br3080: {ports: [bond0.3080]LEASES}}
        cabling:
          eth0: {switch: leaf, vlans: [3080], edge: true}
          eth1: {switch: leaf, vlans: [3080], edge: true}
        switches: {leaf: {addresses: {3080: [172.20.80.1/24, "fd80::1/64"]}}}

        """;

    private static readonly string Plain = Below.Replace("LEASES", "", StringComparison.Ordinal);
    private static readonly string Leased = Below.Replace("LEASES", ", dhcp4: true, dhcp6: true, ra: true", StringComparison.Ordinal);
    private static readonly string OtherMode = Leased.Replace("active-backup", "balance-tlb", StringComparison.Ordinal);

    /// <summary>A second way out, by hand, on another network: the forum's question.</summary>
    private static readonly string TwoWays = Leased.Replace("id: 3080}", "id: 3080}, bond0.100: {link: bond0, id: 100, addresses: [10.100.0.5/24], gateway: 10.100.0.1}", StringComparison.Ordinal);

    /// <summary>A server behind the switch; what of it and of clients runs; waiting for addresses.</summary>
    private const string Stage = """
        ip netns exec leaf dnsmasq --conf-file=/dev/null --keep-in-foreground --port=0 --interface=vlan3080 --bind-interfaces --dhcp-authoritative --user=root --pid-file= --dhcp-leasefile=$PWD/leases \
          --dhcp-range=172.20.80.50,172.20.80.99,255.255.255.0,1h --dhcp-range=fd80::50,fd80::99,slaac,64,1h --enable-ra >dnsmasq.log 2>&1 </dev/null &
        server=$!
        trap 'kill $server' EXIT
        clients() { for process in /proc/[0-9]*; do tr '\0' ' ' <$process/cmdline 2>/dev/null | grep -q '^dhcpcd' && ! grep -q '^State:.Z' $process/status 2>/dev/null && echo ${process#/proc/}; done; true; }
        first() { head -n 1 $(find /run/weft -name br3080.process) | cut -d' ' -f1; }
        four() { ip -4 -o addr show br3080 | grep -o '172[0-9.]*/24' | head -n 1; }
        six() { ip -6 -o addr show br3080 | grep -c 'fd80::'; }
        leased() { for _ in $(seq 400); do [ -n "$(four)" ] && [ "$(six)" = 2 ] && return 0; sleep 0.1; done; echo "no lease within 40 s"; ip addr show br3080; cat dnsmasq.log $(find /run/weft -name br3080.log); return 1; }
        own() { (cd /proc/sys/net; grep . ipv4/conf/br3080/promote_secondaries ipv6/conf/br3080/accept_ra ipv6/conf/br3080/addr_gen_mode ipv6/conf/br3080/disable_ipv6 | cut -d: -f2 | tr '\n' ' '); }
        answers() { for _ in $(seq 100); do ping -c 1 -W 1 172.20.80.1 >/dev/null 2>&1 && echo answers && return 0; sleep 0.1; done; echo silent; }

        """;

    [Fact]
    public void A_lease_outlasts_what_changes_below_and_goes_with_its_key()
    {
        var (plain, leased, other, two) = (LabRun.File("plain.yaml", Plain), LabRun.File("leased.yaml", Leased), LabRun.File("other.yaml", OtherMode), LabRun.File("two.yaml", TwoWays));
        var run = LabRun.Good(plain, Stage + $$"""
            settle; before=$(own)
            section plan; weft plan {{leased}}
            section apply; weft apply {{leased}}; leased
            section addresses; ip -o addr show br3080; ip route; ip -6 route show dev br3080; answers
            section again; weft plan {{leased}}; weft diff {{leased}}; weft show --file | grep -A 8 br3080:
            was=$(four); process=$(first)
            section second; weft apply {{two}} 2>&1 || echo exit $?; [ "$(four)" = "$was" ] && [ "$(first)" = "$process" ] && echo same; ip route show default; answers
            section mode; weft apply {{other}}; [ "$(four)" = "$was" ] && [ "$(first)" = "$process" ] && [ -d /proc/$process ] && echo same; answers; weft plan {{other}}
            section remade; ip link del br3080; weft plan {{other}}; weft apply -q {{other}}; leased; [ "$(four)" = "$was" ] && echo same; [ "$(first)" != "$process" ] && echo another; answers
            section killed; kill -9 $(first); weft plan {{other}}; weft apply -q {{other}}; leased; [ "$(four)" = "$was" ] && echo same; for one in $(clients); do ps -o sid= -p $one; done | sort -u | wc -l
            section leaves; weft apply {{plain}}; echo "left: $(clients) $(ip -o addr show br3080 | grep -v ' fe80::')"; ip route; weft plan {{plain}}; find /run/weft -path '*/clients/br3080*'
            [ "$(own)" = "$before" ] && echo as before || echo "$before, now $(own)"
            """, seconds: 240);
        run.Section("plan").ShouldMatch("start +dhcpcd on br3080: dhcp4 true, dhcp6 true, ra true");
        run.Section("addresses").ShouldContain("default via 172.20.80.1 dev br3080 proto dhcp");
        run.Section("addresses").ShouldContain("answers");
        run.Section("again").ShouldContain("Nothing to do");
        run.Section("again").ShouldContain("no difference");
        run.Section("again").ShouldContain("dhcp4: true");
        run.Section("second").ShouldMatch(@"two\.yaml:5:\d+: error leased-gateway");
        run.Section("second").ShouldContain("the first is 10.100.0.1 (line 4)");
        run.Section("second").ShouldMatch(@"exit 3\nsame\ndefault via 172\.20\.80\.1 dev br3080 proto dhcp [^\n]*\nanswers", customMessage: run.Output);
        run.Section("mode").ShouldContain("same\nanswers", customMessage: run.Output);
        run.Section("mode").ShouldContain("Nothing to do");
        run.Section("remade").ShouldMatch("start +dhcpcd on br3080");
        run.Section("remade").ShouldContain("same\nanother\nanswers", customMessage: run.Output);
        run.Section("killed").ShouldMatch("restart +dhcpcd on br3080");
        run.Section("killed").ShouldContain("same\n1", customMessage: run.Output);
        run.Section("leaves").ShouldContain("left:  \n", customMessage: run.Output);
        run.Section("leaves").ShouldNotContain("/clients/");
        run.Section("leaves").ShouldNotContain("dev br3080 proto dhcp");
        run.Section("leaves").ShouldEndWith("as before", customMessage: run.Output);
    }

    /// <summary>Undone in time, or by whoever comes after a process that was killed: nothing runs that nobody knows of.</summary>
    [Fact]
    public void A_change_that_is_undone_leaves_no_client_behind()
    {
        var (plain, leased) = (LabRun.File("plain.yaml", Plain), LabRun.File("leased.yaml", Leased));
        var run = LabRun.Good(plain, Stage + $$"""
            gone() { echo "left: $(clients) $(ip -o addr show br3080 | grep -v ' fe80::')"; find /run/weft -path '*/clients/br3080*'; [ "$(own)" = "$before" ] && echo as before || echo "$before, now $(own)"; weft plan {{plain}}; }
            settle; before=$(own)
            section undone; WEFT_POINTS=points weft apply --confirm 100s {{leased}} </dev/null; leased; weft rollback; gone
            points=$(grep -n 'after a step' points | tail -n 1 | cut -d: -f1)
            for at in $((points - 2)) $((points - 1)) $points; do
              section died-$at; WEFT_DIE_AT=$at weft apply --confirm 100s {{leased}} 2>&1 || echo exit $?
              [ -e $(find /run/weft -name journal.json) ] && echo journal; weft rollback; gone
            done
            section boot; weft apply -q {{leased}}; leased; kill $(first); for _ in $(seq 100); do [ -z "$(clients)" ] && break; sleep 0.1; done; weft boot; leased; answers
            section end; weft apply -q {{plain}}; gone
            """, seconds: 240);
        foreach (var section in run.Output.Split('\n').Where(line => line.StartsWith("@@ died", StringComparison.Ordinal)).Select(line => line[3..]).Append("undone").Append("end"))
        {
            run.Section(section).ShouldContain("left:  \nas before\n", customMessage: run.Output);
            run.Section(section).ShouldContain("Nothing to do");
        }
        run.Section("boot").ShouldContain("answers", customMessage: run.Output);
    }

    /// <summary>Numbers come round again: a session of one process that ended is no more than a number to whoever looks for a client's helpers by it.</summary>
    [Fact]
    public void A_stranger_whose_session_has_the_number_of_a_client_that_ended_is_left_alone()
    {
        var (plain, leased) = (LabRun.File("plain.yaml", Plain), LabRun.File("leased.yaml", Leased));
        var run = LabRun.Good(plain, Stage + $$"""
            alive() { grep -q '^State:.[SR]' /proc/$1/status 2>/dev/null && echo "$2 lives" || echo "$2 is gone"; }
            section stranger; weft apply -q {{leased}}; for _ in $(seq 100); do all=$(clients); [ -z "$all" ] && break; kill -9 $all; sleep 0.1; done
            setsid sh -c 'sleep 300 & echo "$$ $!" >/tmp/stranger'; read session stranger </tmp/stranger; for _ in $(seq 100); do [ -e /proc/$session ] || break; sleep 0.1; done
            who=$(find /run/weft -name br3080.process); sed -i "1s/^[0-9]* /$session /" $who
            weft apply -q {{plain}}; alive $stranger stranger; kill $stranger; echo "left: $(clients)"
            section helpers; weft apply -q {{leased}}; process=$(first); for _ in $(seq 100); do [ $(clients | wc -l) -gt 1 ] && break; sleep 0.1; done; kill -9 $process; sleep 0.5
            setsid sleep 300 & helpers=$(clients | wc -l); [ $helpers -gt 0 ] && echo helpers; weft apply -q {{plain}}; echo "left: $(clients)"; alive $! bystander; kill $!
            """, seconds: 120);
        run.Section("stranger").ShouldBe("stranger lives\nleft:", customMessage: run.Output);
        run.Section("helpers").ShouldBe("helpers\nleft: \nbystander lives", customMessage: run.Output);
    }

    /// <summary>What a client that was killed left goes with IPv6, and is not asked for again: the kernel would refuse it.</summary>
    [Fact]
    public void What_a_killed_client_left_is_not_given_back_to_a_bridge_without_IPv6()
    {
        var (plain, leased) = (LabRun.File("plain.yaml", Plain), LabRun.File("leased.yaml", Leased));
        var run = LabRun.Good(plain, Stage + $$"""
            killed() { weft apply -q {{leased}}; leased; for _ in $(seq 100); do all=$(clients); [ -z "$all" ] && break; kill -9 $all; sleep 0.1; done; }
            killed; section undone; weft apply --confirm 100s {{plain}} </dev/null; weft rollback; weft plan {{leased}}
            killed; section applied; weft apply {{plain}}; echo "left: $(clients) $(ip -o addr show br3080 | grep -v ' fe80::')"; weft plan {{plain}}
            """, seconds: 120);
        run.Section("undone").ShouldContain("Undone: the host is as it was before the change.", customMessage: run.Output);
        run.Section("undone").ShouldMatch("start +dhcpcd on br3080", customMessage: run.Output);
        run.Section("applied").ShouldContain("left:  \nNothing to do", customMessage: run.Output);
    }

    [Fact]
    public void A_machine_without_the_client_is_told_before_anything_is_sent()
    {
        var (plain, leased) = (LabRun.File("plain.yaml", Plain), LabRun.File("leased.yaml", Leased));
        var run = LabRun.Good(plain, $"mount --bind /dev/null /usr/sbin/dhcpcd; section told; weft apply {leased} 2>&1 || echo exit $?; umount /usr/sbin/dhcpcd; section after; weft plan {plain}");
        run.Section("told").ShouldContain("client-missing");
        run.Section("told").ShouldContain("install Debian's package dhcpcd-base");
        run.Section("told").ShouldContain("exit 3");
        run.Section("after").ShouldContain("Nothing to do");
    }
}
