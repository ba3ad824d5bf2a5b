// The real way to the kernel: one AF_NETLINK socket and an eventfd that wakes it.
// Surprises: the socket belongs to the network namespace of the thread that opened it, for good. SO_RCVBUF is capped by
// net.core.rmem_max, SO_RCVBUFFORCE needs CAP_NET_ADMIN; whichever works, works. Kernels without strict checking or
// extended acks (before 4.20 and 4.12) still serve, only less well, so their absence is noted and not an error.
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>A NETLINK_ROUTE or NETLINK_GENERIC socket.</summary>
public sealed unsafe class KernelPort : INetlinkPort
{
    private readonly NetlinkHandle _socket;
    private readonly NetlinkHandle _wake;

    private KernelPort(NetlinkHandle socket, NetlinkHandle wake)
    {
        _socket = socket;
        _wake = wake;
        HasExtendedAck = Option(Libc.LevelNetlink, Libc.ExtendedAck, 1);
        HasCapAck = Option(Libc.LevelNetlink, Libc.CapAck, 1);
        HasStrictCheck = Option(Libc.LevelNetlink, Libc.StrictCheck, 1);
    }

    /// <summary>Whether refusals come with words and offsets.</summary>
    public bool HasExtendedAck { get; }

    /// <summary>Whether refusals leave out the refused message's body.</summary>
    public bool HasCapAck { get; }

    /// <summary>Whether the kernel honours filters in dump requests. Without it a dump holds more than was asked for.</summary>
    public bool HasStrictCheck { get; }

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    /// <param name="receiveBuffer">Bytes the kernel may keep for us; it counts its own overhead, about 768 bytes an answer.</param>
    /// <param name="groups">Multicast groups to hear.</param>
    /// <param name="port">The way, when it opened.</param>
    /// <param name="failure">Why not, otherwise.</param>
    public static bool TryOpen(
        int receiveBuffer,
        IReadOnlyList<MulticastGroup> groups,
        [NotNullWhen(true)] out KernelPort? port,
        [NotNullWhen(false)] out SocketFailure? failure)
    {
        return TryOpen(Libc.ProtocolRoute, receiveBuffer, groups, out port, out failure);
    }

    /// <summary>Opens a socket to the generic families in the calling thread's network namespace.</summary>
    public static bool TryOpenGeneric(int receiveBuffer, [NotNullWhen(true)] out KernelPort? port, [NotNullWhen(false)] out SocketFailure? failure) =>
        TryOpen(Libc.ProtocolGeneric, receiveBuffer, [], out port, out failure);

    private static bool TryOpen(
        int protocol,
        int receiveBuffer,
        IReadOnlyList<MulticastGroup> groups,
        [NotNullWhen(true)] out KernelPort? port,
        [NotNullWhen(false)] out SocketFailure? failure)
    {
        port = null;
        var socket = Libc.Socket(Libc.FamilyNetlink, Libc.SocketRaw | Libc.CloseOnExec, protocol);
        failure = socket.IsInvalid ? Last("socket") : null;
        var wake = Libc.EventFd(0, Libc.CloseOnExec);
        if (wake.IsInvalid) failure ??= Last("eventfd");
        if (failure is null)
        {
            var opened = new KernelPort(socket, wake);
            failure = opened.Prepare(receiveBuffer, groups);
            if (failure is null) port = opened;
        }

        if (failure is null && port is not null) return true;
        socket.Dispose();
        wake.Dispose();
        failure ??= new SocketFailure("socket", 0, "not opened");
        return false;
    }

    /// <inheritdoc/>
    public Passage Send(ReadOnlySpan<byte> datagram)
    {
        var kernel = new Libc.NetlinkAddress { Family = Libc.FamilyNetlink };
        fixed (byte* bytes = datagram)
        {
            for (var tries = 0; tries < 100; tries++)
            {
                var sent = Libc.SendTo(_socket, bytes, datagram.Length, 0, in kernel, sizeof(Libc.NetlinkAddress));
                if (sent >= 0) return new Passage((int)sent, 0, 0);
                if (Marshal.GetLastPInvokeError() != Errno.Interrupted) break;
            }
        }

        return new Passage(0, Marshal.GetLastPInvokeError(), 0);
    }

