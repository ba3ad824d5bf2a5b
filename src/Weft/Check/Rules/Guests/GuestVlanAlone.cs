// A VLAN-aware bridge hands a frame to the ports that are in its VLAN (br_allowed_egress, net/bridge/br_vlan.c). Where no port but the guest's own is, nobody
// hears it. Several guests of one VLAN, or the bridge itself in it, are a network of their own, which is meant.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Somebody else is in a guest's VLAN.</summary>
public sealed class GuestVlanAlone() : Rule("guest-vlan-alone", Severity.Warning)
{
    public override string Why => "the bridge hands a guest's frames only to ports that are in its VLAN, and no other port is";

    public override string Bad => """
        nics: {eth0: {}}
        bridges:
          br0: {vlan_filtering: true, ports: {eth0: {vlans: [5, 6]}}}
        guests:
          web1: {nics: [{bridge: br0, vlan: [|7|]}]}
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges:
          br0: {vlan_filtering: true, ports: {eth0: {vlans: [5, 6]}}}
        guests:
          web1: {nics: [{bridge: br0, vlan: 5}]}
          web2: {nics: [{bridge: br0, vlan: 7}]}
          web3: {nics: [{bridge: br0, vlan: 7}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from plug in stack.Host.Guests.SelectMany(guest => guest.Nics.Select(nic => new { guest.Name, Nic = nic, Socket = stack.Neighbourhoods.Of(nic) }))
        where plug.Socket is { Vlan: > 0 }
        group plug by plug.Socket.ToString() into same
        let alone = same.First()
        where same.Select(plug => plug.Name.Value).Distinct(StringComparer.Ordinal).Count() == 1
        let bridge = alone.Socket.Bridge
        where IsKnown(bridge) && !bridge.Ports.Any(port => VlanPort.Of(bridge, port).Has((int)alone.Socket.Vlan)) && !VlanPort.OfItself(bridge).Has((int)alone.Socket.Vlan)
        // A VLAN link of a bridge that is not in the VLAN itself is vlan-not-on-bridge.
        where !stack.Uppers(bridge).Any(upper => upper.Kind == LinkKind.Vlan && upper.Settings.Number(VlanLines.Id) == alone.Socket.Vlan)
        select At(alone.Nic.Vlan?.Place ?? alone.Nic.Bridge!.Place, $"{alone.Name} is in VLAN {alone.Socket.Vlan} of {bridge.Name}, and no port of the bridge is", $"write a VLAN that a port of {bridge.Name} carries, or add {alone.Socket.Vlan} to the vlans of one (line {bridge.Name.Place.Line})");

    /// <summary>A bridge without ports is for its guests alone; where a port is in no VLAN at all, that is port-carries-nothing.</summary>
    private static bool IsKnown(Link bridge) =>
        bridge.Ports.Length > 0 && !bridge.Unread.Contains("ports") && !bridge.Unread.Contains("vlans") && !bridge.Ports.Any(port => port.IsUnread || VlanPort.Of(bridge, port).Runs.IsEmpty);
}
