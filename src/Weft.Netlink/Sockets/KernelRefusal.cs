// "The kernel said no": a value with everything it told. A failed system call is another thing, see SocketFailure.
namespace Weft.Netlink;

/// <summary>A request that the kernel refused.</summary>
/// <param name="Errno">The error number, positive.</param>
/// <param name="Text">The kernel's own words, when it gave any.</param>
/// <param name="Attribute">Path of the attribute it pointed at, such as `linkinfo.data.miimon`, or of the one it missed.</param>
/// <param name="MissingType">Type of the attribute it missed.</param>
public sealed record KernelRefusal(int Errno, string? Text, string? Attribute, uint? MissingType)
{
    /// <summary>The error number's name, such as EBUSY.</summary>
    public string ErrnoName => Netlink.Errno.Name(Errno);

    /// <inheritdoc/>
    public override string ToString()
    {
        var place = Attribute is null ? "" : MissingType is null ? $" at {Attribute}" : $", missing {Attribute}";
        return $"{ErrnoName}{place}: {Text ?? Netlink.Errno.Words(Errno)}";
    }
}
