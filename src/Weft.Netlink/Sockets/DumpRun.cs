// Takes a dump until it is whole: one that was disturbed by a change (NLM_F_DUMP_INTR), lost a part (ENOBUFS) or was cut
// is taken again, a bounded number of times.
// Invariant: a spoiled dump is still read to its end before the next one begins. The kernel runs one dump a socket and
// answers EBUSY to a second.
namespace Weft.Netlink;

internal sealed class DumpRun(Conversation conversation, Request request)
{
    private readonly List<ReadOnlyMemory<byte>> _messages = [];

    public Dumped<ReadOnlyMemory<byte>> Run()
    {
        var spoiled = "";
        for (var tries = 0; tries < conversation.Options.DumpTries; tries++)
        {
            if (tries > 0) conversation.Counters.DumpsRetaken++;
            _messages.Clear();
            var (outcome, refusal, failure) = Once();
            if (refusal is not null || failure is not null) return new Dumped<ReadOnlyMemory<byte>>([], refusal, failure);
            if (outcome is null) return new Dumped<ReadOnlyMemory<byte>>(_messages, null, null);
            spoiled = outcome;
        }

        return new Dumped<ReadOnlyMemory<byte>>(
            [], null, new SocketFailure("dump", 0, $"{spoiled}, {conversation.Options.DumpTries} times in a row"));
    }

    // The first value says why the dump must be taken again; all null is a whole dump.
    private (string? Spoiled, KernelRefusal? Refusal, SocketFailure? Failure) Once()
    {
        var sequence = conversation.NextSequence();
        var header = new MessageHeader(0, request.Type, request.Flags | MessageFlags.Request | MessageFlags.Dump, sequence, 0);
        var asked = MessageCodec.Encode(header, request.Body);
        conversation.Counters.Requests++;
        if (conversation.Send(asked) is { } unsent) return (null, null, unsent);
        string? spoiled = null;
        var strays = 0;
        while (true)
        {
            if (!conversation.TryReceive(out var datagram, out var failure))
            {
                // Each of these is reported once per loss, and the dump goes on behind it.
                if (failure.Errno == Errno.NoBuffers) spoiled = "the kernel dropped a part";
                else if (failure.Errno == Conversation.Cut) spoiled = failure.Text;
                else return (null, null, failure);
                if (++strays > conversation.Options.MostStrays) return (null, null, failure);
                continue;
            }

            var kept = new ReadOnlyMemory<byte>(datagram.ToArray());
            var walk = new MessageWalk(datagram);
            while (walk.MoveNext())
            {
                conversation.Counters.MessagesReceived++;
                if (walk.Header.Sequence != sequence)
                {
                    conversation.Counters.Strays++;
                    if (++strays > conversation.Options.MostStrays)
                        return (null, null, new SocketFailure("recvfrom", 0, "too many messages that answer nothing"));
                    continue;
                }

                if (walk.Header.Flags.HasFlag(MessageFlags.DumpInterrupted)) spoiled = "something changed while the dump was taken";
                switch (walk.Header.Type)
                {
                    case MessageType.Noop:
                        break;
                    case MessageType.Overrun:
                        spoiled = "the kernel dropped a part";
                        break;
                    case MessageType.Done:
                        // Old kernels end a dump without a number.
                        return (spoiled, Conversation.Verdict(walk.Header, walk.Message, asked, out _, conversation.Options.BodyOf), null);
                    case MessageType.Error:
                        var refusal = Conversation.Verdict(walk.Header, walk.Message, asked, out var readable, conversation.Options.BodyOf);
                        if (refusal is not null) return (null, refusal, null);
                        if (!readable) return (null, null, new SocketFailure("decode", 0, "an answer without a number"));
                        break;
                    default:
                        if (spoiled is null) _messages.Add(kept.Slice(walk.Start, (int)walk.Header.Length));
                        break;
                }
            }

            if (walk.Error.IsError) return (null, null, new SocketFailure("decode", 0, walk.Error.ToString()));
        }
    }
}
