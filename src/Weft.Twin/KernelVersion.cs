// What kernels do differently from each other: a line of features each, which the transmit hash and the packet engine share, so that a kernel that brought
// some of them back is one more line. What every kernel of these does the same way is in the code itself, as 6.1 has it.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Model.Attributes;
using Weft.Twin.Hashing;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin;

/// <summary>A Linux kernel as the twin can be one.</summary>
/// <param name="Name">What `--kernel` calls it.</param>
public sealed record KernelVersion(string Name)
{
    private const long Second = 1_000_000_000;

    /// <summary>What it knows: the options that are as old as that release.</summary>
    public (int Major, int Minor) Release { get; init; } = (6, 1);

    /// <summary>What came later and was brought to it.</summary>
    public ImmutableArray<Attribute> Brought { get; init; } = [];

    public bool Knows(Attribute line) => line.Since.Length == 0 || Brought.Contains(line) || Parsed(line.Since).CompareTo(Release) <= 0;

    // The transmit hash (bond_main.c and flow_dissector.c of each).

    /// <summary>The EtherType enters the hash as its two bytes lie in memory, 0x0008 for IPv4; since 5.15 it is 0x0800.</summary>
    public bool RawEtherType { get; init; }

    /// <summary>
    /// The dissector begins with the tag beside the frame. Since 5.15 bonding hands it the frame's bytes, and it takes that tag for the first one that it meets, be it deep
    /// in a tunnel: behind that it looks in the wrong place.
    /// </summary>
    public bool WalksTagFirst { get; init; }

    /// <summary>Every policy that folds drops the lowest bit afterwards; since 5.18 (49aefd131739), and in stable releases since spring 2022, only those that hash ports do.</summary>
    public bool ShiftsAll { get; init; }

    /// <summary>layer3+4 hashes the identifier of an ICMP query, and of an ICMP error what it quotes; since 5.5 (58deb77cc52d).</summary>
    public bool ReadsIcmp { get; init; }

    /// <summary>There is a policy vlan+srcmac; since 5.12 (7b8fc0103bb5).</summary>
    public bool HasVlanSrcMac { get; init; }

    /// <summary>The dissector knows PTP over Ethernet; since 5.15.</summary>
    public bool KnowsPtp { get; init; }

    /// <summary>The dissector looks behind the tags of HSR and PRP (since 5.19), and judges the header of PPPoE before it looks behind that (since 6.0).</summary>
    public bool KnowsHsrAndPppoe { get; init; }

    internal bool Has(XmitPolicy policy) => policy != XmitPolicy.VlanSrcMac || HasVlanSrcMac;

    // Bonds (bond_main.c, bond_alb.c, bond_3ad.c). Fixes were brought to stable series, so that a version number says little: what `Linux61` has was seen on 6.1.176.

    /// <summary>Whoever asks for an election gets the first of the ports with the highest priority, also where all are the same; since 6.0 (0a2ff7cc8ad4). Before, who is active and well stays.</summary>
    public bool ElectsByPrio { get; init; } = true;

    /// <summary>To the ARP monitor any frame counts as a question that was sent (dev_trans_start); since 6.0 only its own do (06799a9085e1).</summary>
    public bool CountsAnyFrameAsAsked { get; init; }

    /// <summary>balance-alb balances ARP of addresses that are a bridge's, too; since 6.0 it leaves it alone (d5410ac7b0ba).</summary>
    public bool BalancesArpOfBridges { get; init; }

    /// <summary>balance-rr begins with its first port; since 5.15 (848ca9182a7d), which counts before it chooses, with the second.</summary>
    public bool CountsTurnsFromZero { get; init; }

    /// <summary>A passive end sends LACPDUs by itself once an active partner is known (0599640a21e9, in 6.17 and stable series); older kernels with lacp_active off only tell changes.</summary>
    public bool AnswersActive { get; init; } = true;

