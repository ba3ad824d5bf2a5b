// A host that runs already, for the tests of taking over: two NICs, a bond, a VLAN and a bridge with the host's address, made
// by nobody that Weft knows of.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Spec;
using Weft.Takeover;
using Weft.Text;
using Weft.Twin;
using Walk = Weft.Apply.Walk;

namespace Weft.Tests.Takeover;

internal sealed class Standing(params string[] leased) : IKernel
{
    private const string File = """
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        vlans: {bond0.80: {link: bond0, id: 80}}
        bridges: {br80: {ports: [bond0.80], addresses: [10.0.80.5/24], gateway: 10.0.80.1}}

        """;

    /// <summary>A unit that systemd starts, as a file of the tree.</summary>
    public static (string, string) Started(string unit) => ($"/etc/systemd/system/multi-user.target.wants/{unit}", "[Unit]\n");

    private readonly TwinKernel twin = Make();

    private static TwinKernel Make()
    {
        var kernel = TwinKernel.Of("eth0", "eth1");
        Carried.Out(Walk.Plan(HostFile.Read("host.yaml", File).Host!, kernel, Ledger.Empty, new Timings()), kernel, new Timings()).Outcome.Ending.ShouldBe(Ending.Applied);
        return kernel;
    }

    public IReadOnlyCollection<Weft.Model.Attributes.Attribute> Lacks(IReadOnlyCollection<Weft.Model.Attributes.Attribute> asked) => [];

    public IReadOnlyCollection<Weft.Model.LinkKind> LacksKinds(IReadOnlyCollection<Weft.Model.LinkKind> asked) => [];

    public Observation Observe(Inquiry? inquiry = null)
    {
        var now = twin.Observe(inquiry);
        return now with { Host = now.Host with { Links = [.. now.Host.Links.Select(link => leased.Contains(link.Name.Value) ? link with { State = link.State! with { Leased = [IpPrefix.Parse("192.0.2.9/24")] } } : link)] } };
    }

    public int Index(string link) => twin.Observe().Host.Find(link)!.State!.Index;

    /// <summary>The MAC that a NIC is known by.</summary>
    public string Mac(string nic) => twin.Observe().Host.Find(nic)!.State!.IdentityMac!;

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) => throw new InvalidOperationException("nothing is sent by taking over");

    /// <summary>What taking it over comes to, with Weft's unit installed.</summary>
    public Adoption Adopted(IFiles files) => Adoption.Of(this, Ledger.Empty, files, "host.yaml");

    public static IEnumerable<string> Errors(IEnumerable<Finding> findings) => findings.Where(finding => finding.Severity == Severity.Error).Select(finding => $"{finding.Rule}: {finding.What}");
}
