// A bond is made with 16 transmit queues (BOND_DEFAULT_TX_QUEUES, bonding.h), unless the module's tx_queues says otherwise, and a queue beyond them is refused
// (bond_option_queue_id_set; 16 itself is taken, measured).

using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bond's port has one of the bond's queues.</summary>
public sealed class QueueIdTooHigh() : Rule("queue-id-too-high", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "a bond has 16 transmit queues unless the module was loaded with another tx_queues, and the kernel refuses a queue_id beyond them (EPERM)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: {eth0: {queue_id: [|17|]}, eth1: {}}, mode: active-backup, miimon: 100}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bonds:
          bond0: {ports: {eth0: {queue_id: 15}, eth1: {}}, mode: active-backup, miimon: 100}
        """;

    private const int Queues = 16;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bond in stack.Bonds
        from port in bond.Ports
        where port.Settings.Number(BondPortLines.QueueId) > Queues
        select At(port.Settings.PlaceOf(BondPortLines.QueueId), $"{port.Name} has queue_id {port.Settings.Number(BondPortLines.QueueId)} in {bond.Name}", $"write queue_id: {Queues} or less");
}
