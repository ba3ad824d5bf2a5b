// Hears what changes. It never pretends to have heard everything: an overrun, a cut or unreadable message is a LostEvent,
// whose reader takes the dumps again.
// Invariant: subscribe first and dump afterwards; what changes in between is then in both, never in neither.
// Surprise: notifications tell of our own changes too, and the kernel may repeat itself.
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace Weft.Netlink;

/// <summary>A subscription to the kernel's notifications.</summary>
public sealed class RouteMonitor : IDisposable
{
    /// <summary>Links, addresses, routes and neighbours of both families.</summary>
    public static readonly IReadOnlyList<MulticastGroup> UsualGroups =
    [
        MulticastGroup.Link, MulticastGroup.Neighbour, MulticastGroup.Ipv4Address, MulticastGroup.Ipv6Address,
        MulticastGroup.Ipv4Route, MulticastGroup.Ipv6Route,
    ];

    private readonly INetlinkPort _port;
    private readonly Action<TraceLine>? _trace;
    private readonly Queue<MonitorEvent> _waiting = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>A monitor over any way to a kernel; it takes the port over and disposes of it.</summary>
    public RouteMonitor(INetlinkPort port, Action<TraceLine>? trace = null)
    {
        _port = port;
        _trace = trace;
    }

    /// <summary>Subscribes in the calling thread's network namespace.</summary>
    /// <param name="groups">What to hear.</param>
    /// <param name="options">Receive buffer and trace; null for the usual.</param>
    /// <param name="monitor">The subscription, when it opened.</param>
    /// <param name="failure">Why not, otherwise.</param>
    public static bool TryOpen(
        IReadOnlyList<MulticastGroup> groups,
        RouteSocketOptions? options,
        [NotNullWhen(true)] out RouteMonitor? monitor,
        [NotNullWhen(false)] out SocketFailure? failure)
    {
        options ??= RouteSocketOptions.Default;
        monitor = KernelPort.TryOpen(options.ReceiveBuffer, groups, out var port, out failure) ? new RouteMonitor(port, options.Trace) : null;
        return monitor is not null;
    }

    /// <summary>Waits for the next event; null when none came in time or the token was cancelled.</summary>
    public MonitorEvent? Next(TimeSpan wait, CancellationToken cancel = default)
    {
        using var registration = cancel.Register(_port.Wake);
        var start = Stopwatch.GetTimestamp();
        // Every turn receives something or returns; what is received without an event in it uses up the wait.
        while (_waiting.Count == 0 && !cancel.IsCancellationRequested)
        {
            var left = wait - Stopwatch.GetElapsedTime(start);
            var passage = _port.Receive(_buffer, left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (passage.Errno == 0) Take(passage);
            else if (passage.Errno == Errno.NoBuffers) _waiting.Enqueue(new LostEvent("the kernel dropped notifications for want of room"));
            else if (passage.Errno == Errno.TimedOut) return null;
            // A wake that outlived its token, of an earlier wait, is only consumed.
            else if (passage.Errno == Errno.Cancelled) continue;
            else return new FailedEvent(SocketFailure.Of("recvfrom", passage.Errno));
            if (_waiting.Count == 0 && Stopwatch.GetElapsedTime(start) >= wait) return null;
        }

        return cancel.IsCancellationRequested ? null : _waiting.Dequeue();
    }

    /// <summary>Yields events until the token is cancelled or the socket fails, which is the last event.</summary>
    public IEnumerable<MonitorEvent> Events(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            var happened = Next(TimeSpan.FromSeconds(60), cancel);
            if (happened is null) continue;
            yield return happened;
            if (happened is FailedEvent) yield break;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _port.Dispose();

    private void Take(Passage passage)
    {
        if (passage.Sender != 0) return;
        if (passage.Length > _buffer.Length)
        {
            _waiting.Enqueue(new LostEvent($"a notification of {passage.Length} bytes was cut"));
            return;
        }

        var datagram = new ReadOnlyMemory<byte>(_buffer.AsSpan(0, passage.Length).ToArray());
        var walk = new MessageWalk(datagram.Span);
        while (walk.MoveNext())
        {
            _trace?.Invoke(new TraceLine(false, MessageText.Describe(walk.Message)));
            var happened = Decode(walk.Header.Type, datagram.Slice(walk.Start, (int)walk.Header.Length), out var error);
            _waiting.Enqueue(error.IsError ? new LostEvent($"a notification could not be read: {error}") : happened);
        }

        if (walk.Error.IsError) _waiting.Enqueue(new LostEvent($"a datagram could not be read: {walk.Error}"));
    }

    private static MonitorEvent Decode(MessageType type, ReadOnlyMemory<byte> raw, out WireError error)
    {
        error = default;
        switch (type)
        {
            case MessageType.NewLink or MessageType.DeleteLink:
                return new LinkEvent(type == MessageType.DeleteLink, Read<LinkMessage>(raw, out error));
            case MessageType.NewAddress or MessageType.DeleteAddress:
                return new AddressEvent(type == MessageType.DeleteAddress, Read<AddressMessage>(raw, out error));
            case MessageType.NewRoute or MessageType.DeleteRoute:
                return new RouteEvent(type == MessageType.DeleteRoute, Read<RouteMessage>(raw, out error));
            case MessageType.NewNeighbour or MessageType.DeleteNeighbour:
                return new NeighbourEvent(type == MessageType.DeleteNeighbour, Read<NeighbourMessage>(raw, out error));
            case MessageType.Overrun:
                return new LostEvent("the kernel says that it lost data");
            default:
                return new OtherEvent(type, raw);
        }
    }

    private static TMessage Read<TMessage>(ReadOnlyMemory<byte> raw, out WireError error) where TMessage : class, IMessage, new()
    {
        var message = new TMessage { Raw = raw };
        error = MessageCodec.Read(raw.Span, message);
        return message;
    }
}
