// A file applied to a bare twin: what a kernel holds afterwards, or why it would not take it.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.Twin.Scenes;

internal static class Applied
{
    private const string Missing = "ENODEV";

    /// <param name="host">The file.</param>
    /// <param name="nics">The NICs that are there, by their names in the kernel.</param>
    /// <param name="findings">Gets what stands in the way; then there is no host to run.</param>
    public static TwinKernel? To(Host host, IEnumerable<(string Name, string Mac)> nics, ICollection<Finding> findings)
    {
        var twin = TwinKernel.WithMacs(nics);
        var known = Known(host, twin);
        var (now, before) = (twin.Observe(), findings.Count);
        var resolved = Resolve.Labels(known, now.Host);
        var plan = Planner.Plan(Ledger.Empty, resolved.Host, now);
        foreach (var finding in resolved.Findings.Concat(plan.Findings).Where(finding => finding.Severity == Severity.Error))
            findings.Add(finding);
        if (findings.Count > before)
            return null;
        // Clients and name servers are programs and files, and carry no frame.
        var refusals = Applier.ExecuteAll(twin, plan.Steps.Where(step => step is not (Step.OfClient or Step.OfNames))).ToList();
        // That a link is missing is said of nothing that stands on a link which was itself refused.
        foreach (var refused in refusals.Exists(other => other.Refusal.Errno != Missing) ? refusals.Where(other => other.Refusal.Errno != Missing) : refusals)
            foreach (var finding in Refusals.Of(refused))
                findings.Add(finding);
        return findings.Count == before ? twin : null;
    }

    /// <summary>What a NIC is known by beyond name and MAC is not for a twin to have: its label says which one is meant.</summary>
    public static Host Known(Host host, TwinKernel twin) => host with { Links = [.. host.Links.Select(link => link.Kind == LinkKind.Nic ? Bare(link, twin) : link)] };

    private static Link Bare(Link nic, TwinKernel twin) => nic with
    {
        Settings = nic.Settings.Where(line => line.Home != Home.Hardware),
        Rest = nic.Rest.Map("match") is { } match && twin.Has(match.Word("name") ?? nic.Name.Value)
            ? nic.Rest.With("match", new Value.Map(Fields.Empty.With("name", Value.Of(match.Word("name") ?? nic.Name.Value)))) : nic.Rest,
    };
}
