// Requests that a 6.1 kernel refuses, each in its own way; the recorder sends them to the recorded host, and live tests
// to hosts of their own.
namespace Weft.Netlink.Tests;

internal static class Refusals
{
    public static Request[] Requests() =>
    [
        Link(0, link => (link.Name, link.Info) = ("nineteen-letters-xy", new LinkInfo { Kind = "dummy" })),
        Link(0, link => (link.Name, link.Info) = ("bond9", new LinkInfo
        {
            Kind = "bond",
            Bond = new BondData { Miimon = 100, ArpInterval = 100, ArpIpTarget = [InetAddress.Parse("10.0.0.1")] },
        })),
        Link(0, link => (link.Name, link.Info) = ("bond8", new LinkInfo { Kind = "bond", Bond = new BondData { Mode = 9 } })),
        Link(0, link => (link.Name, link.Link, link.Info) = ("vlan9", 1, new LinkInfo { Kind = "vlan", Vlan = new VlanData { Id = 5000 } })),
        Link(0, link => (link.Name, link.Info) = ("vlan8", new LinkInfo { Kind = "vlan", Vlan = new VlanData { Id = 5 } })),
        Link(0, link => (link.Name, link.Info) = ("odd0", new LinkInfo { Kind = "no-such-kind" })),
        Link(0, link => (link.Name, link.Info) = ("br9", new LinkInfo { Kind = "bridge", Bridge = new BridgeData { GroupFwdMask = 1 } })),
        new(MessageType.SetLink, MessageFlags.None, new LinkMessage { Header = { Index = 9999 }, Mtu = 1500 }),
        new(MessageType.NewAddress, MessageFlags.Create, new AddressMessage { Header = { Family = Families.Inet, PrefixLength = 33, Index = 1 }, Local = InetAddress.Parse("10.0.0.1") }),
        new(MessageType.NewRoute, MessageFlags.Create, new RouteMessage
        {
            Header = { Family = Families.Inet, DestinationLength = 24, Type = 1, Table = 254, Protocol = 4 },
            Dst = InetAddress.Parse("192.0.2.0"),
            Gateway = InetAddress.Parse("203.0.113.200"),
            Oif = 1,
        }),
        new(MessageType.NewNeighbour, MessageFlags.Create, new NeighbourMessage { Header = { Family = Families.Inet, Index = 1 } }),
    ];

    private static Request Link(int index, Action<LinkMessage> say)
    {
        var link = new LinkMessage { Header = { Index = index } };
        say(link);
        return new Request(MessageType.NewLink, MessageFlags.Create | MessageFlags.Exclusive, link);
    }
}
