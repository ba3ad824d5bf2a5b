// A port is in a VLAN once, tagged or untagged. Where a list says one twice, or says tagged what pvid says untagged, one of the
// two was meant otherwise; the kernel takes the last word (br_vlan_add_existing, net/bridge/br_vlan.c).

using Weft.Model;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Each VLAN of a port is said once.</summary>
public sealed class PortVlanTwice() : Rule("port-vlan-twice", Severity.Warning)
{
    public override string Why => "a port is in a VLAN once, tagged or untagged, and of two words about it the kernel keeps the last";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {vlan_filtering: true, ports: {eth0: {vlans: [5-9, [|8-12|]], pvid: 1}}}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {vlan_filtering: true, ports: {eth0: {vlans: [5-9, 10-12], pvid: 1}}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        from finding in bridge.Ports.SelectMany(port => Port(port.Name.Value, port.Rest)).Concat(Port(bridge.Name.Value, bridge.Rest))
        select finding;

    private IEnumerable<Finding> Port(string port, Fields keys)
    {
        var items = keys.List("vlans");
        if (items.IsEmpty)
            yield break;
        var owner = new int[4095];
        for (var at = 0; at < items.Length; at++)
        {
            var run = VlanRange.Of(items[at].Value);
            var before = owner.AsSpan(run.From, run.To - run.From + 1).IndexOfAnyExcept(0);
            if (before >= 0)
                yield return At(items[at].Place, $"VLAN {run.From + before} of {port} stands in {items[at]} and before it in {items[owner[run.From + before] - 1]}", "let the two ranges begin where the other ends, or make one of them");
            owner.AsSpan(run.From, run.To - run.From + 1).Fill(at + 1);
        }
        if (keys.Get("pvid") is { Value: Value.Number pvid, Place: var place } && owner[pvid.Count] > 0)
            yield return At(place, $"VLAN {pvid.Count} of {port} is its pvid, untagged, and stands in its vlans too, tagged", $"leave {pvid.Count} out of vlans: the port carries its pvid anyway") with
                { Severity = items[owner[pvid.Count] - 1].Value is Value.Number ? Severity.Warning : Severity.Advice };
    }
}
