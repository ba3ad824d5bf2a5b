// ICMP and ICMPv6 (RFC 792, RFC 4443; net/ipv4/icmp.c, net/ipv6/icmp.c): echoes, and what is said of packets that do not arrive. The kernel's
// limits on how often it says so are not here.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Routing;
using static Weft.Wire.IcmpType;

namespace Weft.Twin.Packets.Stacks.Ip;

/// <summary>What became of a packet that did not arrive.</summary>
internal enum Trouble
{
    HostUnreachable,
    NetUnreachable,
    TooBig,
    TimeExceeded,
    Other,
}

internal sealed class Icmp(Stack stack)
{
    public const int HeaderLength = 8;

    /// <summary>Codes.</summary>
    private const byte NetUnreachable4 = 0, HostUnreachable4 = 1, FragmentationNeeded = 4, NoRoute6 = 0, AddressUnreachable6 = 3;

    /// <summary>The longest error: 576 bytes, or of IPv6 its least MTU.</summary>
    private const int Longest4 = 576, Longest6 = 1280;

    private World World => stack.World;

    public void Receive(Frame frame, IpLink link, bool is4)
    {
        var type = Header.Inner(frame, is4)[0];
        if (type == (is4 ? Echo4 : Echo6))
            Answer(frame, link, is4);
        else if (type == (is4 ? EchoReply4 : EchoReply6))
            Pings(frame, link, is4);
        else if (is4 ? type is Unreachable4 or Exceeded4 : type is Unreachable6 or TooBig6 or Exceeded6)
            Told(frame, link, is4);
        else if (!is4)
            stack.Discovery.Receive(frame, link);
        else
            World.Drop(frame, link.Device, "an ICMP message that nobody here heeds");
    }

    /// <summary>icmp_reply: the request goes back as its own answer, over whatever link leads to its sender.</summary>
    private void Answer(Frame frame, IpLink link, bool is4)
    {
        var (from, to) = (Header.From(frame, is4), Header.To(frame, is4));
        if (is4 && (to.IsLimitedBroadcast || link.IsBroadcast(to)))
        {
            World.Drop(frame, link.Device, "echoes to all are not answered (icmp_echo_ignore_broadcasts)");
            return;
        }
        var source = to.IsMulticast ? default : to;
        if (!stack.Output.Find(from, ref source, from.IsLinkLocal ? link.Device : link.Domain, out var found))
        {
            World.Drop(frame, link.Device, frame.IsWatched ? $"no route leads back to {from}" : "no route");
            return;
        }
        var inner = Header.Inner(frame, is4);
        inner[0] = is4 ? EchoReply4 : EchoReply6;
        var length = frame.Length - Ethernet.HeaderLength - Header.Length(is4);
        if (is4)
            Header.Write4(frame.Payload, source, from, IpProtocol.Icmp4, Header.Length4 + length, 0, stack.Output.NextId(), Header.Ttl);
        else
            Header.Write6(frame.Payload, source, from, IpProtocol.Icmp6, length, Header.Ttl);
        Header.SumInner(frame, is4, 2, !is4);
        if (frame.IsWatched)
            World.Note(frame, link.Device, "answered", $"{OfEcho}{from} to {to}");
        if (stack.Output.IsTooBig(frame, found, from, false, out _))
            World.Drop(frame, found.Way.Device, "the answer is too large for its way");
        else
            stack.Output.Emit(frame, found, from);
    }

    /// <summary>How the reason of the hop begins at which an echo arrived, and is answered.</summary>
    public const string OfEcho = "an echo from ";

    /// <summary>The reason of the hop at which the answer to a watched echo is where it was sent from.</summary>
    public const string AnswerArrived = "the answer to an echo";

    private void Pings(Frame frame, IpLink link, bool is4)
    {
        var inner = Header.Inner(frame, is4);
        stack.Ping(BinaryPrimitives.ReadUInt16BigEndian(inner[4..]))?.Answer(BinaryPrimitives.ReadUInt16BigEndian(inner[6..]));
        if (frame.IsWatched)
            World.Note(frame, link.Device, "arrived", AnswerArrived);
        World.Frames.Return(frame);
    }

    /// <summary>A neighbour did not say its MAC: whoever sent the packet is told, on this machine at once (ipv4_link_failure, ip6_link_failure).</summary>
    public void Unreachable(Frame frame, IpLink link)
    {
        var is4 = frame.EtherType == Ethernet.Ip4;
        if (stack.Router.Local(Header.From(frame, is4), link) is null)
        {
            Refuse(frame, link, Trouble.HostUnreachable, 0, "the next hop does not say its MAC");
            return;
        }
        Tell(frame.Payload, is4, Trouble.HostUnreachable);
        World.Drop(frame, link.Device, "the next hop does not say its MAC: host unreachable");
    }

