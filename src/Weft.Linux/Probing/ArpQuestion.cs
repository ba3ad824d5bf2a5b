// Asks a MAC's whereabouts as RFC 826 has it. The packet socket sees every ARP packet of the link; an answer is a reply from the
// address that was asked. Where the host has no address in the network it asks from 0.0.0.0, as RFC 5227 does.

using System.Buffers.Binary;
using System.Net;

namespace Weft.Linux.Probing;

internal sealed class ArpQuestion : Question
{
    private const ushort EtherType = 0x0806, Ethernet = 1, Ip = 0x0800, Request = 1, Reply = 2;
    private const int Length = 28, Sender = 8, SenderIp = 14, Target = 18, TargetIp = 24;

    private static readonly byte[] Broadcast = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    private readonly byte[] address;
    private readonly byte[] request = new byte[Length];
    private readonly byte[] everyone = [];

    public ArpQuestion(IPAddress gateway, string link)
    {
        address = gateway.GetAddressBytes();
        if (LinkIndex.Of(link) is not (> 0 and var index))
        {
            Why = $"there is no {link}";
            return;
        }
        // Bound only after it was made, it would see other links' packets until then: so it is made deaf, and hears once it is bound.
        Socket = ProbeSocket.Open(Libc.Packet, Libc.Datagram, 0);
        if (Socket is null || !Socket.Bind(Endpoint.OfLink((uint)index, EtherType, [])) || Socket.Name() is not { } name)
        {
            Why = $"no ARP on {link}: {ProbeSocket.Why}";
            return;
        }
        if (Endpoint.MacOf(name) is not { } mac)
        {
            Why = $"{link} has no Ethernet address";
            return;
        }
        everyone = Endpoint.OfLink((uint)index, EtherType, Broadcast);
        BinaryPrimitives.WriteUInt16BigEndian(request, Ethernet);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), Ip);
        (request[4], request[5]) = (6, 4);
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(6), Request);
        mac.CopyTo(request, Sender);
        OwnAddress(gateway, link).CopyTo(request, SenderIp);
        address.CopyTo(request, TargetIp);
    }

    /// <summary>A link that is down takes nothing (ENETDOWN); it may be up at the next try.</summary>
    public override void Send() => Socket!.Send(request, everyone);

    protected override bool IsAnswer(Received received) => IsReply(received.Bytes, address, request.AsSpan(Sender, 6));

    /// <summary>A reply of the address asked, from somebody's MAC that is not our own.</summary>
    internal static bool IsReply(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> from, ReadOnlySpan<byte> own) =>
        packet.Length >= Length
        && BinaryPrimitives.ReadUInt16BigEndian(packet) == Ethernet && BinaryPrimitives.ReadUInt16BigEndian(packet[2..]) == Ip
        && packet[4] == 6 && packet[5] == 4 && BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) == Reply
        && packet.Slice(SenderIp, 4).SequenceEqual(from)
        && (packet[Sender] & 1) == 0 && packet.Slice(Sender, 6).ContainsAnyExcept((byte)0) && !packet.Slice(Sender, 6).SequenceEqual(own)
        && packet.Slice(Target, 6).SequenceEqual(own);

    /// <summary>The address that the kernel would speak to the gateway from over this link.</summary>
    private static byte[] OwnAddress(IPAddress gateway, string link)
    {
        using var socket = ProbeSocket.Open(Libc.Inet, Libc.Datagram, 0);
        return socket is not null && socket.SetText(Libc.SocketLevel, Libc.BindToDevice, link) && socket.Connect(Endpoint.Of(gateway, 9)) && socket.Name() is { Length: >= 8 } name
            ? Endpoint.Ip4Of(name) : new byte[4];
    }
}
