// A bridge's MTU is what its guests are promised, and the tap of each has it. What the guest's own driver takes is another matter: the one
// for the rtl8139 takes 4096 (CP_MAX_MTU, 8139cp.c), e1000 16110 (MAX_JUMBO_FRAME_SIZE less 18), e1000e 9212 (DEFAULT_JUMBO less 22), ne2k and
// pcnet Ethernet's 1500 (ether_setup). Virtio takes whatever the host has.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>A guest's NIC can do the MTU of its bridge.</summary>
public sealed class GuestMtu() : Rule("guest-mtu", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the driver of such a NIC refuses a larger MTU, so the guest never sends nor takes the large packets that everybody else on the bridge does";

    public override string Bad => """
        nics: {eth0: {mtu: 9000}}
        bridges:
          br0: {ports: [eth0]}
        guests:
          nas1: {nics: [{bridge: br0, model: [|rtl8139|]}]}
        """;

    public override string Good => """
        nics: {eth0: {mtu: 9000}}
        bridges:
          br0: {ports: [eth0]}
        guests:
          nas1: {nics: [{bridge: br0, model: virtio}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from guest in stack.Host.Guests
        from nic in guest.Nics
        where GuestModels.IsTooSmall(stack, nic)
        select At(nic.Model!.Place, $"{guest.Name} has a NIC of model {nic.Model}, which takes an MTU of {GuestModels.Most(nic.Model.Value)}, on {nic.Bridge}, whose MTU is {stack.Mtu(stack.Host.Find(nic.Bridge!.Value)!)}",
            $"write model: virtio, or mtu: {GuestModels.Most(nic.Model.Value)} on {nic.Bridge}");
}
