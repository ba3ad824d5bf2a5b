// What batches and dumps share: the port, the sequence numbers, the receive buffer and the trace.
// Invariants: sequence numbers are never 0, which the kernel uses for notifications; datagrams that the kernel did not
// send are dropped here, whoever sent them.
using System.Diagnostics.CodeAnalysis;

namespace Weft.Netlink;

internal sealed class Conversation(INetlinkPort port, RouteSocketOptions options) : IDisposable
{
    // The kernel builds dumps in at most 32 KiB; a single link with many virtual functions may need more.
    private const int LargestBuffer = 4 * 1024 * 1024;

    private byte[] _buffer = new byte[options.DatagramBytes];
    private uint _sequence;

    public RouteSocketOptions Options { get; } = options;

    public RouteSocketCounters Counters { get; } = new();

    // Where batches are written; it grows for a request that needs more and stays grown.
    public byte[] Outgoing { get; set; } = new byte[options.BatchBytes];

    public uint NextSequence() => ++_sequence == 0 ? ++_sequence : _sequence;

    // Takes numbers that follow each other without passing 0, so that a batch can be matched by a subtraction.
    public uint NextSequences(int count)
    {
        if (_sequence > uint.MaxValue - (uint)count - 1) _sequence = 0;
        var first = _sequence + 1;
        _sequence += (uint)count;
        return first;
    }

    public SocketFailure? Send(ReadOnlySpan<byte> datagram)
    {
        if (Options.Trace is not null) Trace(datagram, sent: true);
        Counters.DatagramsSent++;
        var passage = port.Send(datagram);
        if (passage.Errno != 0) return SocketFailure.Of("sendto", passage.Errno);
        return passage.Length == datagram.Length ? null : new SocketFailure("sendto", 0, $"{passage.Length} of {datagram.Length} bytes went out");
    }

    // One datagram of the kernel's. When it was cut the buffer is enlarged for the next time and the failure is EMSGSIZE.
    public bool TryReceive(out ReadOnlySpan<byte> datagram, [NotNullWhen(false)] out SocketFailure? failure)
    {
        datagram = default;
        for (var foreign = 0; foreign <= Options.MostStrays; foreign++)
        {
            var passage = port.Receive(_buffer, Options.Silence);
            failure = passage.Errno switch
            {
                0 => null,
                Errno.TimedOut => new SocketFailure("recvfrom", Errno.TimedOut, $"the kernel was silent for {Options.Silence.TotalSeconds} s"),
                _ => SocketFailure.Of("recvfrom", passage.Errno),
            };
            if (passage.Errno == Errno.NoBuffers) Counters.Overruns++;
            if (failure is not null) return false;
            Counters.DatagramsReceived++;
            if (passage.Sender != 0)
            {
                Counters.Strays++;
                continue;
            }

            if (passage.Length > _buffer.Length)
            {
                failure = new SocketFailure("recvfrom", Cut, $"a datagram of {passage.Length} bytes was cut to {_buffer.Length}");
                if (passage.Length <= LargestBuffer) _buffer = new byte[Layout.Align(passage.Length)];
                return false;
            }

            datagram = _buffer.AsSpan(0, passage.Length);
            if (Options.Trace is not null) Trace(datagram, sent: false);
            return true;
        }

        failure = new SocketFailure("recvfrom", 0, "too many datagrams from others");
        return false;
    }

    public const int Cut = 90;

    // The verdict in an NLMSG_ERROR or NLMSG_DONE; null is "accepted".
    public static KernelRefusal? Verdict(MessageHeader header, ReadOnlySpan<byte> message, ReadOnlySpan<byte> request, out bool readable, BodyOf? bodyOf = null)
    {
        var attributes = new AckAttributes();
        readable = AckFrame.TryRead(header, message, attributes, out var errno);
        if (!readable || errno == 0) return null;
        var path = attributes switch
        {
            { MissType: { } missing } => MessageText.LocateMissing(request, (int?)attributes.MissNest, (int)missing, bodyOf),
            { Offs: { } offset } => MessageText.Locate(request, (int)offset, bodyOf),
            _ => null,
        };
        return new KernelRefusal(errno, attributes.Msg, path, attributes.MissType);
    }

    public void Dispose() => port.Dispose();

    private void Trace(ReadOnlySpan<byte> datagram, bool sent)
    {
        var walk = new MessageWalk(datagram);
        while (walk.MoveNext()) Options.Trace!(new TraceLine(sent, MessageText.Describe(walk.Message, Options.BodyOf)));
        if (walk.Error.IsError) Options.Trace!(new TraceLine(sent, $"! {walk.Error}\n"));
    }
}
