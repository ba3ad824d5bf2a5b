// One message to bytes and back, netlink header included.
// Invariant: reading and writing into reused objects and buffers allocates nothing, strings and bytes apart.
namespace Weft.Netlink;

/// <summary>Writes and reads whole messages.</summary>
public static class MessageCodec
{
    /// <summary>Writes a message; its length in the header is filled in here.</summary>
    /// <returns>Bytes written, a multiple of four, or 0 with the fault in <paramref name="error"/>.</returns>
    public static int Write<TFramed>(Span<byte> destination, MessageHeader header, TFramed body, out WireError error) where TFramed : IFramed
    {
        if (destination.Length < MessageHeader.Size)
        {
            error = new WireError(WireFault.NoSpace, 0, "nlmsghdr");
            return 0;
        }

        var pass = new WritePass(destination[MessageHeader.Size..]);
        pass.Frame(body);
        error = pass.Error;
        if (error.IsError) return 0;
        var length = MessageHeader.Size + pass.Position;
        (header with { Length = (uint)length }).Write(destination);
        return length;
    }

    /// <summary>Reads a message's body into an object, which may be one read into before.</summary>
    /// <returns>The first fault, or none. After a fault the object's values mean nothing.</returns>
    public static WireError Read<TFramed>(ReadOnlySpan<byte> message, TFramed body) where TFramed : IFramed
    {
        if (!MessageHeader.TryRead(message, out var header) || header.Length < MessageHeader.Size || header.Length > message.Length)
            return new WireError(WireFault.BadLength, 0, "nlmsghdr");
        return ReadPass.Frame(message[MessageHeader.Size..(int)header.Length], MessageHeader.Size, body);
    }

    /// <summary>Reads a message that must be well formed, and keeps its bytes.</summary>
    /// <exception cref="MalformedMessageException">It is not.</exception>
    public static TMessage Decode<TMessage>(ReadOnlyMemory<byte> message) where TMessage : class, IMessage, new()
    {
        var body = new TMessage();
        Read(message.Span, body).ThrowIfError();
        body.Raw = message;
        return body;
    }

    /// <summary>Writes a message into an array of its own.</summary>
    /// <exception cref="MalformedMessageException">A value is too long for an attribute.</exception>
    public static byte[] Encode<TFramed>(MessageHeader header, TFramed body) where TFramed : IFramed
    {
        for (var size = 1024; ; size *= 4)
        {
            var buffer = new byte[size];
            var length = Write(buffer, header, body, out var error);
            if (length > 0) return buffer[..length];
            if (error.Fault != WireFault.NoSpace) error.ThrowIfError();
        }
    }
}
