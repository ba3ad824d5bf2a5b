// Neighbour discovery (RFC 4861, net/ipv6/ndisc.c): who has an IPv6 address, asked of the few that listen to its group. Here an address is the
// link's, not the host's. Nobody looks for duplicates, and no router advertises itself.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal sealed class Discovery(Stack stack)
{
    public const byte Solicitation = 135, Advertisement = 136;

    private const int Target = 8, Option = 24, WithOption = 32;
    private const byte SourceOption = 1, TargetOption = 2, HopLimit = 255;
    private const byte RouterFlag = 0x80, SolicitedFlag = 0x40, OverrideFlag = 0x20;

    /// <summary>ndisc_solicit.</summary>
    public void Solicit(Neighbour neighbour, Frame? waiting, ulong toMac)
    {
        var link = neighbour.Link;
        var from = waiting is not null && Header.From(waiting, false) is var own && link.Has(own) ? own : LinkLocalOf(link);
        if (from.IsNone && (from = SourceChoice.On(stack, link, neighbour.Address)).IsNone)
            return;
        var isToAll = toMac == Ethernet.Broadcast;
        var to = isToAll ? neighbour.Address.SolicitedNode : neighbour.Address;
        var request = Make(link, from, to, Solicitation, 0, neighbour.Address, SourceOption);
        (request.Hop, request.Destination) = (waiting?.Hop ?? 0, isToAll ? to.GroupMac : toMac);
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
            {
                var said = Make(link, own.Address, IpAddr.AllNodes, Advertisement, (byte)(OverrideFlag | (link.Forwards(false) ? RouterFlag : 0)), own.Address, TargetOption);
                said.Destination = IpAddr.AllNodes.GroupMac;
                link.Device.Send(said);
            }
    }

    private static IpAddr LinkLocalOf(IpLink link)
    {
        foreach (var own in link.Addresses)
            if (own.Address.IsLinkLocal)
                return own.Address;
        return default;
    }

    /// <param name="option">Which option tells the link's MAC; 0 for none.</param>
    private Frame Make(IpLink link, IpAddr from, IpAddr to, byte type, byte flags, IpAddr target, byte option)
    {
        var length = option == 0 ? Option : WithOption;
        var frame = Header.Begin(stack.World, from, to, Header.Icmp6, length, length, ttl: HopLimit);
        frame.Source = link.Device.Mac;
        var inner = Header.Inner(frame, false);
        (inner[0], inner[4]) = (type, flags);
        target.Write6(inner[Target..]);
        if (option != 0)
        {
            (inner[Option], inner[Option + 1]) = (option, 1);
            Header.WriteMac(inner[(Option + 2)..], link.Device.Mac);
        }
        Header.SumInner(frame, false, 2, true);
        return frame;
    }

    /// <summary>ndisc_rcv.</summary>
    public void Receive(Frame frame, IpLink link)
    {
        var inner = Header.Inner(frame, false);
        if (inner[0] is not (Solicitation or Advertisement) || inner.Length < Option || Header.HopLimit(frame, false) != HopLimit)
        {
            stack.World.Drop(frame, link.Device, "an ICMPv6 message that nobody here heeds");
            return;
        }
        var isRequest = inner[0] == Solicitation;
        var (from, target) = (Header.From(frame, false), IpAddr.Read6(inner[Target..]));
        var mac = inner.Length >= WithOption && inner[Option] == (isRequest ? SourceOption : TargetOption) ? Header.ReadMac(inner[(Option + 2)..]) : 0;
        if (isRequest)
            Answer(frame, link, from, target, mac);
        else
            Learn(frame, link, target, mac, inner[4]);
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
        var flags = (link.Forwards(false) ? RouterFlag : 0) | (from.IsNone ? 0 : SolicitedFlag) | (isToGroup || from.IsNone ? OverrideFlag : 0);
        var answer = Make(link, target, asker, Advertisement, (byte)flags, target, isToGroup || from.IsNone ? TargetOption : (byte)0);
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
            neighbour.Update(mac == 0 ? neighbour.Mac : mac, (flags & SolicitedFlag) != 0 ? Nud.Reachable : Nud.Stale, overrides: (flags & OverrideFlag) != 0, doubts: true);
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
        var frame = Header.Begin(stack.World, from, Routers, Header.HopByHop, length, length, ttl: 1);
        (frame.Source, frame.Destination) = (link.Device.Mac, Routers.GroupMac);
        var inner = Header.Inner(frame, false);
        // The next header, and the options router alert and padding.
        BinaryPrimitives.WriteUInt64BigEndian(inner, (ulong)Header.Icmp6 << 56 | 0x0000_0502_0000_0100);
        var report = inner[HopByHopLength..];
        (report[0], report[7]) = (ListenerReport, (byte)count);
        for (var i = 0; i < count; i++)
        {
            report[ReportLength + i * RecordLength] = IsExclude;
            groups[i].Write6(report[(ReportLength + 4 + i * RecordLength)..]);
        }
        var addresses = Header.Sum(frame.Payload.Slice(8, 32), (uint)report.Length + Header.Icmp6);
        BinaryPrimitives.WriteUInt16BigEndian(report[2..], Header.Fold(Header.Sum(report, addresses)));
        link.Device.Send(frame);
    }

    /// <summary>As many as a held head has room for.</summary>
    private const int MostGroups = 8;
    private const int HopByHopLength = 8, ReportLength = 8, RecordLength = 20;
    private const byte ListenerReport = 143, IsExclude = 2;

    /// <summary>All routers that listen to MLDv2 reports.</summary>
    private static readonly IpAddr Routers = new(((UInt128)0xff02_0000_0000_0000 << 64) | 0x16);
}
