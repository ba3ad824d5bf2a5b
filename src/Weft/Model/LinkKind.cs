// The kinds of link: the kernel's word for it and the section of the host file that declares it. A link of a kind that
// Weft does not declare (a tap, a GRE tunnel) is observed, shown and kept; its kind is the kernel's word.

namespace Weft.Model;

/// <summary>A kind of link. Two are the same when their words are.</summary>
/// <param name="Word">IFLA_INFO_KIND, as `ip -d link` prints it; `nic` for hardware, which has none.</param>
/// <param name="Section">The section of the host file; null for a kind that no file declares.</param>
public sealed record LinkKind(string Word, string? Section)
{
    public static readonly LinkKind Nic = new("nic", "nics");
    public static readonly LinkKind Dummy = new("dummy", "dummies");
    public static readonly LinkKind Veth = new("veth", "veths");
    public static readonly LinkKind Bond = new("bond", "bonds");
    public static readonly LinkKind Vlan = new("vlan", "vlans");
    public static readonly LinkKind Macvlan = new("macvlan", "macvlans");
    public static readonly LinkKind Vxlan = new("vxlan", "vxlans");
    public static readonly LinkKind Bridge = new("bridge", "bridges");
    public static readonly LinkKind Vrf = new("vrf", "vrfs");

    /// <summary>Of no file: `lo`, to which the kernel gives no word.</summary>
    public static readonly LinkKind Loopback = new("loopback", null);

    /// <summary>The kinds that a host file declares, bottom-up, in the order of its sections.</summary>
    public static readonly IReadOnlyList<LinkKind> Declared = [Nic, Dummy, Veth, Bond, Vlan, Macvlan, Vxlan, Bridge, Vrf];

    /// <summary>Whether such a link has ports (others' IFLA_MASTER is it).</summary>
    public bool HasPorts => SpeaksForPorts || this == Vrf;

    /// <summary>What Weft is for, and does without on no kernel.</summary>
    public bool IsAlwaysThere => this == Nic || this == Bond || this == Vlan || this == Bridge;

    /// <summary>Whether addresses and routes belong on it and not on its ports. The ports of a VRF keep theirs: it only says which table they are in.</summary>
    public bool SpeaksForPorts => this == Bond || this == Bridge;

    /// <summary>Whether a file may name such a link under `nics`, as what it finds and never makes: hardware, and what passes for it in a laboratory or a container.</summary>
    public bool MayPassForNic => Section is null || this == Nic || this == Dummy || this == Veth || this == Macvlan || this == Vxlan;

    public static LinkKind Of(string kernelWord) => Declared.FirstOrDefault(kind => kind.Word == kernelWord) ?? new(kernelWord, null);

    public override string ToString() => Word;
}
