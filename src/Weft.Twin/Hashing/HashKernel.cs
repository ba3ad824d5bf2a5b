// How the transmit hash of one kernel differs from another's: a line of features each, so that a kernel that brought some of them back is one
// more line. Sources: bond_main.c and flow_dissector.c of each; commits 58deb77cc52d (ICMP), 7b8fc0103bb5 (vlan+srcmac), 49aefd131739 (shift).

using System.Collections.Immutable;

namespace Weft.Twin.Hashing;

/// <summary>A kernel as the transmit hash sees it.</summary>
/// <param name="Name">What `--kernel` calls it.</param>
public sealed record HashKernel(string Name)
{
    /// <summary>The EtherType enters the hash as its two bytes lie in memory, 0x0008 for IPv4; since 5.15 it is 0x0800.</summary>
    internal bool RawEtherType { get; init; }

    /// <summary>
    /// The dissector begins with the tag beside the frame. Since 5.15 bonding hands it the frame's bytes, and it takes that tag for the first one that it meets, be it deep
    /// in a tunnel: behind that it looks in the wrong place.
    /// </summary>
    internal bool WalksTagFirst { get; init; }

    /// <summary>Every policy that folds drops the lowest bit afterwards; since 5.18, and in stable releases since spring 2022, only those that hash ports do.</summary>
    internal bool ShiftsAll { get; init; }

    /// <summary>layer3+4 hashes the identifier of an ICMP query, and of an ICMP error what it quotes; since 5.5.</summary>
    internal bool ReadsIcmp { get; init; }

    /// <summary>There is a policy vlan+srcmac; since 5.12.</summary>
    internal bool HasVlanSrcMac { get; init; }

    /// <summary>The dissector knows PTP over Ethernet; since 5.15.</summary>
    internal bool KnowsPtp { get; init; }

    /// <summary>The dissector looks behind the tags of HSR and PRP (since 5.19), and judges the header of PPPoE before it looks behind that (since 6.0).</summary>
    internal bool KnowsHsrAndPppoe { get; init; }

    internal bool Has(XmitPolicy policy) => policy != XmitPolicy.VlanSrcMac || HasVlanSrcMac;

    /// <summary>Linux 6.1, and what followed it up to 6.12.</summary>
    public static readonly HashKernel Linux61 = new("6.1") { ReadsIcmp = true, HasVlanSrcMac = true, KnowsPtp = true, KnowsHsrAndPppoe = true };

    /// <summary>By age. `rhel8` is 4.18.0-348 of RHEL 8.5; `5.15` is as it came out, and its stable releases from May 2022 on shift as 6.1 does.</summary>
    public static ImmutableArray<HashKernel> All { get; } =
    [
        new("4.18") { RawEtherType = true, WalksTagFirst = true, ShiftsAll = true },
        new("rhel8") { RawEtherType = true, WalksTagFirst = true, ShiftsAll = true, ReadsIcmp = true, HasVlanSrcMac = true },
        new("5.15") { ShiftsAll = true, ReadsIcmp = true, HasVlanSrcMac = true, KnowsPtp = true },
        Linux61,
    ];
}
