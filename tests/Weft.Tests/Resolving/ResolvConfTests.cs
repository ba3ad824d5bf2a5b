// /etc/resolv.conf through a whole change: written of what links say, given back to the byte, left alone where others keep it, and
// settled by whoever comes after a process that died.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Clients;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Resolving;
using Weft.Spec;
using Weft.Takeover;
using Weft.Tests.Takeover;
using Weft.Text;
using Weft.Twin;
using Entry = Weft.Takeover.Entry;

namespace Weft.Tests.Resolving;

public sealed class ResolvConfTests
{
    private const string File = "/etc/resolv.conf", Before = "/etc/resolv.conf.before-weft";
    private const string Plain = "version: 1\nnics: {eth0: {addresses: [192.0.2.5/24]}}\n";
    private const string Said = "version: 1\nnics: {eth0: {addresses: [192.0.2.5/24], dns: [192.0.2.1, \"2001:db8::1\"], search: [example.org, lab.example.org]}}\n";
    private const string ByHand = "# by hand\r\nnameserver 198.51.100.1\noptions rotate\n";

    private readonly TreeOfText tree;
    private readonly MemoryDisk disk = new();
    private readonly TwinKernel twin = TwinKernel.Of("eth0", "eth1");

    public ResolvConfTests()
        : this(Entry.File(ByHand) with { Mode = 0x1A0, Owner = (7, 8) })
    {
    }

    private ResolvConfTests(Entry? there)
    {
        tree = new TreeOfText(("/etc/hosts", ""));
        if (there is not null)
            tree.Add(File, there);
    }

    private IKernel Kernel => new ServedKernel(twin, new NoClients(), new ResolvConf(tree));

    [Fact]
    public void It_is_written_of_what_links_say_and_given_back_to_the_byte()
    {
        var whole = tree.Whole;
        Apply(Plain).ShouldBe([]);
        tree.Whole.ShouldBe(whole);
        Apply(Said).ShouldBe(["set name servers of eth0: dns [192.0.2.1, 2001:db8::1], search [example.org, lab.example.org]"]);
        tree.Text(File).ShouldBe($"""
            # weft: written of the host file, and a change to it is lost; what was here before is in {Before}
            # weft eth0: dns 192.0.2.1 2001:db8::1; search example.org lab.example.org
            search example.org lab.example.org
            nameserver 192.0.2.1
            nameserver 2001:db8::1

            """);
        tree.Text(Before).ShouldBe(ByHand);
        Apply(Said).ShouldBe([]);
        Apply(Said.Replace("nics: {", "nics: {eth1: {dns: 192.0.2.9}, ", StringComparison.Ordinal)).ShouldBe(["set name servers of eth1: dns [192.0.2.9]"]);
        tree.Text(File).ShouldEndWith("nameserver 192.0.2.1\nnameserver 2001:db8::1\nnameserver 192.0.2.9\n");
        Apply(Plain).ShouldBe(["remove name servers of eth0", "remove name servers of eth1"], ignoreOrder: true);
        tree.Whole.ShouldBe(whole);
    }

    /// <summary>The file has no links, and so outlives what was said of one that went by itself: a NIC pulled, a bridge that somebody removed.</summary>
    [Theory]
    [InlineData(Plain)]
    [InlineData("version: 1\nnics: {eth0: {addresses: [192.0.2.5/24]}, eth1: {dns: 192.0.2.9}}\n")]
    public void What_a_link_that_is_gone_said_goes_too_and_comes_back_with_an_undo(string without)
    {
        const string With = "version: 1\nnics: {eth0: {addresses: [192.0.2.5/24]}}\nbridges: {br0: {ports: [], dns: 192.0.2.77}}\n";
        Apply(With);
        twin.Execute([new Step.OfLink(Verb.Remove, "br0", LinkKind.Bridge, Settings.Empty, Place.None)]).ShouldBe([null]);
        var whole = tree.Whole;
        Draw(With).Plan.Steps.OfType<Step.OfNames>().Select(StepText.Of).ShouldBe(["set name servers of br0: dns [192.0.2.77]"]);
        Undone(without);
        tree.Whole.ShouldBe(whole);
        Apply(without).ShouldContain("remove name servers of br0");
        (tree.Look(File).Entry?.Text ?? "").ShouldNotContain("192.0.2.77");
        Apply(without).ShouldBe([]);
    }

