// The way to the kernel failed: a system call, a time-out, answers that were lost or made no sense. What the kernel
// decided is then unknown, which is why this is not a KernelRefusal.
namespace Weft.Netlink;

/// <summary>A failure of the socket, not a decision of the kernel.</summary>
/// <param name="Call">What was tried: socket, bind, sendto, recvfrom, decode, dump.</param>
/// <param name="Errno">The error number, or 0.</param>
/// <param name="Text">What it means here.</param>
public sealed record SocketFailure(string Call, int Errno, string Text)
{
    /// <summary>The error number's name.</summary>
    public string ErrnoName => Netlink.Errno.Name(Errno);

    /// <inheritdoc/>
    public override string ToString() => Errno == 0 ? $"{Call}: {Text}" : $"{Call}: {ErrnoName}: {Text}";

    internal static SocketFailure Of(string call, int errno) => new(call, errno, Netlink.Errno.Words(errno));
}
