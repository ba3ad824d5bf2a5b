// ARP (RFC 826, net/ipv4/arp.c). A Linux answers for any of its addresses on any of its links unless told otherwise (arp_ignore 0): addresses
// are the host's and not the link's. Two links in one segment therefore both answer.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks.Neighbours;

internal sealed class Arp(Stack stack)
{
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
        var request = ArpFrame.New(stack.World, ArpPacket.Request, toMac, (link.Device.Mac, sender.Number4), (0, neighbour.Address.Number4));
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
                link.Device.Send(ArpFrame.New(stack.World, ArpPacket.Request, Ethernet.Broadcast, (link.Device.Mac, own.Address.Number4), (0, own.Address.Number4)));
    }

    /// <summary>arp_rcv and arp_process.</summary>
    public void Receive(Frame frame, IpLink link)
    {
        var world = stack.World;
        if (frame.Cast == Cast.OtherHost || frame.Payload.Length < ArpPacket.Length)
        {
            world.Drop(frame, link.Device, frame.Cast == Cast.OtherHost ? "it is for another MAC" : "too short for ARP");
            return;
        }
        var arp = frame.Payload;
        if (!ArpPacket.Is(arp))
        {
            world.Drop(frame, link.Device, "no ARP of Ethernet and IPv4");
            return;
        }
        var op = ArpPacket.Operation(arp);
        var (sender, target) = (IpAddr.V4(ArpPacket.Sender(arp)), IpAddr.V4(ArpPacket.Target(arp)));
        var (senderMac, targetMac) = (ArpPacket.SenderMac(arp), ArpPacket.TargetMac(arp));
        if (op is not (ArpPacket.Request or ArpPacket.Reply) || target.IsMulticast || target.IsLoopback)
        {
            world.Drop(frame, link.Device, "no ARP that anybody answers");
            return;
        }
        // Of a request that is not believed what it says of its sender is; of one that is not answered nothing is.
        if (op == ArpPacket.Request && stack.Router.Local(target, link) is not null && IsBelieved(frame, link, sender, target))
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
            var isGratuitous = sender == target && (op == ArpPacket.Request || targetMac == senderMac);
            // A request, or an answer to all, proves nothing of the way there.
            var said = op == ArpPacket.Reply && frame.Cast == Cast.Host ? Nud.Reachable : Nud.Stale;
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
        ArpPacket.Write(frame.Payload, ArpPacket.Reply, link.Device.Mac, target.Number4, senderMac, sender.Number4);
        if (frame.IsWatched)
            stack.World.Note(frame, link.Device, "answered", link.Has(target) ? $"{target} is here" : $"{target} is on another link, and addresses are the host's (arp_ignore 0)");
        link.Device.Send(frame);
    }
}