    /// <summary>icmp_send: the packet goes no further, and its sender is told. The frame is gone from here on.</summary>
    public void Refuse(Frame frame, IpLink link, Trouble trouble, int mtu, string why)
    {
        var is4 = frame.EtherType == Ethernet.Ip4;
        var from = Header.From(frame, is4);
        var (source, found) = (default(IpAddr), default(Found));
        var error = IsTold(frame, is4) && stack.Output.Find(from, ref source, link.Domain, out found) ? Make(frame, is4, source, from, trouble, mtu) : null;
        World.Drop(frame, link.Device, why);
        if (error is null)
            return;
        if (error.IsWatched)
            World.Note(error, link.Device, "told", $"{from}: {Words(trouble)}");
        stack.Output.Emit(error, found, from);
    }

    /// <summary>Nobody is told of errors about errors, of what was for many, and of fragments but the first.</summary>
    private static bool IsTold(Frame frame, bool is4)
    {
        var inner = Header.Inner(frame, is4);
        var isError = Header.Protocol(frame, is4) == (is4 ? IpProtocol.Icmp4 : IpProtocol.Icmp6) && (inner.Length < 1 || (is4 ? inner[0] is not (Echo4 or EchoReply4) : inner[0] < Echo6));
        return !isError && frame.Cast is Cast.Host && (!is4 || (Header.Fragment(frame) & Header.Offset) == 0);
    }

    private Frame Make(Frame frame, bool is4, IpAddr source, IpAddr to, Trouble trouble, int mtu)
    {
        var most = (is4 ? Longest4 : Longest6) - Header.Length(is4) - HeaderLength;
        var length = Math.Min(frame.Length - Ethernet.HeaderLength, most);
        var head = frame.Payload[..Math.Min(frame.Payload.Length, Header.Length(is4) + 64)];
        var error = Header.Begin(World, source, to, is4 ? IpProtocol.Icmp4 : IpProtocol.Icmp6, HeaderLength + length, HeaderLength + head.Length, mayFragment: true, is4 ? stack.Output.NextId() : (ushort)0);
        error.Hop = frame.Hop;
        var inner = Header.Inner(error, is4);
        (inner[0], inner[1]) = trouble switch
        {
            Trouble.TimeExceeded => (is4 ? Exceeded4 : Exceeded6, (byte)0),
            Trouble.TooBig => is4 ? (Unreachable4, FragmentationNeeded) : (TooBig6, (byte)0),
            Trouble.HostUnreachable => is4 ? (Unreachable4, HostUnreachable4) : (Unreachable6, AddressUnreachable6),
            _ => is4 ? (Unreachable4, NetUnreachable4) : (Unreachable6, NoRoute6),
        };
        BinaryPrimitives.WriteUInt32BigEndian(inner[4..], (uint)mtu);
        head.CopyTo(inner[HeaderLength..]);
        Header.SumInner(error, is4, 2, !is4);
        return error;
    }

    /// <summary>icmp_unreach: this machine is told of one of its packets.</summary>
    private void Told(Frame frame, IpLink link, bool is4)
    {
        var inner = Header.Inner(frame, is4);
        var told = inner[HeaderLength..];
        var (type, code) = (inner[0], inner[1]);
        var trouble = is4
            ? (type, code) switch { (Exceeded4, _) => Trouble.TimeExceeded, (_, FragmentationNeeded) => Trouble.TooBig, (_, HostUnreachable4) => Trouble.HostUnreachable, (_, NetUnreachable4) => Trouble.NetUnreachable, _ => Trouble.Other }
            : (type, code) switch { (Exceeded6, _) => Trouble.TimeExceeded, (TooBig6, _) => Trouble.TooBig, (_, AddressUnreachable6) => Trouble.HostUnreachable, (_, NoRoute6) => Trouble.NetUnreachable, _ => Trouble.Other };
        if (told.Length >= Header.Length(is4))
        {
            if (trouble == Trouble.TooBig)
                stack.PathMtus.Learn(is4 ? IpAddr.Read4(told[16..]) : IpAddr.Read6(told[24..]), (int)BinaryPrimitives.ReadUInt32BigEndian(inner[4..]) & 0xffff);
            Tell(told, is4, trouble);
        }
        if (frame.IsWatched)
            World.Note(frame, link.Device, "arrived", $"{Header.From(frame, is4)} says: {Words(trouble)}");
        World.Frames.Return(frame);
    }

    /// <summary>Tells the ping or the sender of datagrams that sent a packet.</summary>
    private void Tell(ReadOnlySpan<byte> packet, bool is4, Trouble trouble)
    {
        var inner = packet[Header.Length(is4)..];
        var protocol = packet[is4 ? 9 : 6];
        if (protocol == IpProtocol.Udp)
            stack.Datagrams.Errors++;
        else if (inner.Length >= HeaderLength && inner[0] == (is4 ? Echo4 : Echo6))
            stack.Ping(BinaryPrimitives.ReadUInt16BigEndian(inner[4..]))?.Fail(BinaryPrimitives.ReadUInt16BigEndian(inner[6..]), trouble);
    }

    private static string Words(Trouble trouble) => trouble switch
    {
        Trouble.HostUnreachable => "host unreachable",
        Trouble.NetUnreachable => "network unreachable",
        Trouble.TooBig => "the packet is too large",
        Trouble.TimeExceeded => "time to live exceeded",
        _ => "it did not arrive",
    };
}
