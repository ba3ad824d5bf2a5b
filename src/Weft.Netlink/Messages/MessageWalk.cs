// Steps over the messages of one datagram. Padding between them is skipped; a length that cannot be ends the walk.
// Invariant: every span handed out lies inside the datagram and is as long as its header says.
namespace Weft.Netlink;

/// <summary>The messages of a datagram, one after another.</summary>
public ref struct MessageWalk(ReadOnlySpan<byte> datagram)
{
    private readonly ReadOnlySpan<byte> _datagram = datagram;
    private int _next;

    /// <summary>Where the current message starts.</summary>
    public int Start { get; private set; }

    /// <summary>Its header.</summary>
    public MessageHeader Header { get; private set; }

    /// <summary>The whole message, header included, without padding.</summary>
    public readonly ReadOnlySpan<byte> Message => _datagram.Slice(Start, (int)Header.Length);

    /// <summary>The fault that ended the walk, if one did.</summary>
    public WireError Error { get; private set; }

    /// <summary>Goes on to the next message; false at the end and at a fault.</summary>
    public bool MoveNext()
    {
        if (_next >= _datagram.Length || Error.IsError) return false;
        if (!MessageHeader.TryRead(_datagram[_next..], out var header) || header.Length < MessageHeader.Size || header.Length > _datagram.Length - _next)
        {
            Error = new WireError(WireFault.BadLength, _next, "nlmsghdr");
            return false;
        }

        Header = header;
        Start = _next;
        _next += Layout.Align((int)header.Length);
        return true;
    }
}
