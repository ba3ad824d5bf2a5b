// What a bond can choose a frame's port by (xmit_hash_policy), in the order of the kernel's numbers. The words are those of the attribute table.

using System.Collections.Immutable;
using Weft.Model.Attributes;
using Weft.Model.Shapes;

namespace Weft.Twin.Hashing;

/// <summary>BOND_XMIT_POLICY_* in linux/if_bonding.h.</summary>
internal enum XmitPolicy
{
    Layer2,
    Layer34,
    Layer23,
    Encap23,
    Encap34,
    VlanSrcMac,
}

/// <summary>The policies by their words.</summary>
internal static class XmitPolicies
{
    private static readonly ImmutableArray<string> Words = [.. ((OneOf)BondLines.XmitHashPolicy.Shape).Words.Select(word => word.Word)];

    public static ImmutableArray<XmitPolicy> All { get; } = [.. Enum.GetValues<XmitPolicy>()];

    /// <summary>`layer3+4`; null for what is none of them.</summary>
    public static XmitPolicy? Of(string word) => Words.IndexOf(word) is >= 0 and var at ? (XmitPolicy)at : null;

    public static string Word(this XmitPolicy policy) => Words[(int)policy];

    /// <summary>Whether it looks into tunnels and behind tags.</summary>
    public static bool LooksInside(this XmitPolicy policy) => policy is XmitPolicy.Encap23 or XmitPolicy.Encap34;

    /// <summary>Whether it hashes ports, and what stands in their place.</summary>
    public static bool TakesPorts(this XmitPolicy policy) => policy is XmitPolicy.Layer34 or XmitPolicy.Encap34;
}
