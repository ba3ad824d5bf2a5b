// Whom balance-alb has told that one of our addresses is at a port's MAC (rlb_client_info).

namespace Weft.Twin.Packets.Bonds.Alb;

internal struct Client
{
    public bool IsUsed;

    /// <summary>Our address and the client's.</summary>
    public uint Ours, Theirs;

    /// <summary>The client's MAC; 0 until it answered.</summary>
    public ulong Mac;

    /// <summary>Ours as the ARP had it.</summary>
    public ulong OurMac;

    /// <summary>The port that the client is to send to.</summary>
    public BondPort? Port;

    /// <summary>The whole tag of its VLAN; 0 without one.</summary>
    public ushort Tag;

    /// <summary>It is to be told (ntt).</summary>
    public bool IsStale;
}
