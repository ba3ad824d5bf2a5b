// Asks a MAC's whereabouts as RFC 826 has it. The packet socket sees every ARP packet of the link; an answer is a reply from the
// address that was asked. Where the host has no address in the network it asks from 0.0.0.0, as RFC 5227 does.

using System.Buffers.Binary;
using System.Net;
using Weft.Wire;

namespace Weft.Linux.Probing;

internal sealed class ArpQuestion : Question
{
    private static readonly byte[] Broadcast = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    private readonly byte[] address;
    private readonly byte[] request = new byte[ArpPacket.Length];
    private readonly byte[] everyone = [], own = [];

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
        if (Socket is null || !Socket.Bind(Endpoint.OfLink((uint)index, Ethernet.Arp, [])) || Socket.Name() is not { } name)
        {
            Why = $"no ARP on {link}: {ProbeSocket.Why}";
            return;
        }
        if (Endpoint.MacOf(name) is not { } mac)
        {
            Why = $"{link} has no Ethernet address";
            return;
        }
        own = mac;
        everyone = Endpoint.OfLink((uint)index, Ethernet.Arp, Broadcast);
        ArpPacket.Write(request, ArpPacket.Request, Ethernet.ReadMac(mac), BinaryPrimitives.ReadUInt32BigEndian(OwnAddress(gateway, link)), 0, BinaryPrimitives.ReadUInt32BigEndian(address));
    }

    /// <summary>A link that is down takes nothing (ENETDOWN); it may be up at the next try.</summary>
    public override void Send() => Socket!.Send(request, everyone);

    protected override bool IsAnswer(Received received) => IsReply(received.Bytes, address, own);

    /// <summary>A reply of the address asked, from somebody's MAC that is not our own.</summary>
    internal static bool IsReply(ReadOnlySpan<byte> packet, ReadOnlySpan<byte> from, ReadOnlySpan<byte> own) =>
        ArpPacket.Is(packet) && ArpPacket.Operation(packet) == ArpPacket.Reply && ArpPacket.SenderBytes(packet).SequenceEqual(from)
        && Ethernet.ReadMac(own) is var ours && ArpPacket.SenderMac(packet) is var mac && mac != 0 && mac != ours && !Ethernet.IsGroup(mac) && ArpPacket.TargetMac(packet) == ours;

    /// <summary>The address that the kernel would speak to the gateway from over this link.</summary>
    private static byte[] OwnAddress(IPAddress gateway, string link)
    {
        using var socket = ProbeSocket.Open(Libc.Inet, Libc.Datagram, 0);
        return socket is not null && socket.SetText(Libc.SocketLevel, Libc.BindToDevice, link) && socket.Connect(Endpoint.Of(gateway, 9)) && socket.Name() is { Length: >= 8 } name
            ? Endpoint.Ip4Of(name) : new byte[4];
    }
}
