// Sends requests many a datagram and knows the answer to each.
// Invariants: every request carries a number of its own, and answers are matched by that number alone. Only the last of a
// datagram carries NLM_F_ACK: the kernel works in order, says what it refuses unasked (netlink_rcv_skb) and carries on, so
// what it has not refused by the time it answers the last is accepted. An answer that was lost is told by ENOBUFS.
// Surprise: the kernel works off the whole datagram inside sendto; its answers wait in our receive buffer, which is why
// a datagram holds a bounded number of requests.
namespace Weft.Netlink;

internal sealed class BatchRun(Conversation conversation, IReadOnlyList<Request> requests)
{
    private readonly Answer[] _answers = new Answer[requests.Count];

    public Answers Run()
    {
        SocketFailure? failure = null;
        for (var first = 0; first < requests.Count && failure is null;)
        {
            var starts = new List<int>();
            var sequence = conversation.NextSequences(conversation.Options.BatchCount);
            failure = Fill(first, sequence, starts, out var length);
            if (failure is null) failure = conversation.Send(conversation.Outgoing.AsSpan(0, length));
            if (failure is null) failure = Gather(first, sequence, starts, length);
            first += starts.Count;
        }

        return new Answers(_answers, failure);
    }

    // Writes as many requests as fit; at least one, for which the buffer grows as it must.
    private SocketFailure? Fill(int first, uint sequence, List<int> starts, out int length)
    {
        length = 0;
        while (starts.Count < conversation.Options.BatchCount && first + starts.Count < requests.Count)
        {
            var request = requests[first + starts.Count];
            var header = new MessageHeader(
                0, request.Type, (request.Flags & ~MessageFlags.Ack) | MessageFlags.Request, sequence + (uint)starts.Count, 0);
            // The buffer may have grown for an earlier request; only one that goes alone gets all of it.
            var room = starts.Count == 0 ? conversation.Outgoing.Length : Math.Max(0, conversation.Options.BatchBytes - length);
            var written = MessageCodec.Write(conversation.Outgoing.AsSpan(length, room), header, request.Body, out var error);
            if (written == 0)
            {
                if (error.Fault != WireFault.NoSpace) return new SocketFailure("encode", 0, error.ToString());
                if (starts.Count > 0) break;
                if (conversation.Outgoing.Length > 1 << 22) return new SocketFailure("encode", 0, "a request of more than 4 MiB");
                conversation.Outgoing = new byte[conversation.Outgoing.Length * 2];
                continue;
            }

            starts.Add(length);
            length += written;
            conversation.Counters.Requests++;
        }

        AskForAnswer(conversation.Outgoing.AsSpan(starts[^1]));
        return null;
    }

    private static void AskForAnswer(Span<byte> message)
    {
        _ = MessageHeader.TryRead(message, out var header);
        (header with { Flags = header.Flags | MessageFlags.Ack }).Write(message);
    }

    private SocketFailure? Gather(int first, uint sequence, List<int> starts, int length)
    {
        var last = first + starts.Count - 1;
        for (var strays = 0; _answers[last].Verdict == Netlink.Verdict.Unanswered;)
        {
            if (!conversation.TryReceive(out var datagram, out var failure)) return Explain(failure);
            var walk = new MessageWalk(datagram);
            while (walk.MoveNext())
            {
                conversation.Counters.MessagesReceived++;
                var index = walk.Header.Sequence - sequence;
                if (index >= starts.Count || _answers[first + (int)index].Verdict != Netlink.Verdict.Unanswered)
                {
                    conversation.Counters.Strays++;
                    if (++strays > conversation.Options.MostStrays) return new SocketFailure("recvfrom", 0, "too many messages that answer nothing");
                    continue;
                }

                ref var answer = ref _answers[first + (int)index];
                if (walk.Header.Type is not (MessageType.Error or MessageType.Done))
                {
                    answer = answer with { Reply = walk.Message.ToArray() };
                    continue;
                }

                var start = starts[(int)index];
                var end = index + 1 < starts.Count ? starts[(int)index + 1] : length;
                var refusal = Conversation.Verdict(walk.Header, walk.Message, conversation.Outgoing.AsSpan(start, end - start), out var readable, conversation.Options.BodyOf);
                if (!readable) return new SocketFailure("decode", 0, "an answer without a number");
                answer = answer with { Verdict = refusal is null ? Netlink.Verdict.Accepted : Netlink.Verdict.Refused, Refusal = refusal };
            }

            if (walk.Error.IsError) return new SocketFailure("decode", 0, walk.Error.ToString());
        }

        foreach (ref var answer in _answers.AsSpan(first, starts.Count))
            if (answer.Verdict == Netlink.Verdict.Unanswered) answer = answer with { Verdict = Netlink.Verdict.Accepted };
        return null;
    }

    private static SocketFailure Explain(SocketFailure failure) => failure.Errno switch
    {
        Errno.NoBuffers => failure with { Text = "the kernel dropped answers for want of room; what it decided is not known" },
        Conversation.Cut => failure with { Text = $"{failure.Text}; what it decided is not known" },
        _ => failure,
    };
}