    /// <inheritdoc/>
    public Passage Receive(Span<byte> buffer, TimeSpan wait)
    {
        // Most of what is asked for is there already, and asking the clock is a system call on some machines.
        var start = 0L;
        // Each turn either returns or has waited; turns that end early do so for a signal or a datagram somebody else took.
        while (true)
        {
            var passage = Take(buffer);
            if (passage.Errno is not (Errno.TryAgain or Errno.Interrupted)) return passage;
            if (start == 0) start = Stopwatch.GetTimestamp();
            var left = wait - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return new Passage(0, Errno.TimedOut, 0);
            if (Sleep(left)) return new Passage(0, Errno.Cancelled, 0);
        }
    }

    /// <inheritdoc/>
    public void Wake() => _ = Libc.Write(_wake, 1, sizeof(ulong));

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _wake.Dispose();
    }

    private SocketFailure? Prepare(int receiveBuffer, IReadOnlyList<MulticastGroup> groups)
    {
        if (!Option(Libc.LevelSocket, Libc.ReceiveBufferForce, receiveBuffer)) Option(Libc.LevelSocket, Libc.ReceiveBuffer, receiveBuffer);
        Option(Libc.LevelSocket, Libc.SendBuffer, 1 << 18);
        var address = new Libc.NetlinkAddress { Family = Libc.FamilyNetlink };
        if (Libc.Bind(_socket, in address, sizeof(Libc.NetlinkAddress)) != 0) return Last("bind");
        foreach (var group in groups)
            if (!Option(Libc.LevelNetlink, Libc.AddMembership, (int)group)) return Last("setsockopt NETLINK_ADD_MEMBERSHIP");
        return null;
    }

    private Passage Take(Span<byte> buffer)
    {
        var sender = default(Libc.NetlinkAddress);
        var length = sizeof(Libc.NetlinkAddress);
        fixed (byte* bytes = buffer)
        {
            // With MSG_TRUNC the real length comes back even when the buffer was too small.
            var received = Libc.ReceiveFrom(_socket, bytes, buffer.Length, Libc.DontWait | Libc.Truncate, ref sender, ref length);
            return received < 0 ? new Passage(0, Marshal.GetLastPInvokeError(), 0) : new Passage((int)received, 0, sender.Port);
        }
    }

    // True when woken. A bad descriptor ends the sleep too; the next receive then says why.
    private bool Sleep(TimeSpan longest)
    {
        var added = false;
        var wakeAdded = false;
        try
        {
            _socket.DangerousAddRef(ref added);
            _wake.DangerousAddRef(ref wakeAdded);
            var entries = stackalloc Libc.PollEntry[2];
            entries[0] = new Libc.PollEntry { Descriptor = (int)_socket.DangerousGetHandle(), Events = Libc.PollIn };
            entries[1] = new Libc.PollEntry { Descriptor = (int)_wake.DangerousGetHandle(), Events = Libc.PollIn };
            var milliseconds = (int)Math.Min(Math.Ceiling(longest.TotalMilliseconds), int.MaxValue);
            if (Libc.Poll(entries, 2, milliseconds) <= 0 || (entries[1].Results & Libc.PollIn) == 0) return false;
            ulong count = 0;
            _ = Libc.Read(_wake, ref count, sizeof(ulong));
            return true;
        }
        finally
        {
            if (added) _socket.DangerousRelease();
            if (wakeAdded) _wake.DangerousRelease();
        }
    }

    private bool Option(int level, int option, int value) => Libc.SetOption(_socket, level, option, in value, sizeof(int)) == 0;

    private static SocketFailure Last(string call) => SocketFailure.Of(call, Marshal.GetLastPInvokeError());
}
