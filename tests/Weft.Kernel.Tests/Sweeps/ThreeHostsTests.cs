// Three hosts with three NICs each on one switch, of which the first serves a file to the others: every mode in turn, by weft on
// all three. The file arrives whole; the server's busiest cable is pulled, and its clients' pings go on or return within what the
// mode promises; the cable is put back, and nobody notices.

using System.Diagnostics;
using System.Globalization;
using Weft.Check;
using Weft.Spec;
using Weft.Text;

namespace Weft.Kernel.Tests.Sweeps;

[Trait("makes", "labs")]
public sealed class ThreeHostsTests(ITestOutputHelper output)
{
    private const string Mii = "miimon: 100", Arp = "arp_interval: 100, arp_ip_target: TARGETS";
    private const int Hosts = 3;

    /// <summary>What a busy machine adds, and the ping that is due next.</summary>
    private const int Slack = 400;

    /// <summary>A way to bond, and for how many milliseconds at most a flow is silent when its cable is pulled.</summary>
    private sealed record Way(string Mode, string Monitor, int Promise)
    {
        public string Name => $"{Mode}-{Monitor[..3]}";

        /// <summary>How long the cable is out: longer than anybody may need, so that nobody is saved by its return.</summary>
        public int Out => Promise + Slack;
    }

    // Who has one active port finds another at the next poll, or after two intervals without an answer and the one that is under way. Who
    // spreads takes a port without carrier out at once. In balance-alb the clients have to hear of another MAC besides, which a plan knows
    // as `Delays.PeersRelearn`.
    private const int AtOnce = 0, NextPoll = 100, Missed = 300, Relearned = 4300;

    /// <summary>What the switch's side must be (`cabling`), and the ways that want that.</summary>
    private static readonly Dictionary<string, Way[]> Switches = new()
    {
        ["plain"] = [new("active-backup", Mii, NextPoll), new("balance-tlb", Mii, NextPoll), new("balance-alb", Mii, Relearned), new("active-backup", Arp, Missed)],
        ["static"] =
        [
            new("balance-rr", Mii, AtOnce), new("balance-xor", Mii, AtOnce), new("broadcast", Mii, AtOnce),
            new("balance-rr", Arp, AtOnce), new("balance-xor", Arp, AtOnce), new("broadcast", Arp, AtOnce),
        ],
        ["lacp"] = [new("802.3ad", Mii, AtOnce)],
    };

    private const string Script = """
        head -c 4000000 /dev/urandom >file
        perl -MIO::Socket::INET -e '
          my $door = IO::Socket::INET->new(Listen => 9, LocalPort => 8000, ReuseAddr => 1) or die $!;
          while (my $guest = $door->accept) { open my $file, "<", "file"; local $/; my $all = <$file>; print {$guest} $all; close $guest }' &
        now() { date +%s%3N; }
        sent() { for nic in eth0 eth1 eth2; do echo "$(cat /sys/class/net/$nic/statistics/tx_packets) $nic"; done; }
        answers() { for n in 2 3; do ip netns exec store$n ping -c 1 -W 1 10.9.0.1 >/dev/null || return 1; done; }
        # What is awaited, for 15 s at most.
        await() { local until=$(($(now) + 15000)); until "$@"; do [ "$(now)" -lt "$until" ] || { echo "NEVER: $*"; cat /proc/net/bonding/bond0; exit 98; }; sleep 0.05; done; }
        replied() { [ "$(grep -c icmp_seq ping.$1)" -ge $2 ]; }
        way() { # NAME FOLDER SECONDS: in the folder NAME.N.yaml is host N's file, and the lab has applied those of FIRST; the cable is out for so long
          began=$(now)
          pids=; [ "$1" = "$FIRST" ] || for n in 1 2 3; do ip netns exec store$n weft apply $2/$1.$n.yaml >apply.$n 2>&1 & pids="$pids $!"; done
          for pid in $pids; do wait $pid || { cat apply.*; exit 97; }; done
          applied=$(now)
          await answers
          section $1; echo "applied in $((applied - began)) ms, answers after $(($(now) - applied)) ms"
          section "$1 bonds"; for n in 1 2 3; do ip netns exec store$n cat /sys/class/net/bond0/bonding/mode /sys/class/net/bond0/bonding/mii_status /sys/class/net/bond0/operstate | tr '\n' ' '; done
          sent >before
          section "$1 sums"; sha1sum <file
          for n in 2 3; do ip netns exec store$n timeout 15 bash -c 'exec 3<>/dev/tcp/10.9.0.1/8000; cat <&3' | sha1sum; done
          summed=$(now)
          busiest=$(sent | paste -d ' ' - before | while read after nic before _; do echo "$((after - before)) $nic"; done | sort -n | tail -n 1 | cut -d ' ' -f 2)
          for n in 2 3; do ip netns exec store$n ping -D -i 0.02 10.9.0.1 >ping.$n & eval p$n=$!; done
          await replied 2 10; await replied 3 10
          weft lab cable pull store1:$busiest
          pulled=$(now)
          section "$1 carrier"; cat /sys/class/net/$busiest/carrier
          sleep $3
          weft lab cable plug store1:$busiest
          cat /sys/class/net/$busiest/carrier
          sleep 0.5
          stopped=$(date +%s.%N)
          kill -INT $p2 $p3; wait $p2 || true; wait $p3 || true
          for n in 2 3; do section "$1 ping $n"; grep icmp_seq= ping.$n; echo "[$stopped]"; done
          section "$1 took"; echo "sums after $((summed - began)) ms, pulled after $((pulled - began)) ms, all $(($(now) - began)) ms"
        }

        """;