    /// <summary>A port whose link is down holds its partner for out of sync, and stops collecting and distributing (7.2, and later releases of 6.1 and 6.12; 6.1.176 was seen not to, and no kernel of the table does); before, it says until the link is back that it does both.</summary>
    public bool LosesSyncWhenDown { get; init; }

    // The stack (net/core/dev.c, neighbour.c).

    /// <summary>Behind a priority tag (VLAN 0) that no VLAN wants, the next tag is looked at; since 5.2 (36b2f61a42c2).</summary>
    public bool LooksBehindPriorityTags { get; init; } = true;

    /// <summary>Neighbours are forgotten when their link loses its carrier; since 4.20 (859bd2ef1fc1).</summary>
    public bool EvictsOnCarrierLoss { get; init; } = true;

    // Time.

    /// <summary>How many jiffies a second has (CONFIG_HZ): 250 at Debian and Ubuntu, 1000 at RHEL, 100 in user-mode Linux; 0 for time without steps, which no kernel has.</summary>
    public int Hz { get; init; } = 250;

    public long Jiffy => Hz == 0 ? 0 : Second / Hz;

    /// <summary>
    /// How long a timer really waits that is set again in its own handler, in nanoseconds: the wheel never goes off early, and so goes off a slot late, and its slots are
    /// 8 jiffies wide from 63 on, 64 from 504, 512 from 4032 (calc_wheel_index). 100 ms are 104 with 250 or 1000 jiffies a second, and 110 with 100.
    /// </summary>
    public long Wait(long time)
    {
        if (Hz == 0)
            return time;
        const int Slots = 63, WidthBits = 3;
        var (jiffies, shift) = ((time + Jiffy - 1) / Jiffy, 0);
        while (jiffies >= (long)Slots << shift)
            shift += WidthBits;
        return ((jiffies >> shift) + 1 << shift) * Jiffy;
    }

    /// <summary>6.1.176, as Debian 12 has it, and what followed up to 6.12.</summary>
    public static readonly KernelVersion Linux61 = new("6.1") { ReadsIcmp = true, HasVlanSrcMac = true, KnowsPtp = true, KnowsHsrAndPppoe = true, Brought = [BondLines.CoupledControl, BondPortLines.ActorPortPrio] };

    /// <summary>
    /// By age. `rhel8` is 4.18.0-348 of RHEL 8.5 (autumn 2021), whose bonding was read: it has the options of bonds that came up to 5.14, and none of those since. Its stack was not
    /// read, and is as 6.1's here. `5.15` is as it came out, and its stable releases from May 2022 on shift as 6.1 does.
    /// </summary>
    public static ImmutableArray<KernelVersion> All { get; } =
    [
        new("4.18")
        {
            Release = (4, 18), RawEtherType = true, WalksTagFirst = true, ShiftsAll = true,
            ElectsByPrio = false, CountsAnyFrameAsAsked = true, BalancesArpOfBridges = true, CountsTurnsFromZero = true, AnswersActive = false, LooksBehindPriorityTags = false, EvictsOnCarrierLoss = false,
        },
        new("rhel8")
        {
            Release = (5, 14), Hz = 1000, RawEtherType = true, WalksTagFirst = true, ShiftsAll = true, ReadsIcmp = true, HasVlanSrcMac = true,
            ElectsByPrio = false, CountsAnyFrameAsAsked = true, BalancesArpOfBridges = true, CountsTurnsFromZero = true, AnswersActive = false,
        },
        new("5.15")
        {
            Release = (5, 15), ShiftsAll = true, ReadsIcmp = true, HasVlanSrcMac = true, KnowsPtp = true,
            ElectsByPrio = false, CountsAnyFrameAsAsked = true, BalancesArpOfBridges = true, AnswersActive = false,
        },
        Linux61,
    ];

    private static (int, int) Parsed(string release)
    {
        var dot = release.IndexOf('.', StringComparison.Ordinal);
        return (int.Parse(release.AsSpan(0, dot), CultureInfo.InvariantCulture), int.Parse(release.AsSpan(dot + 1), CultureInfo.InvariantCulture));
    }
}
