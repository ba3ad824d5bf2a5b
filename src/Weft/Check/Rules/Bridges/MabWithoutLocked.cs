// MAC authentication bypass notes whom a locked port turned away; on a port that lets everybody in there is nobody to note. The
// kernel refuses it (EINVAL, "Bridge port must be locked when MAB is enabled", br_setport).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>mab is for locked ports.</summary>
public sealed class MabWithoutLocked() : Rule("mab-without-locked", Severity.Error)
{
    public override string Why => "mab notes senders that a locked port refuses; on a port that is not locked the kernel refuses it (EINVAL)";

    public override string Bad => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: {eth0: {mab: [|true|]}}}
        """;

    public override string Good => """
        nics: {eth0: {}, eth1: {}}
        bridges:
          br0: {ports: {eth0: {locked: true, mab: true}}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        from port in bridge.Ports
        where port.Settings.Flag(BridgePortLines.Mab) == true && port.Settings.Flag(BridgePortLines.Locked) != true
        select At(port.Settings.PlaceOf(BridgePortLines.Mab), $"{port.Name} has mab and is not locked", "add locked: true, or remove mab");
}
