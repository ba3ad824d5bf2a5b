// Bytes to text for traces, golden files and questions to people, and offsets to paths. Types map to sets here and
// nowhere else.
// Invariant: any bytes give some text; nothing here throws.
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Weft.Netlink;

/// <summary>Messages in words.</summary>
public static class MessageText
{
    /// <summary>One message, several lines, the last one ended too.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="bodyOf">What a message carries, where it is not of rtnetlink.</param>
    public static string Describe(ReadOnlySpan<byte> message, BodyOf? bodyOf = null)
    {
        var text = new StringBuilder();
        if (!MessageHeader.TryRead(message, out var header) || header.Length < MessageHeader.Size || header.Length > message.Length)
            return $"! not a netlink message: {DescribePass.Hex(message)}\n";
        text.Append(CultureInfo.InvariantCulture, $"{(bodyOf is null || header.Type < FamilyMessage.Controller ? Name(header.Type) : "generic")} flags 0x{(ushort)header.Flags:x} seq {header.Sequence} port {header.Port} length {header.Length}\n");
        var body = message[MessageHeader.Size..(int)header.Length];
        if (header.Type is MessageType.Error or MessageType.Done) Ack(text, header, message[..(int)header.Length]);
        else if (Carried(header, message, bodyOf) is { } framed) DescribePass.Frame(text, body, MessageHeader.Size, framed, 1);
        else if (body.Length > 0) text.Append("  ").Append(DescribePass.Hex(body)).Append('\n');
        return text.ToString();
    }

    /// <summary>The path of the attribute that covers a byte of a message, such as `linkinfo.data.miimon`; null when none does.</summary>
    public static string? Locate(ReadOnlySpan<byte> message, int offset, BodyOf? bodyOf = null) =>
        Body(message, bodyOf, out var framed, out var region) ? LocatePass.Locate(region, MessageHeader.Size, framed, offset) : null;

    /// <summary>The path of an attribute missing in the nest at an offset, or in the message itself without one.</summary>
    public static string? LocateMissing(ReadOnlySpan<byte> message, int? nest, int type, BodyOf? bodyOf = null) =>
        Body(message, bodyOf, out var framed, out var region) ? LocatePass.LocateMissing(region, MessageHeader.Size, framed, nest, type) : null;

    /// <summary>The type in small letters, or its number.</summary>
    public static string Name(MessageType type) =>
        Enum.GetName(type)?.ToLowerInvariant() ?? string.Create(CultureInfo.InvariantCulture, $"type {(ushort)type}");

    /// <summary>
    /// An empty message of the kind that a type carries, or null when there is no set for it. Flags matter where a request is spelled
    /// otherwise than what the kernel tells.
    /// </summary>
    public static IMessage? BodyOf(MessageType type, MessageFlags flags = MessageFlags.None) => type switch
    {
        >= MessageType.NewLink and <= MessageType.SetLink => new LinkMessage(),
        MessageType.NewLinkProperty or MessageType.DeleteLinkProperty => new LinkMessage(),
        >= MessageType.NewAddress and <= MessageType.GetAddress => new AddressMessage(),
        >= MessageType.NewRoute and <= MessageType.GetRoute => new RouteMessage(),
        >= MessageType.NewNeighbour and <= MessageType.GetNeighbour => new NeighbourMessage(),
        >= MessageType.NewRule and <= MessageType.GetRule => new RuleMessage(),
        >= MessageType.NewQdisc and <= MessageType.GetFilter => new TrafficMessage(),
        >= MessageType.NewMdb and <= MessageType.GetMdb => new GroupMessage { IsRequest = type != MessageType.GetMdb && flags.HasFlag(MessageFlags.Request) },
        >= MessageType.NewNsid and <= MessageType.GetNsid => new NsidMessage(),
        >= MessageType.NewNexthop and <= MessageType.GetNexthop => new NexthopMessage(),
        _ => null,
    };

    private static IMessage? Carried(MessageHeader header, ReadOnlySpan<byte> message, BodyOf? bodyOf) => bodyOf is null ? BodyOf(header.Type, header.Flags) : bodyOf(header, message);

    private static bool Body(
        ReadOnlySpan<byte> message, BodyOf? bodyOf, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IMessage? framed, out ReadOnlySpan<byte> region)
    {
        framed = null;
        region = default;
        if (!MessageHeader.TryRead(message, out var header) || header.Length < MessageHeader.Size || header.Length > message.Length) return false;
        framed = Carried(header, message, bodyOf);
        region = message[MessageHeader.Size..(int)header.Length];
        return framed is not null;
    }

    private static void Ack(StringBuilder text, MessageHeader header, ReadOnlySpan<byte> message)
    {
        if (message.Length < MessageHeader.Size + 4)
        {
            text.Append("  ! no number\n");
            return;
        }

        var errno = -MemoryMarshal.Read<int>(message[MessageHeader.Size..]);
        text.Append(CultureInfo.InvariantCulture, $"  errno {errno}{(errno == 0 ? "" : $" {Errno.Name(errno)}")}\n");
        var attributes = AckFrame.AttributesStart(header, message);
        if (attributes < message.Length) DescribePass.Set(text, message[attributes..], attributes, new AckAttributes(), 1);
    }
}
