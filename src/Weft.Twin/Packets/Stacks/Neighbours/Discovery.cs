// Neighbour discovery (RFC 4861, net/ipv6/ndisc.c): who has an IPv6 address, asked of the few that listen to its group. Here an address is the
// link's, not the host's. Nobody looks for duplicates, and no router advertises itself.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal sealed class Discovery(Stack stack)
{
    /// <summary>ndisc_solicit.</summary>
    public void Solicit(Neighbour neighbour, Frame? waiting, ulong toMac)
    {
        var link = neighbour.Link;
        var from = waiting is not null && Header.From(waiting, false) is var own && link.Has(own) ? own : LinkLocalOf(link);
        if (from.IsNone && (from = SourceChoice.On(stack, link, neighbour.Address)).IsNone)
            return;
        var isToAll = toMac == Ethernet.Broadcast;
        var to = isToAll ? neighbour.Address.SolicitedNode : neighbour.Address;
        var request = NeighbourFrame.New(stack.World, link.Device.Mac, from, to, IcmpType.NeighbourSolicitation, 0, neighbour.Address, NeighbourMessage.SourceMac);
        request.Hop = waiting?.Hop ?? 0;
        if (!isToAll)
            request.Destination = toMac;
        if (request.IsWatched)
            stack.World.Note(request, link.Device, "asked", $"who has {neighbour.Address}? Neighbour solicitation from {from}, {(isToAll ? $"to {to}" : "to the MAC that is known")}");
        link.Device.Send(request);
    }

    /// <summary>Says each of a link's addresses to all (ndisc_send_unsol_na).</summary>
    public void Announce(IpLink link)
    {
        if (!link.Speaks6)
            return;
        foreach (var own in link.Addresses)
            if (!own.Subnet.Is4)
                link.Device.Send(NeighbourFrame.New(stack.World, link.Device.Mac, own.Address, IpAddr.AllNodes, IcmpType.NeighbourAdvertisement,
                    (byte)(NeighbourMessage.OverrideFlag | (link.Forwards(false) ? NeighbourMessage.RouterFlag : 0)), own.Address, NeighbourMessage.TargetMac));
    }

    private static IpAddr LinkLocalOf(IpLink link)
    {
        foreach (var own in link.Addresses)
            if (own.Address.IsLinkLocal)
                return own.Address;
        return default;
    }

    /// <summary>ndisc_rcv.</summary>
    public void Receive(Frame frame, IpLink link)
    {
        var inner = Header.Inner(frame, false);
        if (!NeighbourMessage.IsType(inner[0]) || inner.Length < NeighbourMessage.Length || Header.HopLimit(frame, false) != NeighbourMessage.HopLimit)
        {
            stack.World.Drop(frame, link.Device, "an ICMPv6 message that nobody here heeds");
            return;
        }
        var isRequest = inner[0] == IcmpType.NeighbourSolicitation;
        var (from, target) = (Header.From(frame, false), new IpAddr(NeighbourMessage.Target(inner)));
        var mac = NeighbourMessage.Mac(inner, isRequest ? NeighbourMessage.SourceMac : NeighbourMessage.TargetMac);
        if (isRequest)
            Answer(frame, link, from, target, mac);
        else
            Learn(frame, link, target, mac, NeighbourMessage.Flags(inner));
    }

    /// <summary>ndisc_recv_ns.</summary>
    private void Answer(Frame frame, IpLink link, IpAddr from, IpAddr target, ulong mac)
    {
        if (!link.Has(target))
        {
            stack.World.Drop(frame, link.Device, frame.IsWatched ? $"{target} is not on this link" : "not on this link");
            return;
        }
        var isToGroup = Header.To(frame, false).IsMulticast;
        var asker = from.IsNone ? IpAddr.AllNodes : from;
        if (mac != 0 && !from.IsNone)
            link.Neighbour(from).Update(mac, Nud.Stale, overrides: true, doubts: true);
        var flags = (link.Forwards(false) ? NeighbourMessage.RouterFlag : 0) | (from.IsNone ? 0 : NeighbourMessage.SolicitedFlag) | (isToGroup || from.IsNone ? NeighbourMessage.OverrideFlag : 0);
        var answer = NeighbourFrame.New(stack.World, link.Device.Mac, target, asker, IcmpType.NeighbourAdvertisement, (byte)flags, target, isToGroup || from.IsNone ? NeighbourMessage.TargetMac : (byte)0);
        answer.Hop = frame.Hop;
        if (answer.IsWatched)
            stack.World.Note(answer, link.Device, "answered", $"{target} is here");
        stack.World.Frames.Return(frame);
        Output.Hand(answer, link, asker);
    }

    /// <summary>ndisc_recv_na: what nobody asked for is heeded only of those that are known.</summary>
    private void Learn(Frame frame, IpLink link, IpAddr target, ulong mac, byte flags)
    {
        if (!link.Has(target) && link.Known(target) is { } neighbour && neighbour.State is not Nud.Failed && (mac != 0 || neighbour.IsValid))
        {
            if (frame.IsWatched)
                stack.World.Note(frame, link.Device, "learned", $"{target} is at {Ethernet.Print(mac == 0 ? neighbour.Mac : mac)}");
            neighbour.Update(mac == 0 ? neighbour.Mac : mac, (flags & NeighbourMessage.SolicitedFlag) != 0 ? Nud.Reachable : Nud.Stale, overrides: (flags & NeighbourMessage.OverrideFlag) != 0, doubts: true);
        }
        stack.World.Frames.Return(frame);
    }

    /// <summary>Says again which groups a link listens to (ipv6_mc_rejoin_groups; MLDv2, RFC 3810), which also shows switches where its MAC is.</summary>
    public void Report(IpLink link)
    {
        var from = LinkLocalOf(link);
        if (from.IsNone || !link.Speaks6)
            return;
        Span<IpAddr> groups = stackalloc IpAddr[MostGroups];
        var count = 0;
        foreach (var own in link.Addresses)
            if (!own.Subnet.Is4 && count < MostGroups && !groups[..count].Contains(own.Address.SolicitedNode))
                groups[count++] = own.Address.SolicitedNode;
        var length = HopByHopLength + ReportLength + count * RecordLength;
        var frame = Header.Begin(stack.World, from, Routers, IpProtocol.HopByHop, length, length, ttl: 1);
        (frame.Source, frame.Destination) = (link.Device.Mac, Routers.GroupMac);
        var inner = Header.Inner(frame, false);
        // The next header, and the options router alert and padding.
        BinaryPrimitives.WriteUInt64BigEndian(inner, (ulong)IpProtocol.Icmp6 << 56 | 0x0000_0502_0000_0100);
        var report = inner[HopByHopLength..];
        (report[0], report[7]) = (IcmpType.ListenerReport2, (byte)count);
        for (var i = 0; i < count; i++)
        {
            report[ReportLength + i * RecordLength] = IsExclude;
            groups[i].Write6(report[(ReportLength + 4 + i * RecordLength)..]);
        }
        var addresses = InternetChecksum.Sum(frame.Payload.Slice(8, 32), (uint)report.Length + IpProtocol.Icmp6);
        BinaryPrimitives.WriteUInt16BigEndian(report[2..], InternetChecksum.Fold(InternetChecksum.Sum(report, addresses)));
        link.Device.Send(frame);
    }

    /// <summary>As many as a held head has room for.</summary>
    private const int MostGroups = 8;
    private const int HopByHopLength = 8, ReportLength = 8, RecordLength = 20;
    private const byte IsExclude = 2;

    /// <summary>All routers that listen to MLDv2 reports.</summary>
    private static readonly IpAddr Routers = new(((UInt128)0xff02_0000_0000_0000 << 64) | 0x16);
}
