// Structures of flags and a mask: several switches in one attribute, of which a request changes those that the mask names.
namespace Weft.Netlink;

/// <summary>Switches that share an attribute.</summary>
public interface IBits
{
    /// <summary>The switches' names, from bit 0 on; empty where a bit has none.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Which are on.</summary>
    uint On { get; }

    /// <summary>Which it speaks of; of what a kernel tells, those that it has.</summary>
    uint Mask { get; }

    /// <summary>The same kind with these bits, meant by this mask.</summary>
    IBits With(uint on, uint mask);
}
