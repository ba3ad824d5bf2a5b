// What breaks of what the kernel takes: a rule a line, with what its two hosts show. A bad host loses frames, or has a bond that carries less
// than it looks; the good one loses none.

using System.Text;

namespace Weft.Kernel.Tests.Checks;

internal static class RuleLabs
{
    private const string Lost = "0 of 4 answered", Kept = "4 of 4 answered", SomeLost = "flows are lost", NoneLost = "no flow is lost", SomePings = "pings are lost", NoPing = "no ping is lost";
    private const string Alone = "1 port, no partner", Both = "2 ports, a partner";
    private const string Router = "{sw: {addresses: {1: 192.0.2.1/24}}}", Router5 = "{sw: {addresses: {5: 192.0.2.1/24}}}";
    private const string Own = ", addresses: [192.0.2.5/24]";
    private const string Ping = "heard $h 192.0.2.1", CutAndPing = "heard $h 192.0.2.1 >first; cut eth0; heard $h 192.0.2.1";

    private const string InGroup = """
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5], native: 1, group: Po1, lacp: active}
          eth1: {switch: sw, port: "2", vlans: [5], native: 1, group: Po1, lacp: active}
        switches: {sw: {}}
        """;

    private const string Plain = """
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-6], native: 1}
          eth1: {switch: sw, port: "2", vlans: [5-6], native: 1}
        switches: {sw: {addresses: {1: 192.0.2.1/24}}}
        """;

    private const string Routed5 = "switches: " + Router5, Far = "switches: {sw: {addresses: {1: 192.0.2.9/24}}}";
    private const string Tagged = """
        cabling:
          eth0: {switch: sw, port: "1", vlans: [5-6]}
          eth1: {switch: sw, port: "2", vlans: [5-6]}
        """;

