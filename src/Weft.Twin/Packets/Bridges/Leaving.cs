// How a frame leaves a bridge (net/bridge/br_forward.c): by one port, by all that may have it, or up to the host. Copies are made
// for all but the last.

using Weft.Twin.Packets.Bridges.Multicast;
using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;

namespace Weft.Twin.Packets.Bridges;

internal sealed class Leaving(Bridge bridge)
{
    private readonly World world = bridge.World;
    private readonly bool filters = bridge.Options.VlanFiltering;

    /// <summary>br_forward: by the port where its address is.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="to">Null where the address is the bridge's own, and its own host sends to it.</param>
    /// <param name="from">The port that it came by; null where the host sends it.</param>
    /// <param name="vlan">Its VLAN.</param>
    /// <param name="alsoUp">The bridge is promiscuous.</param>
    public void To(BridgePort? to, Frame frame, BridgePort? from, int vlan, bool alsoUp)
    {
        if (to is null)
        {
            world.Drop(frame, bridge, "it is for the bridge itself, which sent it");
            return;
        }
        if (to.Backup is { } backup && !to.Device.HasCarrier)
            to = backup;
        if (frame.IsWatched)
            world.Note(frame, bridge, "forwarded", $"{Ethernet.Print(frame.Destination)}{(vlan > 0 ? $" of VLAN {vlan}" : "")} is at {to}");
        if (MayLeave(to, from, vlan))
            Finish(frame, to, vlan, alsoUp);
        else if (alsoUp)
            Up(frame, vlan);
        else
            world.Drop(frame, bridge, frame.IsWatched ? WhyNot(to, from, vlan) : "that port may not have it");
    }

    /// <summary>br_flood: by all ports that may have it.</summary>
    /// <param name="cast">Broadcast, Multicast, or OtherHost for an address that nobody knows.</param>
    public void Flood(Frame frame, BridgePort? from, int vlan, Cast cast, bool alsoUp)
    {
        if (frame.IsWatched)
            NoteFlood(frame, from, vlan, cast, alsoUp);
        BridgePort? last = null;
        foreach (var port in bridge.Newest)
        {
            if (!Floods(port, from, cast) || !MayLeave(port, from, vlan))
                continue;
            if (last is not null)
                By(last, world.Frames.Copy(frame), vlan);
            last = port;
        }
        Finish(frame, last, vlan, alsoUp);
    }

    /// <summary>br_multicast_flood: by the ports behind which somebody joined a group, and those behind which a router is.</summary>
    public void ToMembers(Frame frame, BridgePort? from, int vlan, Members members, bool alsoUp)
    {
        if (frame.IsWatched)
            NoteMembers(frame, from, vlan, members, alsoUp);
        BridgePort? last = null;
        foreach (var port in bridge.Newest)
        {
            if (!members.Has(port) || !MayLeave(port, from, vlan))
                continue;
            if (last is not null)
                By(last, world.Frames.Copy(frame), vlan);
            last = port;
        }
        Finish(frame, last, vlan, alsoUp);
    }

    /// <summary>br_pass_frame_up: to the host, where the bridge is a member of the VLAN.</summary>
    public void Up(Frame frame, int vlan)
    {
        if (filters)
        {
            if (!bridge.Own.Has(vlan) && !bridge.IsPromiscuous)
            {
                world.Drop(frame, bridge, frame.IsWatched ? $"{bridge.Name} itself is no member of VLAN {vlan}" : "the bridge is no member of its VLAN");
                return;
            }
            if (bridge.Own.LeavesUntagged(vlan))
                frame.Tag = Frame.NoTag;
        }
        if (frame.IsWatched)
            world.Note(frame, bridge, "received", frame.Cast == Cast.OtherHost ? $"{bridge.Name} takes all, for a link above it has a MAC of its own" : $"it is for {bridge.Machine.Name} itself");
        bridge.Receive(frame);
    }

