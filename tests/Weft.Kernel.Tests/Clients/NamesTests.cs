// Whom the host asks for names, on real files: /etc/resolv.conf to the byte, and systemd-resolved and systemd by programs that stand in
// for them, for neither runs in a lab: what Weft says to them is looked at, and that it hears what they answer.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class NamesTests
{
    private const string Lab = "host: kvm\nnics: {eth0: {}}\n";
    private const string Plain = "nics: {up0: {addresses: [10.77.0.2/24]}}\n";
    private const string Said = "nics: {up0: {addresses: [10.77.0.2/24], dns: [10.77.0.53, \"fd77::53\"], search: [example.org]}}\n";

    /// <summary>The machine's own network namespace, with a NIC, and an /etc that is nobody else's.</summary>
    private const string Stage = """
        export work=$(mktemp -d); mkdir $work/etc; cp -a /etc/. $work/etc/; mount --bind $work/etc /etc; rm -f /etc/resolv.conf
        here() { nsenter -t 1 -n "$@"; }
        here ip link add up0 type veth peer name down0; here ip link set down0 up
        told() { stat -c '%a %u %g' /etc/resolv.conf; md5sum </etc/resolv.conf; }

        """;

    [Fact]
    public void The_resolvers_file_is_written_and_given_back()
    {
        var (lab, plain, said) = (LabRun.File("lab.yaml", Lab), LabRun.File("plain.yaml", Plain), LabRun.File("said.yaml", Said));
        var run = LabRun.Good(lab, Stage + $$"""
            printf '# mine\nnameserver 192.0.2.7\n' >/etc/resolv.conf; chmod 640 /etc/resolv.conf; chown 7:8 /etc/resolv.conf; told >$work/before
            here weft apply -q {{plain}}
            section apply; here weft apply {{said}}; cat /etc/resolv.conf
            section again; here weft plan {{said}}; here weft show --file | grep -A 3 dns:
            section undone; here weft apply -q {{plain}}; here weft apply -q --confirm 60s {{said}} </dev/null; grep -c 10.77.0.53 /etc/resolv.conf; here weft rollback; told | diff - $work/before && echo same; ls /etc/resolv.conf*
            section boot; here weft apply -q {{said}}; told >$work/ours; cp /etc/resolv.conf.before-weft $work/kept; rm -rf /run/weft/*; here weft boot; told | diff - $work/ours && cmp $work/kept /etc/resolv.conf.before-weft && echo same
            section leaves; here weft apply {{plain}}; told | diff - $work/before && echo same; ls /etc/resolv.conf*
            section others; ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf; here weft apply {{said}} 2>&1 || echo exit $?; readlink /etc/resolv.conf
            section elsewhere; weft apply {{LabRun.File("elsewhere.yaml", Lab.Replace("{}}", "{dns: 192.0.2.1}}", StringComparison.Ordinal))}} 2>&1
            """, seconds: 120);
        run.Section("apply").ShouldEndWith("# weft up0: dns 10.77.0.53 fd77::53; search example.org\nsearch example.org\nnameserver 10.77.0.53\nnameserver fd77::53", customMessage: run.Output);
        run.Section("again").ShouldContain("Nothing to do");
        run.Section("again").ShouldContain("dns: [10.77.0.53, \"fd77::53\"]");
        run.Section("undone").ShouldContain("same\n/etc/resolv.conf", customMessage: run.Output);
        run.Section("undone").ShouldNotContain("before-weft");
        run.Section("boot").ShouldEndWith("same", customMessage: run.Output);
        run.Section("leaves").ShouldEndWith("same\n/etc/resolv.conf", customMessage: run.Output);
        run.Section("others").ShouldContain("names-kept-by-others");
        run.Section("others").ShouldContain("exit 3\n/run/systemd/resolve/stub-resolv.conf");
        run.Section("elsewhere").ShouldContain("names-elsewhere");
    }

    private const string Leasing = "nics: {up0: {dhcp4: true, ra: true}}\n";

    /// <summary>A server at the other end, in a network namespace of its own; what it says of names is the first word's.</summary>
    private const string Server = """
        unshare -n sleep 300 </dev/null >/dev/null 2>&1 & far=$!; sleep 0.5
        at() { nsenter -t $far -n "$@"; }
        here sh -c 'echo 0 >/proc/sys/net/ipv6/conf/up0/accept_ra' # While no client runs, the kernel would take the router for its own.
        here ip link set down0 netns $far; at ip addr add 10.77.0.1/24 dev down0; at ip addr add fd77::1/64 dev down0 nodad; at ip link set down0 up
        serve() {
          [ -n "$server" ] && kill $server && wait $server
          nsenter -t $far -n dnsmasq --conf-file=/dev/null --keep-in-foreground --port=0 --interface=down0 --bind-interfaces --dhcp-authoritative --user=root --pid-file= --dhcp-leasefile=$work/leases \
            --dhcp-range=10.77.0.50,10.77.0.99,255.255.255.0,1h --dhcp-range=fd77::,ra-only,64,1h --enable-ra --dhcp-option=option:dns-server,$1 --dhcp-option=option:domain-search,leased.example --dhcp-option=option6:dns-server,[fd77::53] >$work/server.log 2>&1 </dev/null &
          server=$!
        }
        trap 'kill $server $far' EXIT
        asks() { for _ in $(seq 300); do for one; do grep -qx "$one" /etc/resolv.conf || { one=; break; }; done; [ -n "$one" ] && break; sleep 0.1; done; grep -v '^# weft: ' /etc/resolv.conf; }
        client() { head -n 1 /run/weft/clients/up0.process | cut -d' ' -f1; }

        """;

    /// <summary>What a lease brings of names comes with it, follows it when it is renewed, and goes with it to the byte, whoever ends it.</summary>
    [Fact]
    public void Names_that_a_lease_brings_are_asked_while_it_lasts()
    {
        var (lab, plain, leasing) = (LabRun.File("lab.yaml", Lab), LabRun.File("plain.yaml", "nics: {up0: {}}\n"), LabRun.File("leasing.yaml", Leasing));
        var (said, unasked) = (LabRun.File("own.yaml", Leasing.Replace("ra: true", "ra: true, dns: 10.77.0.7", StringComparison.Ordinal)), LabRun.File("unasked.yaml", Leasing.Replace("ra: true", "ra: true, use_dns: false", StringComparison.Ordinal)));
        var run = LabRun.Good(lab, Stage + Server + $$"""
            printf '# mine\nnameserver 192.0.2.7\n' >/etc/resolv.conf; chmod 640 /etc/resolv.conf; told >$work/before; serve 10.77.0.53,10.77.0.54
            here weft apply -q {{plain}}
            section leased; here weft apply -q {{leasing}}; asks 'nameserver 10.77.0.54' 'nameserver fd77::53'
            section again; here weft plan {{leasing}}; here weft diff {{leasing}}
            section renewed; serve 10.77.0.55; kill -HUP $(client); asks 'nameserver 10.77.0.55'
            section said; here weft apply {{said}}; asks 'nameserver 10.77.0.7'; here weft plan {{said}}; here weft apply -q {{leasing}}; asks 'nameserver 10.77.0.55'
            section undone; here weft apply -q --confirm 60s {{plain}} </dev/null; told | diff - $work/before && echo same; here weft rollback; asks 'nameserver 10.77.0.55' 'nameserver fd77::53'
            section unasked; here weft apply -q {{unasked}}; for _ in $(seq 300); do here ip -o addr show up0 | grep -q 10.77 && break; sleep 0.1; done; sleep 1; told | diff - $work/before && echo same
            section killed; here weft apply -q {{leasing}}; asks 'nameserver 10.77.0.55'; kill -9 $(client); here weft apply -q {{plain}}; told | diff - $work/before && echo same; ls /etc/resolv.conf* /run/weft/clients
            """, seconds: 240);
        run.Section("leased").ShouldContain("search leased.example\nnameserver 10.77.0.53\nnameserver 10.77.0.54\nnameserver fd77::53", customMessage: run.Output);
        run.Section("again").ShouldContain("Nothing to do");
        run.Section("again").ShouldContain("no difference");
        run.Section("renewed").ShouldContain("nameserver 10.77.0.55", customMessage: run.Output);
        run.Section("renewed").ShouldNotContain("10.77.0.54");
        run.Section("said").ShouldMatch(@"search leased\.example\nnameserver 10\.77\.0\.7\nNothing to do", customMessage: run.Output);
        run.Section("said").ShouldEndWith("nameserver 10.77.0.55\nnameserver fd77::53");
        run.Section("undone").ShouldContain("\nsame\nUndone");
        run.Section("undone").ShouldEndWith("nameserver 10.77.0.55\nnameserver fd77::53");
        run.Section("unasked").ShouldBe("same");
        run.Section("killed").ShouldEndWith("same\n/etc/resolv.conf\n\n/run/weft/clients:", customMessage: run.Output);
    }

    [Fact]
    public void Resolved_is_told_link_by_link_and_told_again_what_it_had()
    {
        var (lab, plain, said) = (LabRun.File("lab.yaml", Lab), LabRun.File("plain.yaml", Plain), LabRun.File("said.yaml", Said));
        var run = LabRun.Good(lab, Stage + $$"""
            mkdir -p /run/systemd/resolve $work/bin $work/resolved; export PATH=$work/bin:$PATH
            cat >$work/bin/resolvectl <<'END'
            #!/bin/bash
            what=$1 link=$2; shift 2
            [ "$what" = revert ] && rm -f $work/resolved/$link.* && exit 0
            [ $# = 0 ] && echo "Link 7 ($link): $(cat $work/resolved/$link.$what 2>/dev/null)" && exit 0
            echo "$*" >$work/resolved/$link.$what
            END
            chmod +x $work/bin/resolvectl; has() { grep . $work/resolved/* | sed "s|.*/||"; true; }
            here weft apply -q {{plain}}
            section apply; here weft apply {{said}}; has
            section again; here weft plan {{said}}
            section changed; echo 192.0.2.99 >$work/resolved/up0.dns; here weft diff {{said}} || true; here weft apply -q {{said}}; has
            section leaves; here weft apply -q {{plain}}; has; find /run/weft/names -type f
            section undone; echo 192.0.2.9 >$work/resolved/up0.dns; here weft apply -q --confirm 60s {{said}} </dev/null; has; here weft rollback; has
            [ ! -e /etc/resolv.conf ] && echo no file
            """, seconds: 120);
        run.Section("apply").ShouldEndWith("up0.dns:10.77.0.53 fd77::53\nup0.domain:example.org", customMessage: run.Output);
        run.Section("again").ShouldContain("Nothing to do");
        run.Section("changed").ShouldContain("up0.dns: file [10.77.0.53, fd77::53], host [192.0.2.99]");
        run.Section("changed").ShouldContain("up0.dns:10.77.0.53 fd77::53");
        run.Section("leaves").ShouldBe("");
        run.Section("undone").ShouldContain("up0.dns:10.77.0.53 fd77::53");
        run.Section("undone").ShouldContain("up0.dns:192.0.2.9");
        run.Section("undone").ShouldEndWith("no file");
    }

    /// <summary>Where systemd runs the machine a client is a unit of its own.</summary>
    [Fact]
    public void Under_systemd_a_client_is_a_transient_unit()
    {
        var (lab, plain, leased) = (LabRun.File("lab.yaml", Lab), LabRun.File("plain.yaml", "nics: {up0: {}}\n"), LabRun.File("leased.yaml", "nics: {up0: {dhcp4: true}}\n"));
        var run = LabRun.Good(lab, Stage + $$"""
            mkdir -p /run/systemd/system $work/bin; export PATH=$work/bin:$PATH
            cat >$work/bin/systemd-run <<'END'
            #!/bin/bash
            for word; do [[ $word = --unit=* ]] && unit=${word#--unit=}; done
            echo "$*" >"$work/$unit"
            END
            cat >$work/bin/systemctl <<'END'
            #!/bin/bash
            unit="${!#}"; echo "$*" >>$work/calls
            case $1 in stop) rm "$work/$unit";; *) [ -e "$work/$unit" ];; esac
            END
            chmod +x $work/bin/*; here weft apply -q {{plain}}
            section apply; here weft apply {{leased}}; cat $work/weft-dhcp-up0.service
            section again; here weft plan {{leased}}
            section ended; rm $work/weft-dhcp-up0.service; here weft plan {{leased}}; here weft apply -q {{leased}}; ls $work/weft-dhcp-up0.service
            section leaves; here weft apply {{plain}}; ls $work /run/weft/clients/ 2>&1 || true; tail -n 1 $work/calls
            """, seconds: 120);
        run.Section("apply").ShouldContain("--unit=weft-dhcp-up0.service");
        run.Section("apply").ShouldEndWith("-- /usr/sbin/dhcpcd -B -q -f /run/weft/clients/up0.conf up0");
        run.Section("again").ShouldContain("Nothing to do");
        run.Section("ended").ShouldMatch("restart +dhcpcd on up0");
        run.Section("ended").ShouldEndWith("/weft-dhcp-up0.service");
        run.Section("leaves").ShouldNotContain("weft-dhcp-up0.service\n/run");
        run.Section("leaves").ShouldEndWith("stop weft-dhcp-up0.service");
    }
}
