// One message to be sent. The sequence number is the socket's; Request and Ack flags are added by it.
namespace Weft.Netlink;

/// <summary>A request to the kernel.</summary>
/// <param name="Type">What to do.</param>
/// <param name="Flags">How: Create, Exclusive, Replace, ...</param>
/// <param name="Body">On what.</param>
public sealed record Request(MessageType Type, MessageFlags Flags, IFramed Body)
{
    /// <summary>Replays a message as it was read: its body's bytes, under another type and flags.</summary>
    public static Request Replay(MessageType type, MessageFlags flags, ReadOnlyMemory<byte> message) =>
        new(type, flags, new RawBody { Bytes = message.Length <= MessageHeader.Size ? default : message[MessageHeader.Size..] });
}
