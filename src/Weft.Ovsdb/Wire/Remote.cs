// Where a server listens, in Open vSwitch's own words (ovsdb(7)), and the way there.

using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Weft.Ovsdb.Wire;

/// <summary>`unix:/path`, `tcp:host:port` or `ssl:host:port`.</summary>
public sealed record Remote
{
    /// <summary>Where Debian's Open vSwitch listens.</summary>
    public static readonly Remote Usual = new("unix", "/var/run/openvswitch/db.sock", 0);

    private Remote(string scheme, string where, int port) => (Scheme, Where, Port) = (scheme, where, port);

    private string Scheme { get; }
    private string Where { get; }
    private int Port { get; }

    /// <summary>The longest path of a socket (sun_path, with its zero).</summary>
    private const int LongestPath = 107;

    public override string ToString() => Scheme == "unix" ? $"unix:{Where}" : $"{Scheme}:{(Where.Contains(':', StringComparison.Ordinal) ? $"[{Where}]" : Where)}:{Port}";

    public static Answer<Remote> Parse(string text)
    {
        var (scheme, rest) = text.Split(':', 2) is [var first, var second] ? (first, second) : (text, "");
        if (scheme == "unix" && rest.Length > 0)
            return System.Text.Encoding.UTF8.GetByteCount(rest) <= LongestPath && !rest.Contains('\0', StringComparison.Ordinal) ? new Remote(scheme, rest, 0)
                : Wrong(text, $"its path is longer than {LongestPath} bytes, or has a zero in it");
        if (scheme is not ("tcp" or "ssl"))
            return Wrong(text, "it begins with none of unix:, tcp: and ssl:");
        var at = rest.LastIndexOf(':');
        var (host, port) = at > 0 && (rest[0] != '[' || rest[at - 1] == ']') ? (rest[..at], rest[(at + 1)..]) : (rest, "6640");
        host = host is ['[', .. var inner, ']'] ? inner : host;
        return host.Length > 0 && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? new Remote(scheme, host, number) : Wrong(text, "it has no host, or no port from 1 to 65535");
    }

    private static Failure Wrong(string text, string why) =>
        new(FailureKind.NoServer, text, $"{text} is no place where a database could be", why, "write unix:/path/to/db.sock, tcp:host:6640 or ssl:host:6640");

    /// <summary>Connects.</summary>
    internal Answer<Stream> Open(Tls? tls, TimeSpan wait)
    {
        var deadline = new Deadline(wait);
        var isUnix = Scheme == "unix";
        if (Scheme == "ssl" && tls is null)
            return new Failure(FailureKind.NotTrusted, ToString(), "no certificate is given to go there with", "over ssl both ends show one", "say key, certificate and the authority's certificate");
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var over = new CancellationTokenSource(wait);
            EndPoint end = isUnix ? new UnixDomainSocketEndPoint(Where) : IPAddress.TryParse(Where, out var address) ? new IPEndPoint(address, Port) : new DnsEndPoint(Where, Port);
            socket.ConnectAsync(end, over.Token).AsTask().GetAwaiter().GetResult();
        }
        catch (Exception no) when (no is SocketException or OperationCanceledException or ArgumentException)
        {
            socket.Dispose();
            return Unreached(no);
        }
        var stream = new NetworkStream(socket, ownsSocket: true);
        return Scheme == "ssl" ? tls!.Over(stream, ToString(), deadline) : stream;
    }

    private Failure Unreached(Exception no) => no switch
    {
        OperationCanceledException => new(FailureKind.TimedOut, ToString(), $"{this} did not answer in time", "it is far away, or takes no more connections", "see whether ovsdb-server runs there, and what stands between"),
        SocketException { SocketErrorCode: SocketError.AccessDenied } => new(FailureKind.NoPermission, ToString(), $"{this} is not for this user", "the socket is root's, or its group's", "run as root"),
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => new(FailureKind.NoServer, ToString(), $"nobody listens at {this}", "ovsdb-server does not run, and its socket lies there from before", "start it: systemctl start openvswitch-switch"),
        _ when Scheme == "unix" && !Path.Exists(Where) => new(FailureKind.NoServer, ToString(), $"there is no socket {Where}", "Open vSwitch is not installed, or ovsdb-server does not run", "install Debian's package openvswitch-switch, or start it: systemctl start openvswitch-switch"),
        _ => new(FailureKind.NoServer, ToString(), $"{this} cannot be reached: {no.Message}", "no connection came about", "see whether ovsdb-server runs there"),
    };
}
