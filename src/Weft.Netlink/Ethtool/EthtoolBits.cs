// Bit sets as ethtool tells them in full (ETHTOOL_A_BITSET_*): each bit with its number and name. In a list without a mask the
// bits that stand there are on; with one, those that stand there are meant, and a flag says which are on.
namespace Weft.Netlink;

/// <summary>One bit of a set.</summary>
public sealed class EthtoolBit : IFramed
{
    /// <summary>Its number.</summary>
    public uint? Index;

    /// <summary>Its name; in a request either will do.</summary>
    public string? Name;

    /// <summary>In a set with a mask: whether it is on.</summary>
    public bool? Value;

    /// <inheritdoc/>
    public int HeaderSize => 0;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) { }

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) { }

    /// <inheritdoc/>
    public string DescribeHeader() => "";

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "index", ref Index);
        pass.Text(2, "name", ref Name);
        pass.Flag(3, "value", ref Value);
    }
}

/// <summary>The bits of a set that are told.</summary>
public sealed class EthtoolBitList : IAttributes
{
    /// <summary>One after another.</summary>
    public List<EthtoolBit>? Bits;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct => pass.Frames(1, "bit", ref Bits);
}

/// <summary>A set of named bits.</summary>
public sealed class EthtoolBits : IAttributes
{
    /// <summary>Whether the list has no mask, and says those that are on.</summary>
    public bool? NoMask;

    /// <summary>How many bits there are.</summary>
    public uint? Size;

    /// <summary>The bits.</summary>
    public EthtoolBitList? List;

    /// <summary>The compact form, which is not asked for: values.</summary>
    public byte[]? Value;

    /// <summary>The compact form: mask.</summary>
    public byte[]? Mask;

    /// <summary>The names that are told.</summary>
    public IEnumerable<string> Names => List?.Bits?.Select(bit => bit.Name).OfType<string>() ?? [];

    /// <summary>The names of those that are on.</summary>
    public IEnumerable<string> On => List?.Bits?.Where(bit => NoMask == true || bit.Value == true).Select(bit => bit.Name).OfType<string>() ?? [];

    /// <summary>A request that switches these, and no others.</summary>
    public static EthtoolBits Switching(IEnumerable<(string Name, bool On)> bits) => new() { List = new() { Bits = [.. bits.Select(bit => new EthtoolBit { Name = bit.Name, Value = bit.On ? true : null })] } };

    /// <summary>A request for these to be on, and all others off.</summary>
    public static EthtoolBits Exactly(IEnumerable<string> names) => new() { NoMask = true, List = new() { Bits = [.. names.Select(name => new EthtoolBit { Name = name })] } };

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Flag(1, "nomask", ref NoMask);
        pass.U32(2, "size", ref Size);
        pass.Nest(3, "bits", ref List);
        pass.Bytes(4, "value", ref Value);
        pass.Bytes(5, "mask", ref Mask);
    }
}
