// An ICMP echo, of either family. The kernel hands every echo reply to every raw socket that speaks with the address, so ours is
// known by eight random bytes that it carries back.

using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Weft.Wire;

namespace Weft.Linux.Probing;

internal sealed class PingQuestion : Question
{
    private const int Header = 8, Nonce = 8;

    private readonly bool is6;
    private readonly byte[] to;
    private readonly byte[] echo = new byte[Header + Nonce];
    private bool connected;
    private string? refused;

    public PingQuestion(IPAddress address)
    {
        is6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        to = Endpoint.Of(address);
        Socket = is6 ? ProbeSocket.Open(Libc.Inet6, Libc.Raw, IpProtocol.Icmp6) : ProbeSocket.Open(Libc.Inet, Libc.Raw, IpProtocol.Icmp4);
        if (Socket is null || (is6 && !Socket.Set(IpProtocol.Icmp6, Libc.Icmp6Filter, NeighbourQuestion.Only(IcmpType.EchoReply6))))
        {
            Why = $"no ICMP: {ProbeSocket.Why}";
            return;
        }
        echo[0] = is6 ? IcmpType.Echo6 : IcmpType.Echo4;
        RandomNumberGenerator.Fill(echo.AsSpan(4, 2));
        RandomNumberGenerator.Fill(echo.AsSpan(Header));
        if (!is6) // The kernel reckons the checksum of ICMPv6 alone.
            BinaryPrimitives.WriteUInt16BigEndian(echo.AsSpan(2), InternetChecksum.Of(echo));
    }

    /// <summary>Connected, the socket hears this address alone. There may be no way to it yet.</summary>
    public override void Send()
    {
        connected = connected || Socket!.Connect(to);
        refused = connected && Socket!.Send(echo) ? null : ProbeSocket.Why;
    }

    public override string? Excuse => refused is null ? null : $"cannot be sent: {refused}";

    protected override bool IsAnswer(Received received) => IsReply(received.Bytes, is6, echo);

    /// <summary>IPv4's raw sockets hand out the IP header as well, of a length that it says itself.</summary>
    internal static bool IsReply(ReadOnlySpan<byte> packet, bool is6, ReadOnlySpan<byte> echo)
    {
        if (!is6)
        {
            if (packet.Length < IpHeader.Length4 || (packet[0] & 0x0f) * 4 is var header && (header < IpHeader.Length4 || header > packet.Length))
                return false;
            packet = packet[header..];
        }
        return packet.Length >= Header + Nonce && packet[0] == (is6 ? IcmpType.EchoReply6 : IcmpType.EchoReply4) && packet[1] == 0 && packet.Slice(4, 4).SequenceEqual(echo.Slice(4, 4)) && packet.Slice(Header, Nonce).SequenceEqual(echo.Slice(Header, Nonce));
    }
}
