// A machine starts: whatever it was doing when it stopped, it comes up as the last good file says, the old one or the new one,
// and what cannot come up keeps nothing else from coming up.

using Weft.Apply;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;
using Walk = Weft.Apply.Walk;

namespace Weft.Twin.Tests;

public sealed class BootTests(ITestOutputHelper output)
{
    private const string First = "version: 1\nnics: {eth0: {}, eth1: {}}\nvlans: {eth1.5: {link: eth1, id: 5}, eth1.5.6: {link: eth1.5, id: 6}}\nbridges: {br0: {ports: [eth0, eth1.5], addresses: [192.0.2.1/24]}}\nroutes: [{to: 198.51.100.0/24, via: 192.0.2.9}, {to: 203.0.113.0/24, link: eth1.5.6}]\n";
    private const string Second = "version: 1\nnics: {eth0: {mtu: 1400}, eth1: {}}\nbridges: {br0: {ports: [eth0], addresses: [192.0.2.2/24]}}\n";

    private readonly MemoryDisk disk = new();

    [Fact]
    public void A_host_on_which_nothing_was_ever_applied_is_left_alone()
    {
        var kernel = Machine("one", "eth0");
        var booted = Start(kernel);
        booted.Good.ShouldBeNull();
        booted.Outcome.ShouldBeNull();
        kernel.Sent.ShouldBeEmpty();
    }

    [Fact]
    public void The_last_good_file_comes_up_and_is_there_the_next_time_too()
    {
        Apply(Machine("one", "eth0", "eth1"), First);
        foreach (var boot in new[] { "two", "three" })
        {
            var kernel = Machine(boot, "eth0", "eth1");
            var booted = Start(kernel);
            booted.Outcome!.Ending.ShouldBe(Ending.Applied);
            booted.Findings.ShouldBeEmpty();
            Left(kernel, First).ShouldBeEmpty();
            Start(kernel).Outcome!.Ending.ShouldBe(Ending.Unchanged);
            LedgerFile.Read(disk).Ledger.Epoch.ShouldBe(boot);
        }
        HistoryFile.Read(disk).Changes.Select(change => change.Outcome).ShouldBe(["applied", "booted", "booted"]);
    }

