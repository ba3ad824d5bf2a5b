// The hash by which a bond chooses the port that a frame leaves by, to the bit: bond_xmit_hash and what it calls in drivers/net/bonding/bond_main.c.
// It allocates nothing, and takes any bytes. The port is usable[hash % count], the usable ports in the order in which they joined.

using static Weft.Twin.Hashing.Headers;

namespace Weft.Twin.Hashing;

/// <summary>bond_xmit_hash.</summary>
internal static class XmitHash
{
    /// <summary>No tag beside the frame.</summary>
    public const int NoTag = -1;

    /// <summary>The network header stands behind the tags in the frame.</summary>
    public const int BehindTags = -1;

    /// <summary>The network header follows the Ethernet header, tag or not.</summary>
    public const int BehindMacs = Ethernet.HeaderLength;

    /// <summary>
    /// Whether a frame of this EtherType keeps its tag inside when a VLAN on the bond sends it: no bond claims to tag MPLS in hardware (net_mpls_features), and so the tag is put
    /// into the frame before the bond sees it.
    /// </summary>
    public static bool KeepsTag(int etherType) => etherType is Ethernet.MplsUnicast or Ethernet.MplsMulticast;

    /// <summary>The hash of a frame.</summary>
    /// <param name="frame">From the destination MAC on, without the tag that travels beside it.</param>
    /// <param name="tag">The tag beside the frame (skb->vlan_tci), all 16 bits of it, as a frame of bond0.100 has one; <see cref="NoTag"/> where there is none.</param>
    /// <param name="policy">One that the kernel has.</param>
    /// <param name="kernel">Whose hash.</param>
    /// <param name="network">
    /// Where the kernel thinks that the network header is (skb_network_offset), which counts only for encap2+3 and encap3+4 and where a tag stands in the frame. Where the host
    /// itself put that tag there, the header stands behind it: the dissector then takes the IP header for a tag, finds nothing, and MACs decide. In a frame that
    /// came in with two tags it is <see cref="BehindMacs"/>, and what is behind the tags is found.
    /// </param>
    public static uint Of(ReadOnlySpan<byte> frame, int tag, XmitPolicy policy, KernelVersion kernel, int network = BehindTags) => Of(frame, tag, policy, kernel, out _, network);

    /// <summary>The same, and what it was made of.</summary>
    public static uint Of(ReadOnlySpan<byte> frame, int tag, XmitPolicy policy, KernelVersion kernel, out HashedBy by, int network = BehindTags)
    {
        if (!kernel.Has(policy))
            throw new ArgumentException($"Linux {kernel.Name} has no {policy.Word()}", nameof(policy));
        if (frame.Length < Ethernet.HeaderLength)
        {
            by = HashedBy.Nothing;
            return 0;
        }
        var etherType = Number(frame, 12);
        var macs = (uint)(frame[5] ^ frame[11] ^ (kernel.RawEtherType ? etherType >> 8 | (etherType & 0xff) << 8 : etherType));
        if (policy == XmitPolicy.VlanSrcMac)
        {
            by = HashedBy.SourceAndTag;
            return (tag < 0 ? 0 : (uint)tag & 0xffff) ^ Half(frame, 6) ^ Half(frame, 9);
        }
        FlowKeys keys = default;
        if (policy == XmitPolicy.Layer2 || !(policy.LooksInside() ? Inside(frame, etherType, tag, kernel, network, ref keys) : Outside(frame, etherType, policy, kernel, ref keys)))
        {
            by = HashedBy.Macs;
            return macs;
        }
        by = !policy.TakesPorts() ? keys.HasAddresses ? HashedBy.Addresses : HashedBy.Macs
            : keys.HasIcmpId ? HashedBy.IcmpId : keys.HasPorts ? HashedBy.Ports : keys.HasAddresses ? HashedBy.Addresses : HashedBy.Nothing;
        var hash = (!policy.TakesPorts() ? macs : keys.HasIcmpId ? keys.Icmp : keys.Ports) ^ keys.Addresses;
        hash ^= hash >> 16;
        hash ^= hash >> 8;
        // Programs like even ports: with the lowest bit, half of two ports would stay idle.
        return kernel.ShiftsAll || policy.TakesPorts() ? hash >> 1 : hash;
    }

    /// <summary>Three bytes of a MAC.</summary>
    private static uint Half(ReadOnlySpan<byte> frame, int at) => (uint)(frame[at] << 16 | frame[at + 1] << 8 | frame[at + 2]);

    /// <summary>bond_flow_dissect for layer2+3 and layer3+4: IP that follows the MACs, and nothing inside it but what an ICMP error quotes.</summary>
    private static bool Outside(ReadOnlySpan<byte> frame, int etherType, XmitPolicy policy, KernelVersion kernel, ref FlowKeys keys)
    {
        var (at, protocol) = (Ethernet.HeaderLength, -1);
        if (!Ip(frame, etherType, policy, ref at, ref protocol, ref keys))
            return false;
        if (!kernel.ReadsIcmp || protocol is not (IpProtocol.Icmp4 or IpProtocol.Icmp6))
            return true;
        TakeIcmp(frame, at, ref keys);
        if (!IsIcmpError(protocol, (int)(keys.Icmp & 0xff)))
            return true;
        at += 8;
        return Ip(frame, etherType, policy, ref at, ref protocol, ref keys);
    }

    /// <summary>bond_flow_ip. It judges no header length, and leaves the protocol of before where this is a fragment.</summary>
    private static bool Ip(ReadOnlySpan<byte> frame, int etherType, XmitPolicy policy, ref int at, ref int protocol, ref FlowKeys keys)
    {
        if (etherType == Ethernet.Ip4 && Has(frame, at, IpHeader.Length4))
        {
            TakeAddresses4(frame, at, ref keys);
            if (!IsFragment(frame, at))
                protocol = frame[at + 9];
            at += (frame[at] & 0xf) << 2;
        }
        else if (etherType == Ethernet.Ip6 && Has(frame, at, IpHeader.Length6))
        {
            TakeAddresses6(frame, at, ref keys);
            protocol = frame[at + 6];
            at += IpHeader.Length6;
        }
        else
            return false;
        if (policy.TakesPorts() && protocol >= 0)
            TakePorts(frame, at, protocol, ref keys);
        return true;
    }

    private static bool Inside(ReadOnlySpan<byte> frame, int etherType, int tag, KernelVersion kernel, int network, ref FlowKeys keys)
    {
        var dissector = new Dissector(frame, kernel, etherType, tag >= 0, network >= 0 ? network : Depth(frame, etherType));
        var found = dissector.Run();
        keys = dissector.Keys;
        return found;
    }

    /// <summary>vlan_get_protocol_and_depth: behind at most seven tags; where the frame ends within them, behind the MACs.</summary>
    private static int Depth(ReadOnlySpan<byte> frame, int etherType)
    {
        var at = Ethernet.HeaderLength;
        for (var left = 8; Ethernet.IsTag(etherType); at += 4)
        {
            if (!Has(frame, at, 4) || --left == 0)
                return Ethernet.HeaderLength;
            etherType = Number(frame, at + 2);
        }
        return at;
    }
}
