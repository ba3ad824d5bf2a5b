// While a verified change waits to be confirmed others go on. What they did stays theirs when the change is undone, and is
// told; everything else goes back to what it was.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;
using Walk = Weft.Apply.Walk;

namespace Weft.Twin.Tests;

public sealed class MeanwhileTests
{
    private const string First = "version: 1\nnics: {eth0: {}, eth1: {}}\nbridges: {br0: {ports: [eth0], addresses: [192.0.2.1/24, 192.0.2.100/24]}}\nroutes: [{to: 198.51.100.0/24, via: 192.0.2.9}]\n";
    private const string Second = "version: 1\nnics: {eth0: {mtu: 1400}, eth1: {}}\nbridges: {br0: {ports: [eth0, eth1], mtu: 1400, addresses: [192.0.2.2/24, 192.0.2.100/24]}, br1: {addresses: [203.0.113.1/24]}}\n";

    private readonly TwinKernel kernel = TwinKernel.Of("eth0", "eth1", "eth2");
    private readonly MemoryDisk disk = new();

    [Fact]
    public void Nobody_else_at_it_and_the_host_is_as_before()
    {
        var before = Begin();
        Undone(() => { }).Findings.ShouldNotContain(finding => finding.Rule == "left-to-others");
        Facts().ShouldBe(before);
    }

    [Fact]
    public void An_address_that_others_moved_away_stays_away_and_one_that_they_added_stays()
    {
        Begin();
        var outcome = Undone(() =>
        {
            Do(new Step.OfAddress(Verb.Remove, "br0", Prefix("192.0.2.100/24"), Place.None));
            Do(new Step.OfAddress(Verb.Add, "br0", Prefix("192.0.2.200/24"), Place.None));
        });
        Addresses("br0").ShouldBe(["192.0.2.1/24", "192.0.2.200/24"], ignoreOrder: true);
        Left(outcome).ShouldBe(["192.0.2.100/24 dev br0 was taken away", "192.0.2.200/24 dev br0 was added"], ignoreOrder: true);
    }

    [Fact]
    public void A_time_that_others_gave_an_address_is_left_and_one_that_only_passed_is_not()
    {
        var deprecated = new Lifetime(0, null);
        Begin();
        var outcome = Undone(() =>
        {
            Do(new Step.OfAddress(Verb.Set, "br0", Prefix("192.0.2.100/24"), Place.None) { Lifetime = deprecated });
            Do(new Step.OfAddress(Verb.Add, "br0", Prefix("192.0.2.200/24"), Place.None) { Lifetime = deprecated });
        });
        var bridge = kernel.Observe().Host.Find("br0")!;
        bridge.Lifetimes.ShouldBe([KeyValuePair.Create(Prefix("192.0.2.100/24"), deprecated), KeyValuePair.Create(Prefix("192.0.2.200/24"), deprecated)], ignoreOrder: true);
        Left(outcome).ShouldBe(["192.0.2.100/24 dev br0 has preferred_lft 0 valid_lft forever now", "192.0.2.200/24 dev br0 was added"], ignoreOrder: true);
        Undone(() => { }).Findings.ShouldNotContain(finding => finding.Rule == "left-to-others");
    }

    [Fact]
    public void An_attribute_that_others_set_stays_as_they_set_it()
    {
        Begin();
        var outcome = Undone(() => Do(new Step.OfLink(Verb.Set, "br0", LinkKind.Bridge, Settings.Of([KeyValuePair.Create(BridgeLines.Stp, At.Nowhere(Value.Of(true)))]), Place.None)));
        kernel.Observe().Host.Find("br0")!.Settings.Flag(BridgeLines.Stp).ShouldBe(true);
        kernel.Observe().Host.Find("br0")!.Settings.Number(Table.Mtu).ShouldBe(1500);
        Left(outcome).ShouldContain("br0 has stp true now");
    }

    [Fact]
    public void A_port_that_others_plugged_in_stays_plugged_in_and_one_of_a_bridge_that_goes_is_released()
    {
        Begin();
        var outcome = Undone(() => Do(new Step.OfLink(Verb.Set, "eth2", LinkKind.Nic, Settings.Of([KeyValuePair.Create(Table.Master, At.Nowhere(Value.Of("br0")))]), Place.None)));
        kernel.Observe().Host.Find("eth2")!.State!.Master.ShouldBe("br0");
        kernel.Observe().Host.Find("eth1")!.State!.Master.ShouldBeNull();
        Left(outcome).ShouldNotBeEmpty();

        outcome = Undone(() => Do(new Step.OfLink(Verb.Set, "eth2", LinkKind.Nic, Settings.Of([KeyValuePair.Create(Table.Master, At.Nowhere(Value.Of("br1")))]), Place.None)));
        outcome.Ending.ShouldBe(Ending.RolledBack);
        kernel.Observe().Host.Find("br1").ShouldBeNull();
        kernel.Observe().Host.Find("eth2")!.State!.Master.ShouldBeNull();
    }

