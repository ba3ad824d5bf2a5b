// The real process, killed by a signal that it cannot catch while it changes the host: every command says so afterwards,
// none goes on as if nothing were, and weft rollback puts back exactly what was there.

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class KilledTests
{
    private const string Before = "host: kvm\nnics: {eth0: {}}\nnetworks:\n  first: {link: eth0, vlan: 5, addresses: [10.0.5.1/24]}\n";

    [Fact]
    public void A_killed_change_is_seen_by_every_command_and_rolled_back()
    {
        var (file, changed) = (LabRun.File("before.yaml", Before), LabRun.File("changed.yaml", Many));
        var run = LabRun.Good(file, $$"""
            folder=$(dirname $(find /var/lib/weft -name ledger.json))
            state() { ip -o -d link | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/[a-z_]*_timer *[0-9.]*//g' | sort; ip -o addr | cut -d' ' -f2-9 | sort; ip route; cat /proc/sys/net/ipv6/conf/default/disable_ipv6; }
            settle; state >/tmp/before
            for wait in {{string.Join(' ', Waits)}}; do
              weft apply {{changed}} >/tmp/out 2>&1 &
              for i in $(seq 1000); do [ -e $folder/journal.json ] && break; sleep 0.01; done
              sleep $wait; kill -9 $!; wait $! 2>/dev/null || true
              section killed-$wait; [ -e $folder/journal.json ] && echo left || echo finished; ip -o link | wc -l
              section plan-$wait; weft plan {{file}} 2>&1 >/dev/null || true
              section show-$wait; weft show 2>&1 >/dev/null || true
              section apply-$wait; weft apply {{file}} 2>&1 || echo exit $?
              section rollback-$wait; weft rollback 2>&1; echo exit $?
              settle; state >/tmp/after; diff /tmp/before /tmp/after && echo same
              [ -e $folder/journal.json ] && echo journal || echo no journal
              section again-$wait; weft rollback 2>&1; weft plan {{file}}
              weft apply -q {{file}}
            done
            section foreign; echo nonsense >$folder/journal.json; weft apply {{changed}} 2>&1 || echo exit $?; weft rollback 2>&1 || echo exit $?; cat $folder/journal.json
            """);
        var left = Waits.Where(wait => run.Section($"killed-{wait}").Contains("left", StringComparison.Ordinal)).ToList();
        left.ShouldContain("0");
        foreach (var wait in left)
        {
            run.Section($"plan-{wait}").ShouldContain("neither finished nor undone");
            run.Section($"show-{wait}").ShouldContain("neither finished nor undone");
            run.Section($"apply-{wait}").ShouldContain("run weft rollback");
            run.Section($"apply-{wait}").ShouldContain("exit 1");
            run.Section($"rollback-{wait}").ShouldContain("the host is as it was before the change");
            run.Section($"rollback-{wait}").ShouldContain("exit 0");
            run.Section($"rollback-{wait}").ShouldContain("same", customMessage: run.Section($"rollback-{wait}"));
            run.Section($"rollback-{wait}").ShouldContain("no journal");
            run.Section($"again-{wait}").ShouldContain("Nothing to undo");
            run.Section($"again-{wait}").ShouldContain("Nothing to do");
        }
        run.Section("foreign").ShouldContain("damaged or of another version");
        run.Section("foreign").ShouldContain("nonsense");
    }

    /// <summary>A terminal may go because of the very change; that goes on, and ends as it would have, exit code and all.</summary>
    [Fact]
    public void A_terminal_that_goes_away_ends_no_change()
    {
        var (file, changed) = (LabRun.File("before.yaml", Before), LabRun.File("changed.yaml", Many));
        var run = LabRun.Good(file, $$"""
            folder=$(dirname $(find /var/lib/weft -name ledger.json))
            [ -e /dev/pts/ptmx ] || mount -t devpts devpts /dev/pts
            cat >/tmp/drop.py <<'END'
            import os, pty, sys, time
            pid, terminal = pty.fork()
            if pid == 0:
                os.execvp(sys.argv[2], sys.argv[2:])
            for _ in range(1000):
                if os.path.exists(sys.argv[1]):
                    break
                time.sleep(0.01)
            os.close(terminal)
            print("exit", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
            END
            section dropped; TERM=xterm python3 /tmp/drop.py $folder/journal.json weft apply {{changed}}
            [ -e $folder/journal.json ] && echo journal || echo no journal
            section after; weft plan {{changed}}
            """);
        run.Section("dropped").ShouldContain("exit 0");
        run.Section("dropped").ShouldContain("no journal");
        run.Section("after").ShouldContain("Nothing to do");
    }

    private static string Many => Before + string.Concat(Enumerable.Range(100, 250).Select(vlan => $"  n{vlan}: {{link: eth0, vlan: {vlan}, addresses: [10.1.{vlan - 100}.1/32]}}\n"));

    /// <summary>How long after the journal is there, in seconds; late ones may find the change done.</summary>
    private static readonly string[] Waits = ["0", "0.05", "0.15"];
}
