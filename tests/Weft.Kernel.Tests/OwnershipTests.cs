// Whose is it? A host lives under files that change at random, and others live on it: what they made stays, comes back after
// a link was made anew, and goes only where the plan said so.

using System.Diagnostics;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Show;
using Weft.Spec;
using Weft.Text;

namespace Weft.Kernel.Tests;

public sealed class OwnershipTests(ITestOutputHelper output)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("WEFT_LONG") == "1";

    private static readonly int Applies = IsLong ? 100 : 20;

    [Fact]
    public void Random_applies_and_undos_leave_what_others_made_or_say_that_it_goes()
    {
        var seed = ulong.TryParse(Environment.GetEnvironmentVariable("WEFT_SEED"), out var given) ? given : IsLong ? Seeds.First : 5;
        output.WriteLine($"seed {seed}");
        var dice = new Dice(seed);
        using var host = new BareHost("strangers", [.. RandomHost.Nics]);
        var strangers = new Strangers(host);
        strangers.SettleApart();
        var sketch = RandomHost.Host(dice);
        var (kept, gone, refused, undos, told) = (0, 0, 0, 0, 0);
        var wrong = new List<string>();
        for (var apply = 0; apply < Applies; apply++)
        {
            var first = host.Inside(kernel => kernel.Observe()).Host;
            var before = strangers.Seen();
            var isUndone = apply % 2 == 1;
            var outcome = isUndone ? host.Undone(sketch.ToString()) : host.Try(sketch.ToString());
            CarriersAreTold(host);
            var after = strangers.Seen().ToHashSet();
            var silenced = Silenced(first, host.Inside(kernel => kernel.Observe()).Host);
            var context = $"seed {seed}, apply {apply}\n{sketch}\n{string.Join("\n", outcome.Plan.Steps.Select(step => $"{StepText.Of(step)} {string.Join(", ", step.Disturbs.Select(one => $"{one.Kind} {one.Object}"))}"))}";
            var errors = outcome.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
            refused += outcome.Ending == Ending.Refused ? 1 : 0;
            undos += outcome.Ending == Ending.RolledBack ? 1 : 0;
            if (outcome.Ending is not (Ending.Adopted or Ending.Unchanged or Ending.Refused) && outcome.Ending != (isUndone ? Ending.RolledBack : Ending.Applied))
                Wrong($"{outcome.Ending}: {string.Join("\n", outcome.Findings.Select(finding => finding.What))}\n{context}");
            if (outcome.Ending is not (Ending.RolledBack or Ending.Applied or Ending.Adopted or Ending.Unchanged or Ending.Refused) || (outcome.Ending == Ending.Refused && !errors.TrueForAll(finding => Expected.Contains(finding.Rule))))
                Wrong($"{outcome.Ending}: {string.Join("\n", outcome.Findings.Select(finding => finding.What))}\n{context}");
            // What a plan says that it costs, an undo brings back, or says by name that it could not; only a change that stays may cost it.
            var uncarried = outcome.Findings.Where(finding => finding.Rule == "without-carrier").Select(finding => $"{finding.What} ").ToList();
            var listed = outcome.Ending != Ending.Applied ? [] : outcome.Plan.Steps.SelectMany(step => step.Disturbs.Where(one => one.Kind != "blinks").Select(one => one.Object)
                .Concat(step.Verb is Verb.Remove or Verb.Release ? [StepText.Object(step)] : [])).ToList();
            var unsaid = before.Where(thing => !after.Contains(thing) && !(thing.IsNexthop && (silenced.Contains(thing.Link) || uncarried.Exists(words => words.Contains($" dev {thing.Link} ", StringComparison.Ordinal)))) && !listed.Exists(words => words.Contains(thing.Mark, StringComparison.Ordinal) || (thing.Link.Length > 0 && words.Split(' ').Contains(thing.Link)))).ToList();
            told += outcome.Ending == Ending.RolledBack ? before.Count(thing => !after.Contains(thing)) : 0;
            if (unsaid.Count > 0)
                Wrong($"{string.Join("\n", unsaid.Select(thing => $"{thing.Mark} on {thing.Link} is gone or changed, and the plan does not say so:\n  {thing.Text}\n  {string.Join("\n  ", after.Where(other => other.Link == thing.Link && other.Mark == thing.Mark).Select(other => other.Text))}"))}\n{outcome.Ending}: {string.Join("\n", outcome.Findings.Select(finding => finding.What))}\n{context}");
            kept += before.Count(after.Contains);
            gone += before.Count(thing => !after.Contains(thing));
            Plant(host, strangers, dice);
            sketch = dice.Percent(20) ? RandomHost.Host(dice) : RandomHost.Changed(dice, sketch);
        }

        void Wrong(string what)
        {
            output.WriteLine(what);
            wrong.Add(what);
        }

        wrong.ShouldBeEmpty();
        output.WriteLine($"{kept} times kept, {gone} times gone as listed, {told} of them by undos, {refused} applies refused, {undos} undone");
        undos.ShouldBeGreaterThan(Applies / 4);
        kept.ShouldBeGreaterThan(Applies * 8);
    }

    /// <summary>What a file may be refused for: that it collides with what somebody made.</summary>
    private static readonly string[] Expected = ["kind-differs", "irreversible", "foreign-default-route", "frames-taken"];

    /// <summary>
    /// Links whose carrier went or came while something below them is a bond with an ARP monitor: nobody answers here, so the kernel takes its
    /// carrier whenever the monitor runs out of patience (bond_loadbalance_arp_mon, bond_ab_arp_commit), and the nexthops with it, up to a second
    /// later.
    /// </summary>
    private static HashSet<string> Silenced(Host before, Host after)
    {
        var monitored = new HashSet<string>(StringComparer.Ordinal);
        for (var count = -1; count < monitored.Count;)
        {
            count = monitored.Count;
            monitored.UnionWith(before.Links.Concat(after.Links)
                .Where(link => link.Settings.Number(Model.Attributes.BondLines.ArpInterval) > 0 || link.Below.Any(monitored.Contains))
                .Select(link => link.Name.Value));
        }
        return [.. monitored.Where(name => before.Find(name)?.State is var was && after.Find(name)?.State is var now && (was is { Carrier: false } || (was?.Index, was?.CarrierChanges) != (now?.Index, now?.CarrierChanges)))];
    }

    /// <summary>
    /// Waits until the kernel has acted on every carrier that came or went (linkwatch does so once a second): only then the nexthops over
    /// a link that lost its own are gone; a tap whose maker went was never told of at all. Of a link that is down it tells nothing (a MACVLAN that nobody brought up has its lower link's carrier).
    /// </summary>
    private static void CarriersAreTold(BareHost host)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(5);)
            if (host.Inside(kernel => kernel.Observe()).Host.Links.Where(link => link.Settings.Flag(Model.Attributes.Table.Up) == true).All(link => link.State!.OperState is var state && (state is "UP" or "UNKNOWN" ? link.State.Carrier : state is not ("DOWN" or "LOWERLAYERDOWN") || !link.State.Carrier)))
                return;
    }

    /// <summary>Somebody uses one bridge and one link more, whatever is there; a bridge may have lost its carrier to the tap that nobody reads.</summary>
    private static void Plant(BareHost host, Strangers strangers, Dice dice)
    {
        var bridges = host.Inside(kernel => kernel.Observe()).Host.Links.Where(link => link.Kind == LinkKind.Bridge && link.Name.Value != "vmbr9").ToList();
        if (bridges.Count > 0 && dice.Percent(50))
            strangers.PlugInto(dice.Of(bridges).Name.Value);
        CarriersAreTold(host);
        var free = host.Inside(kernel => kernel.Observe()).Host.Links.Where(link => link.Kind.Section is not null && link.State!.Master is null && link.Name.Value != "vmbr9" && link.State.Carrier && link.Settings.Flag(Model.Attributes.Table.Up) == true).ToList();
        if (free.Count > 0 && dice.Percent(60))
            strangers.Use(dice.Of(free));
    }

    private const string ByHand = """
        link add bond0 type bond mode active-backup miimon 100
        link set eth0 master bond0
        link set eth1 master bond0
        link set bond0 up
        link add link bond0 name bond0.100 type vlan id 100
        link add br100 type bridge
        link set bond0.100 master br100
        link set bond0.100 up
        link set br100 up
        addr add 10.1.0.11/24 dev br100
        route add default via 10.1.0.1
        link add link bond0 name bond0.200 type vlan id 200
        link add br200 type bridge
        link set bond0.200 master br200
        link set bond0.200 up
        link set br200 up
        addr add 10.2.0.11/24 dev br200
        route add 10.20.0.0/16 via 10.2.0.1 metric 50
        rule add from 10.2.0.0/24 lookup 81 priority 1000
        route add default via 10.2.0.1 table 81
        """;

    [Fact]
    public void A_host_made_by_hand_is_taken_over_without_a_message_and_one_network_leaves_alone()
    {
        using var host = new BareHost("migrated", "eth0", "eth1");
        host.Others(ByHand);
        var file = host.Inside(kernel => HostWriter.Write(AsFile.Of(kernel.Observe(), Ledger.Empty)));
        var before = host.Facts();
        var outcome = host.Apply(file);
        outcome.Ending.ShouldBe(Ending.Adopted, string.Join("\n", outcome.Plan.Steps.Select(StepText.Of)));
        outcome.Plan.Steps.ShouldAllBe(step => step.Verb == Verb.Adopt);
        foreach (var name in new[] { "eth0", "eth1", "bond0", "bond0.100", "br100", "bond0.200", "br200" })
            outcome.Plan.Steps.ShouldContain(step => step.Object == name);
        Assert.Equal(before, host.Facts());

        var declared = HostFile.Read("host.yaml", file).Host!;
        var without = declared with
        {
            Links = [.. declared.Links.Where(link => link.Name.Value is not ("bond0.200" or "br200"))],
            Routes = [.. declared.Routes.Where(route => route.Via?.Value.ToString() != "10.2.0.1")],
            Rules = [],
        };
        host.Apply(HostWriter.Write(without)).Ending.ShouldBe(Ending.Applied);
        var gone = before.Split('\n').Except(host.Facts().Split('\n')).ToList();
        gone.ShouldNotBeEmpty();
        gone.ShouldAllBe(fact => fact.Contains("200", StringComparison.Ordinal) || fact.Contains("10.2.0", StringComparison.Ordinal) || fact.Contains("10.20.", StringComparison.Ordinal));
        host.Facts().Split('\n').Except(before.Split('\n')).ShouldBeEmpty();
        host.Say("rule").ShouldNotContain("lookup 81");
    }

    [Fact]
    public void One_network_more_among_a_thousand_sends_its_own_messages_and_disturbs_nobody()
    {
        const int Networks = 1000;
        static string Declared(int count) => "nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nnetworks:\n"
            + string.Concat(Enumerable.Range(0, count).Select(n => $"  n{n}: {{link: bond0, vlan: {n + 2}, addresses: [10.{n / 250}.{n % 250}.1/24]}}\n"));
        using var host = new BareHost("thousand", "eth0", "eth1");
        host.Apply(Declared(Networks)).Ending.ShouldBe(Ending.Applied);
        host.Others("tuntap add tap0 mode tap\nlink set tap0 master br500\nlink set tap0 up");
        var before = host.Inside(kernel => kernel.Observe()).Host;
        var outcome = host.Apply(Declared(Networks + 1));
        var after = host.Inside(kernel => kernel.Observe()).Host;

        var sent = outcome.Plan.Steps.Where(step => step.Sends).ToList();
        sent.Where(step => step is not Step.OfNewLinksIpv6).ShouldAllBe(step => step.Object.Contains("1002", StringComparison.Ordinal), string.Join("\n", sent.Select(StepText.Of)));
        sent.Count.ShouldBeLessThanOrEqualTo(6);
        after.Links.Where(link => !link.Name.Value.Contains("1002", StringComparison.Ordinal)).Select(Told).ShouldBe(before.Links.Select(Told));
        after.Find("tap0")!.State!.Master.ShouldBe("br500");
        after.Links.Length.ShouldBe(before.Links.Length + 2);
    }

    private static string Told(Link link) => $"{link} {link.State!.Index} {link.Settings} {link.State.CarrierChanges} {link.State.Master} {string.Join(' ', link.Addresses)}";
}
