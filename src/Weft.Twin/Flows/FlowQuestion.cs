// What is asked about flows: on which bond of a host, with which of its ports down, as which kernel hashes. What is wrong with the asking is a
// sentence; what the file keeps from being answered is findings.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>A bond that flows can be put to.</summary>
public sealed class FlowQuestion
{
    private readonly BondSending sending;
    private readonly KernelVersion kernel;

    private FlowQuestion(BondSending sending, KernelVersion kernel) => (this.sending, this.kernel) = (sending, kernel);

    /// <param name="file">The name of the host's file.</param>
    /// <param name="name">The bond; null where there is only one.</param>
    /// <param name="down">Ports that are down.</param>
    /// <returns>No question, no sentence and no finding where reading the file has refused the bond's mode or policy.</returns>
    public static (FlowQuestion? Question, string? Wrong, ImmutableArray<Finding> Findings) Of(Host host, string file, string? name, IReadOnlyCollection<string> down, KernelVersion kernel)
    {
        var (bonds, shown) = (host.Of(LinkKind.Bond).ToList(), Quote.Clean(file));
        var names = bonds.Select(one => one.Name.Value).ToList();
        if (bonds.Count == 0)
            return (null, $"{shown} has no bond", []);
        if (name is null && bonds.Count > 1)
            return (null, $"{shown} has several bonds: say --bond, one of {string.Join(", ", names.Select(Quote.Short))}", []);
        if ((name is null ? bonds[0] : bonds.Find(one => one.Name.Value == name)) is not { } bond)
            return (null, $"there is no bond {Quote.Of(name!)} in {shown}{Nearest.Hint(name!, names)}", []);
        var ports = bond.Ports.Select(port => port.Name.Value).ToList();
        if (down.FirstOrDefault(port => !ports.Contains(port)) is { } stranger)
            return (null, $"--down: {Quote.Of(stranger)} is no port of {Quote.Short(bond.Name.Value)}{Nearest.Hint(stranger, ports)}", []);
        if (BondSending.Of(host, bond, down) is not { } sending)
            return (null, null, []);
        return kernel.Has(sending.Policy) ? (new(sending, kernel), null, [])
            : (null, null, [Finding.Error("policy-not-in-kernel", sending.PolicyPlace, $"Linux {kernel.Name} has no xmit_hash_policy {sending.Policy.Word()}", "it came with 5.12, and an older kernel refuses it", "name a kernel that has it with --kernel, or choose another policy")]);
    }

    /// <summary>Where the flows go; null where mistakes keep some of them from being known.</summary>
    public FlowTable? Answer(FlowFile flows) => flows.HasErrors ? null : new(sending, kernel, flows.Flows);
}
