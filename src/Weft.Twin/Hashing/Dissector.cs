// The kernel's flow dissector as encap2+3 and encap3+4 use it: __skb_flow_dissect in net/core/flow_dissector.c with the keys of flow_keys_bonding.
// It walks tags, PPPoE, tunnels and extension headers to the innermost IP header that it finds. What it knows and looks no further into
// ends the walk well (ARP, MPLS: then there are no addresses to hash); what it does not know, or what ends too early, ends it badly, and MACs decide.

using static Weft.Twin.Hashing.Headers;

namespace Weft.Twin.Hashing;

/// <param name="frame">The whole frame.</param>
/// <param name="kernel">Which kernel's dissector.</param>
/// <param name="etherType">The frame's own (skb->protocol).</param>
/// <param name="isTagged">Whether there is a tag beside the frame.</param>
/// <param name="network">Where the network header is.</param>
internal ref struct Dissector(ReadOnlySpan<byte> frame, KernelVersion kernel, int etherType, bool isTagged, int network)
{
    /// <summary>MAX_FLOW_DISSECT_HDRS.</summary>
    private const int MostHeaders = 15;

    private const int PptpGre = 0x880b;
    private const int PppIp4 = 0x21, PppIp6 = 0x57, PppMplsUnicast = 0x281, PppMplsMulticast = 0x283;

    private enum Next
    {
        Good,
        Bad,

        /// <summary>The IP header was read; its protocol is next.</summary>
        Transport,
        EtherType,
        Protocol,
    }

    private readonly ReadOnlySpan<byte> frame = frame;
    private readonly int own = etherType;
    private int etherType = etherType, at = network, protocol, headers;
    private bool isTagged = isTagged && !kernel.WalksTagFirst, isFragment;

    public FlowKeys Keys;

    /// <summary>Walks; whether that ended well.</summary>
    public bool Run()
    {
        for (var next = Next.EtherType; ;)
        {
            next = next == Next.EtherType ? ByEtherType() : ByProtocol();
            if (next is Next.Good or Next.Bad)
                return next == Next.Good;
            if (next != Next.Transport && ++headers > MostHeaders)
                return true;
        }
    }

    private Next ByEtherType()
    {
        switch (etherType)
        {
            case Ethernet.Ip4:
                return TakeIp4();
            case Ethernet.Ip6:
                if (!Has(frame, at, IpHeader.Length6))
                    return Next.Bad;
                TakeAddresses6(frame, at, ref Keys);
                protocol = frame[at + 6];
                at += IpHeader.Length6;
                return Next.Transport;
            case Ethernet.Tag or Ethernet.ServiceTag:
                return TakeTag();
            case Ethernet.Pppoe:
                return Has(frame, at, 8) ? TakePppoe() : Next.Bad;
            case Ethernet.Tipc:
                if (!Has(frame, at, 16))
                    return Next.Bad;
                // The source node; of keep-alive messages the kernel takes a random number, which nobody can foretell.
                (Keys.Addresses, Keys.HasAddresses) = (Word(frame, at + 12), true);
                return Next.Good;
            case Ethernet.MplsUnicast or Ethernet.MplsMulticast or Ethernet.Arp or Ethernet.Rarp:
                return Next.Good;
            case Ethernet.Fcoe:
                return Has(frame, at, 38) ? Next.Good : Next.Bad;
            case Ethernet.Batman:
                // Version 15 and unicast alone; an Ethernet header follows.
                if (!Has(frame, at, 24) || frame[at] != 0x40 || frame[at + 1] != 15)
                    return Next.Bad;
                etherType = Number(frame, at + 22);
                at += 24;
                return Next.EtherType;
            case Ethernet.Ptp when kernel.KnowsPtp:
                return Has(frame, at, 34) ? Next.Good : Next.Bad;
            case Ethernet.Prp or Ethernet.Hsr when kernel.KnowsHsrAndPppoe && Has(frame, at, 6):
                etherType = Number(frame, at + 4);
                at += 6;
                return Next.EtherType;
            default:
                return Next.Bad;
        }
    }

    private Next TakeIp4()
    {
        if (!Has(frame, at, IpHeader.Length4) || (frame[at] & 0xf) < 5)
            return Next.Bad;
        TakeAddresses4(frame, at, ref Keys);
        isFragment |= IsFragment(frame, at);
        protocol = frame[at + 9];
        at += (frame[at] & 0xf) * 4;
        return isFragment ? Next.Good : Next.Transport;
    }

    /// <summary>The tag beside the frame is taken for the first that is met, and leads to the frame's own EtherType again.</summary>
    private Next TakeTag()
    {
        if (isTagged)
        {
            (isTagged, etherType) = (false, own);
            return Next.EtherType;
        }
        if (!Has(frame, at, 4))
            return Next.Bad;
        etherType = Number(frame, at + 2);
        at += 4;
        return Next.EtherType;
    }

    private Next TakePppoe()
    {
        var carried = Number(frame, at + 6);
        if (!kernel.KnowsHsrAndPppoe)
        {
            at += 8;
            return Carry(carried is PppIp4 or PppIp6 ? carried : -1);
        }
        // Version 1, type 1, a session's data. A number of one byte (RFC 1661, section 6.5) has an odd first byte here, and is taken for none.
        if (frame[at] != 0x11 || frame[at + 1] != 0)
            return Next.Bad;
        at += 8;
        return Carry(carried);
    }

    private Next Carry(int carried)
    {
        var inner = carried switch
        {
            PppIp4 => Ethernet.Ip4,
            PppIp6 => Ethernet.Ip6,
            PppMplsUnicast => Ethernet.MplsUnicast,
            PppMplsMulticast => Ethernet.MplsMulticast,
            _ => 0,
        };
        if (inner == 0)
            return carried >= 0 && (carried & 0x0101) == 0x0001 ? Next.Good : Next.Bad;
        etherType = inner;
        return Next.EtherType;
    }

    private Next ByProtocol()
    {
        var next = Transport();
        // The kernel reads ports after every header, that of a tunnel included, where there are none and it reads 0.
        if (!isFragment)
            TakePorts(frame, at, protocol, ref Keys);
        return next;
    }

    private Next Transport()
    {
        switch (protocol)
        {
            case IpProtocol.Gre:
                return TakeGre();
            case IpProtocol.HopByHop or IpProtocol.Routing or IpProtocol.Destination when etherType == Ethernet.Ip6:
                if (!Has(frame, at, 2))
                    return Next.Bad;
                protocol = frame[at];
                at += (frame[at + 1] + 1) << 3;
                return Next.Protocol;
            case IpProtocol.Fragment6 when etherType == Ethernet.Ip6:
                if (!Has(frame, at, 8))
                    return Next.Bad;
                isFragment = true;
                return Next.Good;
            case IpProtocol.IpInIp:
                etherType = Ethernet.Ip4;
                return Next.EtherType;
            case IpProtocol.Ip6InIp:
                etherType = Ethernet.Ip6;
                return Next.EtherType;
            case IpProtocol.MplsInIp:
                etherType = Ethernet.MplsUnicast;
                return Next.EtherType;
            case IpProtocol.Icmp4 or IpProtocol.Icmp6 when kernel.ReadsIcmp:
                TakeIcmp(frame, at, ref Keys);
                return Next.Good;
            default:
                return Next.Good;
        }
    }

    /// <summary>GRE of version 0, and PPTP's, which is version 1; with source routes neither.</summary>
    private Next TakeGre()
    {
        if (!Has(frame, at, 4))
            return Next.Bad;
        var flags = Number(frame, at);
        var isPptp = (flags & 7) == 1;
        if ((flags & 0x4000) != 0 || (flags & 7) > 1)
            return Next.Good;
        etherType = Number(frame, at + 2);
        if (isPptp && (etherType != PptpGre || (flags & 0x2000) == 0))
            return Next.Good;
        var offset = (flags & 0x8000) != 0 ? 8 : 4;
        if ((flags & 0x2000) != 0)
        {
            if (!Has(frame, at + offset, 4))
                return Next.Bad;
            offset += 4;
        }
        if ((flags & 0x1000) != 0)
            offset += 4;
        if (isPptp && (flags & 0x0080) != 0)
            offset += 4;
        if (isPptp)
        {
            if (!Has(frame, at + offset, 4))
                return Next.Bad;
            etherType = Number(frame, at + offset + 2) switch
            {
                PppIp4 => Ethernet.Ip4,
                PppIp6 => Ethernet.Ip6,
                _ => etherType,
            };
            offset += 4;
        }
        else if (etherType == Ethernet.Bridged)
        {
            if (!Has(frame, at + offset, Ethernet.HeaderLength))
                return Next.Bad;
            etherType = Number(frame, at + offset + 12);
            offset += Ethernet.HeaderLength;
        }
        at += offset;
        return Next.EtherType;
    }
}
