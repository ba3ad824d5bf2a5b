// What is kept is the kernel's own message, made a request: type and flags changed, what only tells left out. The rest of
// the bytes, and what of it nobody here understands, go back as they came.
// Surprise: the kernel refuses some of what it tells (counters, namespaces, flags that report), hence the lists of what is
// left out.

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux.Keeping;

internal static class Replay
{
    private const int AttributeHeader = 4;
    private const ushort TypeMask = 0x3fff;

    /// <summary>Where the index of a link, address, neighbour, qdisc or group message stands: 4 bytes into its header.</summary>
    public const int IndexPlace = MessageHeader.Size + 4;

    /// <summary>A message as a request, without some of its attributes.</summary>
    /// <param name="message">As it was read, well formed.</param>
    /// <param name="size">Bytes of the fixed header behind the netlink header.</param>
    /// <param name="left">Attribute types to leave out.</param>
    public static byte[] Request(ReadOnlySpan<byte> message, int size, MessageType type, MessageFlags flags, params ReadOnlySpan<ushort> left)
    {
        var made = new byte[message.Length];
        var length = MessageHeader.Size + size;
        message[..length].CopyTo(made);
        for (var from = length; Next(message, ref from, out var at, out var bytes);)
        {
            if (left.Contains(TypeAt(message, at)))
                continue;
            message.Slice(at, bytes).CopyTo(made.AsSpan(length));
            length += bytes + 3 & ~3;
        }
        length = Math.Min(length, made.Length);
        new MessageHeader((uint)length, type, flags | MessageFlags.Request, 0, 0).Write(made);
        return made[..length];
    }

    /// <summary>Where the payload of an attribute begins, by the types that lead to it; -1 where it is not there.</summary>
    public static int Place(ReadOnlySpan<byte> message, int size, params ReadOnlySpan<ushort> path)
    {
        var (at, end) = (MessageHeader.Size + size, message.Length);
        foreach (var type in path)
        {
            var (found, until) = (-1, 0);
            while (Next(message[..end], ref at, out var start, out var length))
                if (TypeAt(message, start) == type)
                    (found, until) = (start, start + length);
            if (found < 0)
                return -1;
            (at, end) = (found + AttributeHeader, until);
        }
        return at;
    }

    /// <summary>The payloads of all attributes of a type, in bytes that are nothing but attributes.</summary>
    public static List<byte[]> Payloads(ReadOnlySpan<byte> attributes, ushort type)
    {
        var found = new List<byte[]>();
        for (var from = 0; Next(attributes, ref from, out var at, out var length);)
            if (TypeAt(attributes, at) == type)
                found.Add(attributes[(at + AttributeHeader)..(at + length)].ToArray());
        return found;
    }

    /// <summary>The types of attributes, in bytes that are nothing but attributes.</summary>
    public static List<ushort> Types(ReadOnlySpan<byte> attributes)
    {
        var types = new List<ushort>();
        for (var from = 0; Next(attributes, ref from, out var at, out _);)
            types.Add(TypeAt(attributes, at));
        return types;
    }

    /// <summary>The payload of an attribute; empty where it is not there.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> message, int size, params ReadOnlySpan<ushort> path) =>
        Place(message, size, path) is >= AttributeHeader and var at ? message.Slice(at, MemoryMarshal.Read<ushort>(message[(at - AttributeHeader)..]) - AttributeHeader) : default;

    /// <summary>An index in a message, and the link it is of; nothing where the attribute is not there, or not an index of a link here.</summary>
    public static IEnumerable<(int Offset, string Link)> Index(byte[] message, int place, Names names) =>
        place >= 0 && place + 4 <= message.Length && names.Of(MemoryMarshal.Read<int>(message.AsSpan(place))) is { } name ? [(place, name)] : [];

    /// <summary>The text that ends with a zero at a place.</summary>
    public static string Word(ReadOnlySpan<byte> message, int place)
    {
        var rest = message[place..];
        var end = rest.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>The kept message as a request to be sent now: every index is the one that its link has by now.</summary>
    public static Request Again(Kept kept, Func<string, int> indexOf)
    {
        var message = kept.Message!.Content.ToArray();
        foreach (var (offset, link) in kept.Indexes)
            if (offset >= 0)
                MemoryMarshal.Write(message.AsSpan(offset), indexOf(link));
        MessageHeader.TryRead(message, out var header);
        return Netlink.Request.Replay(header.Type, header.Flags & ~MessageFlags.Request, message);
    }

    /// <summary>Steps to the next attribute: where it starts, and its length. Ends at the first that is not possible.</summary>
    public static bool Next(ReadOnlySpan<byte> message, ref int from, out int start, out int length)
    {
        (start, length) = (from, from + AttributeHeader <= message.Length ? MemoryMarshal.Read<ushort>(message[from..]) : 0);
        if (length < AttributeHeader || from + length > message.Length)
            return false;
        from += length + 3 & ~3;
        return true;
    }

    public static ushort TypeAt(ReadOnlySpan<byte> message, int at) => (ushort)(MemoryMarshal.Read<ushort>(message[(at + 2)..]) & TypeMask);
}
