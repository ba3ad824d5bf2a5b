// A kernel that does what the planner predicts. It shows whether a plan is whole and in order; whether the predictions are
// right is what the tests on a real kernel show.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.Tests.Plan;

internal sealed class PredictedKernel : IKernel
{
    private World world;
    private readonly Dictionary<string, int> indexes = new(StringComparer.Ordinal);
    private readonly List<(string Master, string Port)> joined = [];
    private int next = 1;

    /// <summary>Every step that was executed.</summary>
    public List<Step> Sent { get; } = [];

    /// <summary>Answers a step with a refusal instead of doing it.</summary>
    public Func<Step, Refusal?> Refuses { get; set; } = _ => null;

    /// <summary>Takes a step without a word and does nothing.</summary>
    public Func<Step, bool> Ignores { get; set; } = _ => false;

    /// <summary>Gives a link another index, as if somebody had removed and made it.</summary>
    public void Remake(string name) => indexes[name] = next++;

    public PredictedKernel(params IEnumerable<string> nics)
    {
        world = new(Observation.Of(Host.Empty) with { NewLinksIpv6 = true }, Host.Empty);
        var links = nics.Select((name, at) => new Link(At.Nowhere(name), LinkKind.Nic)
        {
            Settings = Settings.Empty.With(Table.Up, Value.Of(false)).With(Table.Mtu, Value.Of(1500)).With(Table.Ipv6, Value.Of(true)).With(Table.Mac, Value.Of($"02:00:00:00:00:{at + 1:x2}")),
            State = new LinkState(at + 1) { IdentityMac = $"02:00:00:00:00:{at + 1:x2}" },
        }).ToList();
        foreach (var link in links)
            indexes[link.Name.Value] = next++;
        world = new(Observation.Of(new Host { Links = [.. links] }), Host.Empty);
    }

    public Observation Observe() => new(new Host { Links = [.. world.All.Select(Seen).OrderBy(link => link.State!.Index)], Routes = [.. world.Routes] }, null)
    {
        Epoch = "test",
        NewLinksIpv6 = world.NewLinksIpv6,
    };

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps) => [.. steps.Select(Execute)];

    private Refusal? Execute(Step step)
    {
        if (Refuses(step) is { } refusal)
            return refusal;
        if (Needs(step).Any(name => name.Length > 0 && world.Find(name) is null))
            return new("ENODEV", "no such link");
        if (step is Step.OfLink { Kind: var kind } bond && kind == LinkKind.Bond && ModeOf(bond) is { } mode
            && bond.Settings.Any(pair => pair.Key.RefusedElsewhere && pair.Key.Home == Home.Data && !pair.Key.Modes.Contains(mode)))
            return new("EACCES", "option not supported in mode");
        Sent.Add(step);
        if (Ignores(step))
            return null;
        world.Do(step);
        if (step is Step.OfLink { Verb: Verb.Add } link)
            indexes[link.Name] = next++;
        joined.RemoveAll(pair => world.Find(pair.Port) is null);
        foreach (var piece in world.All)
        {
            joined.RemoveAll(pair => pair.Port == piece.Name && pair.Master != piece.Master);
            if (piece.Master is { } master && !joined.Contains((master, piece.Name)))
                joined.Add((master, piece.Name));
        }
        return null;
    }

    private string? ModeOf(Step.OfLink bond) => bond.Settings.Word(Table.Mode) ?? world.Find(bond.Name)?.Settings.Word(Table.Mode);

    /// <summary>Makes every route look as if an administrator had put it there.</summary>
    public void DisownRoutes()
    {
        for (var i = 0; i < world.Routes.Count; i++)
            world.Routes[i] = world.Routes[i] with { Protocol = 4 };
    }

    private static string[] Needs(Step step) => step switch
    {
        Step.OfLink link => [link.Verb == Verb.Add ? "" : link.Name, link.Settings.Word(Table.Master) ?? "", link.Settings.Word(Table.Lower) ?? ""],
        Step.OfAddress address => [address.Link],
        Step.OfRoute route => [route.Route.Link?.Value ?? ""],
        _ => [],
    };

    private Link Seen(Piece piece) => new(At.Nowhere(piece.Name), piece.Kind)
    {
        Settings = piece.Settings.Where(line => line.Home != Home.Port),
        Addresses = [.. piece.Addresses.Select(At.Nowhere)],
        Ports =
        [
            .. joined.Where(pair => pair.Master == piece.Name).Select(pair => world.Find(pair.Port)!)
                .Select(port => new Port(At.Nowhere(port.Name), port.Settings.Where(line => line.Home == Home.Port && line.Kinds.Contains(piece.Kind)))),
        ],
        State = new LinkState(indexes[piece.Name]) { Master = piece.Master, IdentityMac = piece.OwnMac ?? piece.Mac, MacIsSet = piece.MacIsSet, Carrier = piece.Up },
    };
}
