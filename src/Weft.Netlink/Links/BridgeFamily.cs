// IFLA_AF_SPEC of a link message whose family is AF_BRIDGE (linux/if_bridge.h, IFLA_BRIDGE_*): a port's VLAN table.
// Surprise: with RTEXT_FILTER_BRVLAN_COMPRESSED a range is two entries, the first marked RANGE_BEGIN and the second
// RANGE_END; only then is a table of 4094 VLANs small enough for a message.
namespace Weft.Netlink;

/// <summary>The VLAN table of a bridge or of one of its ports.</summary>
public sealed class BridgeFamily : IAttributes
{
    /// <summary>BRIDGE_FLAGS_MASTER 1, BRIDGE_FLAGS_SELF 2: who is to act.</summary>
    public ushort? Flags;

    /// <summary>0 VEB, 1 VEPA: of a NIC's embedded switch.</summary>
    public ushort? Mode;

    /// <summary>The entries.</summary>
    public List<BridgeVlanInfo>? VlanInfos;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U16(0, "flags", ref Flags);
        pass.U16(1, "mode", ref Mode);
        pass.Structs(2, "vlan_info", ref VlanInfos);
    }
}
