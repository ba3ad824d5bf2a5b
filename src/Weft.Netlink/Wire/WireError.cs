// The one way in which bytes can be wrong. A pass keeps the first such error; whoever started the pass looks once.
// Offsets count from the start of the region handed to the pass, for a message from its netlink header.
// Surprise: NoSpace is not the wire's fault. It tells a writer's owner to come back with a larger buffer.
namespace Weft.Netlink;

/// <summary>What is wrong with bytes on the wire.</summary>
public enum WireFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An attribute or message says it is longer than what holds it, or shorter than its own header.</summary>
    BadLength,

    /// <summary>The payload has not the size that its type needs.</summary>
    WrongSize,

    /// <summary>Nests inside nests beyond what any kernel sends.</summary>
    TooDeep,

    /// <summary>Reading took more steps than its size can justify.</summary>
    TooLong,

    /// <summary>Writing needs a larger buffer.</summary>
    NoSpace,

    /// <summary>A value to be written does not fit an attribute's 16-bit length.</summary>
    Oversized,
}

/// <summary>The first fault met: what, at which offset, in which attribute. The default value means "no fault".</summary>
public readonly record struct WireError(WireFault Fault, int Offset, string Name)
{
    /// <summary>Whether there is a fault at all.</summary>
    public bool IsError => Fault != WireFault.None;

    /// <inheritdoc/>
    public override string ToString() =>
        IsError ? $"{Fault} at byte {Offset}{(string.IsNullOrEmpty(Name) ? "" : $" ({Name})")}" : "no fault";

    /// <summary>Throws the codec's only exception when there is a fault.</summary>
    /// <exception cref="MalformedMessageException">There is a fault.</exception>
    public void ThrowIfError()
    {
        if (IsError) throw new MalformedMessageException(this);
    }
}
