// IFLA_BOND_AD_INFO: what 802.3ad has agreed (linux/if_link.h, IFLA_BOND_AD_INFO_*). The kernel sends it, never takes it.
// Surprise: a partner of all zero means that nobody has answered yet.
namespace Weft.Netlink;

/// <summary>The active aggregator of an 802.3ad bond.</summary>
public sealed class BondAdInfo : IAttributes
{
    /// <summary>Its number.</summary>
    public ushort? Aggregator;

    /// <summary>Ports in it.</summary>
    public ushort? NumPorts;

    /// <summary>Our key.</summary>
    public ushort? ActorKey;

    /// <summary>The partner's key.</summary>
    public ushort? PartnerKey;

    /// <summary>The partner's system identifier.</summary>
    public HardwareAddress? PartnerMac;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U16(1, "aggregator", ref Aggregator);
        pass.U16(2, "num_ports", ref NumPorts);
        pass.U16(3, "actor_key", ref ActorKey);
        pass.U16(4, "partner_key", ref PartnerKey);
        pass.Mac(5, "partner_mac", ref PartnerMac);
    }
}
