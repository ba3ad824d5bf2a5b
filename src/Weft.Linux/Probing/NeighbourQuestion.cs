// Asks for a neighbour as RFC 4861 has it: a solicitation to the group that the address hashes to, answered by an advertisement.
// Both have hop limit 255, by which one from behind a router gives itself away.

using System.Net;

namespace Weft.Linux.Probing;

internal sealed class NeighbourQuestion : Question
{
    private const byte Solicitation = 135, Advertisement = 136, SourceMac = 1;
    private const int Length = 24, Target = 8, FromThisLink = 255;

    private readonly byte[] address;
    private readonly byte[] solicitation = new byte[Length];
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
        Socket = ProbeSocket.Open(Libc.Inet6, Libc.Raw, Libc.Icmp6);
        if (Socket is null || !Socket.SetText(Libc.SocketLevel, Libc.BindToDevice, link)
            || !Socket.Set(Libc.Ipv6Level, Libc.MulticastInterface, index) || !Socket.Set(Libc.Ipv6Level, Libc.MulticastHops, FromThisLink)
            || !Socket.Set(Libc.Ipv6Level, Libc.ReceiveHopLimit, 1) || !Socket.Set(Libc.Icmp6, Libc.Icmp6Filter, Only(Advertisement)))
        {
            Why = $"no ND on {link}: {ProbeSocket.Why}";
            return;
        }
        byte[] solicited = [0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff, .. address[13..]];
        group = Endpoint.Of(new IPAddress(solicited), 0, (uint)index);
        solicitation[0] = Solicitation; // The kernel reckons the checksum of ICMPv6 itself.
        address.CopyTo(solicitation, Target);
        using var packet = ProbeSocket.Open(Libc.Packet, Libc.Datagram, 0);
        if (packet is not null && packet.Bind(Endpoint.OfLink((uint)index, 0, [])) && packet.Name() is { } name && Endpoint.MacOf(name) is { } mac)
            solicitation = [.. solicitation, SourceMac, 1, .. mac];
    }

    /// <summary>Without an address that is past its duplicate detection the kernel refuses (EADDRNOTAVAIL); at the next try it may have one.</summary>
    public override void Send() => sent |= Socket!.Send(solicitation, group);

    protected override bool IsAnswer(Received received) => IsAdvertisement(received.Bytes, received.HopLimit, address);

    public override string? Excuse => sent ? null : $"{link} has no IPv6 address to ask from yet";

    internal static bool IsAdvertisement(ReadOnlySpan<byte> packet, int hopLimit, ReadOnlySpan<byte> of) =>
        packet.Length >= Length && packet[0] == Advertisement && packet[1] == 0 && hopLimit == FromThisLink && packet.Slice(Target, 16).SequenceEqual(of);

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
