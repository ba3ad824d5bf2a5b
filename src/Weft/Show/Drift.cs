// Where a host differs from its file, in the file's words. It is derived from the plan: the world before its steps and the
// world after them are compared, in exactly what the steps name. So diff and plan cannot disagree, and what a step only
// moves out of the way for a moment is no difference.

using System.Collections.Immutable;
using System.Text.Json;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Show;

/// <summary>One difference.</summary>
/// <param name="Place">The line that asks for it; nowhere for what left the file.</param>
/// <param name="What">`br3080.mtu`, `bond0.ports`, `routes`.</param>
/// <param name="File">What the file says; null where it says nothing of the kind.</param>
/// <param name="Host">What the host has; null where it has nothing of the kind.</param>
public sealed record Difference(Place Place, string What, string? File, string? Host)
{
    /// <summary>`file 9000, host 1500`, `eth1 is missing`, `eth5 is extra`.</summary>
    public string Words => File is null ? $"{Host} is extra" : Host is null ? $"{File} is missing" : $"file {File}, host {Host}";
}

/// <summary>Finds differences.</summary>
public static class Drift
{
    /// <summary>Every difference, by place; what left the file comes last.</summary>
    public static ImmutableArray<Difference> Of(Drawing drawing)
    {
        var now = OwnAddresses.Of(drawing.Now, drawing.Ledger.Last, drawing.Next);
        var (before, after) = (new World(now, drawing.Ledger.Firsts), new World(now, drawing.Ledger.Firsts));
        var steps = drawing.Plan.Steps.Where(step => step.Sends).ToList();
        foreach (var step in steps)
            after.Do(step);
        var found = steps.SelectMany(step => Between(step, before, after)).Where(difference => difference.File != difference.Host);
        return
        [
            .. found.GroupBy(difference => (difference.What, difference.File, difference.Host)).Select(same => same.FirstOrDefault(one => one.Place.IsSomewhere) ?? same.First())
                .OrderBy(difference => !difference.Place.IsSomewhere).ThenBy(difference => difference.Place),
        ];
    }

    /// <summary>`host.yaml:12 br3080.mtu: file 9000, host 1500`, or `no difference`.</summary>
    public static ImmutableArray<Line> Lines(ImmutableArray<Difference> differences) => differences.IsEmpty
        ? [Line.Of("no difference")]
        : [.. differences.Select(difference => new Line(
        [
            new(difference.Place.IsSomewhere ? $"{difference.Place.File}:{difference.Place.Line} " : "", Tone.Faint),
            new(difference.What, Tone.Name),
            new($": {difference.Words}"),
        ]))];

    /// <summary>Writes `{"differences":[{"file","line","what","wanted","found"}],"findings":[…]}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, ImmutableArray<Difference> differences, IEnumerable<Finding> findings)
    {
        to.WriteStartObject();
        to.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            to.WriteStartObject();
            to.WriteString("file", difference.Place.File ?? "");
            to.WriteNumber("line", difference.Place.Line);
            to.WriteString("what", difference.What);
            to.WriteString("wanted", difference.File);
            to.WriteString("found", difference.Host);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        Report.WriteArray(to, findings);
        to.WriteEndObject();
    }

