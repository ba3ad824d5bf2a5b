// What a bridge does with a frame (net/bridge/br_input.c, br_forward.c, br_vlan.c): takes it in by a port or from its own host,
// says which VLAN it is of, learns where its sender is, and decides by which ports it leaves and whether it goes up.

using Weft.Twin.Packets.Bridges.SpanningTree;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Packets.Bridges;

internal sealed class Forwarding
{
    /// <summary>Warnings of one port are that far apart at least (net_ratelimit).</summary>
    private const long BetweenWarnings = 5 * VirtualTime.Second;

    private readonly Bridge bridge;
    private readonly World world;
    private readonly BridgeOptions options;
    private readonly bool filters;

    public Forwarding(Bridge bridge)
    {
        (this.bridge, world, options) = (bridge, bridge.World, bridge.Options);
        filters = options.VlanFiltering;
        Leaving = new(bridge);
    }

    private Leaving Leaving { get; }

    /// <summary>br_handle_frame.</summary>
    /// <returns>False where the port's own stack is to see it.</returns>
    public bool Arrived(BridgePort port, Frame frame)
    {
        var (source, destination) = (frame.Source, frame.Destination);
        if (source == 0 || Ethernet.IsGroup(source))
        {
            world.Drop(frame, port.Device, "its source is no address that a card can have");
            return true;
        }
        if (Ethernet.IsReserved(destination) && !Passes(port, (int)(destination & 0xf)))
            return Reserved(port, frame);
        if (port.State is not (PortState.Forwarding or PortState.Learning))
        {
            world.Drop(frame, port.Device, frame.IsWatched ? $"the port is {Tree.Word(port.State)} in {bridge.Name}" : "the port does not forward");
            return true;
        }
        if (destination == bridge.Mac)
            frame.Cast = Cast.Host;
        world.Storms.Cross(frame, port);
        Finish(port, frame, source, destination);
        return true;
    }

    /// <summary>br_dev_xmit: the host sends over the bridge.</summary>
    public void FromHost(Frame frame)
    {
        if (Enter(bridge.Own, frame, bridge) is not (>= 0 and var vlan))
            return;
        var to = frame.Destination;
        if (to == Ethernet.Broadcast)
            Leaving.Flood(frame, null, vlan, Cast.Broadcast, alsoUp: false);
        else if (Ethernet.IsGroup(to))
            Group(null, frame, vlan);
        else if (bridge.Fdb.Find(to, vlan, out var port, out _))
            Leaving.To(port, frame, null, vlan, alsoUp: false);
        else
            Leaving.Flood(frame, null, vlan, Cast.OtherHost, alsoUp: false);
    }

    /// <summary>br_handle_frame_finish.</summary>
    private void Finish(BridgePort port, Frame frame, ulong source, ulong destination)
    {
        if (Enter(port.Vlans, frame, port.Device) is not (>= 0 and var vlan))
            return;
        if (port.Options.Locked && !(bridge.Fdb.Find(source, vlan, out var where, out var isOwn) && where == port && !isOwn))
        {
            world.Drop(frame, port.Device, "the port is locked, and nobody entered this sender there");
            return;
        }
        if (port.Options.Learning)
            Learn(port, frame, source, vlan);
        if (port.State == PortState.Learning)
            world.Drop(frame, port.Device, "the port learns, and does not forward yet");
        else if (destination == Ethernet.Broadcast)
            Leaving.Flood(frame, port, vlan, Cast.Broadcast, alsoUp: true);
        else if (Ethernet.IsGroup(destination))
            Group(port, frame, vlan);
        else if (!bridge.Fdb.Find(destination, vlan, out var to, out var isLocal))
            Leaving.Flood(frame, port, vlan, Cast.OtherHost, alsoUp: bridge.IsPromiscuous);
        else if (isLocal)
            Leaving.Up(frame, vlan);
        else
            Leaving.To(to, frame, port, vlan, alsoUp: bridge.IsPromiscuous);
    }

    private void Group(BridgePort? port, Frame frame, int vlan)
    {
        if (bridge.Snooping.IsOn && bridge.Snooping.Examine(port, frame, vlan) is { } members)
            Leaving.ToMembers(frame, port, vlan, members, alsoUp: port is not null && (members.HasHost || bridge.IsPromiscuous));
        else
            Leaving.Flood(frame, port, vlan, Cast.Multicast, alsoUp: port is not null);
    }

