// Packets that arrive (net/ipv4/ip_input.c, route.c, ip_forward.c, and their likes of IPv6): for this machine, or to be routed on.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks.Ip;

internal sealed class Input(Stack stack)
{
    /// <summary>All routers of a link.</summary>
    private static readonly IpAddr AllRouters = new(((UInt128)0xff02_0000_0000_0000 << 64) | 2);

    private World World => stack.World;

    /// <summary>ip_rcv, ipv6_rcv.</summary>
    public void Receive(Frame frame, IpLink link, bool is4)
    {
        if (Unfit(frame, link, is4) is { } wrong)
        {
            World.Drop(frame, link.Device, wrong);
            return;
        }
        frame.Trim(Ethernet.HeaderLength + Header.Total(frame, is4));
        var (from, to) = (Header.From(frame, is4), Header.To(frame, is4));
        if (from.IsMulticast || from.IsLimitedBroadcast || from.IsLoopback || to.IsLoopback)
            World.Drop(frame, link.Device, "no packet has such addresses (martian)");
        else if (to.IsMulticast || to.IsLimitedBroadcast || (is4 && link.IsBroadcast(to)))
            ReceiveOfMany(frame, link, is4, to);
        else if (stack.Router.Local(to, link) is not null && (!to.IsLinkLocal || link.Has(to)))
            ReceiveOwn(frame, link, is4, from, to);
        else
            Forward(frame, link, is4, from, to);
    }

    private static string? Unfit(Frame frame, IpLink link, bool is4) =>
        frame.Cast == Cast.OtherHost ? "it is for another MAC"
        : frame.Held < Ethernet.HeaderLength + Header.Length(is4) || frame.Payload[0] >> 4 != (is4 ? 4 : 6) || (is4 && frame.Payload[0] != 0x45) ? "no IP header, or one with options"
        : is4 && !Header.IsSound4(frame.Payload) ? "the checksum of its IP header is wrong"
        : Header.Total(frame, is4) > frame.Length - Ethernet.HeaderLength ? "it is shorter than its IP header says"
        : !is4 && !link.Speaks6 ? "the link speaks no IPv6"
        : null;

    /// <summary>For a group or for all: machines listen to few groups, and answer none of IPv4.</summary>
    private void ReceiveOfMany(Frame frame, IpLink link, bool is4, IpAddr to)
    {
        if (is4 ? to.IsMulticast : !IsJoined(link, to))
            World.Drop(frame, link.Device, "nobody here listens to that group");
        else
            Deliver(frame, link, is4);
    }

    private static bool IsJoined(IpLink link, IpAddr group)
    {
        if (group == IpAddr.AllNodes || (group == AllRouters && link.Forwards(false)))
            return true;
        foreach (var own in link.Addresses)
            if (!own.Subnet.Is4 && own.Address.SolicitedNode == group)
                return true;
        return false;
    }

    private void ReceiveOwn(Frame frame, IpLink link, bool is4, IpAddr from, IpAddr to)
    {
        if (is4 && !from.IsNone && ReversePath.Refusal(stack, from, to, Layer3(link)) is { } refusal)
            World.Drop(frame, link.Device, refusal);
        else
            Deliver(frame, link, is4);
    }

    /// <summary>Where a VRF's port takes packets in, it does so as the VRF (l3mdev_ip_rcv).</summary>
    private IpLink Layer3(IpLink link) => link.Domain is { } vrf ? stack.Of(vrf) : link;

    private void Deliver(Frame frame, IpLink link, bool is4)
    {
        if (is4 && (Header.Fragment(frame) & (Header.MoreFragments | Header.Offset)) != 0)
        {
            if (stack.Reassembly.Take(frame, link) is not { } whole)
                return;
            frame = whole;
        }
        var protocol = Header.Protocol(frame, is4);
        if (protocol == (is4 ? IpProtocol.Icmp4 : IpProtocol.Icmp6) && Header.Inner(frame, is4).Length >= 8)
            stack.Icmp.Receive(frame, link, is4);
        else if (protocol == IpProtocol.Udp && Header.Inner(frame, is4).Length >= Datagrams.HeaderLength)
            stack.Datagrams.Receive(frame, link, is4);
        else
            World.Drop(frame, link.Device, "nobody here speaks that protocol");
    }

    /// <summary>ip_forward, ip6_forward.</summary>
    private void Forward(Frame frame, IpLink link, bool is4, IpAddr from, IpAddr to)
    {
        var at = Layer3(link);
        if (!at.Forwards(is4) || frame.Cast != Cast.Host || from.IsNone || from.IsLinkLocal || to.IsLinkLocal)
            World.Drop(frame, link.Device, frame.IsWatched ? $"{to} is not here, and {(at.Forwards(is4) ? "it is none to be routed on" : "this machine does not route")}" : "not here");
        else if (is4 && ReversePath.Refusal(stack, from, to, at) is { } refusal)
            World.Drop(frame, link.Device, refusal);
        else if (!stack.Router.Lookup(to, from, link, null, out var found))
            stack.Icmp.Refuse(frame, link, Trouble.NetUnreachable, 0, "no route leads there");
        else if (Header.HopLimit(frame, is4) <= 1)
            stack.Icmp.Refuse(frame, link, Trouble.TimeExceeded, 0, "it has passed as many routers as it may");
        else if (stack.Output.IsTooBig(frame, found, to, true, out var mtu))
            stack.Icmp.Refuse(frame, link, Trouble.TooBig, mtu, frame.IsWatched ? $"it is {frame.Length - Ethernet.HeaderLength} bytes long, {found.Way.Device.Name} takes {mtu}, and it may not be cut up" : "too big");
        else
        {
            if (frame.IsWatched)
                World.Note(frame, found.Way.Device, "routed", $"to {to} by {found.Route}");
            Header.Hop(frame, is4);
            stack.Output.Emit(frame, found, to, isForwarded: true);
        }
    }
}