    [Fact]
    public void A_link_that_others_removed_stays_removed()
    {
        Begin();
        var outcome = Undone(() => Do(new Step.OfLink(Verb.Remove, "br0", LinkKind.Bridge, Settings.Empty, Place.None)));
        outcome.Ending.ShouldBe(Ending.RolledBack);
        kernel.Observe().Host.Find("br0").ShouldBeNull();
        kernel.Observe().Host.Find("br1").ShouldBeNull();
        kernel.Observe().Host.Find("eth0")!.Settings.Number(Table.Mtu).ShouldBe(1500);
        Left(outcome).ShouldContain("br0 was removed");
    }

    [Fact]
    public void A_link_that_others_made_anew_is_theirs()
    {
        Begin();
        Undone(() =>
        {
            Do(new Step.OfLink(Verb.Remove, "br1", LinkKind.Bridge, Settings.Empty, Place.None));
            Do(new Step.OfLink(Verb.Add, "br1", LinkKind.Bridge, Settings.Empty, Place.None));
        });
        kernel.Observe().Host.Find("br1").ShouldNotBeNull();
    }

    [Fact]
    public void A_route_that_others_took_away_stays_away_and_one_that_the_change_took_comes_back()
    {
        Begin();
        var theirs = new Route(At.Nowhere(Prefix("203.0.113.128/25"))) { Via = At.Nowhere(System.Net.IPAddress.Parse("192.0.2.9")), Link = At.Nowhere("br0") };
        Undone(() => Do(new Step.OfRoute(Verb.Add, theirs, Place.None)));
        kernel.Observe().Host.Routes.Select(route => route.To.Value.ToString()).ShouldBe(["198.51.100.0/24", "203.0.113.128/25"], ignoreOrder: true);
    }

