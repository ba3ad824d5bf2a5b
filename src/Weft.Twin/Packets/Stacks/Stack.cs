// What a machine does with frames that are for itself: ARP, neighbour discovery, IP and ICMP.

using System.Net;
using Weft.Model;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks.Ip;
using Weft.Twin.Packets.Stacks.Neighbours;
using Weft.Twin.Packets.Stacks.Routing;

namespace Weft.Twin.Packets.Stacks;

internal sealed class Stack : IRoutes
{
    private readonly Dictionary<Netdev, IpLink> byDevice = [];
    private readonly List<IpLink> links = [];
    private readonly Dictionary<ushort, Ping> pings = [];

    public Stack(Machine machine)
    {
        Machine = machine;
        (PathMtus, Arp, Discovery) = (new(World), new(this), new(this));
        (Input, Output, Reassembly, Icmp, Datagrams) = (new(this), new(this), new(this), new(this), new(this));
    }

    public Machine Machine { get; }
    public World World => Machine.World;
    public Router Router { get; } = new();
    public PathMtus PathMtus { get; }
    public Arp Arp { get; }
    public Discovery Discovery { get; }
    public Input Input { get; }
    public Output Output { get; }
    public Reassembly Reassembly { get; }
    public Icmp Icmp { get; }
    public Datagrams Datagrams { get; }

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

    /// <summary>Every address with its network, but those that the kernel made of a MAC.</summary>
    public IEnumerable<IpPrefix> Prefixes => links.SelectMany(link => link.Addresses.ToArray()).Where(own => !own.IsMade).Select(own => new IpPrefix(own.Address.ToAddress(), own.Subnet.Length - (own.Subnet.Is4 ? IpAddr.Mapped : 0)));

    public bool Has(IPAddress address) => links.Exists(link => link.Has(IpAddr.Of(address)));

    public void Configure(Netdev device, IpConf conf) => Of(device).Conf = conf;

    /// <summary>An address; its network is reached over the link while that is up.</summary>
    public void Add(Netdev device, IpPrefix address) => Add(Of(device), Subnet.Of(address), isMade: false);

    public void Add(Route route) => Routes.Add(this, route);

    /// <summary>The routes are these, in this order, the connected ones among them.</summary>
    public void SetRoutes(IEnumerable<Route> routes) => Routes.Set(this, routes);

    public void Add(PolicyRule rule) => Router.Add(rule);

    internal void Add(IpLink link, Subnet subnet, bool isMade)
    {
        if (link.Add(subnet, isMade) is not { } own)
            return;
        Router.Enter(own.Subnet, link);
        if (link.Device.IsUp)
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

    public bool HasAddress(Netdev device, ReadOnlySpan<byte> address)
    {
        if (!byDevice.TryGetValue(device, out var link))
            return false;
        var own = (address.Length == 4 ? IpAddr.Read4(address) : IpAddr.Read6(address));
        if (!own.IsNone || !own.Is4)
            return link.Has(own);
        foreach (var there in link.Addresses)
            if (there.Subnet.Is4)
                return false;
        return true;
    }

    public Netdev? OwnerOf(ReadOnlySpan<byte> address)
    {
        var own = (address.Length == 4 ? IpAddr.Read4(address) : IpAddr.Read6(address));
        foreach (var link in links)
            if (link.Has(own))
                return link.Device;
        return null;
    }

    /// <summary>The id by which a ping's answers are known.</summary>
    internal ushort Enter(Ping ping, ushort? identifier)
    {
        var id = identifier ?? (ushort)(pings.Count + 1);
        pings[id] = ping;
        return id;
    }

    internal Ping? Ping(ushort id) => pings.GetValueOrDefault(id);

    /// <summary>A frame that nobody below took. The frame is the stack's from here on.</summary>
    public void Receive(Frame frame, Netdev device)
    {
        // An answer or a packet that is routed on goes in the same frame, and its way begins here: else two that speak with each other over many bridges looked like a circle.
        (frame.Crossed, frame.Entered) = (0, null);
        switch (frame.EtherType)
        {
            case Ethernet.Ip4:
                Input.Receive(frame, Of(device), is4: true);
                break;
            case Ethernet.Ip6:
                Input.Receive(frame, Of(device), is4: false);
                break;
            case Ethernet.Arp:
                Arp.Receive(frame, Of(device));
                break;
            default:
                World.Drop(frame, device, "nobody here speaks that protocol");
                break;
        }
    }

    /// <summary>A link of this machine said something (inetdev_event, arp_netdev_event, addrconf_notify, ndisc_netdev_event).</summary>
    public void Hear(Netdev device, Change change)
    {
        switch (change)
        {
            case Change.Up:
                Up(Of(device));
                break;
            case Change.Down when byDevice.TryGetValue(device, out var link):
                link.Forget("the link went down");
                link.Lose6();
                Router.Leave(link);
                Routes.Down(Router, link);
                break;
            case Change.Carrier when !device.HasCarrier && World.Kernel.EvictsOnCarrierLoss && byDevice.TryGetValue(device, out var link):
                // neigh_carrier_down, unless arp_evict_nocarrier and ndisc_evict_nocarrier say otherwise (since 5.16).
                link.Forget("the link lost its carrier");
                break;
            case Change.Address when byDevice.TryGetValue(device, out var link):
                link.Forget("the link's MAC changed");
                if (device.IsUp && link.Conf.ArpNotify)
                    Arp.Announce(link);
                break;
            case Change.NotifyPeers when byDevice.TryGetValue(device, out var link):
                Arp.Announce(link);
                Discovery.Announce(link);
                break;
            case Change.ResendIgmp when byDevice.TryGetValue(device, out var link):
                Discovery.Report(link);
                break;
        }
    }

    /// <summary>Connected routes are there, and the link-local address; a link whose frames another takes needs none.</summary>
    private void Up(IpLink link)
    {
        Routes.Up(Router, link);
        if (link.Speaks6 && link.Device.Receiver is null && link.Device is not Vrf && link.Device.Mac != 0)
            Add(link, new(IpAddr.OfMac(link.Device.Mac), 64), isMade: true);
        if (link.Conf.ArpNotify)
            Arp.Announce(link);
    }
}
