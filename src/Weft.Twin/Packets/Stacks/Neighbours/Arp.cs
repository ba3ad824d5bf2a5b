// ARP (RFC 826, net/ipv4/arp.c). A Linux answers for any of its addresses on any of its links unless told otherwise (arp_ignore 0): addresses
// are the host's and not the link's. Two links in one segment therefore both answer.

using System.Buffers.Binary;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal sealed class Arp(Stack stack)
{
    public const int Length = 28;
    public const ushort Request = 1, Reply = 2;

    private const int Op = 6, SenderMac = 8, SenderIp = 14, TargetMac = 18, TargetIp = 24;

    /// <summary>arp_send: an ARP packet.</summary>
    public static Frame Make(World world, ushort op, ulong to, ulong senderMac, IpAddr sender, ulong targetMac, IpAddr target)
    {
        var frame = world.Frames.Rent();
        frame.Begin(Ethernet.HeaderLength + Length, Ethernet.HeaderLength + Length);
        (frame.Destination, frame.Source, frame.EtherType) = (to, senderMac, Ethernet.Arp);
        Write(frame.Payload, op, senderMac, sender, targetMac, target);
        return frame;
    }

    private static void Write(Span<byte> arp, ushort op, ulong senderMac, IpAddr sender, ulong targetMac, IpAddr target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(arp, 0x0001_0800_0604_0000UL | op);
        Header.WriteMac(arp[SenderMac..], senderMac);
        sender.Write4(arp[SenderIp..]);
        Header.WriteMac(arp[TargetMac..], targetMac);
        target.Write4(arp[TargetIp..]);
    }

    /// <summary>arp_solicit.</summary>
    /// <param name="waiting">The packet that waits, whose source is asked from where arp_announce lets it; null without one.</param>
    public void Solicit(Neighbour neighbour, Frame? waiting, ulong toMac)
    {
        var link = neighbour.Link;
        var sender = waiting is null || link.Conf.ArpAnnounce >= 2 ? default : Header.From(waiting, true);
        if (!sender.IsNone && (stack.Router.Local(sender, link) is null || (link.Conf.ArpAnnounce == 1 && !SharesNetwork(link, sender, neighbour.Address))))
            sender = default;
        if (sender.IsNone)
            sender = SourceChoice.On(stack, link, neighbour.Address, neighbour.Address);
        if (sender.IsNone)
            return;
        var request = Make(stack.World, Request, toMac, link.Device.Mac, sender, 0, neighbour.Address);
        request.Hop = waiting?.Hop ?? 0;
        if (request.IsWatched)
            stack.World.Note(request, link.Device, "asked", $"who has {neighbour.Address}? ARP from {sender}, {(toMac == Ethernet.Broadcast ? "to all" : "to the MAC that is known")}");
        link.Device.Send(request);
    }

    private static bool SharesNetwork(IpLink link, IpAddr one, IpAddr other)
    {
        foreach (var own in link.Addresses)
            if (own.Subnet.Contains(one) && own.Subnet.Contains(other))
                return true;
        return false;
    }

    /// <summary>Says each of a link's addresses to all (inetdev_send_gratuitous_arp).</summary>
    public void Announce(IpLink link)
    {
        foreach (var own in link.Addresses)
            if (own.Subnet.Is4 && !own.Address.IsLoopback)
                link.Device.Send(Make(stack.World, Request, Ethernet.Broadcast, link.Device.Mac, own.Address, 0, own.Address));
    }

    /// <summary>arp_rcv and arp_process.</summary>
    public void Receive(Frame frame, IpLink link)
    {
        var world = stack.World;
        if (frame.Cast == Cast.OtherHost || frame.Held < Ethernet.HeaderLength + Length)
        {
            world.Drop(frame, link.Device, frame.Cast == Cast.OtherHost ? "it is for another MAC" : "too short for ARP");
            return;
        }
        var arp = frame.Payload;
        if (BinaryPrimitives.ReadUInt64BigEndian(arp) is var head && (head & ~3UL) != 0x0001_0800_0604_0000)
        {
            world.Drop(frame, link.Device, "no ARP of Ethernet and IPv4");
            return;
        }
        var op = (ushort)head;
        var (sender, target) = (IpAddr.Read4(arp[SenderIp..]), IpAddr.Read4(arp[TargetIp..]));
        var (senderMac, targetMac) = (Header.ReadMac(arp[SenderMac..]), Header.ReadMac(arp[TargetMac..]));
        if (op is not (Request or Reply) || target.IsMulticast || target.IsLoopback)
        {
            world.Drop(frame, link.Device, "no ARP that anybody answers");
            return;
        }
        // Of a request that is not believed what it says of its sender is; of one that is not answered nothing is.
        if (op == Request && stack.Router.Local(target, link) is not null && IsBelieved(frame, link, sender, target))
        {
            if (Refusal(link, sender, target) is { } refusal)
                world.Drop(frame, link.Device, refusal);
            else
            {
                if (!sender.IsNone)
                    link.Neighbour(sender).Update(senderMac, Nud.Stale, overrides: true);
                Answer(frame, link, sender, senderMac, target);
            }
            return;
        }
        if (!sender.IsNone && link.Known(sender) is { } neighbour)
        {
            var isGratuitous = sender == target && (op == Request || targetMac == senderMac);
            // A request, or an answer to all, proves nothing of the way there.
            var said = op == Reply && frame.Cast == Cast.Host ? Nud.Reachable : Nud.Stale;
            if (frame.IsWatched)
                world.Note(frame, link.Device, "learned", $"{sender} is at {Ethernet.Print(senderMac)}");
            neighbour.Update(senderMac, said, overrides: isGratuitous || !neighbour.IsLocked);
        }
        else if (frame.IsWatched)
            world.Note(frame, link.Device, "ignored", $"{target} is not here, and nobody asked for {sender}");
        world.Frames.Return(frame);
    }

    /// <summary>Whether a request comes from where an answer would go (ip_route_input).</summary>
    private bool IsBelieved(Frame frame, IpLink link, IpAddr sender, IpAddr target)
    {
        if (sender.IsNone || ReversePath.Refusal(stack, sender, target, link) is not { } refusal)
            return true;
        if (frame.IsWatched)
            stack.World.Note(frame, link.Device, "unanswered", refusal);
        return false;
    }

    /// <summary>arp_ignore, arp_filter: why an address of this machine is not answered for here; null where it is.</summary>
    private string? Refusal(IpLink link, IpAddr sender, IpAddr target) => link.Conf.ArpIgnore switch
    {
        1 or 2 when !link.Has(target) => "arp_ignore: the address is of another link",
        2 when !sender.IsNone && !SharesNetwork(link, target, sender) => "arp_ignore: the asker is not in the address's network",
        8 => "arp_ignore: no address is answered for",
        _ => link.Conf.ArpFilter && !sender.IsNone && (!stack.Router.Lookup(sender, target, null, link.Domain, out var back) || back.Way.Link != link) ? "arp_filter: an answer would leave over another link" : null,
    };

    private void Answer(Frame frame, IpLink link, IpAddr sender, ulong senderMac, IpAddr target)
    {
        (frame.Destination, frame.Source) = (senderMac, link.Device.Mac);
        Write(frame.Payload, Reply, link.Device.Mac, target, senderMac, sender);
        if (frame.IsWatched)
            stack.World.Note(frame, link.Device, "answered", link.Has(target) ? $"{target} is here" : $"{target} is on another link, and addresses are the host's (arp_ignore 0)");
        link.Device.Send(frame);
    }
}