    private void Finish(Frame frame, BridgePort? last, int vlan, bool alsoUp)
    {
        if (last is null && !alsoUp)
        {
            world.Drop(frame, bridge, "no port may have it");
            return;
        }
        if (last is not null)
            By(last, alsoUp ? world.Frames.Copy(frame) : frame, vlan);
        if (alsoUp)
            Up(frame, vlan);
    }

    /// <summary>should_deliver.</summary>
    private bool MayLeave(BridgePort to, BridgePort? from, int vlan) =>
        (to != from || to.Options.Hairpin) && to.State == PortState.Forwarding && (!filters || to.Vlans.Has(vlan)) && !(to.Options.Isolated && from is { Options.Isolated: true }) && (from is null || from.Island == to.Island);

    /// <summary>Whether a port takes what nobody asked for. What the host sends to a group leaves whatever is said of floods.</summary>
    private static bool Floods(BridgePort to, BridgePort? from, Cast cast) => !to.Options.IsWithoutFlood && cast switch
    {
        Cast.Broadcast => from is null || to.Options.BcastFlood,
        Cast.Multicast => from is null || to.Options.McastFlood,
        _ => to.Options.Flood,
    };

    /// <summary>br_handle_vlan and br_dev_queue_push_xmit.</summary>
    private void By(BridgePort port, Frame frame, int vlan)
    {
        if (filters && port.Vlans.LeavesUntagged(vlan))
        {
            if (frame.IsWatched)
                world.Note(frame, port.Device, "untagged", $"{port} carries VLAN {vlan} without a tag");
            frame.Tag = Frame.NoTag;
        }
        if (frame.Length > port.Device.Mtu + Ethernet.HeaderLength + Ethernet.TagLength)
            world.Drop(frame, port.Device, frame.IsWatched ? $"it is {frame.Length - Ethernet.HeaderLength} bytes long behind its header, {port} takes {port.Device.Mtu}, and a bridge tells nobody" : "too long for the port");
        else
            port.Device.Send(frame);
    }

    private string WhyNot(BridgePort to, BridgePort? from, int vlan) =>
        to == from && !to.Options.Hairpin ? $"it came by {to}, and would leave by it again"
        : to.State != PortState.Forwarding ? $"{to} is {Tree.Word(to.State)}"
        : filters && !to.Vlans.Has(vlan) ? $"{to} is no member of VLAN {vlan}"
        : $"{from} and {to} are isolated from each other";

    private void NoteFlood(Frame frame, BridgePort? from, int vlan, Cast cast, bool alsoUp)
    {
        var to = bridge.Newest.Where(port => Floods(port, from, cast) && MayLeave(port, from, vlan)).Select(port => port.Device.Name).Reverse().ToList();
        if (alsoUp)
            to.Add($"{bridge.Machine.Name} itself");
        var why = cast switch
        {
            Cast.Broadcast => "a broadcast",
            Cast.Multicast => bridge.Snooping.IsOn ? "a group, and no querier was heard" : "a group",
            _ => $"nobody knows where {Ethernet.Print(frame.Destination)} is",
        };
        world.Note(frame, bridge, "flooded", $"{To(to, vlan)}: {why}");
    }

    private static string To(List<string> to, int vlan) => $"{(vlan > 0 ? $"in VLAN {vlan} " : "")}to {(to.Count > 0 ? string.Join(", ", to) : "nobody")}";

    private void NoteMembers(Frame frame, BridgePort? from, int vlan, Members members, bool alsoUp)
    {
        var to = bridge.Newest.Where(port => members.Has(port) && MayLeave(port, from, vlan)).Select(port => port.Device.Name).Reverse().ToList();
        if (alsoUp)
            to.Add($"{bridge.Machine.Name} itself");
        world.Note(frame, bridge, "forwarded", $"{To(to, vlan)}: a querier is there, and only who joined that group or is a router gets it");
    }
}
