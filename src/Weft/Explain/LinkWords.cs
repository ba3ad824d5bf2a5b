// What links of every kind have.

namespace Weft.Explain;

internal static class LinkWords
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["mtu"] = """
            All links of one way, and the switches between, must agree on it: a frame that is too large for a port is dropped without a word where a bridge or switch
            passes it on. Set it on the bond, which hands it to its ports; a VLAN can have at most what it stands on, and raising the lower link raises no
            VLAN. A bridge follows its smallest port until somebody sets its MTU, and from then on stays there even above its ports. IPv6 needs
            at least 1280.
            """,
        ["mac"] = """
            Say it on a bridge that has an address or guests: otherwise the bridge takes the lowest MAC of its ports and changes it when a guest comes or goes, and peers
            lose the host until their ARP expires. A bond takes the MAC of its first port and gives it to the others; say it where the bond's must
            outlast that NIC. A VLAN follows its lower link until it is given its own. The first byte must be even; 02, 06, 0a and 0e begin addresses
            that no vendor has given out.
            """,
        ["up"] = """
            Everything declared is up unless said otherwise. A link that is down passes nothing and takes with it what stands on it: VLANs go down with their lower
            link, and routes over it are gone for good, which Weft puts back. The ports of a bond or bridge are brought up with it. Say
            up: false for a NIC that must stay dark, or a bond that is prepared and not used yet.
            """,
        ["ipv6"] = """
            A link that only carries the frames of others, a port, a VLAN in a bridge or a bridge for guests, wants no IPv6 of its own: with it the host would have a
            link-local address in every guest network and could be reached there. So it is off where the file gives the link no address. With dhcp6
            or ra it is on. Switching it off removes the addresses that the link has.
            """,
        ["altnames"] = """
            A link answers to each of its other names wherever it is asked for by name, and they may be longer than the fifteen letters that its own name has: storage-uplink-left.
            Use them for names that people say while scripts and switches keep the kernel's. udev gives NICs some of its own, such as enp59s0f0; Weft takes
            away only those that a file of its own said. A name is one link's at most, own names included.
            """,
        ["alias"] = """
            Free text for people: what a link is for, whose cable it is. The kernel does nothing with it but keep and show it, ip link and SNMP agents (ifAlias) among the
            readers. It is no name: nothing finds a link by it, and altnames are for that. It goes with the link, so on a link that is made anew Weft says it again.
            """,
        ["txqueuelen"] = """
            How many packets wait in the kernel when the link cannot take them at once. It matters where a queue stands before the link, pfifo_fast or pfifo, which take their length from
            it: longer keeps bursts from being dropped, and makes everything behind a full queue late. Queues with a limit of their own (fq_codel, fq) do not look at it,
            and VLANs, bridges and bonds have no queue unless somebody gave them one.
            """,
        ["master"] = """
            In a file it is never written here: the `ports` of the bond, bridge or VRF say it, and a link has one master at most. The kernel moves a port
            that has a master already without asking, and addresses on a port stay and no longer work: they belong on the master. A port of a bond
            must be down to be taken in, which Weft sees to, and comes up with the MAC and MTU of the bond.
            """,
    };
}