    public static readonly SortedDictionary<string, RuleLab> All = new(StringComparer.Ordinal)
    {
        ["address-on-port"] = new($"[ -z $b ] || ip -n $h -batch - <<<'addr del 192.0.2.5/24 dev br0\naddr add 192.0.2.5/24 dev eth0'\n{Ping}", Lost, Kept)
        { ByHand = true, More = "cabling: {eth0: {switch: sw}}\nswitches: " + Router },
        ["address-taken"] = new("macs $web1 192.0.2.1; macs leaf-a-$h 192.0.2.21 vlan1", "2 MACs answer, 2 MACs answer", "1 MAC answers, 1 MAC answers"),
        ["address-twice"] = new($"[ -z $b ] || ip -n $h addr add 192.0.2.5/25 dev eth1\n{Ping}", Lost, Kept)
        { ByHand = true, More = "cabling: {eth0: {switch: sw}, eth1: {switch: leaf-b}}\nswitches: {sw: {addresses: {1: 192.0.2.1/24}}, leaf-b: {}}" },
        ["arp-target-own"] = new("[ -z $b ] || ip -n $h link set bond0 type bond arp_ip_target 192.0.2.5; failing", "ports fail", "no port fails") { ByHand = true, More = Plain },
        // The address is set by hand, for it is on bond1 of the one and on bond0 of the other.
        ["bond-in-bond"] = new("aggregate bond${b:-0}; ip -n $h addr add 192.0.2.5/24 dev bond${b:-0}; flows $sw 192.0.2.5", $"1 port, a partner, {SomeLost}", $"3 ports, a partner, {NoneLost}")
        {
            More = """
                cabling:
                  eth0: {switch: sw, port: "1", group: Po1, lacp: active}
                  eth1: {switch: sw, port: "2", group: Po1, lacp: active}
                  eth2: {switch: sw, port: "3", group: Po1, lacp: active}
                switches: {sw: {addresses: {1: 192.0.2.1/24}}}
                """,
        },
        ["bond-of-two-vlans"] = new(CutAndPing, Lost, Kept) { Edits = [("miimon: 100}", $"miimon: 100{Own}}}")], More = $"{Tagged}\n{Routed5}" },
        ["group-of-two-bonds"] = new("heard $h 192.0.2.1", Lost, Kept) { Edits = [("{sw: {}}", Router)] },
        ["lacp-over-vlan"] = new("aggregate", Alone, Both) { More = InGroup },
        // The bond on plain ports has another switch: a host answers ARP by every link.
        ["lacp-without-partner"] = new("aggregate bond1; flows $sw 192.0.2.5", $"{Alone}, {SomeLost}", $"{Both}, {NoneLost}")
        {
            Edits =
            [
                ("bond1: {ports: [eth2, eth3], mode: 802.3ad}", $"bond1: {{ports: [eth2, eth3], mode: 802.3ad{Own}}}"), ("{switch: sw, port: \"1\"}", "{switch: leaf-b, port: \"1\"}"),
                ("{switch: sw, port: \"2\"}", "{switch: leaf-b, port: \"2\"}"), ("{sw: {}}", "{sw: {addresses: {1: 192.0.2.1/24}}, leaf-b: {}}"),
            ],
        },
        ["lag-across-switches"] = new("aggregate", "1 port, a partner", Both),
        ["lag-in-two-groups"] = new("aggregate", Both, "3 ports, a partner"),
        // The bad example has a second bond, and a host answers ARP by every link unless it is told otherwise.
        ["lag-under-active-backup"] = new("ip netns exec $h sh -c 'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore'; flows $sw 192.0.2.5", SomeLost, NoneLost)
        { Edits = [("bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}", $"bond0: {{ports: [eth0, eth1], mode: active-backup, miimon: 100{Own}}}"), ("{sw: {}}", Router)] },
        ["link-and-its-vlan-in-one-bridge"] = new($"[ -z $b ] || ip -n $h link set eth0 master br0\nheard $h 192.0.2.9; case $(heard $sw 192.0.2.9) in 0*) echo VLAN 1 does not reach VLAN 5 ;; *) echo VLAN 1 reaches VLAN 5 ;; esac", $"{Kept}, VLAN 1 reaches VLAN 5", $"{Kept}, VLAN 1 does not reach VLAN 5")
        {
            ByHand = true,
            Edits = [("{ports: [eth0.5]}", "{ports: [eth0.5], addresses: [192.0.2.5/24]}")],
            More = "cabling: {eth0: {switch: sw, vlans: [5], native: 1}}\nswitches: {sw: {addresses: {1: 192.0.2.1/24}}, leaf-b: {addresses: {5: 192.0.2.9/24}}}\nlinks: [[sw, leaf-b]]",
        },
        ["mac-twice"] = new("[ -z $b ] || ip -n $web2 link set eth0 address $(ip netns exec $web1 cat /sys/class/net/eth0/address)\nturns | tally 4", SomePings, NoPing)
        {
            ByHand = true,
            Edits = [("mac: \"52:54:00:00:00:01\"", "addresses: [192.0.2.21/24]"), ("mac: \"52:54:00:00:00:02\"", "addresses: [192.0.2.22/24]")],
            More = "cabling: {eth0: {switch: sw}}\nswitches: " + Router,
        },
        ["min-links-too-high"] = new("aggregate >first; ip netns exec $h cat /sys/class/net/bond0/carrier", "0", "1") { More = InGroup },
        ["mtu-above-switch"] = new("heard $h 192.0.2.1 -M do -s 8972", Lost, Kept) { Edits = [("{sw: {mtu: ", "{sw: {addresses: {1: 192.0.2.1/24}, mtu: ")] },
        ["native-tagged"] = new(Ping, Lost, Kept) { Edits = [("{sw: {}}", Router5)] },
        ["natives-differ"] = new(CutAndPing, Lost, Kept) { Edits = [("{sw: {}}", Router5)] },
        ["static-bond-on-lacp"] = new("flows $h 192.0.2.1", SomeLost, NoneLost)
        { Edits = [("miimon: 100}", $"miimon: 100, xmit_hash_policy: layer3+4{Own}}}"), ("{sw: {}}", Router)] },
        ["static-bond-without-lag"] = new("for n in 1 2 3 4; do ip -n $web1 neigh flush dev eth0; heard $web1 192.0.2.1; done | tally 16", SomePings, NoPing)
        { Edits = [("{sw: {}}", Router)], More = "bridges: {br0: {ports: [bond0]}}\nguests: {web1: {nics: [{bridge: br0, addresses: [192.0.2.21/24]}]}}" },
        ["veth-peer"] = new("[ -z $b ] || ip -n $h -batch - <<<'link del ve0\nlink add ve0 type veth peer name ve1\nlink set ve0 up'\necho carrier $(ip netns exec $h cat /sys/class/net/ve0/carrier)", "carrier 0", "carrier 1") { ByHand = true },
        ["vlan-missing-on-port"] = new(CutAndPing, Lost, Kept) { Edits = [("{sw: {}}", Router5)] },
        ["vlan-not-on-switch"] = new(Ping, Lost, Kept) { Edits = [("{sw: {}}", Router5)] },
        ["vlan-on-port"] = new($"[ -z $b ] || ip -n $h -batch - <<<'link del bond0.5\nlink add link eth0 name eth0.5 type vlan id 5\nlink set eth0.5 up\naddr add 192.0.2.5/24 dev eth0.5'\n{CutAndPing}", Lost, Kept)
        {
            ByHand = true,
            Edits = [("link: bond0, id: 5}", $"link: bond0, id: 5{Own}}}"), ("\n  bond0.6: {link: bond0, id: 6}\nbridges:\n  untagged: {ports: [bond0]}\n  br5: {ports: [bond0.5]}\n  br6: {ports: [bond0.6]}", "")],
            More = $"{Tagged}\n{Routed5}",
        },
        // One network behind each, and both look alike: that is what VRFs are for.
        ["vrf-table"] = new("[ -z $b ] || ip -n $h -batch - <<<'link del blue\nlink add blue type vrf table 10\nlink set blue up\nlink set eth1 master blue'\nheard $h -I red 192.0.2.1; heard $h -I blue 192.0.2.2", $"{Kept}, {Lost}", $"{Kept}, {Kept}")
        {
            ByHand = true,
            Edits = [("{eth0: {}, eth1: {}}", "{eth0: {addresses: [192.0.2.5/24]}, eth1: {addresses: [192.0.2.6/24]}}")],
            More = "cabling: {eth0: {switch: sw}, eth1: {switch: leaf-b}}\nswitches: {sw: {addresses: {1: 192.0.2.1/24}}, leaf-b: {addresses: {1: 192.0.2.2/24}}}",
        },
        // `ip` makes no VXLAN without a number, and the kernel then makes one of number 0.
        ["vxlan-id"] = new("[ -z $b ] || vxlan $h 0 5 9\nvxlan $sw 100 9 5; heard $h 198.51.100.9", Lost, Kept)
        {
            ByHand = true,
            Edits = [("mtu: 1450}", "mtu: 1450, addresses: [198.51.100.5/24]}")],
            More = $"nics: {{eth0: {{addresses: [192.0.2.5/24]}}}}\ncabling: {{eth0: {{switch: sw}}}}\n{Far}",
        },
        ["vxlan-on-port"] = new("[ -z $b ] || vxlan $h 100 5 9 dev eth0\nvxlan $sw 100 9 5; heard $h 198.51.100.9", Lost, Kept)
        {
            ByHand = true,
            Edits = [("link: bond0}", "link: bond0, addresses: [198.51.100.5/24]}")],
            More = $"cabling: {{eth0: {{switch: sw, port: \"1\"}}, eth1: {{switch: sw, port: \"2\"}}}}\n{Far}",
        },
        ["vxlan-local-elsewhere"] = new("ip -n $h addr add 10.9.0.1/24 dev vx0; heard $h 10.9.0.2 >first; if [ $(ip netns exec $h cat /sys/class/net/vx0/statistics/tx_carrier_errors) = 0 ]; then echo all is sent; else echo nothing is sent; fi", "nothing is sent", "all is sent")
        { Edits = [("remote: 192.0.2.9", "remote: 192.0.2.1")], More = "cabling: {eth0: {switch: sw}}\nswitches: " + Router },
    };