    private static IEnumerable<Difference> Between(Step step, World before, World after) => step switch
    {
        Step.OfLink link => Links(link, before.Find(link.Name), after.Find(link.Name), before),
        Step.OfSysctls host => host.Settings.Select(pair => new Difference(pair.Value.Place is { IsSomewhere: true } place ? place : step.Place, $"sysctls.{pair.Key}", after.Sysctls.ValueOf(pair.Key)?.ToString(), before.Sysctls.ValueOf(pair.Key)?.ToString())),
        Step.OfAddress { Link: var name, Address: var address } when before.Find(name) is { } was && after.Find(name) is { } will =>
            will.Addresses.Contains(address) && was.Addresses.Contains(address) && will.LifetimeOf(address) == was.LifetimeOf(address) ? [new(step.Place, $"{name}.addresses", InOrder(will, was), InOrder(was, will))]
            : [new(step.Place, $"{name}.addresses", Has(will, address), Has(was, address))],
        Step.OfRoute { Route: var route } when route.Link is not { } over || before.Find(over.Value) is not null => Routes(step, route, before, after),
        Step.OfRule { Rule: var rule } => [new(step.Place, "rules", Has(after.Rules, rule), Has(before.Rules, rule))],
        Step.OfClient client when before.Find(client.Link) is { } was && after.Find(client.Link) is { } will =>
            ClientLines.All.Where(line => was.ValueOf(line) != will.ValueOf(line)).Select(line => new Difference(step.Place, $"{client.Link}.{line}", will.ValueOf(line)?.ToString(), was.ValueOf(line)?.ToString())),
        Step.OfNames names when before.Find(names.Link) is { } was && after.Find(names.Link) is { } will =>
            NameLines.All.Where(line => was.ValueOf(line) != will.ValueOf(line)).Select(line => new Difference(step.Place, $"{names.Link}.{line}", will.ValueOf(line)?.ToString(), was.ValueOf(line)?.ToString())),
        Step.OfNames names when before.Find(names.Link) is null => before.NamesOfGone.Where(one => one.Link == names.Link).SelectMany(one => one.Names).Select(pair => new Difference(step.Place, $"{names.Link}.{pair.Key}", null, pair.Value.Value.ToString())),
        Step.OfVlans vlans when before.Find(vlans.Link) is { } was && after.Find(vlans.Link) is { } will =>
            [new(step.Place, vlans.Master is { } bridge ? $"{bridge}.ports.{vlans.Link}.vlans" : $"{vlans.Link}.vlans", Vlans(vlans, will), Vlans(vlans, was))],
        _ => [],
    };

    private static string? Vlans(Step.OfVlans step, Piece piece) => (step.Master is null ? piece.OwnVlans : piece.Vlans)?.ToString() is { Length: > 0 } text ? text : null;

    private static string? Has(List<PolicyRule> rules, PolicyRule rule) => rules.Contains(rule) ? rule.ToString() : null;

    private static string? Has(Piece piece, IpPrefix address) =>
        !piece.Addresses.Contains(address) ? null : piece.LifetimeOf(address) is var lifetime && lifetime == Lifetime.Forever ? address.ToString() : $"{address} {lifetime}";

    /// <summary>An address that only moves is no difference of its own: their order is.</summary>
    private static string InOrder(Piece piece, Piece other) => string.Join(", ", piece.Addresses.Where(other.Addresses.Contains));

    private static IEnumerable<Difference> Links(Step.OfLink step, Piece? was, Piece? will, World before)
    {
        if (was is null || will is null)
        {
            yield return new(step.Place, step.Name, will?.Kind.Word, was?.Kind.Word);
            // A link that is missing is missing from its master as well, and once is enough.
            yield break;
        }
        if (was.Master != will.Master)
        {
            if (will.Master is { } master && before.Find(master) is not null)
                yield return new(step.Settings.Get(Table.Master)?.Place ?? step.Place, $"{master}.ports", step.Name, null);
            if (was.Master is not null)
                yield return new(step.Place, $"{was.Master}.ports", null, step.Name);
        }
        foreach (var attribute in step.Settings.Select(pair => pair.Key).Where(attribute => attribute != Table.Master))
            if (will.Settings.Get(attribute) is { } wanted)
                yield return new(step.Settings.Get(attribute)!.Place is { IsSomewhere: true } place ? place : step.Place,
                    What(step.Name, attribute, will), StepText.Word(wanted.Value), was.Settings.Get(attribute) is { } held ? StepText.Word(held.Value) : null);
    }

    /// <summary>An option that a link has as a port is its master's to say.</summary>
    private static string What(string name, Attribute attribute, Piece will) =>
        attribute.Home == Home.Port && will.Master is { } master ? $"{master}.ports.{name}.{attribute}" : $"{name}.{attribute}";

    private static IEnumerable<Difference> Routes(Step step, Route route, World before, World after)
    {
        var (was, will) = (Same(before, route), Same(after, route));
        yield return new(step.Place, route.To.Value.IsEverything && route.Link is { } link ? $"{link}.gateway" : "routes", will?.ToString(), was?.ToString());
    }

    private static Route? Same(World world, Route route) => world.Routes.Find(other => RoutePlan.SameKey(other, route));
}
