// NLMSG_ERROR and NLMSG_DONE taken apart: a number, for errors the refused message (cut to its header when
// NETLINK_CAP_ACK is on), then the attributes of the extended ack.
// Surprise: the number is negative on the wire, and zero is the acknowledgement.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

internal static class AckFrame
{
    // Where the attributes begin; the message's end when it has none.
    public static int AttributesStart(MessageHeader header, ReadOnlySpan<byte> message)
    {
        var start = MessageHeader.Size + sizeof(int);
        if (!header.Flags.HasFlag(MessageFlags.AckAttributes)) return message.Length;
        if (header.Type == MessageType.Done) return Math.Min(start, message.Length);
        if (!MessageHeader.TryRead(message[Math.Min(start, message.Length)..], out var refused)) return message.Length;
        var carried = header.Flags.HasFlag(MessageFlags.Capped) ? MessageHeader.Size : refused.Length;
        return (int)Math.Min((long)start + ((carried + 3L) & ~3L), message.Length);
    }

    // False when the message is too short to hold even the number.
    public static bool TryRead(MessageHeader header, ReadOnlySpan<byte> message, AckAttributes attributes, out int errno)
    {
        errno = 0;
        if (message.Length < MessageHeader.Size + sizeof(int)) return false;
        var number = MemoryMarshal.Read<int>(message[MessageHeader.Size..]);
        // int.MinValue has no positive twin; no kernel sends it, but it must not throw.
        errno = number == int.MinValue ? int.MaxValue : -number;
        var start = AttributesStart(header, message);
        var pass = new ReadPass(message[start..], start);
        attributes.Walk(ref pass);
        // A broken extended ack costs its words, not the verdict.
        if (pass.Error.IsError) attributes.Msg = $"(extended ack unreadable: {pass.Error})";
        return true;
    }
}
