// The codec's only exception, for callers that hold one message and want it or nothing. The socket does not throw it:
// there a malformed message is a SocketFailure, a value.
namespace Weft.Netlink;

/// <summary>Bytes were not a well-formed message.</summary>
public sealed class MalformedMessageException : Exception
{
    /// <summary>An exception without a known fault.</summary>
    public MalformedMessageException() { }

    /// <summary>An exception with its own words.</summary>
    public MalformedMessageException(string message) : base(message) { }

    /// <summary>An exception with its own words and a cause.</summary>
    public MalformedMessageException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>An exception for one fault.</summary>
    public MalformedMessageException(WireError error) : base($"malformed netlink message: {error}") => Error = error;

    /// <summary>The fault, its offset and the attribute.</summary>
    public WireError Error { get; }
}
