// Which set a generic message carries. Numbers of families differ from boot to boot; all but the controller's are taken for
// ethtool's here, the one family that this codec speaks.
namespace Weft.Netlink;

/// <summary>Generic messages as sets.</summary>
public static class GenericText
{
    /// <summary>An empty message of the kind that these bytes hold; null where there is no set for it. A command's number means one thing in a request and another in an answer.</summary>
    public static IMessage? BodyOf(MessageHeader header, ReadOnlySpan<byte> message) =>
        message.Length < MessageHeader.Size + 4 || header.Type < FamilyMessage.Controller ? null
        : header.Type == FamilyMessage.Controller ? new FamilyMessage()
        : EthtoolCommands.BodyOf(message[MessageHeader.Size], header.Flags.HasFlag(MessageFlags.Request));
}