    /// <summary>What a client got is nobody's setting: it holds where the link says nothing itself, is in no plan, and leaves the file as it was.</summary>
    [Fact]
    public void What_a_client_got_stands_behind_what_the_link_says()
    {
        var (whole, names) = (tree.Whole, new ResolvConf(tree));
        Apply(Plain);
        names.Lease("eth0", NameLines.Of(["192.0.2.53", "192.0.2.54"], ["leased.example"])).ShouldBeNull();
        tree.Text(File).ShouldEndWith("# weft eth0 leased: dns 192.0.2.53 192.0.2.54; search leased.example\nsearch leased.example\nnameserver 192.0.2.53\nnameserver 192.0.2.54\n");
        Apply(Plain).ShouldBe([]);
        const string Dns = "version: 1\nnics: {eth0: {addresses: [192.0.2.5/24], dns: 192.0.2.1}}\n";
        Apply(Dns).ShouldBe(["set name servers of eth0: dns [192.0.2.1]"]);
        tree.Text(File).ShouldEndWith("search leased.example\nnameserver 192.0.2.1\n");
        names.Lease("eth0", NameLines.Of(["192.0.2.55"], []));
        tree.Text(File).ShouldEndWith("nameserver 192.0.2.1\n");
        Apply(Dns).ShouldBe([]);
        Apply(Plain).ShouldBe(["remove name servers of eth0"]);
        tree.Text(File).ShouldEndWith("nameserver 192.0.2.55\n");
        names.Lease("eth0", Settings.Empty);
        tree.Whole.ShouldBe(whole);
    }

    [Fact]
    public void Where_there_was_none_there_is_none_again()
    {
        var none = new ResolvConfTests(there: null);
        var whole = none.tree.Whole;
        none.Apply(Said);
        none.tree.Text(File).ShouldContain("there was no such file before");
        none.Apply(Plain);
        none.tree.Whole.ShouldBe(whole);
    }

    [Fact]
    public void What_somebody_writes_into_it_is_told_and_written_over()
    {
        Apply(Said);
        tree.Add(File, Entry.File(tree.Text(File) + "nameserver 203.0.113.1\n"));
        Draw(Said).Plan.Steps.Where(step => step.Sends).Select(StepText.Of).ShouldHaveSingleItem().ShouldStartWith("set name servers of eth0");
        Apply(Said);
        tree.Text(File).ShouldNotContain("203.0.113.1");
    }

    public static TheoryData<string, string> Kept => new()
    {
        { "# Generated by NetworkManager\nnameserver 192.0.2.1\n", "NetworkManager" },
        { "# Dynamic resolv.conf(5) file for glibc resolver(3) generated by resolvconf(8)\nnameserver 192.0.2.1\n", "resolvconf" },
        { "# Generated by resolvconf\nnameserver 192.0.2.1\n", "resolvconf" },
        { "# Generated by dhcpcd from eth0.dhcp\n", "dhcpcd" },
        { "; This file is managed by some-tool. DO NOT EDIT\n", "the program that its comments name" },
    };

    [Theory]
    [MemberData(nameof(Kept))]
    public void One_that_others_keep_is_left_alone_and_told_before_anything_is_sent(string text, string who)
    {
        var kept = new ResolvConfTests(Entry.File(text));
        Refused(kept).ShouldContain($"is kept by {who}");
    }

    [Fact]
    public void A_symbolic_link_is_somebodys() => Refused(new ResolvConfTests(Entry.LinkTo("../run/systemd/resolve/stub-resolv.conf"))).ShouldContain("is a symbolic link to ../run/systemd/resolve/stub-resolv.conf");

