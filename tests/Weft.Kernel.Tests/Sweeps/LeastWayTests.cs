// A change on a link that carries traffic is planned with no more than the table says it needs: nothing goes down, no port is let go and no link
// is made anew for what the kernel takes as it is.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Plan;
using Weft.Linux;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Kernel.Tests.Sweeps;

public sealed class LeastWayTests(ITestOutputHelper output)
{
    /// <summary>What a file may say an option with only: which other one goes for it, and what stands beside it.</summary>
    private static readonly Dictionary<Attribute, (string Without, string With)> Beside = new()
    {
        [BondLines.ArpInterval] = ("miimon", ", arp_ip_target: 10.0.0.9"),
        [BridgePortLines.Mab] = ("", ", locked: true"),
    };

    /// <summary>How many messages a change takes: itself, or with down before and up behind it.</summary>
    private static readonly Dictionary<Change, int> Messages = new() { [Change.Live] = 1, [Change.Down] = 3 };

    private static readonly string[] Modes = [.. ((OneOf)BondLines.Mode.Shape).Words.Select(mode => mode.Word)];

    public static TheoryData<string, string> Hosts =>
    [
        .. Modes.Select(mode => ("bond", $"mode: {mode}, miimon: 100")),
        ("bridge", "vlan_filtering: true"),
        ("vlan", "link: eth2, id: 5"),
    ];

    [Theory]
    [MemberData(nameof(Hosts))]
    public void A_change_on_a_live_link_disturbs_no_more_than_the_table_says(string kind, string options)
    {
        var of = LinkKind.Of(kind);
        using var host = new BareHost("least", Posture.Port, Posture.SecondPort, Posture.Lower);
        host.Apply(File(of, options, null, ""));
        var seen = host.Inside(kernel => kernel.Observe()).Host.Find(Posture.Link)!;
        var posture = new Posture(of, seen.Settings, IsUp: true, HasPorts: of.HasPorts);
        var lacking = Abilities.Lacks([.. posture.Lines.Where(line => line.IsNotEverywhere)]);
        var tried = 0;
        foreach (var line in posture.Lines.Except(lacking).Where(line => line != Table.Up && line.IsTaken(seen.Settings)))
        {
            var held = line.Home == Home.Port ? seen.Ports[0].Settings.ValueOf(line) : seen.Settings.ValueOf(line);
            var steps = host.Plan(File(of, options, line, posture.OtherWord(line, held))).Steps.Where(step => step.Sends).ToList();
            var links = steps.OfType<Step.OfLink>().ToList();
            var said = $"{line}: {string.Join("; ", steps.Select(StepText.Of))}";
            links.Any(step => step.Name == Posture.Link && step.Settings.Flag(Table.Up) == false).ShouldBe(line.Change.WantsDown(), said);
            links.Count(step => step.Settings.Word(Table.Master) == "").ShouldBe(line.Change.WantsNoPorts() ? 2 : 0, said);
            links.Any(step => step.Verb is Verb.Remove or Verb.Add).ShouldBe(line.Change == Change.Recreate, said);
            links.Any(step => step.Settings.Has(line)).ShouldBeTrue(said);
            if (Messages.TryGetValue(line.Change, out var messages))
                steps.Count.ShouldBe(messages, said);
            tried++;
        }
        output.WriteLine($"{tried} changes");
        tried.ShouldBeGreaterThan(of == LinkKind.Vlan ? 10 : 20);
    }

    private static string File(LinkKind kind, string options, Attribute? line, string word)
    {
        var (without, with) = line is null ? ("", "") : Beside.GetValueOrDefault(line, (line.Name, ""));
        var said = line is null ? "" : $"{line.Name}: {word}{with}";
        List<string> own = [.. options.Split(", ").Where(option => without.Length == 0 || !option.StartsWith($"{without}: ", StringComparison.Ordinal))];
        if (line is not null && line.Home != Home.Port)
            own.Add(said);
        if (kind.HasPorts)
            own.Add($"ports: {{{Posture.Port}: {{{(line?.Home == Home.Port ? said : "")}}}, {Posture.SecondPort}: {{}}}}");
        return $"nics: {{{Posture.Port}: {{}}, {Posture.SecondPort}: {{}}, {Posture.Lower}: {{}}}}\n{kind.Section}: {{{Posture.Link}: {{{string.Join(", ", own)}}}}}\n";
    }
}
