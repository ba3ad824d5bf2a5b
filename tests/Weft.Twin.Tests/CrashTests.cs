// Whoever carries out a change may die at any point of it. What is settled afterwards is the host before, exactly, or the
// host after, exactly; and the ledger says the same.

using System.Text.RegularExpressions;
using Weft.Apply;
using Weft.Plan;
using Weft.RandomHosts;

namespace Weft.Twin.Tests;

public sealed partial class CrashTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Wherever_a_process_dies_the_host_ends_as_before_or_as_after()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var (deaths, again, finals, undone) = (0, 0, 0, 0);
        ulong[] broken = // A bond whose first port is not its lowest; a port whose VLAN table was half entered.
            [78855506600013, 24389261900125];
        foreach (var pair in broken.Concat(Seeds.Run(usual: 20, many: 500)).Select(RandomHost.Pair))
        {
            var whole = new Trial(pair);
            if (whole.Drawing.Plan.IsEmpty || whole.Drawing.Plan.IsRefused)
                continue;
            var unhurt = new Mortality(-1);
            whole.Make(unhurt);
            for (var at = 0; at < unhurt.Passed; at++, deaths++)
            {
                var trial = new Trial(pair);
                Should.Throw<Died>(() => trial.Make(new Mortality(at)), $"{pair}\npoint {at} of {unhurt.Passed} was not passed");
                // Who settles may die too, and the next one settles what he left.
                var mortality = new Mortality(deaths % 7);
                try
                {
                    Transaction.Settle(new MortalDisk(trial.Disk, mortality), new MortalKernel(trial.Kernel, mortality), new Timings());
                }
                catch (Died)
                {
                    again++;
                }
                var (settled, findings) = Transaction.Settle(trial.Disk, trial.Kernel, new Timings());
                var where = $"{pair}\ndied at point {at} of {unhurt.Passed}: {settled} {string.Join("; ", findings.Select(finding => finding.What))}";
                trial.Disk.Files.ShouldNotContainKey(JournalFile.Name, where);
                settled.ShouldBeOneOf([Settled.Nothing, Settled.Final, Settled.Undone], where);
                var ended = trial.Facts();
                var done = Facts.Difference(whole.Facts(), ended).Count == 0;
                if (!done)
                    Facts.Difference(trial.Before, ended).ShouldBeEmpty(where);
                // The file that the ledger names is the one that the host is as: nothing is left to do.
                Walk.Plan(RandomHost.Read(done ? pair.To : pair.From)!, trial.Kernel, LedgerFile.Read(trial.Disk).Ledger, new Timings()).Plan.Steps.Where(step => step.Sends).Select(StepText.Of).ShouldBeEmpty(where);
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
            var journal = new Journal(Noon, "a test", trial.Drawing);
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
        var trial = new Trial(RandomHost.Pair(7));
        trial.Disk.Files[JournalFile.Name] = text;
        var before = trial.Facts();
        var (settled, findings) = Transaction.Settle(trial.Disk, trial.Kernel, new Timings());
        settled.ShouldBe(Settled.Refused);
        findings.ShouldHaveSingleItem().Rule.ShouldBe("journal-unreadable");
        trial.Disk.Files[JournalFile.Name].ShouldBe(text);
        Facts.Difference(before, trial.Facts()).ShouldBeEmpty();
    }

    /// <summary>Cut anywhere, or with a byte of it another, it is read as the whole one or not at all; it never throws.</summary>
    [Fact]
    public void A_journal_that_is_cut_is_not_acted_on()
    {
        var text = JournalFile.Print(new Journal(Noon, "a test", new Trial(RandomHost.Pair(7)).Drawing));
        for (var cut = 0; cut < text.Length - 2; cut += 1 + (text.Length / 500))
            JournalFile.Parse(text[..cut], Ledger.Empty).ShouldBeNull();
        for (var at = 0; at < text.Length; at += 1 + (text.Length / 500))
            Should.NotThrow(() => JournalFile.Parse($"{text[..at]}\"{text[(at + 1)..]}", Ledger.Empty));
    }

    [Fact]
    public void A_disk_that_takes_no_journal_stops_a_change_before_its_first_step()
    {
        var trial = new Trial(RandomHost.Pair(7));
        trial.Disk.FullAfter = 0;
        trial.Make(new Mortality(-1)).ShouldBe((null, "no space left on device"));
        Facts.Difference(trial.Before, trial.Facts()).ShouldBeEmpty();
    }

    /// <summary>A change that cannot be written down as final is none.</summary>
    [Fact]
    public void A_disk_that_fills_up_meanwhile_undoes_the_change()
    {
        var trial = new Trial(RandomHost.Pair(7));
        trial.Disk.FullAfter = 1;
        var outcome = trial.Make(new Mortality(-1)).Outcome.ShouldNotBeNull();
        outcome.Ending.ShouldBe(Ending.RolledBack);
        outcome.Findings.ShouldContain(finding => finding.Rule == "ledger-not-written");
        Facts.Difference(trial.Before, trial.Facts()).ShouldBeEmpty();
        // And the journal waits for room, though nothing is left to undo but to say so.
        trial.Disk.Files.ShouldContainKey(JournalFile.Name);
        trial.Disk.FullAfter = null;
        Transaction.Settle(trial.Disk, trial.Kernel, new Timings()).Settled.ShouldBe(Settled.Undone);
        trial.Disk.Files.ShouldNotContainKey(JournalFile.Name);
    }

    /// <summary>Without the ledger that it was begun with nobody knows what was Weft's before.</summary>
    [Fact]
    public void A_journal_whose_ledger_is_gone_or_another_is_not_acted_on()
    {
        var trial = new Trial(RandomHost.Pair(7));
        trial.Disk.Files[JournalFile.Name] = JournalFile.Print(new Journal(Noon, "a test", trial.Drawing with { Ledger = trial.Drawing.Ledger with { Change = "the change before" } }));
        Transaction.Settle(trial.Disk, trial.Kernel, new Timings()).Settled.ShouldBe(Settled.Refused);
        trial.Disk.Files.Remove(LedgerFile.Name);
        Transaction.Settle(trial.Disk, trial.Kernel, new Timings()).Settled.ShouldBe(Settled.Refused);
    }

    [Fact]
    public void Of_another_boot_a_journal_is_history()
    {
        var trial = new Trial(RandomHost.Pair(7));
        trial.Disk.Files[JournalFile.Name] = JournalFile.Print(new Journal(Noon, "a test", trial.Drawing with { Now = trial.Drawing.Now with { Epoch = "an earlier boot" } }));
        var before = trial.Facts();
        Transaction.Settle(trial.Disk, trial.Kernel, new Timings()).Settled.ShouldBe(Settled.History);
        trial.Disk.Files.ShouldNotContainKey(JournalFile.Name);
        Facts.Difference(before, trial.Facts()).ShouldBeEmpty();
    }

    /// <summary>Without the lines of the file: the twin remembers who wrote a route, and a kernel does not.</summary>
    private static List<string> Steps(Drawing drawing, Observation now) =>
        [.. Undo.Plan(drawing, now).Steps.Select(step => Places().Replace(StepCode.Write(step), ""))];

    [GeneratedRegex(",\"file\":\"[^\"]*\"(,\"place\":[^]]*])?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();

    /// <summary>A host to which the first of a pair was applied, and the way to the second.</summary>
    private sealed class Trial
    {
        private readonly HashSet<string> known;

        public Trial(Pair pair)
        {
            Kernel = TwinKernel.Of(RandomHost.Nics);
            var (from, to) = (RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!);
            known = Law.Known(Kernel.Observe(), from, to);
            var (_, ledger) = Walk.Apply(Walk.Plan(from, Kernel, Ledger.Empty, new Timings()), Kernel, new Timings());
            LedgerFile.Write(Disk, ledger).ShouldBeNull();
            Before = Facts();
            Drawing = Walk.Plan(to, Kernel, ledger, new Timings());
        }

        public MemoryDisk Disk { get; } = new();
        public TwinKernel Kernel { get; }
        public Drawing Drawing { get; }
        public List<string> Before { get; }

        public (Outcome? Outcome, string? Unwritten) Make(Mortality mortality) =>
            Transaction.Make(Drawing, new MortalDisk(Disk, mortality), new MortalKernel(Kernel, mortality), TimeProvider.System, "a test", new Timings());

        public List<string> Facts() => RandomHosts.Facts.Of(Kernel.Observe(), known);
    }
}
