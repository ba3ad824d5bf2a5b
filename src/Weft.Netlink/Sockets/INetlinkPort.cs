// The narrow place between the codec and a kernel: datagrams out, datagrams in. The real one is KernelPort; tests bring
// kernels that misbehave.
// Invariant: Receive returns within its time, always.
namespace Weft.Netlink;

/// <summary>What came of sending or receiving.</summary>
/// <param name="Length">Bytes sent or received; for a cut datagram its real length, which is larger than the buffer.</param>
/// <param name="Errno">0, or why not. ETIMEDOUT when nothing came in time, ECANCELED when woken, ENOBUFS when the kernel dropped something.</param>
/// <param name="Sender">Port number of the sender; 0 is the kernel. Anybody may send to a netlink socket.</param>
public readonly record struct Passage(int Length, int Errno, uint Sender);

/// <summary>A way to a kernel.</summary>
public interface INetlinkPort : IDisposable
{
    /// <summary>Sends one datagram of any number of messages. The kernel works on them before this returns.</summary>
    Passage Send(ReadOnlySpan<byte> datagram);

    /// <summary>Waits for one datagram.</summary>
    Passage Receive(Span<byte> buffer, TimeSpan wait);

    /// <summary>Makes a Receive that waits, or the next one that would, return ECANCELED once; callable from another thread.</summary>
    void Wake();
}
