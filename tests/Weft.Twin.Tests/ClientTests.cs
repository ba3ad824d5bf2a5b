// The clients of links in plans, in undo and over deaths, with clients that are only remembered: what runs in the end is what the
// file says that is final, whoever died on the way, and nothing that a client got is anybody's setting.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Clients;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class ClientTests
{
    private const string Plain = "version: 1\nnics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}\nvlans: {bond0.5: {link: bond0, id: 5}}\nbridges: {br5: {ports: [bond0.5]}}\n";
    private static readonly string Leased = Plain.Replace("ports: [bond0.5]", "ports: [bond0.5], dhcp4: true, ra: true", StringComparison.Ordinal);
    private static readonly string OnVlan = Plain.Replace("id: 5}", "id: 5, dhcp4: true, dhcp_metric: 7}", StringComparison.Ordinal).Replace("bridges: {br5: {ports: [bond0.5]}}\n", "", StringComparison.Ordinal);

    private readonly MemoryDisk disk = new();
    private readonly TwinKernel twin = TwinKernel.Of("eth0", "eth1");
    private readonly RememberedClients clients;
    private readonly IKernel kernel;

    public ClientTests()
    {
        clients = new(twin);
        kernel = new ServedKernel(twin, clients);
    }

    [Fact]
    public void A_client_comes_with_its_key_and_goes_with_it()
    {
        Apply(Plain).ShouldBe([]);
        Apply(Leased).ShouldBe(["start dhcpcd on br5: dhcp4 true, ra true"]);
        clients.Wish("br5").ShouldBe("dhcp4 true, ra true");
        Apply(Leased).ShouldBe([]);
        Apply(Leased.Replace("ra: true", "dhcp_routes: false", StringComparison.Ordinal)).ShouldBe(["restart dhcpcd on br5: dhcp4 true, dhcp_routes false"]);
        Apply(Plain).ShouldBe(["stop dhcpcd on br5"]);
        clients.All().ShouldBeEmpty();
    }

    [Fact]
    public void A_link_that_is_made_anew_gets_its_client_again()
    {
        Apply(OnVlan);
        Apply(OnVlan.Replace("id: 5", "id: 6", StringComparison.Ordinal)).ShouldBe(["restart dhcpcd on bond0.5: dhcp4 true, dhcp_metric 7"]);
        twin.Remake("bond0.5");
        Steps(OnVlan.Replace("id: 5", "id: 6", StringComparison.Ordinal)).ShouldBe(["start dhcpcd on bond0.5: dhcp4 true, dhcp_metric 7"]);
    }

    /// <summary>It is the client's while that takes router advertisements, and what it gives it back to nobody knows; one of IPv4 alone leaves it to the file.</summary>
    [Fact]
    public void Accept_ra_is_told_when_a_client_of_IPv6_goes_and_beside_one_of_IPv4()
    {
        string With(string said) => Leased.Replace("dhcp4: true, ra: true", said, StringComparison.Ordinal);
        Apply(Leased);
        Apply(With("accept_ra: 2, ipv6: true")).ShouldBe(["stop dhcpcd on br5"]);
        twin.Observe().Host.Find("br5")!.Settings.Number(ConfLines.AcceptRa).ShouldBe(2);
        Apply(With("accept_ra: 0, ipv6: true, dhcp4: true")).ShouldBe(["start dhcpcd on br5: dhcp4 true"]);
        twin.Observe().Host.Find("br5")!.Settings.Number(ConfLines.AcceptRa).ShouldBe(0);
        Apply(With("accept_ra: 0, ipv6: true, dhcp4: true")).ShouldBe([]);
    }

    [Fact]
    public void One_that_ended_by_itself_is_started_again_or_cleared_away()
    {
        Apply(Leased);
        clients.Die("br5");
        Steps(Leased).ShouldBe(["restart dhcpcd on br5: dhcp4 true, ra true"]);
        Apply(Plain).ShouldBe(["stop dhcpcd on br5"]);
        clients.All().ShouldBeEmpty();
    }

    [Fact]
    public void A_link_that_leaves_the_file_leaves_no_client()
    {
        Apply(Leased);
        Apply("version: 1\nnics: {eth0: {}, eth1: {}}\n").ShouldBe(["stop dhcpcd on br5"]);
        clients.All().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_undo_brings_back_the_client_that_was_there_and_no_other(bool first)
    {
        var (from, to) = first ? (Plain, Leased) : (Leased, Plain);
        Apply(from);
        var before = clients.Words();
        Make(to, _ => [Finding.Error("not-confirmed", Place.None, "nobody said that it is good", "", "")]).Ending.ShouldBe(Ending.RolledBack);
        clients.Words().ShouldBe(before);
    }

    [Fact]
    public void Without_the_program_nothing_is_sent()
    {
        clients.Missing = "this machine has no dhcpcd";
        var drawing = Draw(Leased);
        var finding = drawing.Plan.Findings.ShouldHaveSingleItem();
        finding.Rule.ShouldBe("client-missing");
        finding.Place.Line.ShouldBe(5);
        finding.Mend.ShouldContain("dhcpcd-base");
        drawing.Plan.IsRefused.ShouldBeTrue();
        Draw(Plain).Plan.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_client_got_is_nobodys_setting()
    {
        Apply(Leased);
        var seen = twin.Observe();
        var lease = new Route(At.Nowhere(IpPrefix.Everything(false))) { Via = At.Nowhere(System.Net.IPAddress.Parse("192.0.2.1")), Link = At.Nowhere("br5"), Protocol = 16 };
        var conf = new Kept(KeptKind.Sysctl6, "br5", "net/ipv6/conf/br5 accept_ra=0 hop_limit=9 addr_gen_mode=1") { Message = new("accept_ra=0\nhop_limit=9\naddr_gen_mode=1\n"u8.ToArray()) };
        var leased = seen.Host with { Routes = [.. seen.Host.Routes, lease, lease with { Link = At.Nowhere("eth0") }], Kept = [conf, new(KeptKind.Sysctl4, "br5", "net/ipv4/conf/br5 promote_secondaries=1") { Message = new("promote_secondaries=1\n"u8.ToArray()) }] };
        var served = new ServedKernel(TwinKernel.From(seen with { Host = leased }), new RememberedClients(twin) { Started = clients.Started }).Observe().Host;
        served.LeasedRoutes.ShouldHaveSingleItem().Link!.Value.ShouldBe("br5");
        served.Routes.ShouldHaveSingleItem().Link!.Value.ShouldBe("eth0");
        served.Kept.ShouldHaveSingleItem().Words.ShouldBe("net/ipv6/conf/br5 hop_limit=9");
    }

    /// <summary>At each write to the disk and each step to the kernel or its clients, and whoever settles may die too.</summary>
    [Fact]
    public void Wherever_a_process_dies_the_clients_are_those_of_the_file_that_is_final()
    {
        foreach (var (from, to) in new[] { (Plain, Leased), (Leased, Plain), (OnVlan, Leased), (Leased, OnVlan) })
        {
            var whole = new ClientTests();
            whole.Apply(from);
            var before = whole.clients.Words();
            var unhurt = new Mortality(-1);
            whole.Make(to, null, unhurt).Ending.ShouldBe(Ending.Applied);
            var after = whole.clients.Words();
            for (var at = 0; at < unhurt.Passed; at++)
            {
                var one = new ClientTests();
                one.Apply(from);
                Should.Throw<Died>(() => one.Make(to, null, new Mortality(at)));
                var settling = new Mortality(at % 5);
                try
                {
                    Settling.Settle(new MortalDisk(one.disk, settling), new MortalKernel(one.kernel, settling), TimeProvider.System, new Timings());
                }
                catch (Died)
                {
                }
                var (settled, findings) = Settling.Settle(one.disk, one.kernel, TimeProvider.System, new Timings());
                settled.ShouldBeOneOf([Settled.Nothing, Settled.Final, Settled.Undone], string.Join("; ", findings.Select(finding => finding.What)));
                one.clients.Words().ShouldBeOneOf(before, after);
                one.Steps(one.clients.Words() == before ? from : to).ShouldBe([]);
            }
        }
    }

    [Fact]
    public void A_boot_starts_the_clients_of_the_good_file()
    {
        Apply(Leased, source: true);
        var machine = TwinKernel.From(TwinKernel.Of("eth0", "eth1").Observe() with { Epoch = "the next boot" });
        var fresh = new RememberedClients(machine);
        var booted = new Boot(disk, new ServedKernel(machine, fresh), TimeProvider.System, new Timings()).Bring(TimeSpan.Zero);
        booted.Outcome!.Ending.ShouldBe(Ending.Applied);
        fresh.Wish("br5").ShouldBe("dhcp4 true, ra true");
    }

    /// <summary>The steps that a file still asks for, of clients and of nothing else.</summary>
    private ImmutableArray<string> Steps(string text) => Of(Draw(text));

    private static ImmutableArray<string> Of(Drawing drawing) => [.. drawing.Plan.Steps.OfType<Step.OfClient>().Select(StepText.Of)];

    private ImmutableArray<string> Apply(string text, bool source = false)
    {
        var drawing = Draw(text);
        Transaction.Make(drawing, new Errand("a test") { Source = source ? text : null }, disk, kernel, TimeProvider.System, new Timings()).Outcome!.Ending.ShouldNotBe(Ending.RolledBack);
        return Of(drawing);
    }

    private Outcome Make(string text, Hold? hold, Mortality? mortality = null)
    {
        var drawing = Draw(text);
        return mortality is null ? Transaction.Make(drawing, new Errand("a test") { Confirm = TimeSpan.FromMinutes(1) }, disk, kernel, TimeProvider.System, new Timings(), hold).Outcome!
            : Transaction.Make(drawing, new Errand("a test"), new MortalDisk(disk, mortality), new MortalKernel(kernel, mortality), TimeProvider.System, new Timings(), hold).Outcome!;
    }

    private Drawing Draw(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.ShouldBeEmpty();
        return Walk.Plan(reading.Host!, kernel, LedgerFile.Read(disk).Ledger, new Timings());
    }
}
