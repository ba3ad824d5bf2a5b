// What one end of a link says of itself in a LACPDU (802.3ad 43.4.2.2; linux/if_bonding.h, LACP_STATE_*). Healthy ends say 61, or
// 63 where they want LACPDUs every second.

namespace Weft.Twin.Packets.Bonds.Lacp;

[Flags]
internal enum LacpState : byte
{
    None = 0,

    /// <summary>It speaks without being spoken to.</summary>
    Activity = 0x01,

    /// <summary>It gives the other end up after 3 s rather than 90 s, and so is sent LACPDUs every second.</summary>
    Timeout = 0x02,
    Aggregation = 0x04,

    /// <summary>The port is in the right aggregator.</summary>
    Synchronization = 0x08,
    Collecting = 0x10,
    Distributing = 0x20,

    /// <summary>It knows nothing of the other end, and goes by defaults.</summary>
    Defaulted = 0x40,
    Expired = 0x80,

    Passing = Collecting | Distributing,
}
