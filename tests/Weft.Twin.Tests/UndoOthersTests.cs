// What a change cost others an undo brings back: it is no answer that the plan had said so. Their links on lowered ones have their
// MTU again, their nexthops, routes and addresses stand on links that were made anew, and those on ports stand there too.

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

public sealed class UndoOthersTests
{
    private const string Vlan = "version: 1\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\n";
    private const string Port = $"{Vlan}bridges: {{br5: {{ports: [eth0.5]}}}}\n";

    private static readonly Bytes Some = new([1, 2, 3, 4]);

    private readonly MemoryDisk disk = new();
    private TwinKernel kernel = TwinKernel.Of("eth0", "eth1", "free");

    [Theory]
    [InlineData("macvlan", 9000)]
    [InlineData("macvlan", 4000)]
    [InlineData("ipvlan", 9000)]
    [InlineData("ipvlan", 4000)]
    [InlineData("vlan", 9000)]
    [InlineData("vlan", 4000)]
    public void A_link_of_others_on_one_that_was_lowered_has_its_MTU_again(string kind, int mtu)
    {
        const string High = "version: 1\nnics: {eth0: {mtu: 9000}}\nbridges: {br0: {ports: [eth0], mtu: 9000}}\n";
        Begin(High, On("br0", kind, mtu));
        Undone(High.Replace("9000", "1500", StringComparison.Ordinal), () => Mtu("of0").ShouldBe(1500));
        Mtu("of0").ShouldBe(mtu);
    }

    [Fact]
    public void A_VLAN_of_others_on_a_port_of_theirs_in_our_bond_has_its_MTU_again()
    {
        const string High = "version: 1\nnics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], mtu: 9000}}\n";
        Begin(High);
        Do(new Step.OfLink(Verb.Set, "eth1", LinkKind.Nic, Settings.Empty.With(Table.Master, Value.Of("bond0")), Place.None));
        Plant(kernel.Observe(), On("eth1", "vlan", 9000));
        Undone(High.Replace("9000", "1500", StringComparison.Ordinal), () => Mtu("of0").ShouldBe(1500));
        Mtu("of0").ShouldBe(9000);
    }

    [Theory]
    [InlineData(Vlan)]
    [InlineData(Port)]
    public void What_others_have_on_a_link_that_is_made_anew_stands_there_again(string file)
    {
        Begin(file);
        Do(new Step.OfAddress(Verb.Add, "eth0.5", IpPrefix.Parse("192.0.2.9/24"), Place.None));
        Do(new Step.OfKept(Hop(7)));
        Do(new Step.OfKept(new(KeptKind.NexthopGroup, "eth0.5", "nexthop id 8 group 7") { Nexthop = 8, Message = Some }));
        Do(new Step.OfKept(new(KeptKind.Neighbour, "eth0.5", "neighbour 192.0.2.77 dev eth0.5") { Message = Some }));
        Do(Route("198.51.100.0/24", 7));
        Do(Route("198.51.101.0/24", 8));
        Do(Route("198.51.102.0/24", null));
        Undone(file.Replace("id: 5", "id: 6", StringComparison.Ordinal), () => kernel.Observe().Host.Find("eth0.5")!.Settings.Number(VlanLines.Id).ShouldBe(6));
    }

    [Theory]
    [InlineData("version: 1\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\nbridges: {br5: {}}\n")]
    [InlineData("version: 1\nnics: {eth0: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\nbridges: {br6: {ports: [eth0.5]}}\n")]
    public void What_others_told_a_port_it_is_told_again(string file)
    {
        Begin(Port);
        Do(new Step.OfKept(new(KeptKind.Mark, "eth0.5", "isolated 1 dev eth0.5 master br5") { Master = "br5", Message = Some }));
        Undone(file, () => kernel.Observe().Host.Kept.ShouldBeEmpty());
    }

    /// <summary>The kernel takes a nexthop up to a second after its link lost the carrier; that is the change's doing, though it was verified by then.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_nexthop_that_goes_late_is_not_taken_for_somebody_elses_doing(bool dies)
    {
        Begin(Port);
        var hop = new Kept(KeptKind.Nexthop, "br5", "nexthop id 7 dev br5") { Nexthop = 7, Message = Some };
        Do(new Step.OfKept(hop));
        var route = Route("198.51.100.0/24", 7);
        Do(route with { Route = route.Route with { Link = At.Nowhere("br5") } });
        var (file, before) = (Port.Replace("{ports: [eth0.5]}", "{}", StringComparison.Ordinal), Facts());
        if (dies)
        {
            Should.Throw<Died>(() => Make(file, Late));
            Settling.Settle(disk, kernel, TimeProvider.System, new Timings()).Settled.ShouldBe(Settled.Undone);
            Facts().ShouldBe(before);
        }
        else
            Undone(file, Late);

        void Late()
        {
            kernel.Observe().Host.Kept.ShouldContain(hop);
            Bring("br5", up: false);
            Bring("br5", up: true);
            kernel.Observe().Host.Kept.ShouldNotContain(hop);
            if (dies)
                new Mortality(0).Point();
        }
    }

    /// <summary>A wish cannot say what a VLAN maps priorities to; the bytes in which it is kept do.</summary>
    [Theory]
    [InlineData("vlan")]
    [InlineData("macvlan")]
    public void A_link_of_others_on_one_that_is_made_anew_is_made_of_what_was_kept_and_with_IPv6(string kind)
    {
        Begin(Vlan, On("eth0.5", kind, 1500));
        Undone(Vlan.Replace("id: 5", "id: 6", StringComparison.Ordinal), () => kernel.Sent.Clear());
        kernel.Sent.OfType<Step.OfLink>().ShouldNotContain(step => step.Verb == Verb.Add && step.Name == "of0");
        kernel.Sent.OfType<Step.OfKept>().ShouldHaveSingleItem().Kept.Upper.ShouldBe("of0");
        kernel.Observe().Host.Find("of0")!.Settings.Flag(Table.Ipv6).ShouldBe(true);
    }

