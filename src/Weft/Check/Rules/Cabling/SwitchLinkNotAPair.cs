// `links` says which switches are joined, by which a rule knows where frames find a way that does not lead over this host. An entry with one switch, or with
// one twice, joins nothing; and somebody meant to join something. Until it is mended nobody knows what is one segment, so that no rule judges by the cables.

using Weft.Text;

namespace Weft.Check;

/// <summary>A link between switches names two.</summary>
public sealed class SwitchLinkNotAPair() : Rule("switch-link-not-a-pair", Severity.Error)
{
    public override string Why => "a link joins two switches: an entry of one, of one twice, or of three does not say which are joined";

    public override string Bad => """
        nics: {eth0: {}}
        cabling:
          eth0: {switch: sw1, port: "1"}
        switches: {sw1: {}, sw2: {}, sw3: {}}
        links:
          - [|[sw1]|]
          - [sw2, [|sw2|]]
          - [sw1, sw2, [|sw3|]]
        """;

    public override string Good => """
        nics: {eth0: {}}
        cabling:
          eth0: {switch: sw1, port: "1"}
        switches: {sw1: {}, sw2: {}, sw3: {}}
        links:
          - [sw1, sw2]
          - [sw2, sw3]
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from joined in Wiring.NoPairs(stack.Host)
        let names = joined.Value is Model.Value.List list ? list.Items : []
        select names.Length < 2 ? At(joined.Place, names.IsEmpty ? "a link between switches names none" : $"a link between switches names {names[0].Value} alone", "name both switches that it joins, or remove it")
            : names.Length > 2 ? At(names[2].Place, $"a link between switches names {names.Length} of them", "write an entry for each two that are joined")
            : At(names[1].Place, $"a link joins {names[1].Value} to itself", "name the switch at the other end, or remove the entry");
}
