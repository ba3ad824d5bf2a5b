// Whoever carries out a change may die at any point of it. What is settled afterwards is the host before, exactly, or the
// host after, exactly; and the ledger says the same.

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed partial class CrashTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A pair whose change has much to do: it takes a link away.</summary>
    private static readonly Pair Busy = Enumerable.Range(7, 50).Select(seed => RandomHost.Pair((ulong)seed)).First(pair => new Trial(pair).Drawing.Plan.Steps.Any(step => step is Step.OfLink { Verb: Verb.Remove }));

    [Fact]
    public void Wherever_a_process_dies_the_host_ends_as_before_or_as_after()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var (deaths, again, finals, undone) = (0, 0, 0, 0);
        ulong[] broken = // A bond whose first port is not its lowest; a port whose VLAN table was half entered.
            [78855506600013, 24389261900125];
        foreach (var (pair, hold) in broken.Concat(Seeds.Run(usual: 20, many: 500)).Select((seed, at) => (RandomHost.Pair(seed), (Held)(at % 3))))
        {
            var whole = new Trial(pair, hold);
            if (whole.Drawing.Plan.IsEmpty || whole.Drawing.Plan.IsRefused)
                continue;
            var unhurt = new Mortality(-1);
            whole.Make(unhurt);
            for (var at = 0; at < unhurt.Passed; at++, deaths++)
            {
                var trial = new Trial(pair, hold);
                Should.Throw<Died>(() => trial.Make(new Mortality(at)), $"{pair}\npoint {at} of {unhurt.Passed} was not passed");
                // Who settles may die too, and the next one settles what he left.
                var mortality = new Mortality(deaths % 7);
                try
                {
                    Settling.Settle(new MortalDisk(trial.Disk, mortality), new MortalKernel(trial.Kernel, mortality), TimeProvider.System, new Timings());
                }
                catch (Died)
                {
                    again++;
                }
                var (settled, findings) = Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings());
                var where = $"{pair}\n{hold}, died at point {at} of {unhurt.Passed}: {settled} {string.Join("; ", findings.Select(finding => finding.What))}";
                trial.Disk.Files.ShouldNotContainKey(JournalFile.Name, where);
                settled.ShouldBeOneOf([Settled.Nothing, Settled.Final, Settled.Undone], where);
                trial.Owned.ShouldBe(settled == Settled.Undone ? whole.OwnedBefore : trial.Owned, where);
                var ended = trial.Facts();
                var done = hold != Held.Refused && Facts.Difference(whole.Facts(), ended).Count == 0;
                if (!done)
                    Facts.Difference(trial.Before, ended).ShouldBeEmpty(where);
                // The file that the ledger names is the one that the host is as: nothing is left to do.
                Walk.Plan(RandomHost.Read(done ? pair.To : pair.From)!, trial.Kernel, LedgerFile.Read(trial.Disk).Ledger, new Timings()).Plan.Steps.Where(step => step.Sends).Select(StepText.Of).ShouldBeEmpty(where);
                // The good file is that of the change which is final, and the history tells how this one ended.
                trial.Disk.Files.GetValueOrDefault(GoodFile.Name).ShouldBe(LedgerFile.Read(trial.Disk).Ledger.Change == "the first of the pair" ? null : "the second of the pair", where);
                if (settled is Settled.Undone or Settled.Final)
                    HistoryFile.Read(trial.Disk).Changes.ShouldHaveSingleItem(where).Outcome.ShouldBe(settled == Settled.Undone ? "rolled_back" : "applied", where);
                (finals, undone) = done ? (finals + 1, undone) : (finals, undone + 1);
            }
        }
        output.WriteLine($"{deaths} deaths, {again} of the undo too: {finals} ended as after, {undone} as before");
        again.ShouldBeGreaterThan(0);
        finals.ShouldBeGreaterThan(0);
        undone.ShouldBeGreaterThan(finals);
    }

    /// <summary>Every undo of a snapshot that was on disk is the undo of the snapshot itself.</summary>
    [Fact]
    public void A_journal_read_back_draws_the_same_way_back()
    {
        foreach (var pair in Seeds.Run(usual: 100, many: 1000).Select(RandomHost.Pair))
        {
            var trial = new Trial(pair);
            if (trial.Drawing.Plan.IsEmpty || trial.Drawing.Plan.IsRefused)
                continue;
            var journal = new Journal(Noon, new Errand("a test"), trial.Drawing);
            var back = JournalFile.Parse(JournalFile.Print(journal), LedgerFile.Read(trial.Disk).Ledger).ShouldNotBeNull($"{pair}");
            JournalFile.Print(back).ShouldBe(JournalFile.Print(journal));
            foreach (var batch in trial.Drawing.Plan.Steps.Where(step => step.Sends).Chunk(5))
            {
                trial.Kernel.Execute(batch);
                var now = trial.Kernel.Observe();
                Steps(back.Drawing, now).ShouldBe(Steps(trial.Drawing, now), $"{pair}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":2,\"since\":\"2026-01-01T12:00:00.0000000+00:00\"}")]
    [InlineData("[1,2")]
    [InlineData("\u0000\u0001")]
    [InlineData("{\"version\":1,\"since\":\"noon\",\"who\":\"\",\"next\":\"\",\"before\":{},\"steps\":[]}")]
    public void A_journal_that_cannot_be_read_is_not_acted_on(string text)
    {
        var trial = new Trial(Busy);
        trial.Disk.Files[JournalFile.Name] = text;
        var before = trial.Facts();
        var (settled, findings) = Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings());
        settled.ShouldBe(Settled.Refused);
        findings.ShouldHaveSingleItem().Rule.ShouldBe("journal-unreadable");
        trial.Disk.Files[JournalFile.Name].ShouldBe(text);
        Facts.Difference(before, trial.Facts()).ShouldBeEmpty();
    }

    /// <summary>Cut anywhere, or with a byte of it another, it is read as the whole one or not at all; it never throws.</summary>
    [Fact]
    public void A_journal_that_is_cut_is_not_acted_on()
    {
        var text = JournalFile.Print(new Journal(Noon, new Errand("a test"), new Trial(Busy).Drawing));
        for (var cut = 0; cut < text.Length - 2; cut += 1 + (text.Length / 500))
            JournalFile.Parse(text[..cut], Ledger.Empty).ShouldBeNull();
        for (var at = 0; at < text.Length; at += 1 + (text.Length / 500))
            Should.NotThrow(() => JournalFile.Parse($"{text[..at]}\"{text[(at + 1)..]}", Ledger.Empty));
    }

    [Fact]
    public void A_disk_that_takes_no_journal_stops_a_change_before_its_first_step()
    {
        var trial = new Trial(Busy);
        trial.Disk.FullAfter = 0;
        var (outcome, notBegun) = trial.Make(new Mortality(-1));
        outcome.ShouldBeNull();
        notBegun!.Rule.ShouldBe("journal-not-written");
        notBegun.What.ShouldContain("no space left on device");
        Facts.Difference(trial.Before, trial.Facts()).ShouldBeEmpty();
    }

    /// <summary>A change that cannot be written down as final is none.</summary>
    [Fact]
    public void A_disk_that_fills_up_meanwhile_undoes_the_change()
    {
        // Where a link was removed and is made again, the ledger must say so: it has another index.
        var trial = new Trial(Busy);
        trial.Disk.FullAfter = 1;
        var outcome = trial.Make(new Mortality(-1)).Outcome.ShouldNotBeNull();
        outcome.Ending.ShouldBe(Ending.RolledBack);
        outcome.Findings.ShouldContain(finding => finding.Rule == "ledger-not-written");
        Facts.Difference(trial.Before, trial.Facts()).ShouldBeEmpty();
        // And the journal waits for room, though nothing is left to undo but to say so.
        trial.Disk.Files.ShouldContainKey(JournalFile.Name);
        trial.Disk.FullAfter = null;
        Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.Undone);
        trial.Disk.Files.ShouldNotContainKey(JournalFile.Name);
    }

    /// <summary>What is null where text must be is of another shape.</summary>
    [Fact]
    public void A_journal_with_nulls_is_read_as_the_whole_one_or_not_at_all()
    {
        var trial = new Trial(Busy);
        var text = JournalFile.Print(new Journal(Noon, new Errand("a test"), trial.Drawing));
        var now = trial.Kernel.Observe();
        foreach (var said in Words().EnumerateMatches(text))
            if (!text.AsSpan(said.Index + said.Length).StartsWith(":"))
                _ = JournalFile.Parse($"{text[..said.Index]}null{text[(said.Index + said.Length)..]}", trial.Drawing.Ledger) is { } journal ? Undo.Plan(journal.Drawing, now) : null;
    }

    [GeneratedRegex("\"([^\"\\\\]|\\\\.)*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();

    /// <summary>Hours may have passed since the process died.</summary>
    [Fact]
    public void What_somebody_began_to_use_meanwhile_is_not_ended_unasked()
    {
        var kernel = TwinKernel.Of("eth0");
        var disk = new MemoryDisk();
        var file = HostFile.Read("host.yaml", "version: 1\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\n").Host!;
        var drawing = Walk.Plan(file, kernel, Ledger.Empty, new Timings());
        JournalFile.Write(disk, new Journal(Noon, new Errand("a test"), drawing), HostText.Of(file)).ShouldBeNull();
        kernel.Execute([.. drawing.Plan.Steps.Where(step => step.Sends)]);
        var now = kernel.Observe();
        var held = new Kept(KeptKind.Link, "eth0.5", "link mv0@eth0.5 macvtap") { Upper = "mv0", Irreversible = "a guest holds it open" };
        var hours = TwinKernel.From(now with { Host = now.Host with { Kept = [.. now.Host.Kept, held] } });
        var (settled, findings) = Settling.Settle(disk, hours, TimeProvider.System, new Timings());
        settled.ShouldBe(Settled.Refused);
        findings.ShouldContain(finding => finding.Rule == "irreversible");
        hours.Observe().Host.Find("eth0.5").ShouldNotBeNull();
        disk.Files.ShouldContainKey(JournalFile.Name);
        Settling.Settle(disk, hours, TimeProvider.System, new Timings(), "irreversible").Settled.ShouldBe(Settled.Undone);
        hours.Observe().Host.Find("eth0.5").ShouldBeNull();
    }

    /// <summary>What is over stays over, whatever is applied next.</summary>
    [Fact]
    public void A_journal_of_a_change_that_is_over_goes_with_the_next_apply_even_if_that_sends_nothing()
    {
        var (kernel, disk) = (TwinKernel.Of("eth0"), new MemoryDisk());
        static Host Read(string nics) => HostFile.Read("host.yaml", $"version: 1\nnics: {nics}\n").Host!;
        Drawing Draw(string nics, IKernel on) => Walk.Plan(Read(nics), on, LedgerFile.Read(disk).Ledger, new Timings());
        Transaction.Make(Draw("{eth0: {mtu: 1400}}", kernel), new Errand("a test"), disk, kernel, TimeProvider.System, new Timings()).Outcome!.Ending.ShouldBe(Ending.Applied);
        disk.Files[JournalFile.Name] = JournalFile.Print(new Journal(Noon, new Errand("a test"), Draw("{eth0: {mtu: 1300}}", kernel)));
        var booted = TwinKernel.From(kernel.Observe() with { Epoch = "the next boot" });
        Settling.Look(disk, "the next boot").Standing.ShouldBe(Standing.History);
        Transaction.Make(Draw("{eth0: {mtu: 1400}}", booted), new Errand("a test"), disk, booted, TimeProvider.System, new Timings()).Outcome!.Ending.ShouldBe(Ending.Adopted);
        Settling.Look(disk, "the next boot").Standing.ShouldBe(Standing.None);
    }

    /// <summary>Somebody took VLAN 1 away; a change that is refused does not bring it back.</summary>
    [Fact]
    public void A_port_that_was_in_no_VLAN_is_in_none_after_an_undo()
    {
        var kernel = TwinKernel.Of("eth0");
        static Host Read(string bridge) => HostFile.Read("host.yaml", $"version: 1\nnics: {{eth0: {{}}}}\nbridges: {{br0: {{vlan_filtering: true, {bridge}}}}}\n").Host!;
        var (_, ledger) = Carried.Out(Walk.Plan(Read("ports: [eth0]"), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        kernel.Execute([new Step.OfVlans(Verb.Remove, "eth0", "br0", [new(1, 1)], Text.Place.None)]).ShouldHaveSingleItem().ShouldBeNull();
        kernel.Refuses = step => step is Step.OfAddress { Verb: Verb.Add } ? new Refusal("EINVAL", "not today") : null;
        var (outcome, _) = Carried.Out(Walk.Plan(Read("addresses: [192.0.2.1/24], ports: {eth0: {pvid: 5}}"), kernel, ledger, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.RolledBack);
        kernel.Observe().Host.Find("br0")!.Ports.ShouldHaveSingleItem().Vlans.ShouldBe(VlanTable.Empty);
    }

    /// <summary>Without the ledger that it was begun with nobody knows what was Weft's before.</summary>
    [Fact]
    public void A_journal_whose_ledger_is_gone_or_another_is_not_acted_on()
    {
        var trial = new Trial(Busy);
        trial.Disk.Files[JournalFile.Name] = JournalFile.Print(new Journal(Noon, new Errand("a test"), trial.Drawing with { Ledger = trial.Drawing.Ledger with { Change = "the change before" } }));
        Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.Refused);
        trial.Disk.Files.Remove(LedgerFile.Name);
        Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.Refused);
    }

    /// <summary>Each look at a host of a thousand networks takes its time, and the administrator waits for it.</summary>
    [Fact]
    public void Settling_looks_at_the_host_once_and_once_more_to_see_that_it_is_as_before()
    {
        var trial = new Trial(Busy, Held.Confirmed);
        var unhurt = new Mortality(-1);
        trial.Make(unhurt);
        for (var at = 0; at < unhurt.Passed; at++)
        {
            trial = new(Busy, Held.Confirmed);
            Should.Throw<Died>(() => trial.Make(new Mortality(at)));
            var looks = new Looks(trial.Kernel);
            var (settled, _) = Settling.Settle(trial.Disk, looks, TimeProvider.System, new Timings());
            looks.Count.ShouldBeInRange(settled == Settled.Nothing ? 0 : 1, settled switch { Settled.Nothing => 0, Settled.Undone => 2, _ => 1 }, $"died at point {at}: {settled}");
        }
    }

    private sealed class Looks(IKernel kernel) : IKernel
    {
        public int Count { get; private set; }

        public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => kernel.Lacks(asked);

        public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => kernel.LacksKinds(asked);

        public Observation Observe(Inquiry? inquiry = null)
        {
            Count++;
            return kernel.Observe(inquiry);
        }

        public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) => kernel.Execute(steps);
    }

    [Fact]
    public void Of_another_boot_a_journal_is_history()
    {
        var trial = new Trial(Busy);
        trial.Disk.Files[JournalFile.Name] = JournalFile.Print(new Journal(Noon, new Errand("a test"), trial.Drawing with { Now = trial.Drawing.Now with { Epoch = "an earlier boot" } }));
        var before = trial.Facts();
        Settling.Settle(trial.Disk, trial.Kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.History);
        trial.Disk.Files.ShouldNotContainKey(JournalFile.Name);
        Facts.Difference(before, trial.Facts()).ShouldBeEmpty();
    }

    /// <summary>Without the lines of the file: the twin remembers who wrote a route, and a kernel does not.</summary>
    private static List<string> Steps(Drawing drawing, Observation now) =>
        [.. Undo.Plan(drawing, now).Steps.Select(step => Places().Replace(StepCode.Write(step), ""))];

    [GeneratedRegex(",\"file\":\"[^\"]*\"(,\"place\":[^]]*])?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();

    /// <summary>What becomes of a change that is verified.</summary>
    private enum Held
    {
        /// <summary>It waits for nobody.</summary>
        Not,

        /// <summary>Somebody says that it is good.</summary>
        Confirmed,

        /// <summary>Nobody does.</summary>
        Refused,
    }

    /// <summary>A host to which the first of a pair was applied, and the way to the second.</summary>
    private sealed class Trial
    {
        private readonly HashSet<string> known;
        private readonly Held held;

        public Trial(Pair pair, Held held = Held.Not)
        {
            this.held = held;
            Kernel = TwinKernel.Of(RandomHost.Nics);
            var (from, to) = (RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!);
            known = Law.Known(Kernel.Observe(), from, to);
            var (_, ledger) = Carried.Out(Walk.Plan(from, Kernel, Ledger.Empty, new Timings()), Kernel, new Timings());
            ledger = ledger with { Change = "the first of the pair" };
            LedgerFile.Write(Disk, ledger).ShouldBeNull();
            (Before, OwnedBefore) = (Facts(), Owned);
            Drawing = Walk.Plan(to, Kernel, ledger, new Timings());
        }

        public MemoryDisk Disk { get; } = new();
        public TwinKernel Kernel { get; }
        public Drawing Drawing { get; }
        public List<string> Before { get; }
        public List<string> OwnedBefore { get; }

        /// <summary>The links that the ledger on disk calls ours, of those that are there.</summary>
        public List<string> Owned => LedgerFile.Read(Disk).Ledger is var ledger ? [.. Kernel.Observe().Host.Links.Where(ledger.Owns).Select(link => link.Name.Value).Order(StringComparer.Ordinal)] : [];

        public (Outcome? Outcome, Finding? NotBegun) Make(Mortality mortality) =>
            Transaction.Make(Drawing, new Errand("a test") { Source = "the second of the pair", Confirm = held == Held.Not ? null : TimeSpan.FromMinutes(1) },
                new MortalDisk(Disk, mortality), new MortalKernel(Kernel, mortality), TimeProvider.System, new Timings(), held == Held.Not ? null : _ => Waited(mortality));

        private ImmutableArray<Finding> Waited(Mortality mortality)
        {
            mortality.Point();
            return held == Held.Confirmed ? [] : [Finding.Error("not-confirmed", Text.Place.None, "nobody said that it is good", "", "")];
        }

        public List<string> Facts() => RandomHosts.Facts.Of(Kernel.Observe(Inquiry.Everything), known);
    }
}
