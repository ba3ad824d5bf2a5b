// The frames of a link go to one receiver (netdev_rx_handler_register): its bond or bridge, or the MACVLANs on it. The second is refused (EBUSY).

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A link is a port, or carries MACVLANs.</summary>
public sealed class MacvlanOnPort() : Rule("macvlan-on-port", Severity.Error)
{
    public override string Why => "the kernel gives the frames of a link to its bond or bridge or to the MACVLANs on it, and refuses the second (EBUSY)";

    public override string Bad => """
        nics: {eth0: {}}
        macvlans:
          mv0: {link: [|eth0|]}
        bridges:
          br0: {ports: [eth0]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {ports: [eth0]}
        macvlans:
          mv0: {link: br0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from macvlan in stack.Sound
        where macvlan.Kind == LinkKind.Macvlan
        let lower = stack.LowerOf(macvlan)
        where lower is not null
        let master = stack.MasterOf(lower)
        where master is not null
        select At(macvlan.Settings.PlaceOf(MacvlanLines.Lower), $"{macvlan.Name} stands on {lower.Name}, which is a port of {master.Name} (line {master.Name.Place.Line})", $"let it stand on {master.Name}");
}
