// struct nlmsghdr (linux/netlink.h), 16 bytes. Length counts the header, not the padding after the message.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

/// <summary>The header of every netlink message.</summary>
/// <param name="Length">Bytes, this header included.</param>
/// <param name="Type">What it is.</param>
/// <param name="Flags">How it is meant.</param>
/// <param name="Sequence">The number that ties answers to requests.</param>
/// <param name="Port">The socket's port number; 0 is the kernel.</param>
public readonly record struct MessageHeader(uint Length, MessageType Type, MessageFlags Flags, uint Sequence, uint Port)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Size = Layout.MessageHeaderSize;

    /// <summary>Reads the first <see cref="Size"/> bytes; false when there are fewer.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out MessageHeader header)
    {
        header = default;
        if (source.Length < Size) return false;
        header = new MessageHeader(
            MemoryMarshal.Read<uint>(source),
            (MessageType)MemoryMarshal.Read<ushort>(source[4..]),
            (MessageFlags)MemoryMarshal.Read<ushort>(source[6..]),
            MemoryMarshal.Read<uint>(source[8..]),
            MemoryMarshal.Read<uint>(source[12..]));
        return true;
    }

    /// <summary>Writes exactly <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, Length);
        MemoryMarshal.Write(destination[4..], (ushort)Type);
        MemoryMarshal.Write(destination[6..], (ushort)Flags);
        MemoryMarshal.Write(destination[8..], Sequence);
        MemoryMarshal.Write(destination[12..], Port);
    }
}
