// Packets that leave (net/ipv4/ip_output.c, net/ipv6/ip6_output.c): where to, from which address, in how many pieces, and to which MAC.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks.Ip;

internal sealed class Output(Stack stack)
{
    private ushort ids;

    /// <summary>The id of a packet that may be cut up.</summary>
    public ushort NextId() => ++ids;

    /// <summary>Where a packet of this machine's leaves, and from which address where none was given.</summary>
    /// <param name="over">The link or VRF it must leave over; without a route over that link, the destination is taken to be on it.</param>
    public bool Find(IpAddr to, ref IpAddr from, Netdev? over, out Found found)
    {
        if (to.IsMulticast || to.IsLimitedBroadcast || !stack.Router.Lookup(to, from, null, over, out found))
        {
            found = over is null or Vrf ? default : stack.Of(over).Direct;
            if (found.Route is null || !over!.IsUp)
                return false;
        }
        if (from.IsNone)
            from = SourceChoice.For(stack, found, to);
        return !from.IsNone;
    }

    /// <summary>Whether a packet is too large for its way and may not be cut up.</summary>
    public bool IsTooBig(Frame frame, in Found found, IpAddr to, bool isForwarded, out int mtu)
    {
        mtu = stack.PathMtus.Of(to, found, isForwarded);
        return frame.Length - Ethernet.HeaderLength > mtu && !Header.MayFragment(frame, to.Is4);
    }

    /// <summary>Sends a packet on a way that was found, in pieces where it is too large. The frame is gone from here on.</summary>
    public void Emit(Frame frame, in Found found, IpAddr to, bool isForwarded = false)
    {
        if (stack.PathMtus.Of(to, found, isForwarded) is var mtu && frame.Length - Ethernet.HeaderLength > mtu)
            Split(frame, found, to, mtu);
        else
            Hand(frame, found.Way.Link, found.Hop(to));
    }

    /// <summary>ip_finish_output2: to the group's MAC, to all, or to a neighbour.</summary>
    public static void Hand(Frame frame, IpLink link, IpAddr hop)
    {
        var mac = hop.IsMulticast ? hop.GroupMac : hop.IsLimitedBroadcast || (hop.Is4 && link.IsBroadcast(hop)) ? Ethernet.Broadcast : 0;
        if (mac == 0)
        {
            link.Neighbour(hop).Send(frame);
            return;
        }
        (frame.Destination, frame.Source) = (mac, link.Device.Mac);
        link.Device.Send(frame);
    }

    /// <summary>ip_do_fragment.</summary>
    private void Split(Frame frame, in Found found, IpAddr to, int mtu)
    {
        var (world, whole) = (stack.World, Header.Fragment(frame));
        var room = (mtu - Header.Length4) & ~7;
        var inner = Header.Inner(frame, true);
        var length = frame.Length - Ethernet.HeaderLength - Header.Length4;
        if (frame.IsWatched)
            world.Note(frame, found.Way.Device, "fragmented", $"it is {length + Header.Length4} bytes long, and the way takes {mtu}");
        for (var at = 0; at < length; at += room)
        {
            var part = Math.Min(room, length - at);
            var held = Math.Clamp(inner.Length - at, 0, part);
            var piece = world.Frames.Rent();
            piece.Begin(Ethernet.HeaderLength + Header.Length4 + part, Ethernet.HeaderLength + Header.Length4 + held);
            (piece.EtherType, piece.Hop) = (Ethernet.Ip4, frame.Hop);
            frame.Payload[..Header.Length4].CopyTo(piece.Payload);
            if (held > 0)
                inner.Slice(at, held).CopyTo(Header.Inner(piece, true));
            var more = at + part < length || (whole & Header.MoreFragments) != 0 ? Header.MoreFragments : 0;
            Header.SetFragment(piece.Payload, Header.Length4 + part, (ushort)(more | ((whole & Header.Offset) + at / 8)));
            Hand(piece, found.Way.Link, found.Hop(to));
        }
        world.Frames.Return(frame);
    }
}
