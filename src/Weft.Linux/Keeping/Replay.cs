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
        foreach (var (at, whole) in Attributes(message, length))
        {
            if (left.Contains(TypeAt(message, at)))
                continue;
            message.Slice(at, Math.Min(whole, message.Length - at)).CopyTo(made.AsSpan(length));
            length += whole;
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
            var found = -1;
            foreach (var (start, _) in Attributes(message[..end], at))
                if (TypeAt(message, start) == type)
                    found = start;
            if (found < 0)
                return -1;
            (at, end) = (found + AttributeHeader, found + MemoryMarshal.Read<ushort>(message[found..]));
        }
        return at;
    }

    /// <summary>The payloads of all attributes of a type, in bytes that are nothing but attributes.</summary>
    public static List<byte[]> Payloads(ReadOnlySpan<byte> attributes, ushort type)
    {
        var found = new List<byte[]>();
        foreach (var (at, _) in Attributes(attributes, 0))
            if (TypeAt(attributes, at) == type)
                found.Add(attributes[(at + AttributeHeader)..(at + MemoryMarshal.Read<ushort>(attributes[at..]))].ToArray());
        return found;
    }

    /// <summary>The types of attributes, in bytes that are nothing but attributes.</summary>
    public static List<ushort> Types(ReadOnlySpan<byte> attributes)
    {
        var types = new List<ushort>();
        foreach (var (at, _) in Attributes(attributes, 0))
            types.Add(TypeAt(attributes, at));
        return types;
    }

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

    /// <summary>The attributes from an offset on: where each starts, and its length with padding. Ends at the first that is not possible.</summary>
    private static List<(int Start, int Whole)> Attributes(ReadOnlySpan<byte> message, int from)
    {
        var found = new List<(int, int)>();
        while (from + AttributeHeader <= message.Length)
        {
            int length = MemoryMarshal.Read<ushort>(message[from..]);
            if (length < AttributeHeader || from + length > message.Length)
                break;
            var whole = length + 3 & ~3;
            found.Add((from, whole));
            from += whole;
        }
        return found;
    }

    private static ushort TypeAt(ReadOnlySpan<byte> message, int at) => (ushort)(MemoryMarshal.Read<ushort>(message[(at + 2)..]) & TypeMask);
}
