// Work that is ready to be done: messages already encoded and packed, or a switch under /proc/sys. Nothing is computed while
// the clock runs.

using Weft.Netlink;

namespace Weft.Bench;

/// <summary>One act of the floor.</summary>
internal abstract record Act
{
    /// <summary>One datagram of messages, of which the last asks for an acknowledgement: what is refused before it the kernel says unasked.</summary>
    /// <param name="Last">The last one's number.</param>
    public sealed record Datagram(byte[] Bytes, int Messages, uint Last) : Act;

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
            foreach (var (at, request) in batch.Index())
            {
                var asks = at == batch.Length - 1 ? MessageFlags.Ack : MessageFlags.None;
                bytes.AddRange(MessageCodec.Encode(new(0, request.Type, request.Flags | MessageFlags.Request | asks, ++sequence, 0), request.Body));
            }
            yield return new Datagram([.. bytes], batch.Length, sequence);
        }
    }
}
