// Echoes of a chosen size that nobody may fragment. IP_PMTUDISC_PROBE leaves what the kernel has learnt of the path aside: what counts
// is the wire. The socket is not connected, so that routers are heard too; what they quote tells which echo they mean.

using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Weft.Reach.PathMtu;
using Weft.Wire;

namespace Weft.Linux.Probing;

/// <summary>Asks one address over the network of the calling thread's namespace. Needs CAP_NET_RAW.</summary>
public sealed class LinuxPathProber : IPathProber, IDisposable
{
    private const int Echo = 8, Nonce = 8;
    private const int Ip = 0, Discover4 = 10, Discover6 = 23, DontFragment6 = 62, Probe = 3, TooLong = 90;
    private const byte Needed4 = 4;
    private const int MostAtOnce = 256;

    /// <summary>An answer is waited for as long as the slowest so far took, four times over; within these.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200), Longest = TimeSpan.FromSeconds(1);

    private readonly IPAddress address;
    private readonly bool is6;
    private readonly byte[] to;
    private readonly ProbeSocket? socket;
    private readonly string? why;
    private readonly byte[] id = RandomNumberGenerator.GetBytes(2);
    private ushort sequence;
    private TimeSpan slowest;

    public LinuxPathProber(IPAddress address)
    {
        (this.address, is6) = (address, address.AddressFamily == AddressFamily.InterNetworkV6);
        to = Endpoint.Of(address, scope: is6 ? (uint)address.ScopeId : 0);
        socket = is6 ? ProbeSocket.Open(Libc.Inet6, Libc.Raw, IpProtocol.Icmp6) : ProbeSocket.Open(Libc.Inet, Libc.Raw, IpProtocol.Icmp4);
        if (socket is null || !(is6 ? socket.Set(Libc.Ipv6Level, Discover6, Probe) && socket.Set(Libc.Ipv6Level, DontFragment6, 1) && socket.Set(IpProtocol.Icmp6, Libc.Icmp6Filter, NeighbourQuestion.Only(IcmpType.Unreachable6, IcmpType.TooBig6, IcmpType.EchoReply6))
            : socket.Set(Ip, Discover4, Probe)))
            why = $"no ICMP: {ProbeSocket.Why}";
    }

    /// <summary>The address that packets to another leave from, by the routes of this namespace; null where none leads there.</summary>
    public static IPAddress? SourceOf(IPAddress address)
    {
        var isSix = address.AddressFamily == AddressFamily.InterNetworkV6;
        using var asking = ProbeSocket.Open(isSix ? Libc.Inet6 : Libc.Inet, Libc.Datagram, 0);
        return asking is not null && asking.Connect(Endpoint.Of(address, port: 9, scope: isSix ? (uint)address.ScopeId : 0)) && asking.Name() is { } name && name.Length >= (isSix ? Endpoint.Longest : 8)
            ? new IPAddress(name.AsSpan(isSix ? 8 : 4, isSix ? 16 : 4)) : null;
    }

    public PathAnswer Ask(int size)
    {
        if (why is not null)
            return new PathAnswer.Refused(why);
        var echo = new byte[Math.Max(size - (is6 ? IpHeader.Length6 : IpHeader.Length4), Echo + Nonce)];
        echo[0] = is6 ? IcmpType.Echo6 : IcmpType.Echo4;
        id.CopyTo(echo, 4);
        BinaryPrimitives.WriteUInt16BigEndian(echo.AsSpan(6), ++sequence);
        RandomNumberGenerator.Fill(echo.AsSpan(Echo, Nonce));
        if (!is6) // The kernel reckons the checksum of ICMPv6 alone.
            BinaryPrimitives.WriteUInt16BigEndian(echo.AsSpan(2), InternetChecksum.Of(echo));
        var patience = slowest == TimeSpan.Zero || slowest * 4 > Longest ? Longest : slowest * 4 > Shortest ? slowest * 4 : Shortest;
        var clock = Stopwatch.StartNew();
        if (!socket!.Send(echo, to))
            return Marshal.GetLastPInvokeError() == TooLong ? new PathAnswer.TooBigHere() : new PathAnswer.Refused($"cannot be sent: {ProbeSocket.Why}");
        while (clock.Elapsed < patience)
        {
            Wait(patience - clock.Elapsed);
            for (var seen = 0; seen < MostAtOnce && socket.TryReceive(out var received); seen++)
                if (Meant(received, echo) is { } answer)
                {
                    slowest = answer is PathAnswer.Answered && clock.Elapsed > slowest ? clock.Elapsed : slowest;
                    return answer;
                }
        }
        return new PathAnswer.Silence();
    }

    private unsafe void Wait(TimeSpan atMost)
    {
        var entry = new Libc.PollEntry { Descriptor = socket!.Descriptor, Events = Libc.In };
        _ = Libc.Poll(&entry, 1, (int)Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, 1000));
    }

    /// <summary>What a message from the wire, which anybody may have sent, says of this echo; null where it is of another.</summary>
    private PathAnswer? Meant(Received received, ReadOnlySpan<byte> echo)
    {
        var packet = received.Bytes;
        if (PingQuestion.IsReply(packet, is6, echo))
            return new PathAnswer.Answered();
        var by = received.From;
        if (!is6)
        {
            if (packet.Length < IpHeader.Length4 || (packet[0] & 0x0f) * 4 is var header && (header < IpHeader.Length4 || header + Echo > packet.Length))
                return null;
            packet = packet[header..];
        }
        if (packet.Length < Echo || !Quotes(packet[Echo..], echo))
            return null;
        return (is6, packet[0], packet[1]) switch
        {
            (false, IcmpType.Unreachable4, Needed4) => new PathAnswer.TooBig(by, BinaryPrimitives.ReadUInt16BigEndian(packet[6..])),
            (false, IcmpType.Unreachable4, _) => new PathAnswer.Refused($"{by} says that it cannot be reached"),
            (true, IcmpType.TooBig6, _) => new PathAnswer.TooBig(by, (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt32BigEndian(packet[4..]))),
            (true, IcmpType.Unreachable6, _) => new PathAnswer.Refused($"{by} says that it cannot be reached"),
            _ => null,
        };
    }

    /// <summary>Whether the packet that is quoted went where ours did and begins as ours.</summary>
    private bool Quotes(ReadOnlySpan<byte> quoted, ReadOnlySpan<byte> echo)
    {
        var header = is6 ? IpHeader.Length6 : quoted.Length > 0 ? (quoted[0] & 0x0f) * 4 : 0;
        return header >= (is6 ? IpHeader.Length6 : IpHeader.Length4) && quoted.Length >= header + Echo && quoted.Slice(is6 ? 24 : 16, is6 ? 16 : 4).SequenceEqual(address.GetAddressBytes())
            && quoted[header] == echo[0] && quoted.Slice(header + 4, 4).SequenceEqual(echo.Slice(4, 4));
    }

    public void Dispose() => socket?.Dispose();
}
