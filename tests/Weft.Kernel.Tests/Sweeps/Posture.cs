// A link of a kind in a state: how its attributes are changed there is what the table claims, and what a kernel is asked.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Kernel.Tests.Sweeps;

/// <param name="Options">What the link is made with.</param>
/// <param name="IsUp">Whether it is up.</param>
/// <param name="HasPorts">Whether eth0 and eth1 are its ports.</param>
internal sealed record Posture(LinkKind Kind, Settings Options, bool IsUp, bool HasPorts)
{
    public const string Link = "link", Port = "eth0", SecondPort = "eth1", Lower = "eth2";

    /// <summary>The lines to be tried: the link's own, and its first port's. What is no option of its kind is tried elsewhere (`Nics`, `Layer3`, `Clients`).</summary>
    public IEnumerable<Attribute> Lines => Table.OfLink(Kind).Concat(HasPorts ? Table.OfPort(Kind) : []).Where(line => line.Home is Home.Link or Home.Data or Home.Port && !MarkLines.All.Contains(line));

    /// <summary>Makes the link as it should be, whatever was there before.</summary>
    public void Take(IKernel kernel)
    {
        if (kernel.Observe().Host.Find(Link) is not null)
            Do(kernel, [new Step.OfLink(Verb.Remove, Link, Kind, Settings.Empty, Place.None)]);
        string[] ports = HasPorts ? [Port, SecondPort] : [];
        Do(kernel,
        [
            new Step.OfLink(Verb.Add, Link, Kind, Options, Place.None),
            .. ports.SelectMany(port => new[] { Set(port, LinkKind.Nic, Table.Up, Value.Of(false)), Set(port, LinkKind.Nic, Table.Master, Value.Of(Link)), Set(port, LinkKind.Nic, Table.Up, Value.Of(true)) }),
            Set(Link, Kind, Table.Up, Value.Of(IsUp)),
        ]);
    }

    /// <summary>One value, as the planner's steps say it.</summary>
    public Step Set(Attribute line, Value value) => line.Home == Home.Port ? Set(Port, LinkKind.Nic, line, value) : Set(Link, Kind, line, value);

    /// <summary>Another value than the one that is held, as a host file spells it.</summary>
    public Value Other(Attribute line, Value? held) => Words(line).Select(word => Parsed(line, word)).Append(line.Default(Options)).First(value => value is not null && value != held)!;

    /// <summary>The same as a word of a file.</summary>
    public string OtherWord(Attribute line, Value? held) => Words(line).FirstOrDefault(word => Parsed(line, word) != held) ?? "default";

    public override string ToString() => $"{Kind} ({Options}) {(IsUp ? "up" : "down")} {(HasPorts ? "with ports" : "without ports")}";

    private static string[] Words(Attribute line) =>
        line == Table.Up ? ["true", "false"]
        : line == Table.Mtu ? ["1400"] // Below 1280 there is no IPv6.
        : line == VlanLines.Lower ? [Port]
        : line == BondLines.Primary ? [SecondPort, Port]
        : AttributeTests.Words(line);

    private Value Parsed(Attribute line, string word)
    {
        var ports = line.Home == Home.Port ? $"ports: {{{Port}: {{{line.Name}: {word}}}}}" : $"{line.Name}: {word}";
        var text = $"nics: {{{Port}: {{}}, {Lower}: {{}}}}\n{Kind.Section}: {{{Link}: {{{ports}}}}}\n";
        var link = HostFile.Read("host.yaml", text).Host!.Find(Link)!;
        var settings = line.Home == Home.Port ? link.Ports[0].Settings : link.Settings;
        var value = settings.ValueOf(line) ?? throw new InvalidOperationException($"{word} is nothing that {line} may hold");
        return line.Shape is Model.Shapes.ListOf && value is not Value.List ? new Value.List([At.Nowhere(value)]) : value;
    }

    private static Step.OfLink Set(string name, LinkKind kind, Attribute line, Value value) => new(Verb.Set, name, kind, Settings.Empty.With(line, value), Place.None);

    private static void Do(IKernel kernel, ImmutableArray<Step> steps) => kernel.Execute(steps).OfType<Refusal>().ShouldBeEmpty();
}
