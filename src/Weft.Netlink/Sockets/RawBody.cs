// A message body nobody here takes apart: whatever is to be replayed as it was.
// Surprise: the "header" is the whole body, so no attribute is ever walked.
namespace Weft.Netlink;

/// <summary>A message body as bytes.</summary>
public sealed class RawBody : IMessage
{
    /// <summary>The body, without the netlink header.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => Layout.Align(Bytes.Length);

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) { }

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Bytes.Span.CopyTo(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => DescribePass.Hex(Bytes.Span);

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct { }
}
