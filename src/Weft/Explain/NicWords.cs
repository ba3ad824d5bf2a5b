// What a NIC's driver keeps.

namespace Weft.Explain;

internal static class NicWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["autoneg"] = """
            Leave it on: copper of 1 Gbit/s and more cannot do without, and both ends must do the same. Switch it off where a switch port is forced, or for a transceiver or cable
            that agrees on nothing; then say the speed, and duplex: full. An end that agrees beside one that is forced falls back to half duplex, which looks like a
            good link that loses frames under load.
            """,
        ["speed"] = """
            Forces a speed, in Mbit/s, 25000 for 25 Gbit/s, and needs autoneg: false. To keep both ends agreeing and only leave out modes, say advertise. The
            other end must be forced to the same, or the link stays down; say it with --confirm where the host is reached over this NIC.
            """,
        ["duplex"] = """
            Whether both ends may send at once. full is right for everything since hubs; half is for an old device that is forced to it. Say it beside a forced speed: left out, the
            driver keeps what it last had.
            """,
        ["advertise"] = """
            Which modes are offered when the two ends agree, under the names that ethtool prints: [1000baseT/Full] holds a NIC at one gigabit without forcing anything.
            Modes that the NIC has not are a finding. What is offered beside modes, pause and error correction, stays as it is.
            """,
        ["rings"] = """
            How many packets the NIC holds before the kernel has taken them, and after it has given them. Raise rx where counters of missed or dropped packets rise in bursts (rx_missed,
            rx_no_buffer in ethtool -S); a longer ring costs memory a queue and some delay. The most is the hardware's, and saying more is a finding. Most drivers stop the
            NIC for a moment to change it, and Weft says so in the plan.
            """,
        ["channels"] = """
            How many queues with an interrupt each share the packets, so how many processors can. One for each processor of the NIC's own memory node is the usual best; fewer leave
            processors to guests. Which keys there are, combined or rx and tx, is the driver's. Changing it resets what irqbalance or a script pinned, and most drivers
            stop the NIC for a moment.
            """,
        ["pause"] = """
            Flow control: rx lets the switch stop this host, tx lets this host stop the switch. It keeps a short burst from being dropped and lets one slow host hold up
            everybody behind that switch port. Storage networks that rely on loss-free Ethernet want what the switch is set to; elsewhere off is the safer choice. With autoneg
            in it, both ends agree, and rx and tx are what is offered.
            """,
        ["offloads"] = """
            What is done once for many packets. The words are those of ethtool -K: tso and gso cut large sends late, gro joins what arrives, lro does that in hardware and breaks what
            is forwarded, rx and tx are checksums, rxvlan and txvlan handle tags, ntuple and rxhash choose queues. Any feature may be said under the kernel's own name, as an exception from
            a word too. Switch one off to find a driver's bug; a feature that is fixed or unknown on this NIC is a finding. Only those said are touched.
            """,
    };
}
