// The bounds of a socket. Every wait and every repetition has one.
namespace Weft.Netlink;

/// <summary>Settings of a <see cref="RouteSocket"/>.</summary>
public sealed record RouteSocketOptions
{
    /// <summary>The settings when none are given.</summary>
    public static RouteSocketOptions Default { get; } = new();

    /// <summary>How long the kernel may be silent before it is given up. Removing many bridges holds its lock for seconds.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a disturbed dump is taken before it is given up.</summary>
    public int DumpTries { get; init; } = 16;

    /// <summary>Most requests in one datagram.</summary>
    public int BatchCount { get; init; } = 64;

    /// <summary>Most bytes in one datagram; a single longer request still goes alone.</summary>
    public int BatchBytes { get; init; } = 64 * 1024;

    /// <summary>Datagrams that are not for us, seen while waiting for one answer, before the socket is given up.</summary>
    public int MostStrays { get; init; } = 100_000;

    /// <summary>Bytes the kernel may keep for us.</summary>
    public int ReceiveBuffer { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of our own buffer for one datagram. It grows when a datagram was cut.</summary>
    public int DatagramBytes { get; init; } = 64 * 1024;

    /// <summary>Told of every message sent and received, as text; null costs nothing.</summary>
    public Action<TraceLine>? Trace { get; init; }

    /// <summary>What a message carries, for words and paths, where it is not of rtnetlink.</summary>
    internal BodyOf? BodyOf { get; init; }
}

/// <summary>An empty message of the kind that these bytes hold; null where there is no set for it.</summary>
public delegate IMessage? BodyOf(MessageHeader header, ReadOnlySpan<byte> message);

/// <summary>One traced message.</summary>
/// <param name="Sent">Whether it went to the kernel.</param>
/// <param name="Text">The message in words, several lines.</param>
public readonly record struct TraceLine(bool Sent, string Text);
