// The seven modes of a bond: what each spreads, what it needs from the switch, and where it does harm.

namespace Weft.Explain;

internal static class ModeWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["balance-rr"] = """
            Packets leave by one port after the other, so that even a single connection may fill all ports; the price is that they arrive out of order, which TCP takes
            for loss. The switch must have the ports in one static group, without LACP. On plain switch ports the bond's MAC jumps from port to
            port, the host's own broadcasts come back by another port, and guests behind a bridge lose most of their traffic. It is the kernel's default
            and seldom what one wants; it also starts without a monitor, so say miimon: 100.
            """,
        ["active-backup"] = """
            One port carries everything, and another takes over when it fails. It needs nothing from the switches, which may be two that know nothing of each
            other, and it goes well under bridges and guests: the safe choice where there is no LACP. It must not meet a port
            channel, for the switch would send part of the traffic to a port that is not listening. It starts without a monitor: without miimon or
            arp_interval it never fails over. With miimon 100 a pulled cable costs up to 100 ms.
            """,
        ["balance-xor"] = """
            Each frame's port is chosen by a hash of its header, so a connection keeps its order and its port; xmit_hash_policy says which fields count. The switch
            must have the ports in one static group: this is the mode for a switch that aggregates but does not speak LACP. Nobody checks that both ends
            mean the same ports, so a wrong cable is a black hole; 802.3ad is the same with that check. On plain switch ports guests behind a bridge lose
            traffic, as their broadcasts come back by another port. Say miimon: 100, since it starts without a monitor.
            """,
        ["broadcast"] = """
            Every frame leaves by every port. It is for two networks that are separate and carry the same on purpose, where not one packet may be lost and the
            receivers throw the copies away. On one switch everybody gets everything twice, and guests behind a bridge hardly get anything. It adds
            no bandwidth; for failover take active-backup.
            """,
        ["802.3ad"] = """
            LACP: both ends agree which ports are one bundle, and a hash of the header chooses a frame's port in it. The switch needs these very ports
            in one port channel with LACP, active there unless lacp_active is left on here; ports on two switches work only where the two act as one
            (MLAG). All ports must be of one speed and full duplex, else they fall into several aggregators of which only one is used. If the
            switch does not answer, one port works alone and the bond still shows carrier. One connection is never faster than one port,
            and with the default layer2 all that goes by one gateway takes one port: say xmit_hash_policy: layer3+4 or layer2+3. miimon is 100 by itself.
            """,
        ["balance-tlb"] = """
            Sends by all ports according to their load, receives by one; the switch needs nothing and must have no port channel. A frame that leaves by another
            port than the active one bears that port's own MAC. That is harmless for the host itself and bad below a bridge: the MACs of guests are rewritten too,
            and switches forget where the guests are or refuse them. Use it for a host that mostly sends and whose switch cannot aggregate.
            """,
        ["balance-alb"] = """
            As balance-tlb, and it balances what is received as well: ARP answers give different peers the MACs of different ports. That works for IPv4 only
            and for the host's own addresses. The ports' drivers must change MACs while they are up. Not for a bond below a bridge with guests, whose
            MACs it rewrites; and when a port dies, a peer may go on sending to its MAC for two seconds, at worst four. The switch must have no port channel.
            """,
    };
}
