// IFLA_INFO_DATA of kind "vlan" (linux/if_link.h, IFLA_VLAN_*).
// Surprise: on an existing VLAN device the kernel takes flags and QoS maps, but answers a changed id or protocol with
// success and does nothing.
namespace Weft.Netlink;

/// <summary>The options of a VLAN device.</summary>
public sealed class VlanData : IAttributes
{
    /// <summary>VLAN id, 0 to 4094.</summary>
    public ushort? Id;

    /// <summary>reorder_hdr, gvrp, loose_binding, mvrp, bridge_binding.</summary>
    public VlanFlags? Flags;

    /// <summary>Socket priority to VLAN priority.</summary>
    public QosMap? EgressQos;

    /// <summary>VLAN priority to socket priority.</summary>
    public QosMap? IngressQos;

    /// <summary>0x8100 for 802.1Q, 0x88a8 for 802.1ad.</summary>
    public ushort? Protocol;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U16(1, "id", ref Id);
        pass.Struct(2, "flags", ref Flags);
        pass.Nest(3, "egress_qos", ref EgressQos);
        pass.Nest(4, "ingress_qos", ref IngressQos);
        pass.U16Big(5, "protocol", ref Protocol);
    }
}
