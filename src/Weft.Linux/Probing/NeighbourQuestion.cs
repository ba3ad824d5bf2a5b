// Asks for a neighbour as RFC 4861 has it: a solicitation to the group that the address hashes to, answered by an advertisement.
// Both have hop limit 255, by which one from behind a router gives itself away.

using System.Buffers.Binary;
using System.Net;
using Weft.Wire;

namespace Weft.Linux.Probing;

internal sealed class NeighbourQuestion : Question
{
    private readonly byte[] address;
    private readonly byte[] solicitation = [];
    private readonly byte[] group = [];
    private readonly string link;
    private bool sent;

    public NeighbourQuestion(IPAddress gateway, string link)
    {
        this.link = link;
        address = gateway.GetAddressBytes();
        if (LinkIndex.Of(link) is not (> 0 and var index))
        {
            Why = $"there is no {link}";
            return;
        }
        Socket = ProbeSocket.Open(Libc.Inet6, Libc.Raw, IpProtocol.Icmp6);
        if (Socket is null || !Socket.SetText(Libc.SocketLevel, Libc.BindToDevice, link)
            || !Socket.Set(Libc.Ipv6Level, Libc.MulticastInterface, index) || !Socket.Set(Libc.Ipv6Level, Libc.MulticastHops, NeighbourMessage.HopLimit)
            || !Socket.Set(Libc.Ipv6Level, Libc.ReceiveHopLimit, 1) || !Socket.Set(IpProtocol.Icmp6, Libc.Icmp6Filter, Only(IcmpType.NeighbourAdvertisement)))
        {
            Why = $"no ND on {link}: {ProbeSocket.Why}";
            return;
        }
        var target = BinaryPrimitives.ReadUInt128BigEndian(address);
        var solicited = new byte[address.Length];
        BinaryPrimitives.WriteUInt128BigEndian(solicited, NeighbourMessage.GroupOf(target));
        group = Endpoint.Of(new IPAddress(solicited), 0, (uint)index);
        using var packet = ProbeSocket.Open(Libc.Packet, Libc.Datagram, 0);
        var mac = packet is not null && packet.Bind(Endpoint.OfLink((uint)index, 0, [])) && packet.Name() is { } name ? Endpoint.MacOf(name) : null;
        solicitation = new byte[mac is null ? NeighbourMessage.Length : NeighbourMessage.LengthWithMac];
        // The kernel reckons the checksum of ICMPv6 itself.
        NeighbourMessage.Write(solicitation, IcmpType.NeighbourSolicitation, 0, target, mac is null ? (byte)0 : NeighbourMessage.SourceMac, mac is null ? 0 : Ethernet.ReadMac(mac));
    }

    /// <summary>Without an address that is past its duplicate detection the kernel refuses (EADDRNOTAVAIL); at the next try it may have one.</summary>
    public override void Send() => sent |= Socket!.Send(solicitation, group);

    protected override bool IsAnswer(Received received) => IsAdvertisement(received.Bytes, received.HopLimit, address);

    public override string? Excuse => sent ? null : $"{link} has no IPv6 address to ask from yet";

    internal static bool IsAdvertisement(ReadOnlySpan<byte> packet, int hopLimit, ReadOnlySpan<byte> of) =>
        packet.Length >= NeighbourMessage.Length && packet[0] == IcmpType.NeighbourAdvertisement && packet[1] == 0 && hopLimit == NeighbourMessage.HopLimit && NeighbourMessage.Target(packet) == BinaryPrimitives.ReadUInt128BigEndian(of);

    /// <summary>struct icmp6_filter: a set bit keeps a type away.</summary>
    internal static byte[] Only(params ReadOnlySpan<byte> types)
    {
        var blocked = new uint[8];
        Array.Fill(blocked, uint.MaxValue);
        foreach (var type in types)
            blocked[type >> 5] &= ~(1u << (type & 31));
        return System.Runtime.InteropServices.MemoryMarshal.AsBytes<uint>(blocked).ToArray();
    }
}
