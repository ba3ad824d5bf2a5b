// What a change does to redundancy: what each network survives before it and after it. Asked is what a line `{network: X, survives: any-one}` asks, of the host as
// it is observed and as it is to be, between the same cables, switches and guests.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

/// <summary>What a network survives.</summary>
internal enum Survival
{
    /// <summary>Chance has a part in it.</summary>
    Undecided,

    /// <summary>It does not work even with nothing failing.</summary>
    Broken,

    /// <summary>It works, and some cable, NIC or switch takes that away.</summary>
    None,

    /// <summary>Any one cable, NIC or switch may fail.</summary>
    AnyOne,
}

/// <summary>A network that survives something else after a change than before it.</summary>
/// <param name="Network">By the name that people gave it.</param>
internal sealed record Redundancy(string Network, Survival Before, Survival After);

/// <summary>What a change does to all networks of a host.</summary>
public sealed class Redundancies
{
    private Redundancies(ImmutableArray<Redundancy> changed, string unjudged) => (Changed, Unjudged) = (changed, unjudged);

    /// <summary>Networks that are there before and after and differ, in the order of the file.</summary>
    internal ImmutableArray<Redundancy> Changed { get; }

    /// <summary>Why nothing was judged; empty where something was.</summary>
    internal string Unjudged { get; }

    /// <summary>More networks, or more ends that ask each other, take longer than somebody who wants a plan would wait.</summary>
    internal const int MostNetworks = 250, MostQuestions = 10_000;

    /// <param name="drawing">The plan.</param>
    /// <param name="file">The file under its own labels.</param>
    /// <returns>Null where there is nothing to say: nothing is sent, or the file tells of no cable.</returns>
    public static Redundancies? Of(Drawing drawing, Host file) =>
        drawing.Plan.IsEmpty || drawing.Plan.IsRefused || !file.Cables.Any() ? null : Of(Earlier.Observed(drawing, file), Earlier.Next(drawing, file));

    internal static Redundancies Of(Host before, Host after)
    {
        var (was, next) = (Networks(before), Networks(after));
        var both = next.Where(network => was.Any(other => other.Name == network.Name)).Select(network => network.Name).ToList();
        if (both.Count > MostNetworks)
            return new([], FormattableString.Invariant($"there are {both.Count} networks, and a plan looks at {MostNetworks} at most"));
        if (was.Concat(next).Sum(network => network.Questions) > MostQuestions)
            return new([], "there are too many guests that would ask each other");
        if (both.Count == 0)
            return new([], "");
        var (one, other) = (Judge(before, both), Judge(after, both));
        return (one.Wrong ?? other.Wrong) is { } wrong ? new([], wrong)
            : new([.. both.SelectMany((network, at) => one.All[at] is { } b && other.All[at] is { } a && a != b ? [new Redundancy(network, b, a)] : Array.Empty<Redundancy>())], "");
    }

    /// <summary>Networks that somebody has an address in, on links that are there, over NICs whose cables the file tells of; and how much would be asked in each.</summary>
    private static List<(string Name, int Questions)> Networks(Host host)
    {
        var ends = Ends.Of(Layouts.Of(Lodgers.Of([Earlier.Named(host, "")], [])));
        var cabled = host.Cables.Where(cable => cable.Switch is not null).Select(cable => cable.Nic.Value).ToHashSet(StringComparer.Ordinal);
        return [.. from end in ends
                   group end by end.Network into network
                   where network.All(end => host.Find(end.Link) is not null) && network.Select(end => end.Link).Distinct(StringComparer.Ordinal).All(link => Nics(host, link).All(cabled.Contains))
                   select (network.Key, network.Count() * (network.Count() + 1) / 2)];
    }

    /// <summary>The NICs that a link stands on.</summary>
    private static HashSet<string> Nics(Host host, string link)
    {
        var (seen, nics) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        void Down(string name)
        {
            if (!seen.Add(name) || host.Find(name) is not { } there)
                return;
            if (there.Kind == LinkKind.Nic)
                nics.Add(name);
            foreach (var lower in there.Lowers)
                Down(lower.Value);
        }

        Down(link);
        return nics;
    }

    /// <summary>What each network survives; null where nobody in it has anybody to ask.</summary>
    private static (List<Survival?> All, string? Wrong) Judge(Host host, List<string> networks)
    {
        var asked = new Value.List([.. networks.Select(network => At.Nowhere<Value>(new Value.Map(Fields.Empty.With("network", Value.Of(network)).With("survives", Value.Of("any-one")))))]);
        var (proven, findings) = Proof.Of([Earlier.Named(Earlier.Asked(host, asked), "")], new() { IsUsualAsked = false });
        return proven is null ? ([], findings[0].What) : ([.. proven.Verdicts.Select(Of)], null);
    }

    private static Survival? Of(Verdict verdict) =>
        verdict.Tried.Count == 0 ? null
        : verdict.Holds switch
        {
            true => Survival.AnyOne,
            null => Survival.Undecided,
            false => verdict.Counter!.Faults.Count == 0 ? Survival.Broken : Survival.None,
        };
}