    [Fact]
    public void A_VLAN_of_others_that_went_with_a_link_is_made_of_what_was_kept()
    {
        Begin(Vlan, On("eth0.5", "vlan", 1500));
        Undone("version: 1\nnics: {eth0: {}}\n", () =>
        {
            kernel.Observe().Host.Find("of0").ShouldBeNull();
            kernel.Sent.Clear();
        });
        kernel.Sent.OfType<Step.OfLink>().Where(step => step.Verb == Verb.Add).ShouldHaveSingleItem().Name.ShouldBe("eth0.5");
    }

    /// <summary>The kernel takes no nexthop over a link without carrier, and says so; Weft says it too.</summary>
    [Fact]
    public void A_nexthop_over_a_link_without_carrier_is_told_and_stays_away()
    {
        const string file = "version: 1\nnics: {eth0: {}}\nbonds: {bond0: {ports: [eth0], miimon: 100}}\n";
        Begin(file);
        var now = kernel.Observe();
        kernel = TwinKernel.From(now with { Host = now.Host with { Kept = [new(KeptKind.Nexthop, "eth1", "nexthop id 9 dev eth1") { Nexthop = 9, Message = Some }] } });
        var outcome = Make(file.Replace("[eth0]", "[eth0, eth1]", StringComparison.Ordinal).Replace("eth0: {}", "eth0: {}, eth1: {}", StringComparison.Ordinal), () => { });
        outcome.Ending.ShouldBe(Ending.RolledBack);
        outcome.Findings.Where(finding => finding.Rule == "without-carrier").ShouldHaveSingleItem().What.ShouldBe("not put back: nexthop id 9 dev eth1");
    }

    private static Kept Hop(uint id) => new(KeptKind.Nexthop, "eth0.5", $"nexthop id {id} dev eth0.5") { Nexthop = id, Message = Some };

    private static Step.OfRoute Route(string to, uint? hop) =>
        new(Verb.Add, new Route(At.Nowhere(IpPrefix.Parse(to))) { Link = At.Nowhere("eth0.5"), Protocol = 12, Scope = "link", Nexthop = hop, Plain = hop is null }, Place.None);

    /// <summary>A link of somebody's, of0, with the index of a link that was there before ours: it is observed before what it stands on.</summary>
    private static Link On(string lower, string kind, int mtu)
    {
        var settings = Settings.Empty.With(Table.Up, Value.Of(true)).With(Table.Mtu, Value.Of((long)mtu)).With(Table.Mac, Value.Of("02:00:5e:00:00:aa")).With(Table.Ipv6, Value.Of(true));
        if (kind == "vlan")
            settings = settings.With(VlanLines.Lower, Value.Of(lower)).With(VlanLines.Id, Value.Of(77L)).With(VlanLines.Protocol, Value.Of("802.1Q"));
        return new(At.Nowhere("of0"), LinkKind.Of(kind)) { Settings = settings, State = new LinkState(3) { Lower = lower } };
    }

    private void Begin(string file, params ImmutableArray<Link> theirs)
    {
        var (outcome, ledger) = Carried.Out(Walk.Plan(Read(file), kernel, Ledger.Empty, new Timings()), kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Applied, string.Join('\n', outcome.Findings.Select(finding => finding.What)));
        LedgerFile.Write(disk, ledger).ShouldBeNull();
        Plant(kernel.Observe(), theirs);
    }

    private void Plant(Observation now, params ImmutableArray<Link> theirs)
    {
        var host = now.Host with
        {
            Links = [.. now.Host.Links.Where(link => link.Name.Value != "free"), .. theirs],
            Kept = [.. now.Host.Kept, .. theirs.Select(link => new Kept(KeptKind.Link, link.State!.Lower!, $"link {link.Name}@{link.State.Lower} {link.Kind}") { Upper = link.Name.Value, Message = Some })],
        };
        kernel = TwinKernel.From(now with { Host = host });
    }

    /// <summary>Makes a change that nobody confirms; the host is as it was afterwards.</summary>
    private void Undone(string file, Action meanwhile)
    {
        var before = Facts();
        Make(file, meanwhile).Ending.ShouldBe(Ending.RolledBack);
        Facts().ShouldBe(before);
    }

    private Outcome Make(string file, Action meanwhile) =>
        Transaction.Make(Walk.Plan(Read(file), kernel, LedgerFile.Read(disk).Ledger, new Timings()), new Errand("a test") { Confirm = TimeSpan.FromMinutes(1) }, disk, kernel, TimeProvider.System, new Timings(), _ =>
        {
            meanwhile();
            return [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")];
        }).Outcome!;

    private List<string> Facts()
    {
        var now = kernel.Observe();
        return [.. RandomHosts.Facts.Of(now, now.Host.Links.Select(link => link.Settings.Word(Table.Mac)).OfType<string>().ToHashSet()), .. now.Host.Kept.Select(thing => thing.Words).Order(StringComparer.Ordinal)];
    }

    private void Bring(string link, bool up) => Do(new Step.OfLink(Verb.Set, link, LinkKind.Bridge, Settings.Empty.With(Table.Up, Value.Of(up)), Place.None));

    private long? Mtu(string link) => kernel.Observe().Host.Find(link)!.Settings.Number(Table.Mtu);

    private void Do(Step step) => kernel.Execute([step]).ShouldHaveSingleItem().ShouldBeNull();

    private static Host Read(string text) => HostFile.Read("host.yaml", text).Host.ShouldNotBeNull();
}
