// struct genlmsghdr (linux/genetlink.h) before the attributes of every generic message. The message's type says the family,
// by a number that the kernel gives out; what the message is about, the command here says.
namespace Weft.Netlink;

/// <summary>A message of a generic family.</summary>
public abstract class GenericMessage : IMessage
{
    /// <summary>What is asked or told, numbered by the family; a request and its answer have numbers of their own.</summary>
    public byte Command;

    /// <summary>The family's version that the sender speaks.</summary>
    public byte Version = 1;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => 4;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => (Command, Version) = (source[0], source[1]);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination)
    {
        destination.Clear();
        (destination[0], destination[1]) = (Command, Version);
    }

    /// <inheritdoc/>
    public string DescribeHeader() => $"command {Command} version {Version}";

    /// <inheritdoc/>
    public abstract void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct;
}
