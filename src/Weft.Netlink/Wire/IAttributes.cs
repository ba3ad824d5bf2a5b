// What an attribute set, a framed set and a structure promise to the passes. Sets are mutable classes with public
// fields, because a pass takes every value by reference.
// Invariant: Walk names each attribute type at most once on every path through it.
// Surprise: a Walk may branch on what an earlier line has just read (the kind of a link says what its data is).
namespace Weft.Netlink;

/// <summary>A set of attributes that says its lines to a pass.</summary>
public interface IAttributes
{
    /// <summary>Says every line, in an order in which what decides comes before what depends on it.</summary>
    void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct;
}

/// <summary>A set that follows a fixed header, as a message does.</summary>
public interface IFramed : IAttributes
{
    /// <summary>Bytes of the header on the wire, a multiple of four.</summary>
    int HeaderSize { get; }

    /// <summary>Takes the header; the span holds exactly <see cref="HeaderSize"/> bytes.</summary>
    void ReadHeader(ReadOnlySpan<byte> source);

    /// <summary>Puts the header; the span holds exactly <see cref="HeaderSize"/> bytes.</summary>
    void WriteHeader(Span<byte> destination);

    /// <summary>The header in words, one line.</summary>
    string DescribeHeader();
}

/// <summary>A framed set that is a message of its own and remembers the bytes it was read from.</summary>
public interface IMessage : IFramed
{
    /// <summary>The whole message as it came, netlink header included; empty when it was made here. Replaying these bytes loses nothing.</summary>
    ReadOnlyMemory<byte> Raw { get; set; }
}

/// <summary>A structure of the kernel's with its own reading and writing.</summary>
public interface IWireStruct<T> where T : struct, IWireStruct<T>
{
    /// <summary>Bytes this value takes on the wire.</summary>
    int Size { get; }

    /// <summary>Reads a value; false when the bytes are too few. Bytes beyond what is known are left alone: the kernel extends structures at their end.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> source, out T value);

    /// <summary>Writes the value; the span holds exactly <see cref="Size"/> bytes.</summary>
    void Write(Span<byte> destination);
}
