// The kinds of link: the kernel's word for it and the section of the host file that declares it. A link of a kind that
// Weft does not declare (a tap, a VXLAN) is observed, shown and kept; its kind is the kernel's word.

namespace Weft.Model;

/// <summary>A kind of link. Two are the same when their words are.</summary>
/// <param name="Word">IFLA_INFO_KIND, as `ip -d link` prints it; `nic` for hardware, which has none.</param>
/// <param name="Section">The section of the host file; null for a kind that no file declares.</param>
public sealed record LinkKind(string Word, string? Section)
{
    public static readonly LinkKind Nic = new("nic", "nics");
    public static readonly LinkKind Bond = new("bond", "bonds");
    public static readonly LinkKind Vlan = new("vlan", "vlans");
    public static readonly LinkKind Bridge = new("bridge", "bridges");

    /// <summary>Of no file: `lo`, to which the kernel gives no word.</summary>
    public static readonly LinkKind Loopback = new("loopback", null);

    /// <summary>The kinds that a host file declares, bottom-up, in the order of its sections.</summary>
    public static readonly IReadOnlyList<LinkKind> Declared = [Nic, Bond, Vlan, Bridge];

    /// <summary>Whether such a link has ports (others' IFLA_MASTER is it).</summary>
    public bool HasPorts => this == Bond || this == Bridge;

    public static LinkKind Of(string kernelWord) => Declared.FirstOrDefault(kind => kind.Word == kernelWord) ?? new(kernelWord, null);

    public override string ToString() => Word;
}
