// Lifetimes and order of addresses: when a time is given and when what is left of it will do, what is the file's own and what is leased, and who moves
// where the order changes. The twin has no clock, so time passes by making a twin of a host on which less is left.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class AddressTests
{
    private const string Lasting = "nics: {eth0: {addresses: [{address: 192.0.2.5/24, preferred_lft: 300, valid_lft: 600}, {address: \"2001:db8::5/64\", preferred_lft: 500}, {address: \"2001:db8::6/64\", preferred_lft: 0}, {address: \"2001:db8::7/64\", valid_lft: 700}]}}";

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(299)]
    [InlineData(550)]
    public void What_is_left_of_a_time_is_what_the_file_says(int seconds)
    {
        var (kernel, ledger) = After(seconds, Lasting);
        Steps(kernel, ledger, Lasting).ShouldBeEmpty();
        Steps(kernel, ledger, HostWriter.Write(Weft.Show.AsFile.Of(kernel.Observe(), ledger))).ShouldBeEmpty();
    }

    [Fact]
    public void An_address_whose_time_is_over_is_given_anew()
    {
        var (kernel, ledger) = After(600, Lasting);
        Steps(kernel, ledger, Lasting).ShouldBe(["add address 192.0.2.5/24 on eth0: preferred_lft 300 valid_lft 600"]);
    }

    [Fact]
    public void A_time_is_given_when_the_file_changes_it_and_when_somebody_else_prolonged_it()
    {
        var (kernel, ledger) = After(100, Lasting);
        Steps(kernel, ledger, Lasting.Replace("valid_lft: 700", "valid_lft: 701", StringComparison.Ordinal)).ShouldBe(["set address 2001:db8::7/64 on eth0: preferred_lft 701 valid_lft 701"]);
        Steps(kernel, ledger, Lasting.Replace("valid_lft: 700", "valid_lft: 610", StringComparison.Ordinal)).ShouldBe(["set address 2001:db8::7/64 on eth0: preferred_lft 610 valid_lft 610"]);
        Steps(After(-1, kernel), ledger, Lasting).ShouldBeEmpty("a second more is less than was given still");
        Steps(After(-101, kernel), ledger, Lasting).Count().ShouldBe(3);
    }

    [Fact]
    public void Somebodys_address_is_adopted_with_the_time_it_has_or_given_the_files()
    {
        var (kernel, _) = After(0, Lasting);
        Steps(kernel, Ledger.Empty, Lasting).ShouldBe(["adopt nic eth0"]);
        Steps(After(10, kernel), Ledger.Empty, Lasting).ShouldBe(["adopt nic eth0", "set address 192.0.2.5/24 on eth0: preferred_lft 300 valid_lft 600", "set address 2001:db8::5/64 on eth0: preferred_lft 500 valid_lft forever", "set address 2001:db8::7/64 on eth0: preferred_lft 700 valid_lft 700"], ignoreOrder: true);
        Steps(After(10, kernel), Ledger.Empty, "nics: {eth0: {}}").ShouldBe(["adopt nic eth0"], "what ends and no file says is leased");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void An_undo_gives_back_what_was_left(int seconds)
    {
        var (kernel, ledger) = After(50, Lasting);
        var before = Times(kernel);
        foreach (var other in new[] { "nics: {eth0: {}}", Lasting.Replace("_lft: 600", "_lft: 900", StringComparison.Ordinal).Replace("_lft: 700", "_lft: 120", StringComparison.Ordinal).Replace("_lft: 500", "_lft: 0", StringComparison.Ordinal), "nics: {eth0: {addresses: [192.0.2.5/24, \"2001:db8::5/64\", \"2001:db8::6/64\", \"2001:db8::7/64\"]}}" })
        {
            var trial = After(0, kernel);
            var drawing = Walk.Plan(Read(other), trial, ledger, new Timings());
            trial.Execute([.. drawing.Plan.Steps]).ShouldAllBe(answer => answer == null);
            trial = After(seconds, trial);
            trial.Execute([.. Undo.Plan(drawing, trial.Observe()).Steps]).ShouldAllBe(answer => answer == null);
            Times(trial).ShouldBe(before, other);
            Undo.Plan(drawing, trial.Observe()).Steps.ShouldBeEmpty();
            Undo.Plan(drawing, After(5, trial).Observe()).Steps.ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_promoted_address_stands_where_the_kernel_puts_it()
    {
        // Seen on 6.1: behind the last primary that follows; where none does, behind the first of all, unless it was next to it.
        Promoted("10.5.0.1 10.6.0.1 10.7.0.1 10.5.0.2 10.6.0.2 10.5.0.3", "10.5.0.1").ShouldBe("10.6.0.1 10.7.0.1 10.5.0.2 10.5.0.3 10.6.0.2");
        Promoted("10.6.0.1 10.6.0.2 10.5.0.1 10.8.0.1 10.9.0.1 10.9.0.2", "10.9.0.1").ShouldBe("10.6.0.1 10.9.0.2 10.5.0.1 10.8.0.1 10.6.0.2");
        Promoted("10.5.0.1 10.5.0.2 10.5.0.3", "10.5.0.1").ShouldBe("10.5.0.2 10.5.0.3");
    }

    private static string Promoted(string addresses, string goes)
    {
        var kernel = TwinKernel.Of("eth0");
        kernel.PromotesSecondaries = true;
        var (outcome, ledger) = Carried.Out(Walk.Plan(Read(Of(addresses.Split(' '))), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Applied);
        var trial = TwinKernel.From(kernel.Observe());
        trial.Execute([new Step.OfAddress(Verb.Remove, "eth0", IpPrefix.Parse($"{goes}/24"), Place.None)]).ShouldAllBe(answer => answer == null);
        // The planner foresees the same: its plan for a file without the address leaves nothing to do.
        Carried.Out(Walk.Plan(Read(Of([.. addresses.Split(' ').Where(address => address != goes)])), kernel, ledger, new Timings()), kernel, new Timings()).Outcome.Ending.ShouldBe(Ending.Applied);
        return string.Join(' ', trial.Observe().Host.Find("eth0")!.Addresses.Select(address => address.Value.Address));
    }

    private static string Of(string[] addresses) => $"nics: {{eth0: {{addresses: [{string.Join(", ", addresses.Select(address => $"{address}/24"))}]}}}}";

    private static (TwinKernel, Ledger) After(int seconds, string file)
    {
        var kernel = TwinKernel.Of("eth0");
        var (outcome, ledger) = Carried.Out(Walk.Plan(Read(file), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Applied);
        return (After(seconds, kernel), ledger);
    }

    /// <summary>The same host when these seconds have passed.</summary>
    private static TwinKernel After(int seconds, TwinKernel kernel)
    {
        var seen = kernel.Observe();
        return TwinKernel.From(seen with { Host = seen.Host with { Links = [.. seen.Host.Links.Select(link => After(seconds, link))] } });
    }

    private static Link After(int seconds, Link link)
    {
        var left = link.Lifetimes.ToImmutableDictionary(one => one.Key, one => new Lifetime(Less(one.Value.Preferred), Less(one.Value.Valid)));
        bool Lives(IpPrefix address) => !left.TryGetValue(address, out var lifetime) || lifetime.Valid != 0;
        return link with
        {
            Lifetimes = left.RemoveRange(left.Keys.Where(address => !Lives(address))),
            State = link.State! with { Leased = [.. link.State.Leased.Where(Lives)], Listed = [.. link.State.Listed.Where(Lives)] },
        };

        long? Less(long? time) => time is null or 0 ? time : Math.Max(0, time.Value - seconds);
    }

    private static IEnumerable<string> Steps(TwinKernel kernel, Ledger ledger, string file) => Walk.Plan(Read(file), kernel, ledger, new Timings()).Plan.Steps.Select(StepText.Of);

    private static string Times(TwinKernel kernel) => string.Join('\n', kernel.Observe().Host.Find("eth0")!.Lifetimes.Select(one => $"{one.Key} {one.Value}").Order(StringComparer.Ordinal));

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Where(finding => finding.Severity == Severity.Error).ShouldBeEmpty();
        return reading.Host.ShouldNotBeNull();
    }
}
