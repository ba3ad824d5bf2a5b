// A transmit queue leads to one port. The kernel refuses a queue that another port has, and one that the bond has not (EPERM,
// bond_option_queue_id_set); a bond has 16 unless the module was told otherwise.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Each queue of a bond leads to one port.</summary>
public sealed class QueueIdTaken() : Rule("queue-id-taken", Severity.Error)
{
    public override string Why => "the kernel gives a queue to one port, and refuses it to a second (EPERM)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: {eth0: {queue_id: 1}, eth1: {queue_id: [|1|]}}, mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: {eth0: {queue_id: 1}, eth1: {queue_id: 2}}, mode: active-backup, miimon: 100}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from same in bond.Ports.Where(port => port.Settings.Number(BondPortLines.QueueId) > 0).GroupBy(port => port.Settings.Number(BondPortLines.QueueId))
        from second in same.Skip(1)
        select At(second.Settings.PlaceOf(BondPortLines.QueueId), $"{second.Name} has queue_id {same.Key}, and so has {same.First().Name} (line {same.First().Name.Place.Line})", "give each port a queue of its own, or none");
}
