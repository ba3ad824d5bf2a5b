// ETHTOOL_A_LINKMODES_*: how the link talks to its other end.
// Surprise: speed and duplex are those agreed on, all ones where there is no link; a change to them means them as forced.
namespace Weft.Netlink;

/// <summary>Speed, duplex and negotiation.</summary>
public sealed class LinkModesMessage : EthtoolMessage
{
    /// <summary>1: agreed on with the other end.</summary>
    public byte? Autoneg;

    /// <summary>What the link can do (the mask), and what of it is advertised (the values).</summary>
    public EthtoolBits? Ours;

    /// <summary>What the other end advertises.</summary>
    public EthtoolBits? Peer;

    /// <summary>Mbit/s; all ones where it is not known.</summary>
    public uint? Speed;

    /// <summary>0 half, 1 full, 255 not known.</summary>
    public byte? Duplex;

    /// <summary>Who leads on twisted pair, as configured.</summary>
    public byte? MasterSlaveCfg;

    /// <summary>Who leads.</summary>
    public byte? MasterSlaveState;

    /// <summary>Lanes.</summary>
    public uint? Lanes;

    /// <summary>How the PHY adapts rates.</summary>
    public byte? RateMatching;

    /// <inheritdoc/>
    public override void Walk<TPass>(ref TPass pass)
    {
        pass.Nest(1, "header", ref Header);
        pass.U8(2, "autoneg", ref Autoneg);
        pass.Nest(3, "ours", ref Ours);
        pass.Nest(4, "peer", ref Peer);
        pass.U32(5, "speed", ref Speed);
        pass.U8(6, "duplex", ref Duplex);
        pass.U8(7, "master_slave_cfg", ref MasterSlaveCfg);
        pass.U8(8, "master_slave_state", ref MasterSlaveState);
        pass.U32(9, "lanes", ref Lanes);
        pass.U8(10, "rate_matching", ref RateMatching);
    }
}