    /// <summary>The loop, which would drown the others, in a lab of its own. It is closed for 2 s at most: the second cable goes in, ARP requests are sent, the cable goes out.</summary>
    public const string Loop = "bridge-joins-segment";

    public const string Script = """
        # What a script may use. Everything is bounded.
        heard() { local ns=$1; shift; ip netns exec $ns ping -c 4 -i 0.05 -W 2 "$@" | sed -n 's/^4 packets transmitted, \([0-9]*\) .*/\1 of 4 answered/p'; }
        tally() { local n=0 line; while read -r line; do n=$((n + ${line%% *})); done; echo "($n of $1)" >>seen; if [ $n = $1 ]; then echo no ping is lost; else echo pings are lost; fi; }
        flows() { # FROM TO: twelve pings, each a flow of its own
          heard $1 $2 >first
          for n in 1 2 3 4 5 6 7 8 9 10 11 12; do ip netns exec $1 ping -c 1 -W 2 $2 >flow.$n & done; wait
          local n=$(grep -l ' 1 received' flow.* | wc -l); echo "($n of 12)" >>seen
          if [ $n = 12 ]; then echo no flow is lost; else echo flows are lost; fi
        }
        # Out with a cable of an active-backup bond, until another port is active: the kernel acts on a carrier up to a second later.
        cut() {
          local host nic box port n
          while read -r host nic box port; do [ "$host $nic" != "$h $1" ] || ip -n $box link set $port down; done </run/lab/cables
          for n in $(seq 30); do case $(ip netns exec $h cat /sys/class/net/bond0/bonding/active_slave) in "$1" | "$1".*) sleep 0.1 ;; *) break ;; esac; done
        }
        failures() { ip netns exec $h cat /proc/net/bonding/bond0 | awk '/Link Failure Count/ { n += $4 } END { print n }'; }
        failing() { local before=$(failures); sleep 1.5; if [ "$(failures)" -gt "$before" ]; then echo ports fail; else echo no port fails; fi; }
        bond() { ip netns exec $h cat /proc/net/bonding/${1:-bond0} | awk '/Number of ports/ { ports = $4 } /Partner Mac Address/ { mac = $4 } END { print ports (ports == 1 ? " port, " : " ports, ") (mac ~ /[1-9a-f]/ ? "a" : "no") " partner" }'; }
        # By then LACP has come up for half a minute; 4 s more for a slow machine.
        aggregate() { local n; for n in 1 2 3 4 5 6 7 8; do [ "$(bond $1)" != "$good" ] || break; sleep 0.5; done; bond $1; }
        # The other guest speaks, then the switch asks the first one, whose MAC it knows.
        turns() { heard $sw 192.0.2.21 >first; for n in 1 2 3 4; do heard $web2 192.0.2.1 >first; ip netns exec $sw ping -c 1 -W 1 192.0.2.21 | grep -c ' 1 received'; done; }
        macs() { # FROM IP [DEVICE]: how many MACs answer for an address
          ip netns exec $1 python3 -c '
        import socket, sys, time
        door = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
        door.bind((sys.argv[2], 0x0806))
        me, asked = door.getsockname()[4], socket.inet_aton(sys.argv[1])
        door.settimeout(0.2)
        macs, end = set(), time.time() + 1.5
        while time.time() < end and len(macs) < 2:
            door.send(b"\xff" * 6 + me + bytes.fromhex("08060001080006040001") + me + bytes(4) + bytes(6) + asked)
            try:
                while True:
                    frame = door.recv(100)
                    if frame[20:22] == b"\0\2" and frame[28:32] == asked:
                        macs.add(frame[22:28])
            except TimeoutError:
                pass
        print(len(macs), "MACs answer" if len(macs) != 1 else "MAC answers")' $2 ${3:-eth0}
        }
        vxlan() { # HOST NUMBER OWN OTHER [dev LINK]: vx0, made anew, with an end in both networks
          ip -n $1 link del vx0 2>/dev/null
          ip -n $1 link add vx0 type vxlan id $2 remote 192.0.2.$4 dstport 4789 ${5:+dev $6}
          ip -n $1 addr add 198.51.100.$3/24 dev vx0; ip -n $1 link set vx0 up
        }
        names() { sw=sw-$h web1=web1-$h web2=web2-$h; mkdir -p $h; cd $h; }
        """;