    private static string Refused(ResolvConfTests one)
    {
        var whole = one.tree.Whole;
        var plan = one.Draw(Said).Plan;
        plan.IsRefused.ShouldBeTrue();
        one.tree.Whole.ShouldBe(whole);
        one.Draw(Plain).Plan.Findings.ShouldBeEmpty();
        new ResolvConf(one.tree).Lease("eth0", NameLines.Of(["192.0.2.53"], [])).ShouldBeNull();
        one.tree.Whole.ShouldBe(whole);
        var finding = plan.Findings.ShouldHaveSingleItem();
        finding.Rule.ShouldBe("names-kept-by-others");
        finding.Place.Line.ShouldBe(2);
        return finding.What;
    }

    [Fact]
    public void A_change_that_is_undone_gives_it_back()
    {
        Apply(Plain);
        var whole = tree.Whole;
        Undone(Said);
        tree.Whole.ShouldBe(whole);
    }

    private void Undone(string text) =>
        Transaction.Make(Draw(text), new Errand("a test") { Confirm = TimeSpan.FromMinutes(1) }, disk, Kernel, TimeProvider.System, new Timings(), _ => [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")])
            .Outcome!.Ending.ShouldBe(Ending.RolledBack);

    /// <summary>At each write to the state folder, each step, and each write to the file itself.</summary>
    [Fact]
    public void Wherever_a_process_dies_the_file_is_as_before_or_as_after()
    {
        foreach (var (from, to) in new[] { (Plain, Said), (Said, Plain), (Said, Said.Replace("192.0.2.1", "192.0.2.2", StringComparison.Ordinal)) })
        {
            var whole = new ResolvConfTests();
            whole.Apply(from);
            var before = whole.tree.Whole;
            var (unhurt, writes) = (new Mortality(-1), whole.tree.Writes);
            whole.Make(to, unhurt);
            var after = whole.tree.Whole;
            writes = whole.tree.Writes - writes;
            for (var at = 0; at < unhurt.Passed + writes; at++)
            {
                var one = new ResolvConfTests();
                one.Apply(from);
                if (at < unhurt.Passed)
                    Should.Throw<Died>(() => one.Make(to, new Mortality(at)));
                else
                {
                    // One write of a file is refused: the change is undone at once.
                    one.tree.Refused = one.tree.Writes + 1 + at - unhurt.Passed;
                    one.Make(to, new Mortality(-1)).Ending.ShouldBe(Ending.RolledBack);
                    one.tree.Refused = 0;
                }
                Settling.Settle(one.disk, one.Kernel, TimeProvider.System, new Timings()).Settled.ShouldBeOneOf(Settled.Nothing, Settled.Final, Settled.Undone);
                one.tree.Whole.ShouldBeOneOf([before, after], $"died at {at}");
                one.Draw(one.tree.Whole == before ? from : to).Plan.IsEmpty.ShouldBeTrue($"died at {at}");
            }
        }
    }

    private ImmutableArray<string> Apply(string text)
    {
        var drawing = Draw(text);
        Transaction.Make(drawing, new Errand("a test"), disk, Kernel, TimeProvider.System, new Timings()).Outcome!.Ending.ShouldNotBe(Ending.RolledBack);
        return [.. drawing.Plan.Steps.OfType<Step.OfNames>().Select(StepText.Of)];
    }

    private Outcome Make(string text, Mortality mortality) =>
        Transaction.Make(Draw(text), new Errand("a test"), new MortalDisk(disk, mortality), new MortalKernel(Kernel, mortality), TimeProvider.System, new Timings()).Outcome!;

    private Drawing Draw(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.ShouldBeEmpty();
        return Weft.Apply.Walk.Plan(reading.Host!, Kernel, LedgerFile.Read(disk).Ledger, new Timings());
    }
}
