// IFF_* of linux/if.h, all nineteen that the kernel sends. Which of them a user may change is the kernel's say: up,
// noarp, promisc, allmulti, multicast, dynamic and little else.
namespace Weft.Netlink;

/// <summary>Flags of a link.</summary>
[Flags]
public enum LinkFlags : uint
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Administratively up.</summary>
    Up = 1 << 0,

    /// <summary>Has a broadcast address.</summary>
    Broadcast = 1 << 1,

    /// <summary>Debugging.</summary>
    Debug = 1 << 2,

    /// <summary>The loopback.</summary>
    Loopback = 1 << 3,

    /// <summary>Has two ends only.</summary>
    PointToPoint = 1 << 4,

    /// <summary>Without meaning today.</summary>
    NoTrailers = 1 << 5,

    /// <summary>Operational: up and usable.</summary>
    Running = 1 << 6,

    /// <summary>No ARP.</summary>
    NoArp = 1 << 7,

    /// <summary>Receives all frames.</summary>
    Promiscuous = 1 << 8,

    /// <summary>Receives all multicast.</summary>
    AllMulticast = 1 << 9,

    /// <summary>Is a bond.</summary>
    Master = 1 << 10,

    /// <summary>Is a port of a bond.</summary>
    Slave = 1 << 11,

    /// <summary>Knows multicast.</summary>
    Multicast = 1 << 12,

    /// <summary>Can select its medium.</summary>
    PortSelect = 1 << 13,

    /// <summary>Selects its medium by itself.</summary>
    AutoMedia = 1 << 14,

    /// <summary>Addresses come and go.</summary>
    Dynamic = 1 << 15,

    /// <summary>The lower layer has carrier.</summary>
    LowerUp = 1 << 16,

    /// <summary>Waits for an event.</summary>
    Dormant = 1 << 17,

    /// <summary>Hears its own frames.</summary>
    Echo = 1 << 18,
}
