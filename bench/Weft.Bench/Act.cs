// Work that is ready to be done: messages already encoded and packed, or a switch under /proc/sys. Nothing is computed while
// the clock runs.

using Weft.Netlink;

namespace Weft.Bench;

/// <summary>One act of the floor.</summary>
internal abstract record Act
{
    /// <summary>One datagram of messages that all ask for an acknowledgement.</summary>
    public sealed record Datagram(byte[] Bytes, int Messages) : Act;

    /// <summary>A file under /proc/sys/net/ipv6/conf: `default`, or a link's.</summary>
    public sealed record Ipv6(string Link, bool On) : Act;

    /// <summary>As many messages a datagram as Weft sends.</summary>
    private const int Batch = 64;

    /// <summary>Packs requests into datagrams.</summary>
    public static IEnumerable<Act> Pack(IEnumerable<Request> requests)
    {
        uint sequence = 0;
        foreach (var batch in requests.Chunk(Batch))
        {
            var bytes = new List<byte>();
            foreach (var request in batch)
                bytes.AddRange(MessageCodec.Encode(new(0, request.Type, request.Flags | MessageFlags.Request | MessageFlags.Ack, ++sequence, 0), request.Body));
            yield return new Datagram([.. bytes], batch.Length);
        }
    }
}