    public static TheoryData<string> Sides => [.. Switches.Keys];

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_file_is_served_whole_in_every_mode_and_a_pulled_cable_costs_what_the_mode_promises(string side)
    {
        var clock = Stopwatch.StartNew();
        var folder = LabRun.Folder();
        foreach (var way in Switches[side])
            for (var host = 1; host <= Hosts; host++)
            {
                var text = FileOf(way, host, side);
                var reading = HostFile.Read("host.yaml", text);
                reading.Findings.Concat(Checker.Look(reading.Host!)).Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
                File.WriteAllText(PathOf(folder, way, host), text);
            }
        var first = Switches[side][0];
        var run = LabRun.Good(PathOf(folder, first, 1), $"FIRST={first.Name}\n{Script}" + string.Concat(Switches[side].Select(way => $"way {way.Name} {folder} {way.Out / 1000.0:F1}\n")),
            seconds: 200, others: [PathOf(folder, first, 2), PathOf(folder, first, 3)]);
        foreach (var way in Switches[side])
        {
            run.Section($"{way.Name} bonds").ShouldContain(way.Mode);
            run.Section($"{way.Name} bonds").Split("up up").Length.ShouldBe(Hosts + 1);
            run.Section($"{way.Name} sums").Split('\n').Distinct().Count().ShouldBe(1, run.Section($"{way.Name} sums"));
            run.Section($"{way.Name} carrier").ShouldBe("0\n1");
            var silences = new[] { 2, 3 }.Select(client => Silence(run.Section($"{way.Name} ping {client}"))).ToList();
            output.WriteLine($"{way.Name}: {run.Section(way.Name)}, {run.Section($"{way.Name} took")}; silent for {string.Join(" and ", silences)} ms");
            silences.ShouldAllBe(silence => silence <= way.Promise + Slack, $"{way.Name}\n{run.Output}");
        }
        output.WriteLine($"{clock.Elapsed.TotalSeconds:F1} s");
    }

    /// <summary>The longest time between two replies, or between the last one and the end.</summary>
    private static int Silence(string log)
    {
        var times = log.Split('\n').Select(line => double.Parse(line[1..line.IndexOf(']')], CultureInfo.InvariantCulture)).ToList();
        times.Count.ShouldBeGreaterThan(20, log);
        return (int)(1000 * times.Zip(times.Skip(1), (one, next) => next - one).Max());
    }

    private static string PathOf(string folder, Way way, int host) => Path.Combine(folder, $"{way.Name}.{host}.yaml");

    private static string FileOf(Way way, int host, string side)
    {
        var targets = string.Join(", ", Enumerable.Range(1, Hosts).Where(other => other != host).Append(254).Select(last => $"10.9.0.{last}"));
        var group = side switch { "plain" => "", "static" => $", group: Po{host}, lacp: static", _ => $", group: Po{host}, lacp: active" };
        var monitor = way.Monitor.Replace("TARGETS", $"[{targets}]", StringComparison.Ordinal);
        return $$$"""
            host: store{{{host}}}
            nics: {eth0: {}, eth1: {}, eth2: {}}
            bonds:
              bond0: {ports: [eth0, eth1, eth2], addresses: [10.9.0.{{{host}}}/24], mode: {{{way.Mode}}}, {{{monitor}}} }
            cabling:
              eth0: {switch: leaf{{{group}}} }
              eth1: {switch: leaf{{{group}}} }
              eth2: {switch: leaf{{{group}}} }
            switches:
              leaf: {addresses: {1: 10.9.0.254/24}}

            """;
    }
}
