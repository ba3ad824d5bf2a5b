// A link has one IFLA_MASTER. The kernel does not refuse the second master: it silently takes the port from the first, so
// whichever is written last wins and a bond loses a link without a word (measured on 6.1).

using Weft.Text;

namespace Weft.Check;

/// <summary>A link is a port of one master.</summary>
public sealed class PortHasTwoMasters() : Rule("port-has-two-masters", Severity.Error)
{
    public override string Why => "a link has one master: the kernel silently takes it from the first and gives it to the second";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        bridges:
          br0: {ports: [[|eth1|]]}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}
        bridges:
          br0: {ports: [bond0]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from link in stack.Host.Links
        let uses = stack.Masters(link.Name.Value)
        where uses.Count > 1
        from use in uses.Skip(1)
        select At(use.Port.Name.Place, $"{link.Name} is a port of {uses[0].Master.Name} and of {use.Master.Name}", $"leave it in one of the two; {uses[0].Master.Name} claims it in line {uses[0].Port.Name.Place.Line}");
}
