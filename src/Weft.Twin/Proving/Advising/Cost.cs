// Whom a change of the files disturbs: hosts that run with the files as they are, and the planner's steps from there.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Plan;
using Weft.Topology;
using Weft.Twin.Scenes;

namespace Weft.Twin.Proving.Advising;

/// <summary>What a change costs those who run.</summary>
/// <param name="Gone">How much does not come back.</param>
/// <param name="Ms">For how long at most, all together, the rest is interrupted.</param>
/// <param name="Said">Of each host that is disturbed, in words.</param>
internal sealed record Cost(int Gone, long Ms, IReadOnlyList<string> Said)
{
    /// <summary>What a blink of which nobody knows the end counts.</summary>
    private const long Unknown = 60_000;

    /// <summary>How many are named.</summary>
    private const int Named = 6;

    /// <summary>The cost of files in the place of others; null where a planner refuses them.</summary>
    public static Cost? Of(IReadOnlyList<NamedHost> hosts, IReadOnlyList<NamedHost> next)
    {
        var (layout, gone, ms, said) = (Layouts.Of(hosts), 0, 0L, new List<string>());
        for (var at = 0; at < hosts.Count; at++)
        {
            if (ReferenceEquals(hosts[at], next[at]))
                continue;
            if (Steps(hosts[at], next[at], layout) is not { } steps)
                return null;
            var all = steps.SelectMany(step => step.Disturbs).GroupBy(one => (one.Object, one.Kind)).Select(same => (same.Key.Object, same.Key.Kind, Ms: same.Any(one => one.AtMostMs is null) ? null : same.Max(one => one.AtMostMs))).ToList();
            gone += all.Count(one => one.Kind != Disturbance.Blinks);
            ms += all.Where(one => one.Kind == Disturbance.Blinks).Sum(one => one.Ms ?? Unknown);
            said.AddRange(from kind in all.GroupBy(one => one.Kind)
                          let names = kind.Select(one => one.Object).Where(name => !name.Contains(' ', StringComparison.Ordinal)).ToList()
                          where names.Count > 0
                          select $"{hosts[at].Name}: {string.Join(", ", names.Take(Named))}{(names.Count > Named ? FormattableString.Invariant($" and {names.Count - Named} more") : "")} {Verb(kind.Key, names.Count)}{(kind.Key != Disturbance.Blinks ? "" : kind.All(one => one.Ms is not null) ? $" for {Simulation.Span(kind.Max(one => one.Ms!.Value) * 1_000_000L)} at most" : "")}");
        }
        return new(gone, ms, said);
    }

    private static string Verb(string kind, int count) => (kind, count) switch
    {
        (Disturbance.Blinks, > 1) => "blink",
        (Disturbance.Goes, > 1) => "go",
        (Disturbance.Blinks or Disturbance.Goes, _) => kind,
        _ => count > 1 ? $"are {kind}" : $"is {kind}",
    };

    private static ImmutableArray<Step>? Steps(NamedHost host, NamedHost next, Layout layout)
    {
        var findings = new List<Text.Finding>();
        if (Applied.To(host.Host, layout.Cords.Where(cord => cord.Host == host).Select(cord => (cord.Nic, cord.Mac)), findings) is not { } twin)
            return null;
        foreach (var guest in layout.Guests.Where(guest => guest.Host == host))
            Taps.Plug(twin, guest, []);
        var now = twin.Observe();
        Host Known(Host file) => Resolve.Labels(Applied.Known(file, twin), now.Host).Host;
        var last = Known(host.Host);
        var plan = Planner.Plan((Ledger.Empty with { Epoch = now.Epoch }).After(last, now.Host), Known(next.Host), now);
        return plan.IsRefused ? null : plan.Steps;
    }
}