    /// <summary>docs/lab/seen-of-rules.md.</summary>
    public static string Page()
    {
        var page = new StringBuilder("""
            # Seen of rules

            Every error that `weft check` knows, and what a kernel does with a file that nobody checked: Linux 6.1 in user-mode Linux. The bad example of each rule was
            sent as it is. *refused*: with these words. *not done*: every step was taken, and this was still to do. *not sent*: no plan could be made of it. *taken*: it
            stays so, and this breaks. Beside that, what hosts of both examples showed in a lab with switches, cables and guests: the bad one, then the good one.
            A test holds the kernel to each line (`RuleExamplesTests`, `RuleLabsTests`), and this page to the test.

            | rule | the kernel | in a lab |
            | --- | --- | --- |

            """);
        foreach (var (id, said) in KernelAnswers.Of)
            page.Append($"| `{id}` | {Word(said.Answer)}: {said.Words.Replace("|", "\\|", StringComparison.Ordinal)} | {(id == Loop ? LoopSeen : All.TryGetValue(id, out var lab) ? $"{lab.Bad}; {lab.Good}" : "")} |\n");
        page.Append("""

            Not tried, for a namespace with veths for NICs cannot hold it:

            | rule | why |
            | --- | --- |

            """);
        foreach (var (id, why) in KernelAnswers.NotHere)
            page.Append($"| `{id}` | {why} |\n");
        return page.ToString();
    }

    public const string LoopSeen = "thousands of frames of a few ARP requests; a handful";

    private static string Word(Answer answer) => answer switch { Answer.Refused => "refused", Answer.Undone => "not done", Answer.Unsent => "not sent", _ => "taken" };
}
