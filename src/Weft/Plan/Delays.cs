// What kernels, switches and standards wait for, once each, with who says so: what a plan says of blinking (`BlinkTimes`) and how
// long a changed host may take to answer (`Reach/WaitTable`) are made of these. All but the forward delay, which
// is the default, are the worst that is allowed.

using Weft.Model;

namespace Weft.Plan;

/// <summary>Times in milliseconds.</summary>
internal static class Delays
{
    /// <summary>The kernel acts on a carrier that came back at most a second later (net/core/link_watch.c: linkwatch_nextevent, HZ).</summary>
    public const int Carrier = 1000;

    /// <summary>
    /// A NIC that was down, or whose driver starts it anew for another MTU, agrees with the switch on speed and duplex: 3 to 4 s on copper
    /// (IEEE 802.3, clauses 28 and 55), more with failed attempts or a server NIC's firmware. Chosen: no test has such hardware.
    /// </summary>
    public const int Negotiation = 10_000;

    /// <summary>A new IPv6 address is asked for before it is used: at most 1 s until the question, 1 s until nobody answered (RFC 4862, 5.4; addrconf_dad_kick).</summary>
    public const int DuplicateAddress = 2000;

    /// <summary>A port listens, then learns, each for the forward delay (IEEE 802.1D, 17.14): 15 s unless somebody set it, at most 30 s.</summary>
    public const int ForwardDelay = 15_000, ForwardDelayAtMost = 30_000;

    /// <summary>802.3ad, first port to a bond that is up already: no port is used meanwhile (AD_AGGREGATOR_SELECTION_TIMER in net/bond_3ad.h).</summary>
    public const int AggregatorSelection = 8000;

    /// <summary>802.3ad: how long ports are waited for that might join the aggregator (AD_AGGREGATE_WAIT_TIMER).</summary>
    public const int AggregateWait = 2000;

    /// <summary>802.3ad: what a partner that sends fast or slowly is forgotten after (AD_SHORT_TIMEOUT_TIME, AD_LONG_TIMEOUT_TIME; IEEE 802.1AX, 6.4.4).</summary>
    public const int ShortTimeout = 3000, LongTimeout = 90_000;

    /// <summary>
    /// balance-alb: peers that send to a port which is gone are told of another's MAC, but no sooner than 2 s after the bond last told or asked
    /// somebody (RLB_UPDATE_DELAY in net/bond_alb.h). Who heard of the old one less than a second ago does not listen (net.ipv4.neigh.*.locktime), and is
    /// told again after another 2. Two ticks of 100 ms come to that. 2.4 s were seen.
    /// </summary>
    public const int PeersRelearn = 4200;

    /// <summary>Drivers without a wire: carrier is there at once, a new MTU stops nothing, and behind them no switch listens.</summary>
    private static readonly HashSet<string> Wireless = new(["veth", "dummy", "tun", "netdevsim", "virtio_net", "vmxnet3", "xen_netfront", "hv_netvsc"], StringComparer.Ordinal);

    /// <summary>Whether a NIC negotiates with a switch; one of which nothing is known does.</summary>
    public static bool HasWire(Link? nic) => nic?.State?.Driver is not { } driver || !Wireless.Contains(driver);
}
