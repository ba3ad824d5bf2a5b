// What a machine does with frames that are for itself: ARP, neighbour discovery, IP and ICMP.

using System.Net;
using Weft.Model;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks;

internal sealed class Stack(Machine machine)
{
    private readonly Dictionary<Netdev, IpLink> byDevice = [];
    private readonly List<IpLink> links = [];

    public Machine Machine { get; } = machine;
    public World World => Machine.World;
    public Router Router { get; } = new();

    /// <summary>The links that it keeps anything of, in the order in which they were named to it.</summary>
    public List<IpLink> Links => links;

    /// <summary>Whether packets for others are routed on (net.ipv4.ip_forward), where a link says nothing else.</summary>
    public bool Forwards4 { get; set; }

    /// <summary>net.ipv6.conf.all.forwarding.</summary>
    public bool Forwards6 { get; set; }

    public IpLink Of(Netdev device)
    {
        if (byDevice.TryGetValue(device, out var link))
            return link;
        byDevice.Add(device, link = new(this, device));
        links.Add(link);
        return link;
    }

    public void Configure(Netdev device, IpConf conf) => Of(device).Conf = conf;

    /// <summary>An address; its network is reached over the link from now on.</summary>
    public void Add(Netdev device, IpPrefix address) => Add(Of(device), Subnet.Of(address), isMade: false);

    public void Add(Route route) => Routes.Add(this, route);

    public void Add(PolicyRule rule) => Router.Add(rule);

    internal void Add(IpLink link, Subnet subnet, bool isMade)
    {
        if (link.Add(subnet, isMade) is not { } own)
            return;
        Router.Enter(own.Subnet, link);
        Routes.Connect(Router, link, own);
    }

    /// <summary>
    /// Where a target on the link is asked for, as a bond's ARP monitor looks it up (ip_route_output with RTO_ONLINK, inet_confirm_addr): no router will do. The
    /// source is the link's address in the target's network, null where it has none there.
    /// </summary>
    /// <returns>Null where no route leads there.</returns>
    public (Netdev Device, IPAddress? Source)? RouteTo(IPAddress target, Netdev? over)
    {
        var to = IpAddr.Of(target);
        if (!Router.Lookup(to, default, null, over, out var found, onLink: true))
            return over is null ? null : (over, null);
        foreach (var own in found.Way.Link.Addresses)
            if (own.Subnet.Contains(to))
                return (found.Way.Device, own.Address.ToAddress());
        return (found.Way.Device, null);
    }

    /// <summary>A frame that nobody below took. The frame is the stack's from here on.</summary>
    public void Receive(Frame frame, Netdev device) => World.Drop(frame, device, "nobody here wants it");

    /// <summary>A link of this machine said something.</summary>
    public void Hear(Netdev device, Change change)
    {
        if (!byDevice.TryGetValue(device, out var link))
            return;
        if (change == Change.Up)
            Routes.Up(Router, link);
        else if (change == Change.Down)
            Routes.Down(Router, link);
    }
}