    /// <summary>The kernel takes what a router advertises, and lets go of it where the way back makes a router of the host: nobody put it there, and nobody puts it back.</summary>
    [Fact]
    public void A_route_that_a_router_advertised_meanwhile_is_nobodys()
    {
        static string File(bool forwards) => $"version: 1\nnics: {{eth0: {{ipv6_forwarding: {(forwards ? "true" : "false")}, accept_ra: 1}}}}\n";
        var advertised = new Route(At.Nowhere(IpPrefix.Everything(true))) { Via = At.Nowhere(System.Net.IPAddress.Parse("fe80::1")), Link = At.Nowhere("eth0"), Protocol = 9 };
        Make(File(true)).Ending.ShouldBe(Ending.Applied);
        kernel.Sent.Clear();
        var outcome = Make(File(false), _ =>
        {
            Do(new Step.OfRoute(Verb.Add, advertised, Place.None));
            return [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")];
        });
        outcome.Ending.ShouldBe(Ending.RolledBack);
        Left(outcome).ShouldBeEmpty();
        kernel.Observe().Host.Routes.ShouldBeEmpty();
        kernel.Sent.OfType<Step.OfRoute>().ShouldHaveSingleItem("its taking by the kernel is all there was of it");
    }

    /// <summary>A routing daemon at work on other links is no news, however much it does; what it does on these links is.</summary>
    [Fact]
    public void Of_what_others_did_only_what_the_change_had_to_do_with_is_told()
    {
        Do(new Step.OfLink(Verb.Set, "eth2", LinkKind.Nic, Settings.Of([KeyValuePair.Create(Table.Up, At.Nowhere(Value.Of(true)))]), Place.None));
        Do(new Step.OfAddress(Verb.Add, "eth2", Prefix("192.0.2.129/25"), Place.None));
        Begin();
        var outcome = Undone(() =>
        {
            foreach (var third in Enumerable.Range(0, 100))
                Do(new Step.OfRoute(Verb.Add, Theirs($"10.0.{third}.0/24", "eth2", "192.0.2.130"), Place.None));
            Do(new Step.OfAddress(Verb.Add, "eth2", Prefix("192.0.2.140/25"), Place.None));
            Do(new Step.OfRoute(Verb.Add, Theirs("10.1.0.0/24", "br0", "192.0.2.9"), Place.None));
        });
        Left(outcome).ShouldBe(["route 10.1.0.0/24 via 192.0.2.9 dev br0 was added"]);
        kernel.Observe().Host.Routes.Count(route => route.Link?.Value == "eth2" && route.Via is not null).ShouldBe(100);
        Addresses("eth2").ShouldBe(["192.0.2.129/25", "192.0.2.140/25"], ignoreOrder: true);
    }

    private static Route Theirs(string to, string link, string via) =>
        new(At.Nowhere(Prefix(to))) { Via = At.Nowhere(System.Net.IPAddress.Parse(via)), Link = At.Nowhere(link) };

    /// <summary>Who settles a change whose process died while it waited knows what others did as well as that process would have.</summary>
    [Fact]
    public void A_process_that_dies_while_it_waits_leaves_what_tells_others_apart()
    {
        Begin();
        var mortality = new Mortality(0);
        Should.Throw<Died>(() => Make(_ =>
        {
            mortality.Point();
            return [];
        }));
        Do(new Step.OfAddress(Verb.Remove, "br0", Prefix("192.0.2.100/24"), Place.None));
        var (settled, findings) = Settling.Settle(disk, kernel, TimeProvider.System, new Timings());
        settled.ShouldBe(Settled.Undone);
        findings.ShouldContain(finding => finding.Rule == "left-to-others");
        Addresses("br0").ShouldBe(["192.0.2.1/24"]);
        disk.Files.Keys.ShouldBe([LedgerFile.Name, GoodFile.Name, HistoryFile.Name], ignoreOrder: true);
    }

    /// <summary>A change that was never verified goes back as a whole, whatever others did: nobody can tell what is theirs.</summary>
    [Fact]
    public void A_change_that_the_kernel_refuses_goes_back_as_a_whole()
    {
        var before = Begin();
        kernel.Refuses = step => step is Step.OfAddress { Verb: Verb.Add, Link: "br1" } ? new Refusal("EINVAL", "not today") : null;
        Make(_ => throw new InvalidOperationException("nothing is held that is not verified")).Ending.ShouldBe(Ending.RolledBack);
        Facts().ShouldBe(before);
    }

    /// <summary>A mistake of Weft's own, once something was sent, ends like a refusal: with the host as it was.</summary>
    [Fact]
    public void What_Weft_itself_gets_wrong_is_undone()
    {
        var before = Begin();
        var outcome = Make(_ => throw new InvalidOperationException("a prober that nobody thought of"));
        outcome.Ending.ShouldBe(Ending.RolledBack);
        outcome.Findings.ShouldContain(finding => finding.Rule == "weft-failed" && finding.What.Contains("nobody thought of", StringComparison.Ordinal));
        Facts().ShouldBe(before);
        disk.Files.ShouldNotContainKey(JournalFile.Name);
    }

    /// <summary>Where the way back cannot be written down anew, nobody who settles it may take its steps for somebody else's.</summary>
    [Fact]
    public void On_a_full_disk_an_undo_that_dies_is_finished_all_the_same()
    {
        var before = Begin();
        disk.FullAfter = 2; // The journal, and what was observed after.
        var mortality = new Mortality(3);
        var died = false;
        try
        {
            Transaction.Make(Draw(Second), new Errand("a test") { Confirm = TimeSpan.FromMinutes(1) }, disk, new Late(kernel, mortality), TimeProvider.System, new Timings(),
                _ => [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")]);
        }
        catch (Died)
        {
            died = true;
        }
        died.ShouldBeTrue();
        disk.FullAfter = null;
        Settling.Settle(disk, kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.Undone);
        Facts().ShouldBe(before);
    }

    /// <summary>Dies some steps after the first batch, which is the change itself.</summary>
    private sealed class Late(IKernel kernel, Mortality mortality) : IKernel
    {
        private bool changed;

        public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => kernel.Lacks(asked);

        public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => kernel.LacksKinds(asked);

        public Observation Observe(Inquiry? inquiry = null) => kernel.Observe();

        public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
        {
            if (changed)
                return new MortalKernel(kernel, mortality).Execute(steps);
            changed = true;
            return kernel.Execute(steps);
        }
    }

    private List<string> Begin()
    {
        var (outcome, _) = Transaction.Make(Draw(First), new Errand("a test") { Source = First }, disk, kernel, TimeProvider.System, new Timings());
        outcome!.Ending.ShouldBe(Ending.Applied);
        return Facts();
    }

    private Outcome Undone(Action others) => Make(_ =>
    {
        others();
        return [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")];
    });

    private Outcome Make(Hold hold) => Make(Second, hold);

    private Outcome Make(string text, Hold? hold = null) =>
        Transaction.Make(Draw(text), new Errand("a test") { Source = text, Confirm = hold is null ? null : TimeSpan.FromMinutes(1) }, disk, kernel, TimeProvider.System, new Timings(), hold).Outcome!;

    private Drawing Draw(string text) => Walk.Plan(HostFile.Read("host.yaml", text).Host!, kernel, LedgerFile.Read(disk).Ledger, new Timings());

    private void Do(Step step) => kernel.Execute([step]).ShouldHaveSingleItem().ShouldBeNull();

    private static IpPrefix Prefix(string text) => IpPrefix.Parse(text);

    private List<string> Facts() => RandomHosts.Facts.Of(kernel.Observe(), new HashSet<string>());

    private IEnumerable<string> Addresses(string link) => kernel.Observe().Host.Find(link)!.Addresses.Select(address => address.Value.ToString());

    private static IEnumerable<string> Left(Outcome outcome) => outcome.Findings.Where(finding => finding.Rule == "left-to-others").Select(finding => finding.What);
}