    [Fact]
    public void A_change_that_waited_is_history_and_the_file_before_it_comes_up()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        Should.Throw<Died>(() => Transaction.Make(Draw(kernel, Second), Errand(Second), disk, kernel, TimeProvider.System, new Timings(), _ => throw new Died()));
        kernel = Machine("two", "eth0", "eth1");
        Start(kernel).Settled.ShouldBe(Settled.History);
        Left(kernel, First).ShouldBeEmpty();
        HistoryFile.Read(disk).Changes.Select(change => change.Outcome).ShouldBe(["applied", "lost", "booted"]);
        disk.Files.Keys.ShouldBe([LedgerFile.Name, GoodFile.Name, HistoryFile.Name], ignoreOrder: true);
    }

    /// <summary>Whatever the disk still takes of a change: where its ledger is written it is the one that comes up, though the disk stays full over the next boot.</summary>
    [Fact]
    public void However_little_a_disk_takes_of_a_change_a_final_one_is_what_comes_up()
    {
        var endings = new List<Ending>();
        for (var room = 1; room <= 6; room++)
        {
            disk.Files.Clear();
            disk.FullAfter = null;
            var kernel = Machine("one", "eth0", "eth1");
            Apply(kernel, First);
            disk.FullAfter = room;
            var ended = Transaction.Make(Draw(kernel, Second), Errand(Second), disk, kernel, TimeProvider.System, new Timings()).Outcome!;
            endings.Add(ended.Ending);
            var (file, where) = (ended.Ending == Ending.Applied ? Second : First, $"room for {room} files: {ended.Ending}");
            // The next life of a machine in which nobody makes room, then one in which somebody did.
            foreach (var boot in new[] { "two", "three", "four" })
            {
                disk.FullAfter = boot == "two" ? 0 : null;
                kernel = Machine(boot, "eth0", "eth1");
                Start(kernel).Outcome!.Ending.ShouldBe(Ending.Applied, where);
                GoodFile.Read(disk).Good!.Text.ShouldBe(file, where);
                Left(kernel, file).ShouldBeEmpty(where);
            }
            disk.Files[GoodFile.Name].ShouldBe(file, where);
            disk.Files.Keys.ShouldNotContain(JournalFile.Name, where);
            HistoryFile.Read(disk).Changes.Count(change => change.Outcome == "applied").ShouldBe(file == Second ? 2 : 1, where);
        }
        endings.Distinct().ShouldBe([Ending.RolledBack, Ending.Applied]);
    }

    /// <summary>An address from the initramfs makes a host that has just booted look as if it ran already. On a disk that takes no journal it comes up all the same.</summary>
    [Fact]
    public void On_a_full_disk_a_host_that_others_began_to_bring_up_comes_up()
    {
        Apply(Machine("one", "eth0", "eth1"), First);
        disk.FullAfter = 0;
        var kernel = Machine("two", "eth0", "eth1");
        kernel.Execute([new Step.OfAddress(Verb.Add, "eth1", Model.IpPrefix.Parse("192.0.2.77/24"), Place.None)]).ShouldHaveSingleItem().ShouldBeNull();
        Start(kernel).Outcome!.Ending.ShouldBe(Ending.Applied);
        Left(kernel, First).ShouldBeEmpty();
    }

    /// <summary>The disk is full in the boot after, but for the ledger; the ledger of that boot still says that the change is final.</summary>
    [Fact]
    public void A_boot_that_finds_room_for_its_ledger_alone_forgets_no_final_change()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        disk.FullAfter = 2;
        Apply(kernel, Second);
        disk.Files[GoodFile.Name].ShouldBe(First);
        disk.Blocked = name => name != LedgerFile.Name;
        disk.FullAfter = null;
        Start(Machine("two", "eth0", "eth1"));
        LedgerFile.Read(disk).Ledger.Epoch.ShouldBe("two");
        disk.Blocked = _ => false;
        kernel = Machine("three", "eth0", "eth1");
        Start(kernel).Settled.ShouldBe(Settled.Final);
        disk.Files[GoodFile.Name].ShouldBe(Second);
        disk.Files[GoodFile.Fallback].ShouldBe(First);
        Left(kernel, Second).ShouldBeEmpty();
    }

    /// <summary>In the boot of the change itself: the next change writes what is left of the one before it.</summary>
    [Fact]
    public void A_final_change_is_the_good_one_though_its_file_is_not_there_yet()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        disk.FullAfter = 2;
        var outcome = Transaction.Make(Draw(kernel, Second), Errand(Second), disk, kernel, TimeProvider.System, new Timings()).Outcome!;
        outcome.Ending.ShouldBe(Ending.Applied);
        outcome.Findings.ShouldContain(finding => finding.Rule == "good-not-written" && finding.Severity == Severity.Warning);
        Settling.Look(disk, "one").Standing.ShouldBe(Standing.Final);
        GoodFile.Read(disk).Good!.Text.ShouldBe(Second);
        Transaction.Make(Draw(kernel, First), Errand(First), disk, kernel, TimeProvider.System, new Timings()).NotBegun.ShouldNotBeNull();
        disk.FullAfter = null;
        Apply(kernel, First);
        HistoryFile.Read(disk).Changes.Select(change => (change.Outcome, change.Diff.Length > 0)).ShouldBe([("applied", true), ("applied", true), ("applied", true)]);
        (disk.Files[GoodFile.Name], disk.Files[GoodFile.Fallback]).ShouldBe((First, Second));
    }

    [Fact]
    public void What_cannot_be_told_of_a_change_stops_nothing_and_is_said()
    {
        var kernel = Machine("one", "eth0", "eth1");
        disk.Blocked = name => name == HistoryFile.Name;
        foreach (var text in new[] { First, Second })
            Transaction.Make(Draw(kernel, text), Errand(text), disk, kernel, TimeProvider.System, new Timings()).Outcome!.Findings.ShouldHaveSingleItem().Rule.ShouldBe("history-not-written");
        disk.Files.Keys.ShouldBe([LedgerFile.Name, GoodFile.Name, GoodFile.Fallback], ignoreOrder: true);
    }

    [Fact]
    public void A_NIC_that_is_missing_is_told_and_all_that_does_not_need_it_comes_up()
    {
        Apply(Machine("one", "eth0", "eth1"), First);
        var kernel = Machine("two", "eth0");
        var booted = Start(kernel);
        booted.Outcome!.Ending.ShouldBe(Ending.Applied);
        booted.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            missing => missing.Rule.ShouldBe(Resolve.Missing),
            missing => missing.Severity.ShouldBe(Severity.Warning));
        kernel.Observe().Host.Links.Select(link => link.Name.Value).ShouldBe(["eth0", "br0"], ignoreOrder: true);
        kernel.Observe().Host.Routes.Select(route => route.To.Value.ToString()).ShouldBe(["198.51.100.0/24"]);
        // The good file is whole all the same: with the NIC back, everything is.
        kernel = Machine("three", "eth0", "eth1");
        Start(kernel).Findings.ShouldBeEmpty();
        Left(kernel, First).ShouldBeEmpty();
    }

    [Fact]
    public void What_the_kernel_refuses_keeps_nothing_else_from_coming_up()
    {
        Apply(Machine("one", "eth0", "eth1"), First);
        var kernel = Machine("two", "eth0", "eth1");
        kernel.Refuses = step => step is Step.OfLink { Name: "eth1.5", Verb: Verb.Add } ? new Refusal("EOPNOTSUPP", "no VLANs today") : null;
        var booted = Start(kernel);
        booted.Outcome!.Ending.ShouldBe(Ending.Partial);
        booted.Findings.ShouldContain(finding => finding.Rule == "kernel-refused" && finding.What.Contains("no VLANs today", StringComparison.Ordinal));
        kernel.Observe().Host.Find("br0")!.Addresses.ShouldHaveSingleItem();
        kernel.Observe().Host.Find("eth0")!.State!.Master.ShouldBe("br0");
    }

    [Theory]
    [InlineData("bridges: [")]
    [InlineData("")]
    [InlineData("version: 1\nbridges: {br0: {ports: 5}}\n")]
    public void A_good_file_that_is_damaged_gives_way_to_the_one_before_it(string damaged)
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        Apply(kernel, Second);
        disk.Files[GoodFile.Name] = damaged;
        kernel = Machine("two", "eth0", "eth1");
        Start(kernel).Findings.ShouldContain(finding => finding.Rule == "good-unreadable");
        Left(kernel, First).ShouldBeEmpty();
    }

    /// <summary>A fallback that cannot be read is none.</summary>
    [Fact]
    public void A_good_file_that_is_damaged_takes_no_fallbacks_place()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        Apply(kernel, Second);
        disk.Files[GoodFile.Name] = "bridges: [";
        Apply(kernel, First.Replace("192.0.2.1", "192.0.2.3", StringComparison.Ordinal));
        disk.Files[GoodFile.Fallback].ShouldBe(First);
    }

    [Fact]
    public void A_journal_that_cannot_be_read_is_put_aside_and_the_good_file_comes_up()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        disk.Files[JournalFile.Name] = "{\"version\":99}";
        var booted = Start(kernel);
        booted.Settled.ShouldBe(Settled.Unreadable);
        booted.Outcome!.Ending.ShouldBe(Ending.Unchanged);
        disk.Files.ShouldNotContainKey(JournalFile.Name);
        disk.Files[Boot.Aside].ShouldBe("{\"version\":99}");
    }

    /// <summary>A ledger may be deleted at any time; a host that runs is not built up as if nobody were on it.</summary>
    [Fact]
    public void A_host_that_runs_and_whose_ledger_is_lost_has_a_way_back()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        Apply(kernel, Second);
        disk.Files.Remove(LedgerFile.Name);
        disk.Files[GoodFile.Name] = First;
        kernel.Refuses = step => step is Step.OfRoute ? new Refusal("EINVAL", "not today") : null;
        Start(kernel).Outcome!.Ending.ShouldBe(Ending.RolledBack);
        kernel.Observe().Host.Find("eth0")!.Settings.Number(Model.Attributes.Table.Mtu).ShouldBe(1400);
    }

    /// <summary>In the boot in which a process died its change is undone, and the good file is applied to what is there.</summary>
    [Fact]
    public void In_the_same_boot_a_change_that_was_left_is_undone()
    {
        var kernel = Machine("one", "eth0", "eth1");
        Apply(kernel, First);
        Should.Throw<Died>(() => Transaction.Make(Draw(kernel, Second), Errand(Second), disk, kernel, TimeProvider.System, new Timings(), _ => throw new Died()));
        Left(kernel, First).ShouldNotBeEmpty();
        var booted = Start(kernel);
        booted.Settled.ShouldBe(Settled.Undone);
        booted.Outcome!.Ending.ShouldBe(Ending.Unchanged);
        Left(kernel, First).ShouldBeEmpty();
    }

    [Fact]
    public void Wherever_the_machine_stops_it_comes_up_as_the_old_file_says_or_as_the_new_one()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var (stops, old, fresh) = (0, 0, 0);
        foreach (var pair in Seeds.Run(usual: 12, many: 300).Select(RandomHost.Pair))
        {
            var unhurt = new Mortality(-1);
            if (!Change(pair, unhurt, new MemoryDisk()))
                continue;
            var (from, to) = (Bare(pair.From), Bare(pair.To));
            for (var at = 0; at < unhurt.Passed; at++, stops++)
            {
                var state = new MemoryDisk();
                Should.Throw<Died>(() => Change(pair, new Mortality(at), state), $"{pair}\npoint {at} was not passed");
                var kernel = TwinKernel.From(TwinKernel.Of(RandomHost.Nics).Observe() with { Epoch = "the next boot" });
                var booted = new Boot(state, kernel, TimeProvider.System, new Timings()).Bring(TimeSpan.Zero);
                var where = $"{pair}\nstopped at point {at} of {unhurt.Passed}: {string.Join("; ", booted.Findings.Select(finding => finding.What))}";
                booted.Outcome.ShouldNotBeNull(where).Ending.ShouldBeOneOf([Ending.Applied, Ending.Unchanged], where);
                state.Files.ShouldNotContainKey(JournalFile.Name, where);
                var ended = Known(kernel, pair);
                var isNew = Facts.Difference(to, ended).Count == 0 && state.Files[GoodFile.Name] == $"{pair.To}";
                if (!isNew)
                    Facts.Difference(from, ended).ShouldBeEmpty(where);
                (old, fresh) = isNew ? (old, fresh + 1) : (old + 1, fresh);
                state.Files[GoodFile.Name].ShouldBe($"{(isNew ? pair.To : pair.From)}", where);
            }
        }
        output.WriteLine($"{stops} stops: {old} came up as before, {fresh} as after");
        old.ShouldBeGreaterThan(0);
        fresh.ShouldBeGreaterThan(0);
    }

    /// <summary>The first of a pair, applied; then the second, by a process that may die. False where there is nothing to do.</summary>
    private static bool Change(Pair pair, Mortality mortality, MemoryDisk state)
    {
        var kernel = TwinKernel.Of(RandomHost.Nics);
        Drawing Draw(Sketch text) => Walk.Plan(RandomHost.Read(text)!, kernel, LedgerFile.Read(state).Ledger, new Timings());
        Transaction.Make(Draw(pair.From), Errand($"{pair.From}"), state, kernel, TimeProvider.System, new Timings());
        if (!state.Files.ContainsKey(GoodFile.Name) || Draw(pair.To).Plan is { IsEmpty: true } or { IsRefused: true })
            return false;
        Transaction.Make(Draw(pair.To), Errand($"{pair.To}") with { Confirm = TimeSpan.FromMinutes(1) }, new MortalDisk(state, mortality), new MortalKernel(kernel, mortality), TimeProvider.System, new Timings(), _ =>
        {
            mortality.Point();
            return [];
        });
        return true;
    }

    private static List<string> Bare(Sketch text)
    {
        var kernel = TwinKernel.Of(RandomHost.Nics);
        Carried.Out(Walk.Plan(RandomHost.Read(text)!, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        return Known(kernel, new(0, text, text));
    }

    private static List<string> Known(TwinKernel kernel, Pair pair) =>
        Facts.Of(kernel.Observe(), Law.Known(TwinKernel.Of(RandomHost.Nics).Observe(), RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!));

    private Booted Start(TwinKernel kernel) => new Boot(disk, kernel, TimeProvider.System, new Timings()).Bring(TimeSpan.Zero);

    private void Apply(TwinKernel kernel, string text) =>
        Transaction.Make(Draw(kernel, text), Errand(text), disk, kernel, TimeProvider.System, new Timings()).Outcome!.Ending.ShouldBe(Ending.Applied);

    private Drawing Draw(TwinKernel kernel, string text) => Walk.Plan(HostFile.Read("host.yaml", text).Host!, kernel, LedgerFile.Read(disk).Ledger, new Timings());

    private IEnumerable<string> Left(TwinKernel kernel, string text) => Draw(kernel, text).Plan.Steps.Where(step => step.Sends).Select(StepText.Of);

    private static Errand Errand(string text) => new("a test") { Source = text };

    private static TwinKernel Machine(string boot, params string[] nics) => TwinKernel.From(TwinKernel.Of(nics).Observe() with { Epoch = boot });
}
