// A port that keeps every message that passes, both ways, in order.
namespace Weft.Netlink.Tests;

internal sealed class TapPort(INetlinkPort inner) : INetlinkPort
{
    public List<ReadOnlyMemory<byte>> Seen { get; } = [];

    public Passage Send(ReadOnlySpan<byte> datagram)
    {
        Keep(datagram);
        return inner.Send(datagram);
    }

    public Passage Receive(Span<byte> buffer, TimeSpan wait)
    {
        var passage = inner.Receive(buffer, wait);
        if (passage.Errno == 0) Keep(buffer[..Math.Min(passage.Length, buffer.Length)]);
        return passage;
    }

    public void Wake() => inner.Wake();

    public void Dispose() => inner.Dispose();

    private void Keep(ReadOnlySpan<byte> datagram)
    {
        var walk = new MessageWalk(datagram);
        while (walk.MoveNext()) Seen.Add(walk.Message.ToArray());
    }
}
