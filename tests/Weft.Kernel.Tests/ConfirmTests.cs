// A change that waits for its administrator's word, as he lives it: confirmed in time it stays, else it goes; whatever ends
// his terminal, session or the command that watches changes neither; and what others did meanwhile is theirs.

using System.Text.Json;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class ConfirmTests
{
    private const string Before = "host: kvm\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.5.1/24]}}\n";
    private const string After = "host: kvm\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: 802.3ad, miimon: 50}}\nvlans: {bond0.7: {link: bond0, id: 7}}\nbridges: {br0: {ports: [bond0], addresses: [10.0.5.2/24]}, br7: {ports: [bond0.7], addresses: [10.0.7.1/24]}}\n";

    private static readonly string State = """
        ended() { for i in $(seq 200); do weft status --json >status; grep -q '"change":null' status && return 0; sleep 0.1; done; return 1; }
        waits() { for i in $(seq 200); do weft status --json >status; grep -q '"phase":"waiting"' status && return 0; sleep 0.1; done; return 1; }

        """;

    [Fact]
    public void Confirmed_in_time_it_stays_and_else_it_goes()
    {
        var (before, after) = (LabRun.File("before.yaml", Before), LabRun.File("after.yaml", After));
        var run = LabRun.Good(before, State + $$"""
            settle; state >before
            section pending; weft apply --confirm 30s --json {{after}}; echo exit $?
            section second; weft apply {{before}} 2>&1 || echo exit $?
            section plan; weft plan {{before}} 2>&1 >/dev/null
            section status; weft status --json
            section forget; weft forget br0 2>&1 || echo exit $?
            section rollback; weft rollback; echo exit $?; settle; state >now; diff before now && echo same
            section late; weft apply -q --confirm 1s {{after}}; ended; weft confirm 2>&1 || echo exit $?
            settle; state >now; diff before now && echo same
            section confirmed; weft apply -q --confirm 30s {{after}}; weft confirm; echo exit $?; weft plan {{after}}; weft status --json
            section history; weft history; weft history --json; weft history --diff
            """, seconds: 150);
        run.Section("pending").ShouldContain("\"outcome\":\"pending\"");
        run.Section("pending").ShouldContain("exit 0");
        run.Section("second").ShouldContain("waits for weft confirm");
        run.Section("second").ShouldContain("s left");
        run.Section("second").ShouldContain("exit 1");
        run.Section("plan").ShouldContain("change-pending");
        run.Section("forget").ShouldContain("exit 1");
        using var status = JsonDocument.Parse(run.Section("status"));
        status.RootElement.GetProperty("change").GetProperty("phase").GetString().ShouldBe("waiting");
        status.RootElement.GetProperty("change").GetProperty("left_ms").GetInt64().ShouldBeInRange(1, 30_000);
        run.Section("rollback").ShouldContain("Undone: the host is as it was before the change.");
        run.Section("rollback").ShouldEndWith("same");
        run.Section("late").ShouldContain("no change waits");
        run.Section("late").ShouldEndWith("same");
        run.Section("confirmed").ShouldContain("Confirmed: the change is final.\nexit 0\nNothing to do");
        run.Section("confirmed").ShouldContain("\"drift\":0");
        run.Section("history").ShouldContain("rolled back: root said that it is to be undone");
        run.Section("history").ShouldContain("rolled back: nobody said within 1 s that it is good");
        run.Section("history").ShouldContain("bridges: {br0: {ports: [bond0], addresses: [10.0.5.2/24]}");
    }

    [Fact]
    public void A_plan_that_was_written_down_is_done_as_it_is_or_not_at_all()
    {
        var (before, after) = (LabRun.File("before.yaml", Before), LabRun.File("after.yaml", After));
        var run = LabRun.Good(before, $$"""
            settle
            section out; weft plan -q --out plan {{after}}
            section moved; ip addr add 10.0.5.77/24 dev br0; ip link add br7 type bridge; weft apply plan 2>&1 || echo exit $?
            section same; ip link del br7; ip addr del 10.0.5.77/24 dev br0; weft apply -q plan; echo exit $?; weft plan {{after}}
            section again; weft apply plan 2>&1 || echo exit $?
            section cut; head -c 300 plan >cut; weft apply cut 2>&1 || echo exit $?
            """);
        run.Section("moved").ShouldContain("this host is not as it was when the plan was made");
        run.Section("moved").ShouldEndWith("exit 1");
        run.Section("same").ShouldStartWith("exit 0\nNothing to do");
        run.Section("again").ShouldEndWith("exit 1");
        run.Section("cut").ShouldContain("damaged");
        run.Section("cut").ShouldEndWith("exit 2");
    }

    /// <summary>The reader of what apply says may sit behind the very network that the change cut off.</summary>
    [Fact]
    public void A_pipe_that_nobody_empties_keeps_no_deadline_waiting()
    {
        var (before, after) = (LabRun.File("before.yaml", Before), LabRun.File("after.yaml", After));
        var run = LabRun.Good(before, State + $$"""
            settle
            cat >full.py <<'END'
            import os, subprocess, sys, time
            reader, writer = os.pipe()
            os.set_blocking(writer, False)
            try:
                while True:
                    os.write(writer, b"x" * 4096)
            except BlockingIOError:
                pass
            os.set_blocking(writer, True)
            apply = subprocess.Popen(sys.argv[1:], stdout=writer, stderr=writer)
            for _ in range(300):
                if subprocess.run("weft history | head -1 | grep -q 'nobody said'", shell=True, stderr=subprocess.DEVNULL).returncode == 0:
                    print("undone in time"); break
                time.sleep(0.1)
            apply.kill()
            END
            section full; python3 full.py weft apply --json --confirm 3s {{after}}; weft plan {{before}}
            """);
        run.Section("full").ShouldStartWith("undone in time\nNothing to do");
    }

    /// <summary>Whoever ends what watches a change, ends no change.</summary>
    [Fact]
    public void Ending_the_terminals_whole_session_changes_neither()
    {
        var (before, after) = (LabRun.File("before.yaml", Before), LabRun.File("after.yaml", After));
        var run = LabRun.Good(before, State + $$"""
            settle; state >before
            folder=$(folder)
            section unconfirmed; terminal killed $folder/journal.json weft apply --confirm 3s {{after}}; waits; ended; weft history | head -1
            settle; state >now; diff before now && echo same
            section confirmed; terminal killed $folder/journal.json weft apply --confirm 30s {{after}}; waits; weft confirm; weft plan {{after}}
            """, seconds: 120);
        run.Section("unconfirmed").ShouldContain("nobody said within 3 s");
        run.Section("unconfirmed").ShouldEndWith("same");
        run.Section("confirmed").ShouldContain("Confirmed: the change is final.\nNothing to do");
    }

    /// <summary>What hangs on links that a change takes along comes back; what others did while it waited stays theirs, and is told.</summary>
    [Fact]
    public void An_undo_brings_back_what_the_change_took_and_leaves_what_others_did()
    {
        var (before, after) = (LabRun.File("before.yaml", Before), LabRun.File("after.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth1, eth0], mode: balance-xor, miimon: 50}}\nbridges: {br1: {ports: [bond0], addresses: [10.0.6.1/24]}}\n"));
        var more = LabRun.File("more.yaml", Before.Replace("bridges: {", "vlans: {bond0.7: {link: bond0, id: 7}}\nbridges: {br7: {ports: [bond0.7]}, ", StringComparison.Ordinal));
        var run = LabRun.Good(before, State + $$"""
            settle
            ip route add 192.0.2.0/24 via 10.0.5.9 dev br0
            ip -6 addr add 2001:db8::5/64 dev br0 nodad
            ip nexthop add id 7 via 10.0.5.9 dev br0
            ip route add 198.51.100.0/24 nhid 7
            bridge fdb add 02:00:00:00:00:77 dev bond0 master static
            ip addr add 10.0.5.200/24 dev br0
            ip link add tap9 type dummy; ip link set tap9 up
            state >before; bridge fdb show dev bond0 | grep 00:77 | sort >fdb; ip nexthop >hops
            section apply; weft apply -q --confirm 60s {{after}}; echo exit $?
            ip link set tap9 master br1; ip addr add 10.0.6.77/24 dev br1; ip route add 203.0.113.0/24 via 10.0.6.9
            section rollback; weft rollback; echo exit $?
            settle; state | sed '/tap9/d' >now; sed -i '/tap9/d' before; diff before now && echo same
            section rest; bridge fdb show dev bond0 | grep 00:77 | sort | diff fdb - && ip nexthop | diff hops - && echo kept
            ip -o link show tap9
            section moved; weft apply -q --confirm 60s {{more}} >/dev/null; ip addr del 10.0.5.200/24 dev br0; weft rollback --json; ip -4 -o addr show br0; ip -o link | grep -c br7 || true
            """, seconds: 120);
        run.Section("apply").ShouldEndWith("exit 0");
        run.Section("rollback").ShouldContain("exit 0");
        run.Section("rollback").ShouldEndWith("same", customMessage: run.Output);
        run.Section("rollback").ShouldContain("tap9 is a port of br1 now");
        run.Section("rest").ShouldStartWith("kept");
        run.Section("rest").ShouldContain("tap9");
        run.Section("moved").ShouldContain("10.0.5.1/24");
        run.Section("moved").ShouldContain("\"10.0.5.200/24 dev br0 was taken away\"");
        run.Section("moved").ShouldNotContain("inet 10.0.5.200");
        run.Section("moved").ShouldEndWith("\n0");
    }

    /// <summary>A route tells another age at every look. A plan that takes it along is the same plan a moment later all the same.</summary>
    [Fact]
    public void A_plan_that_moves_somebodys_route_holds_though_probes_took_a_while()
    {
        var (before, after) = (LabRun.File("before.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\n"),
            LabRun.File("after.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth1]}}\nprobes: [{ping: 10.9.0.200}]\n"));
        var run = LabRun.Good(before, $$"""
            settle
            ip route add 10.55.0.0/16 dev eth1 proto 186; ip rule add from 10.66.0.0/16 table 66
            section plan; weft plan --out plan {{after}}
            section apply; weft apply plan 2>&1; echo exit $?; ip route show dev eth1
            """);
        run.Section("plan").ShouldContain("route 10.55.0.0/16 dev eth1");
        run.Section("apply").ShouldContain("Applied and verified");
        run.Section("apply").ShouldEndWith("exit 0");
    }
}
