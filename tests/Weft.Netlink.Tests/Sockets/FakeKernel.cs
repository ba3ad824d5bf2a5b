// A kernel that does what the test says, also what no kernel should: it looks at each request and queues passages.
// Invariant: when its queue is empty it is silent, at once and without waiting, so no test depends on a clock.
namespace Weft.Netlink.Tests;

internal sealed class FakeKernel(Action<FakeKernel, MessageHeader, byte[]> work) : INetlinkPort
{
    private readonly Queue<(byte[] Bytes, int Errno, int Length, uint Sender)> _queue = new();

    public int Datagrams { get; private set; }

    public List<MessageHeader> Requests { get; } = [];

    public int SendErrno { get; set; }

    public bool Woken { get; private set; }

    public Passage Send(ReadOnlySpan<byte> datagram)
    {
        if (SendErrno != 0) return new Passage(0, SendErrno, 0);
        Datagrams++;
        var walk = new MessageWalk(datagram);
        while (walk.MoveNext())
        {
            Requests.Add(walk.Header);
            work(this, walk.Header, walk.Message.ToArray());
        }

        walk.Error.IsError.ShouldBeFalse();
        return new Passage(datagram.Length, 0, 0);
    }

    public Passage Receive(Span<byte> buffer, TimeSpan wait)
    {
        if (!_queue.TryDequeue(out var next)) return new Passage(0, Errno.TimedOut, 0);
        next.Bytes.AsSpan(0, Math.Min(next.Bytes.Length, buffer.Length)).CopyTo(buffer);
        return new Passage(next.Length, next.Errno, next.Sender);
    }

    /// <summary>Answers as the kernel does: what is refused at once, what is accepted where it was asked. Told the request's place, it says the errno.</summary>
    public static FakeKernel Deciding(Func<int, int> errno)
    {
        var at = 0;
        return new((self, header, _) =>
        {
            var refused = errno(at++);
            if (refused != 0 || header.Flags.HasFlag(MessageFlags.Ack)) self.Say(Ack(header.Sequence, refused));
        });
    }

    public void Wake() => Woken = true;

    public void Dispose() { }

    public void Say(params byte[][] messages) => SayFrom(0, messages);

    public void SayFrom(uint sender, params byte[][] messages)
    {
        byte[] datagram = [.. messages.SelectMany(message => message)];
        _queue.Enqueue((datagram, 0, datagram.Length, sender));
    }

    public void SayCut(int realLength) => _queue.Enqueue((new byte[16], 0, realLength, 0));

    public void Fail(int errno) => _queue.Enqueue(([], errno, 0, 0));

    public static byte[] Ack(uint sequence, int errno = 0, byte[]? attributes = null)
    {
        attributes ??= [];
        var message = new byte[36 + attributes.Length];
        var flags = MessageFlags.Capped | (attributes.Length > 0 ? MessageFlags.AckAttributes : MessageFlags.None);
        new MessageHeader((uint)message.Length, MessageType.Error, flags, sequence, 1).Write(message);
        BitConverter.TryWriteBytes(message.AsSpan(16), -errno);
        new MessageHeader(40, MessageType.NewLink, MessageFlags.None, sequence, 0).Write(message.AsSpan(20));
        attributes.CopyTo(message, 36);
        return message;
    }

    public static byte[] Done(uint sequence, int errno = 0, MessageFlags flags = MessageFlags.Multi)
    {
        var message = new byte[20];
        new MessageHeader(20, MessageType.Done, flags, sequence, 1).Write(message);
        BitConverter.TryWriteBytes(message.AsSpan(16), -errno);
        return message;
    }

    public static byte[] Link(uint sequence, string name, MessageFlags flags = MessageFlags.Multi, MessageType type = MessageType.NewLink) =>
        MessageCodec.Encode(new MessageHeader(0, type, flags, sequence, 1), new LinkMessage { Name = name });
}
