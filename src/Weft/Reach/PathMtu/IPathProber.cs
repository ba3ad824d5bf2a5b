// Frames that must not be fragmented, as a port of the hall. The real one has a socket; a test's knows the path beforehand.

using System.Net;

namespace Weft.Reach.PathMtu;

/// <summary>What became of a packet of some size.</summary>
public abstract record PathAnswer
{
    private PathAnswer() { }

    /// <summary>The other end answered, with as many bytes; its answer may have come in fragments.</summary>
    public sealed record Answered : PathAnswer;

    /// <summary>It is larger than the first link takes (EMSGSIZE).</summary>
    public sealed record TooBigHere : PathAnswer;

    /// <summary>A router on the way said so (RFC 1191, RFC 8201).</summary>
    /// <param name="By">The router.</param>
    /// <param name="Mtu">What its next link takes, in bytes; 0 where it does not say.</param>
    public sealed record TooBig(IPAddress By, int Mtu) : PathAnswer;

    /// <summary>Nothing came.</summary>
    public sealed record Silence : PathAnswer;

    /// <summary>It could not be sent, or the other end cannot be reached.</summary>
    /// <param name="Why">In the kernel's or the router's words.</param>
    public sealed record Refused(string Why) : PathAnswer;
}

/// <summary>Asks one address.</summary>
public interface IPathProber
{
    /// <summary>Sends a packet that nobody may fragment, of so many bytes from the IP header on, and waits for its answer, a second at most.</summary>
    PathAnswer Ask(int size);
}
