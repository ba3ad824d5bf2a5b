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
            folder=$(folder)
            settle; state >before
            for wait in {{string.Join(' ', Waits)}}; do
              section killed-$wait; weft apply {{changed}} >out 2>&1 &
              for i in $(seq 1000); do [ -e $folder/journal.json ] && break; sleep 0.01; done
              sleep $wait; kill -9 $(cut -d' ' -f1 $(find /run/weft -name lock.holder)) 2>/dev/null || true; wait $! || echo watching ended with $?
              # Between the ledger and the journal's end it is final, and the watcher says so.
              [ -e $folder/journal.json ] && ! grep -q final out && echo left || echo finished; ip -o link | wc -l
              section plan-$wait; weft plan {{file}} 2>&1 >/dev/null || true
              section show-$wait; weft show 2>&1 >/dev/null || true
              section apply-$wait; weft apply {{file}} 2>&1 || echo exit $?
              section rollback-$wait; weft rollback 2>&1; echo exit $?
              settle; state >after; diff before after && echo same
              [ -e $folder/journal.json ] && echo journal || echo no journal
              section again-$wait; weft rollback 2>&1; weft plan {{file}}
              weft apply -q {{file}}
            done
            section foreign; echo nonsense >$folder/journal.json; weft apply {{changed}} 2>&1 || echo exit $?; weft rollback 2>&1 || echo exit $?; cat $folder/journal.json
            """, seconds: 240);
        var left = Waits.Where(wait => run.Section($"killed-{wait}").Contains("left", StringComparison.Ordinal)).ToList();
        left.ShouldContain("0");
        foreach (var wait in left)
        {
            run.Section($"killed-{wait}").ShouldContain("watching ended with 5");
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

    /// <summary>Whether its file could not be kept, or its process died too early for that: the change is final, and whoever comes next writes the rest.</summary>
    [Fact]
    public void A_final_change_whose_records_are_not_whole_is_told_and_finished()
    {
        var (file, changed) = (LabRun.File("before.yaml", Before), LabRun.File("changed.yaml", Before.Replace("10.0.5.1", "10.0.5.2", StringComparison.Ordinal)));
        var run = LabRun.Good(file, $$"""
            folder=$(folder)
            refused() { mkdir $folder/good.yaml.new; "$@" 2>&1; echo exit $?; rmdir $folder/good.yaml.new; }
            finished() { weft rollback 2>&1; cmp $1 $folder/good.yaml && echo kept; [ -e $folder/journal.json ] && echo journal || echo no journal; }
            section apply; refused weft apply {{changed}}
            section status; weft status 2>&1; section good; weft status --json | grep -o '"drift":0'
            section finished; finished {{changed}}
            section pending; weft apply --confirm 60s {{file}}
            section confirm; refused weft confirm
            section next; weft apply -q {{changed}}; WEFT_POINTS=points weft apply -q {{file}}; cmp {{file}} $folder/good.yaml && cmp {{changed}} $folder/good.previous.yaml && echo kept
            section died
            WEFT_DIE_AT=$(($(grep -n 'after write ledger.json' points | cut -d: -f1) - 1)) weft apply {{changed}} 2>&1; echo exit $?
            section boot; weft boot 2>&1; finished {{changed}}; weft history | head -n 1
            """, seconds: 240);
        run.Section("apply").ShouldContain("good-not-written");
        run.Section("apply").ShouldContain("exit 0");
        run.Section("status").ShouldContain("is final, but its records are not whole");
        run.Section("status").ShouldContain("run weft rollback");
        run.Section("good").ShouldBe("\"drift\":0");
        run.Section("finished").ShouldBe("Nothing to undo: the change is final, and only its records were left to be written.\nkept\nno journal");
        run.Section("confirm").ShouldContain("Confirmed: the change is final.");
        run.Section("confirm").ShouldContain("is final, but its records are not whole");
        run.Section("confirm").ShouldContain("exit 0");
        run.Section("next").ShouldBe("kept");
        run.Section("died").ShouldContain("ended from outside (signal 9): the change that");
        run.Section("died").ShouldContain("is final, but its records are not whole");
        run.Section("died").ShouldContain("exit 0");
        run.Section("boot").ShouldContain("Nothing to do");
        run.Section("boot").ShouldContain("kept\nno journal");
        run.Section("boot").ShouldContain("applied");
    }

    /// <summary>Only root may read what was applied; who is not is told so, of the network namespace in which he is.</summary>
    [Fact]
    public void Who_is_not_root_is_told_that_he_may_not_see_what_was_applied()
    {
        var run = LabRun.Good(LabRun.File("before.yaml", Before), """
            nobody="setpriv --reuid 65534 --regid 65534 --clear-groups"
            section here; $nobody weft status 2>&1; $nobody weft history 2>&1 || echo exit $?
            section first; nsenter -t 1 -n weft history >/dev/null; chmod 755 /var/lib/weft; echo nonsense >/var/lib/weft/history.json; chmod 600 /var/lib/weft/history.json
            nsenter -t 1 -n $nobody weft status 2>&1
            """);
        run.Section("here").ShouldMatch("this is not root: /run/weft/state/[0-9]+/history.json cannot be read");
        run.Section("here").ShouldContain("good    root alone may read that");
        run.Section("here").ShouldContain("run it as root\nexit 1");
        run.Section("first").ShouldContain("this is not root: /var/lib/weft/history.json cannot be read");
    }

    /// <summary>A terminal may go because of the very change, and what watches with it; the change goes on, and ends as it would have.</summary>
    [Fact]
    public void A_terminal_that_goes_away_ends_no_change()
    {
        var (file, changed) = (LabRun.File("before.yaml", Before), LabRun.File("changed.yaml", Many));
        var run = LabRun.Good(file, $$"""
            folder=$(folder)
            section dropped; terminal goes $folder/journal.json weft apply {{changed}}
            for i in $(seq 600); do [ -e $folder/journal.json ] || break; sleep 0.1; done
            [ -e $folder/journal.json ] && echo journal || echo no journal
            section after; weft plan {{changed}}
            """);
        run.Section("dropped").ShouldContain("exit -1"); // What watched went with its terminal, by SIGHUP.
        run.Section("dropped").ShouldContain("no journal");
        run.Section("after").ShouldContain("Nothing to do");
    }

    private static string Many => Before + string.Concat(Enumerable.Range(100, 250).Select(vlan => $"  n{vlan}: {{link: eth0, vlan: {vlan}, addresses: [10.1.{vlan - 100}.1/32]}}\n"));

    /// <summary>How long after the journal is there, in seconds; late ones may find the change done.</summary>
    private static readonly string[] Waits = ["0", "0.05", "0.15"];
}
