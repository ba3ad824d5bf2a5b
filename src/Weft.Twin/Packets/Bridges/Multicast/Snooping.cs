// Which port wants which group (net/bridge/br_multicast.c). Memberships are written down whoever asks for them, but they hold frames
// back only while somebody asks: without a querier every group is flooded, because nobody would repeat a membership.
// The bridge asks itself where mcast_querier is on, for IPv4; its own MLD queries, which need an address on it, are not made here.

using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;

namespace Weft.Twin.Packets.Bridges.Multicast;

internal sealed class Snooping
{
    private readonly Bridge bridge;
    private readonly World world;
    private readonly BridgeOptions options;
    private readonly Dictionary<(UInt128 Group, int Vlan), Members> groups = [];
    private readonly Dictionary<BridgePort, long> routers = [];
    private readonly Members nobody;
    private readonly Timer asking;
    private int asked;
    private long hostRouter, other4, other6, delay4, delay6;

    public Snooping(Bridge bridge)
    {
        (this.bridge, world, options) = (bridge, bridge.World, bridge.Options);
        nobody = new(this);
        asking = new(world.Time, Ask);
    }

    public bool IsOn => options.McastSnooping;

    internal long Now => world.Time.Now;

    /// <summary>br_multicast_is_router.</summary>
    internal bool HostIsRouter => options.McastRouter == "permanent" || (options.McastRouter == "auto" && hostRouter > Now);

    public void Open()
    {
        asked = 0;
        if (!IsOn || !options.McastQuerier)
            return;
        asking.Start(0);
        if (world.IsHeard)
            world.Tell(bridge, "asks", "for members of IPv4 groups; its own MLD queries are not modelled, so IPv6 groups are flooded as long as no other querier is heard");
    }

    public void Close() => asking.Stop();

    /// <summary>br_multicast_enable_port: who is behind it is asked anew.</summary>
    public void Enable(BridgePort port)
    {
        if (IsOn && options.McastQuerier && bridge.IsUp)
        {
            asked = 0;
            asking.Start(0);
        }
    }

    /// <summary>br_multicast_disable_port.</summary>
    public void Disable(BridgePort port)
    {
        foreach (var members in groups.Values)
            members.Shorten(port, 0);
        routers.Remove(port);
    }

    public bool IsRouter(BridgePort port) => port.Options.McastRouter switch
    {
        "permanent" => true,
        "disabled" => false,
        _ => routers.TryGetValue(port, out var until) && until > Now,
    };

    /// <summary>Who is a member of a group, as `bridge mdb` has it.</summary>
    public Members? Find(UInt128 group, int vlan) => groups.GetValueOrDefault((group, vlan));

    /// <summary>br_multicast_rcv and br_mdb_get: looks into a frame for a group.</summary>
    /// <param name="port">Null where the bridge's own host sends it.</param>
    /// <returns>Who gets it; null where it is flooded.</returns>
    public Members? Examine(BridgePort? port, Frame frame, int vlan)
    {
        var message = Igmp.Look(frame, out var group, out var body);
        switch (message)
        {
            case Message.Other:
                return null;
            case Message.Query:
                HearQuery(port, frame, body, vlan);
                return null;
            case Message.Leave:
                Leave(port, Igmp.GroupOf(frame, body), vlan);
                return null;
            case Message.Records:
                for (var at = 0; Igmp.Next(frame, body, ref at, out var one, out var leaves);)
                    if (leaves)
                        Leave(port, one, vlan);
                    else
                        Join(port, one, vlan);
                return null;
            case Message.Report:
                Join(port, Igmp.GroupOf(frame, body), vlan);
                return HasQuerier(frame) ? nobody : null;
            default:
                return Igmp.IsForAll(group) || !HasQuerier(frame) ? null : groups.GetValueOrDefault((group, vlan), nobody);
        }
    }

    /// <summary>__br_multicast_querier_exists: somebody asks, and members had the time to answer.</summary>
    private bool HasQuerier(Frame frame) => frame.EtherType == Ethernet.Ip6 ? other6 > Now && Now > delay6 : (options.McastQuerier || other4 > Now) && Now > delay4;

    private void Join(BridgePort? port, UInt128 group, int vlan)
    {
        if (group == 0 || Igmp.IsForAll(group))
            return;
        if (!groups.TryGetValue((group, vlan), out var members))
            groups.Add((group, vlan), members = new(this));
        members.Join(port, Now + options.McastMembershipInterval);
    }

    /// <summary>br_multicast_leave_group. Another querier asks who is left; else the bridge gives them as long as it would ask.</summary>
    private void Leave(BridgePort? port, UInt128 group, int vlan)
    {
        if (!groups.TryGetValue((group, vlan), out var members))
            return;
        var is4 = group >> 32 == 0xffff;
        if (port is { Options.Fastleave: true })
            members.Shorten(port, 0);
        else if ((is4 ? other4 : other6) <= Now)
        {
            members.Shorten(port, Now + (options.McastLastMemberCount * options.McastLastMemberInterval));
            if (is4 && options.McastQuerier && port is not null)
                Send(port, (uint)group, options.McastLastMemberInterval);
        }
    }

    private void HearQuery(BridgePort? port, Frame frame, int body, int vlan)
    {
        var is6 = frame.EtherType == Ethernet.Ip6;
        var group = Igmp.GroupOf(frame, body);
        if (group != 0)
        {
            if (groups.TryGetValue((group, vlan), out var members))
                members.ShortenAll(Now + (Igmp.Delay(frame, body) * options.McastLastMemberCount));
            return;
        }
        ref var other = ref is6 ? ref other6 : ref other4;
        ref var delay = ref is6 ? ref delay6 : ref delay4;
        if (other <= Now)
        {
            delay = Now + Igmp.Delay(frame, body);
            if (world.IsHeard)
                world.Tell(bridge, "heard", $"a querier {(port is null ? "of its own host" : $"behind {port}")}: from {Igmp.Delay(frame, body) / VirtualTime.Second} s on {(is6 ? "IPv6" : "IPv4")} groups go only to who joined them");
        }
        other = Now + options.McastQuerierInterval;
        if (port is null)
            hostRouter = Now + options.McastQuerierInterval;
        else if (port.Options.McastRouter == "auto")
            routers[port] = Now + options.McastQuerierInterval;
    }

    /// <summary>br_multicast_send_query: soon after it began, and then ever so often, unless another asks.</summary>
    private void Ask()
    {
        if (other4 > Now)
        {
            asking.Start(other4 - Now);
            return;
        }
        foreach (var port in bridge.Newest)
            if (port.State is SpanningTree.PortState.Forwarding or SpanningTree.PortState.Learning)
                Send(port, 0, options.McastQueryResponseInterval);
        asking.Start(++asked < options.McastStartupQueryCount ? options.McastStartupQueryInterval : options.McastQueryInterval);
    }

    private void Send(BridgePort port, uint group, long delay)
    {
        var frame = world.Frames.Rent();
        Igmp.WriteQuery(frame, bridge.Mac, group, delay);
        port.Device.Send(frame);
    }
}