    /// <summary>br_allowed_ingress: the VLAN of a frame that comes in. With the filter on, it has a tag beside its bytes from here on.</summary>
    /// <returns>0 where the bridge keeps no VLANs apart; below 0 where the frame was dropped.</returns>
    private int Enter(VlanMap vlans, Frame frame, Netdev by)
    {
        if (!filters)
            return 0;
        if (frame.Tag < 0 && frame.EtherType == options.TagProtocol)
            frame.PopTag();
        // A tag of the other protocol is payload.
        if (frame.Tag >= 0 && (frame.Tag & Ethernet.ServiceBit) != options.TagBit)
            frame.PushTag();
        var vlan = frame.Vlan;
        if (vlan != 0)
        {
            if (vlans.Has(vlan))
                return vlan;
            world.Drop(frame, by, frame.IsWatched ? $"{by.Name} is no member of VLAN {vlan} in {bridge.Name}" : "no member of its VLAN");
            return -1;
        }
        if (vlans.Pvid == 0)
        {
            world.Drop(frame, by, frame.IsWatched ? $"it has no tag, and {by.Name} has no PVID in {bridge.Name}" : "no tag and no PVID");
            return -1;
        }
        frame.Tag = (frame.Tag < 0 ? options.TagBit : frame.Tag) | vlans.Pvid;
        if (frame.IsWatched)
            world.Note(frame, by, "entered", $"VLAN {vlans.Pvid}: it has no tag, and that is the PVID of {by.Name} in {bridge.Name}");
        return vlans.Pvid;
    }

    /// <summary>br_fdb_update.</summary>
    private void Learn(BridgePort port, Frame frame, ulong source, int vlan)
    {
        if (bridge.HoldTime == 0)
            return;
        var lesson = bridge.Fdb.Learn(source, vlan, port, world.Time.Now, options.FdbMaxLearned, out var before);
        if (lesson == Lesson.Refreshed)
            return;
        if (lesson == Lesson.Own)
            WarnOfOwn(port, frame, source);
        else if (frame.IsWatched)
            world.Note(frame, port.Device, "learned", lesson switch
            {
                Lesson.Moved => $"{bridge.Name} looks for {Ethernet.Print(source)} at {port} from here on, no longer at {before}",
                Lesson.Full => $"{bridge.Name} has learned as many addresses as it may, and does not remember {Ethernet.Print(source)}",
                _ => $"{bridge.Name} looks for {Ethernet.Print(source)}{(vlan > 0 ? $" of VLAN {vlan}" : "")} at {port}",
            });
        if (lesson == Lesson.Moved && world.IsHeard)
            world.Tell(bridge, "moved", $"{Ethernet.Print(source)}{(vlan > 0 ? $" of VLAN {vlan}" : "")} from {before} to {port}");
    }

    private void WarnOfOwn(BridgePort port, Frame frame, ulong source)
    {
        if (frame.IsWatched)
            world.Note(frame, port.Device, "doubted", $"its source {Ethernet.Print(source)} is an address of {bridge.Name} itself: it came back, or somebody else has it too");
        if (!world.IsHeard || world.Time.Now - port.ToldOwn < BetweenWarnings)
            return;
        port.ToldOwn = world.Time.Now;
        world.Tell(bridge, "doubted", $"received packet on {port} with own address as source address ({Ethernet.Print(source)})");
    }

    /// <summary>Whether one of the sixteen reserved groups is forwarded as any other is.</summary>
    private bool Passes(BridgePort port, int group)
    {
        var mask = options.RequiredFwdMask | port.Options.GroupFwdMask;
        return group switch
        {
            0 => !options.Stp || (mask & 1) != 0,
            1 => false,
            _ => ((mask | options.GroupFwdMask) >> group & 1) != 0,
        };
    }

    /// <summary>A frame to a reserved group that goes no further than this link: the sender is learned, and a BPDU goes to the spanning tree.</summary>
    private bool Reserved(BridgePort port, Frame frame)
    {
        if (frame.Destination == Ethernet.Reserved + 1)
        {
            world.Drop(frame, port.Device, "a pause frame is for one cable only");
            return true;
        }
        if (port.Options.Learning && !options.NoLinklocalLearn && port.State is PortState.Forwarding or PortState.Learning && LearnedAs(port, frame) is >= 0 and var vlan)
            Learn(port, frame, frame.Source, vlan);
        if (!options.Stp || frame.Tag >= 0 || frame.Destination != options.GroupAddress || !Bpdu.IsOne(frame))
            return false;
        if (bridge.IsUp && port.State != PortState.Disabled)
        {
            if (frame.IsWatched)
                world.Note(frame, port.Device, "received", $"a BPDU, for the spanning tree of {bridge.Name}");
            bridge.Tree.Receive(port, frame);
        }
        world.Frames.Return(frame);
        return true;
    }

    /// <summary>br_should_learn: in which VLAN a frame is learned that is not taken in; below 0 where in none.</summary>
    private int LearnedAs(BridgePort port, Frame frame)
    {
        if (!filters)
            return 0;
        var vlan = frame.Tag >= 0 && (frame.Tag & Ethernet.ServiceBit) == options.TagBit ? frame.Vlan : 0;
        vlan = vlan == 0 ? port.Vlans.Pvid : vlan;
        return vlan > 0 && port.Vlans.Has(vlan) ? vlan : -1;
    }
}
