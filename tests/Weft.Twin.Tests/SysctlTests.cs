// Settings of links under /proc/sys go with their link, and come back: where a change makes it anew, where one is undone that took it
// away, and not where others changed them meanwhile.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Walk = Weft.Apply.Walk;

namespace Weft.Twin.Tests;

public sealed class SysctlTests
{
    private const string File = "version: 1\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\nbridges: {br5: {ports: [eth0.5], addresses: [192.0.2.1/24]}}\n";
    private const string Without = "version: 1\nnics: {eth0: {}}\nbridges: {br6: {ports: [eth0]}}\n";

    private static readonly Kept Vlan4 = Of(KeptKind.Sysctl4, "net/ipv4/conf/eth0.5 log_martians=2", "eth0.5");
    private static readonly Kept Vlan6 = Of(KeptKind.Sysctl6, "net/ipv6/conf/eth0.5 ndisc_notify=1", "eth0.5");
    private static readonly Kept Bridge4 = Of(KeptKind.Sysctl4, "net/ipv4/conf/br5 proxy_arp=1", "br5");

    private readonly TwinKernel kernel = TwinKernel.Of("eth0");
    private readonly MemoryDisk disk = new();

    [Fact]
    public void They_come_back_on_a_link_that_is_made_anew_and_before_it_is_up()
    {
        Begin();
        kernel.Sent.Clear();
        Make(File.Replace("id: 5", "id: 6", StringComparison.Ordinal)).Ending.ShouldBe(Ending.Applied);
        Kept().ShouldBe([Vlan4, Vlan6, Bridge4], ignoreOrder: true);
        var sent = kernel.Sent.ToList();
        var up = sent.FindIndex(step => step is Step.OfLink { Verb: not Verb.Remove, Name: "eth0.5" } link && link.Settings.Flag(Table.Up) == true);
        up.ShouldBeGreaterThan(sent.FindLastIndex(step => step is Step.OfKept { Kept.Link: "eth0.5" }));
        sent.OfType<Step.OfKept>().Count().ShouldBe(2);
        kernel.Observe().Host.Find("eth0.5")!.Settings.Flag(Table.Up).ShouldBe(true);
    }

    [Fact]
    public void They_come_back_when_a_change_that_removed_their_links_is_refused()
    {
        Begin();
        kernel.Refuses = step => step is Step.OfLink { Name: "eth0" } link && link.Settings.Word(Table.Master) == "br6" ? new Refusal("EBUSY", "not today") : null;
        Make(Without).Ending.ShouldBe(Ending.RolledBack);
        Kept().ShouldBe([Vlan4, Vlan6, Bridge4], ignoreOrder: true);
    }

    [Fact]
    public void They_come_back_after_the_death_of_the_process_that_removed_their_links()
    {
        Begin();
        var mortality = new Mortality(0);
        Should.Throw<Died>(() => Make(Without, _ =>
        {
            mortality.Point();
            return [];
        }));
        Kept().ShouldBeEmpty();
        Settling.Settle(disk, kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.Undone);
        Kept().ShouldBe([Vlan4, Vlan6, Bridge4], ignoreOrder: true);
        Kept().Single(thing => thing == Vlan4).Message!.Content.ToArray().ShouldBe(Vlan4.Message!.Content.ToArray(), "it went through the journal");
    }

    [Fact]
    public void Below_the_least_MTU_of_IPv6_its_settings_go_and_come_back_when_that_is_undone()
    {
        Begin();
        var low = File.Replace("id: 5", "id: 5, mtu: 1200", StringComparison.Ordinal);
        Draw(low).Plan.Steps.SelectMany(step => step.Disturbs).ShouldContain(new Disturbance(Vlan6.Words, "goes"));
        kernel.Refuses = step => step is Step.OfAddress { Verb: Verb.Add } ? new Refusal("EINVAL", "not today") : null;
        Make(low.Replace("192.0.2.1/24", "192.0.2.1/24, 192.0.2.2/24", StringComparison.Ordinal)).Ending.ShouldBe(Ending.RolledBack);
        Kept().ShouldBe([Vlan4, Vlan6, Bridge4], ignoreOrder: true);
        kernel.Refuses = static _ => null;
        Make(low).Ending.ShouldBe(Ending.Applied);
        Kept().ShouldBe([Vlan4, Bridge4], ignoreOrder: true);
    }

    private static Kept Of(KeptKind kind, string words, string link) => new(kind, link, words) { Message = new(System.Text.Encoding.ASCII.GetBytes(words.Split(' ')[1] + "\n")) };

    /// <summary>The file is applied, and then somebody sets something.</summary>
    private void Begin()
    {
        Make(File).Ending.ShouldBe(Ending.Applied);
        kernel.Execute([new Step.OfKept(Vlan4), new Step.OfKept(Vlan6), new Step.OfKept(Bridge4)]).ShouldAllBe(refusal => refusal == null);
    }

    private List<Kept> Kept() => [.. kernel.Observe().Host.Kept];

    private Outcome Make(string text, Hold? hold = null) => Transaction.Make(Draw(text), new Errand("a test") { Source = text }, disk, kernel, TimeProvider.System, new Timings(), hold).Outcome!;

    private Drawing Draw(string text) => Walk.Plan(HostFile.Read("host.yaml", text).Host!, kernel, LedgerFile.Read(disk).Ledger, new Timings());
}
