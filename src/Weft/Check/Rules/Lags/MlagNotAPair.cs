// An MLAG domain is two switches that share one system id towards a host. One switch with a pair's name, or three, is a slip in one of the
// names. Where a bond is torn by it, lag-across-switches speaks in its place.

using Weft.Text;

namespace Weft.Check;

/// <summary>A pair is two switches.</summary>
public sealed class MlagNotAPair() : Rule("mlag-not-a-pair", Severity.Warning)
{
    public override string Why => "two switches make a pair that acts as one; a name that one switch has, or three, is most likely written wrong";

    public override string Bad => """
        nics: {eth0: {}}
        cabling:
          eth0: {switch: leaf-a, port: "1"}
        switches:
          leaf-a: {mlag: [|pair1|]}
          leaf-b: {}
        """;

    public override string Good => """
        nics: {eth0: {}}
        cabling:
          eth0: {switch: leaf-a, port: "1"}
        switches:
          leaf-a: {mlag: pair1}
          leaf-b: {mlag: pair1}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var torn = stack.Wiring.Torn.SelectMany(port => new[] { port.Odd, port.Main }).Select(lead => lead.Cable!.Switch!.Value).ToHashSet(StringComparer.Ordinal);
        return
            from pair in stack.Wiring.Switches.Where(box => box.Mlag is not null).GroupBy(box => box.Mlag!.Value, StringComparer.Ordinal)
            let members = pair.ToList()
            where members.Count != 2 && !members.Exists(box => torn.Contains(box.Name.Value))
            select At(members[^1].Mlag!.Place, members.Count == 1 ? $"{members[0].Name} is the only switch of the pair {pair.Key}" : $"the pair {pair.Key} has {members.Count} switches: {Odd.Listed([.. members.Select(box => box.Name.Value)])}",
                members.Count == 1 ? $"write mlag: {pair.Key} at its partner too, or remove it here" : "write another mlag: name here, or remove it");
    }
}
