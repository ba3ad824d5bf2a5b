// UDP datagrams without programs: what is sent is zeros, and what arrives is counted by who sent it to which address.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Ip;

namespace Weft.Twin.Packets.Stacks;

internal sealed class Datagrams(Stack stack)
{
    public const int HeaderLength = 8;

    private readonly Dictionary<(IpAddr From, IpAddr To), long> received = [];

    public long Sent { get; private set; }

    /// <summary>Not sent at all: no way, no address to send from.</summary>
    public long Refused { get; private set; }

    /// <summary>Sent, and somebody said that it did not arrive.</summary>
    public long Errors { get; set; }

    /// <summary>How many arrived here from one address at another.</summary>
    public long Received(IPAddress from, IPAddress to) => received.GetValueOrDefault((IpAddr.Of(from), IpAddr.Of(to)));

    /// <summary>Sends a datagram; one of IPv4 that is too large goes in pieces.</summary>
    /// <param name="size">Bytes of payload.</param>
    /// <param name="from">The source; none where it is to be chosen.</param>
    /// <param name="hop">The hop that it goes on from, -1 to watch it from here; 0 for nobody watching.</param>
    /// <returns>False where there is no way, or it is too large for IPv6.</returns>
    public bool Send(IpAddr to, int size, ushort fromPort, ushort toPort, IpAddr from = default, Netdev? over = null, int hop = 0)
    {
        if (stack.Router.Local(to, over is null ? null : stack.Of(over)) is not null)
        {
            Sent++;
            Count(from.IsNone ? to : from, to);
            return true;
        }
        if (!stack.Output.Find(to, ref from, over, out var found))
        {
            Refused++;
            return false;
        }
        var is4 = to.Is4;
        var frame = Header.Begin(stack.World, from, to, IpProtocol.Udp, HeaderLength + size, HeaderLength, mayFragment: true, is4 ? stack.Output.NextId() : (ushort)0);
        frame.Hop = hop;
        var udp = Header.Inner(frame, is4);
        BinaryPrimitives.WriteUInt16BigEndian(udp, fromPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], toPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(HeaderLength + size));
        Header.SumInner(frame, is4, 6, true);
        if (stack.Output.IsTooBig(frame, found, to, false, out var mtu))
        {
            Refused++;
            stack.World.Drop(frame, found.Way.Device, frame.IsWatched ? $"it is larger than {mtu}, and IPv6 packets are not cut up here" : "too big");
            return false;
        }
        Sent++;
        if (frame.IsWatched)
            stack.World.Note(frame, found.Way.Device, "made", $"a datagram of {size} bytes from {from} to {to}, by {found.Route}");
        stack.Output.Emit(frame, found, to);
        return true;
    }

    public void Receive(Frame frame, IpLink link, bool is4)
    {
        Count(Header.From(frame, is4), Header.To(frame, is4));
        if (frame.IsWatched)
            stack.World.Note(frame, link.Device, "arrived", "a datagram");
        stack.World.Frames.Return(frame);
    }

    private void Count(IpAddr from, IpAddr to) => received[(from, to)] = received.GetValueOrDefault((from, to)) + 1;
}
