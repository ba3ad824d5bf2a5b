// Links that stop speaking IPv6, by their file or because they only carry frames from now on: what somebody, a router or a client that was
// killed left on them goes with IPv6, and nobody asks the kernel for it again, which would refuse it (EACCES).

using System.Collections.Immutable;
using System.Net;
using Weft.Apply;
using Weft.Clients;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class WithoutIpv6Tests
{
    private const string Nics = "version: 1\nnics: {eth0: {}, eth1: {}}\n";
    private const string Carries = Nics + "vlans: {eth0.5: {link: eth0, id: 5}}\n";
    private const string Bridged = Nics + "bridges: {br0: {ports: [eth0]}}\n";
    private const string Bonded = Nics + "bonds: {bond0: {ports: [eth0, eth1], mode: active-backup}}\n";
    private const string Silent = "version: 1\nnics: {eth0: {ipv6: false}, eth1: {}}\n";
    private const string Small = "version: 1\nnics: {eth0: {mtu: 1000}, eth1: {}}\n";

    private static readonly Lifetime Hour = new(3600, 3600);

    public static TheoryData<string, bool, bool> Changes =>
        [.. from file in new[] { Carries, Bridged, Bonded, Silent, Small } from ends in new[] { false, true } from ours in new[] { false, true } select new TheoryDataRow<string, bool, bool>(file, ends, ours)];

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_somebody_had_on_a_link_goes_with_its_IPv6_and_comes_back_with_it(string file, bool ends, bool ours)
    {
        var (disk, kernel) = (new MemoryDisk(), TwinKernel.Of("eth0", "eth1"));
        if (ours)
            Make(disk, kernel, Nics);
        Let(kernel, new Step.OfLink(Verb.Set, "eth0", LinkKind.Nic, Settings.Empty.With(Weft.Model.Attributes.Table.Up, Value.Of(true)), Place.None));
        Let(kernel, new Step.OfAddress(Verb.Add, "eth0", IpPrefix.Parse("2001:db8::7/64"), Place.None) { Lifetime = ends ? Hour : Lifetime.Forever });
        Let(kernel, new Step.OfRoute(Verb.Add, new(At.Nowhere(IpPrefix.Parse("2001:db8:1::/64"))) { Link = At.Nowhere("eth0"), Protocol = 4 }, Place.None));
        Let(kernel, new Step.OfRoute(Verb.Add, new(At.Nowhere(IpPrefix.Parse("2001:db8:2::/64"))) { Via = At.Nowhere(IPAddress.Parse("2001:db8::1")), Link = At.Nowhere("eth0"), Protocol = 4 }, Place.None));
        var before = Words(kernel);
        Make(disk, kernel, file, _ => [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")]).Ending.ShouldBe(Ending.RolledBack);
        Words(kernel).ShouldBe(before);
        var silent = Make(disk, kernel, file);
        silent.Ending.ShouldBe(Ending.Applied);
        // The plan says what goes; a lasting address is told by what a kernel keeps of it, and the twin keeps nothing.
        (!ends || Words(kernel) == before || file == Small || silent.Plan.Steps.Any(step => step.Disturbs.Any(one => one is { Kind: Disturbance.Goes, Object: "2001:db8::7/64 dev eth0" }) || step is Step.OfAddress { Verb: Verb.Remove })).ShouldBeTrue();
    }

    /// <summary>What a client that was killed left is nobody's: it goes with the client's traces, wherever the change ends and whoever died on the way.</summary>
    [Theory]
    [MemberData(nameof(AfterADeath))]
    public void What_a_dead_client_left_is_not_given_back(string next)
    {
        var unhurt = new Mortality(-1);
        Killed(new(), unhurt, next);
        for (var at = 0; at < unhurt.Passed; at++)
            Should.Throw<Died>(() => Killed(new(), new Mortality(at), next), $"{at}");
    }

    public static TheoryData<string> AfterADeath =>
    [
        Leasing, Leasing.Replace(", dhcp6: true, ra: true", "", StringComparison.Ordinal), Leasing.Replace("dhcp6: true, ra: true", "ipv6: true", StringComparison.Ordinal),
        Leasing.Replace("{br5: {ports: [bond0.5], dhcp6: true, ra: true}}", "{br6: {ports: [bond0.5]}}", StringComparison.Ordinal), Leasing.Replace("id: 5", "id: 6", StringComparison.Ordinal), Bonded,
    ];

    private const string Leasing = Nics + "bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nvlans: {bond0.5: {link: bond0, id: 5}}\nbridges: {br5: {ports: [bond0.5], dhcp6: true, ra: true}}\n";

    private static void Killed(MemoryDisk disk, Mortality mortality, string next)
    {
        var twin = TwinKernel.Of("eth0", "eth1");
        var clients = new RememberedClients(twin);
        var kernel = new ServedKernel(twin, clients);
        Make(disk, kernel, Leasing);
        Let(twin, new Step.OfAddress(Verb.Add, "br5", IpPrefix.Parse("fd80::57/64"), Place.None) { Lifetime = Hour });
        Let(twin, new Step.OfAddress(Verb.Add, "br5", IpPrefix.Parse("10.5.0.57/24"), Place.None) { Lifetime = Hour });
        clients.Die("br5");
        try
        {
            Make(new MortalDisk(disk, mortality), new MortalKernel(kernel, mortality), next);
        }
        finally
        {
            Settling.Settle(disk, kernel, TimeProvider.System, new Timings()).Settled.ShouldBeOneOf(Settled.Nothing, Settled.Final, Settled.Undone);
            Make(disk, kernel, next);
            if (clients.Started.Count == 0) // Another one goes on with what it finds.
                twin.Observe().Host.Links.ShouldAllBe(link => link.State!.Leased.IsEmpty);
        }
    }

    private static void Let(TwinKernel kernel, Step step) => kernel.Execute([step]).ShouldBe([null]);

    private static Outcome Make(IDisk disk, IKernel kernel, string file, Hold? hold = null)
    {
        var reading = HostFile.Read("host.yaml", file);
        reading.Findings.ShouldBeEmpty();
        var drawing = Walk.Plan(reading.Host!, kernel, LedgerFile.Read(disk).Ledger, new Timings());
        var outcome = Transaction.Make(drawing, new Errand("a test") { Confirm = hold is null ? null : TimeSpan.FromMinutes(1) }, disk, kernel, TimeProvider.System, new Timings(), hold).Outcome!;
        outcome.Findings.ShouldAllBe(finding => finding.Rule == "not-confirmed", string.Join('\n', drawing.Plan.Steps.Select(StepText.Of)));
        return outcome;
    }

    private static string Words(TwinKernel kernel)
    {
        var host = kernel.Observe().Host;
        var eth0 = host.Find("eth0")!;
        return string.Join('\n', eth0.Addresses.Select(address => $"{address}").Concat(eth0.State!.Leased.Select(address => $"{address} {eth0.LifetimeOf(address)}")).Concat(host.Routes.Select(route => $"{route}")).Order(StringComparer.Ordinal));
    }
}
