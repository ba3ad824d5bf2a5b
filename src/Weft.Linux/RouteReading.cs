// Route messages as routes of the model and back. A route that says more than the model can is kept with its bytes.

using System.Net;
using System.Runtime.InteropServices;
using Weft.Model;
using Weft.Netlink;
using Weft.Text;

namespace Weft.Linux;

internal static class RouteReading
{
    private const byte Unicast = 1, KernelProtocol = 2, RedirectProtocol = 1;
    private const uint LocalTable = 255, ClonedFlag = 0x200;

    /// <summary>RTNH_F_ONLINK; the other flags only report.</summary>
    public const uint OnLinkFlag = 4;

    /// <summary>RTA_CACHEINFO: ages and counts.</summary>
    private const ushort CacheinfoAttribute = 12;

    private const int FlagsPlace = MessageHeader.Size + 8;

    /// <summary>The route, or null where it is the kernel's own: local, connected, cached.</summary>
    public static Route? Of(RouteMessage message, Names names)
    {
        var header = message.Header;
        var table = message.Table ?? header.Table;
        if (header.Family is not (Families.Inet or Families.Inet6) || table == LocalTable || header.Protocol is KernelProtocol or RedirectProtocol || (header.Flags & ClonedFlag) != 0)
            return null;
        var to = new IpPrefix(message.Dst?.ToIPAddress() ?? (header.Family == Families.Inet ? IPAddress.Any : IPAddress.IPv6Any), header.DestinationLength);
        var oif = message.Oif ?? message.Multipath?.FirstOrDefault()?.Header.Index;
        return new Route(At.Nowhere(to))
        {
            Via = message.Gateway is { } gateway ? At.Nowhere(gateway.ToIPAddress()) : null,
            Link = oif is { } index && names.Of(index) is { } name ? At.Nowhere(name) : null,
            Metric = message.Priority is { } metric ? At.Nowhere<long>(metric) : null,
            Table = table,
            Scope = Schema.Scopes.WordOf(header.Scope),
            Source = message.Prefsrc?.ToIPAddress(),
            OnLink = (header.Flags & OnLinkFlag) != 0,
            Mtu = message.Metrics?.Mtu,
            Protocol = header.Protocol,
            Raw = new Bytes(Lasting(message)),
            Nexthop = message.NhId,
            Nexthops = message.Multipath is { Count: > 0 } hops ? [.. hops.Select(hop => Of(hop, names))] : [],
            Plain = header.Type == Unicast && message.Multipath?.All(IsPlain) != false && message.NhId is null && message.Via is null && message.Encap is null
                && header.SourceLength == 0 && header.Tos == 0,
        };
    }

    private static NextHop Of(RouteHop hop, Names names) => new(hop.Gateway is { } via ? At.Nowhere(via.ToIPAddress()) : null, At.Nowhere(names.Of(hop.Header.Index) ?? ""))
    {
        Weight = hop.Header.Hops + 1,
        OnLink = (hop.Header.Flags & OnLinkFlag) != 0,
    };

    private static bool IsPlain(RouteHop hop) => hop.Flow is null && hop.Via is null && hop.Newdst is null && hop.Encap is null;

    private static RouteHop ToMessage(NextHop hop, Names names) => new()
    {
        Header = new() { Flags = hop.OnLink ? (byte)OnLinkFlag : (byte)0, Hops = (byte)(hop.Weight - 1), Index = hop.Link is { } link ? names.IndexOf(link.Value) : 0 },
        Gateway = hop.Via is { } via ? InetAddress.From(via.Value) : null,
    };

    /// <summary>The message without what is another at every look: who asked, how old the route is, whether its link carries just now.</summary>
    private static byte[] Lasting(RouteMessage message)
    {
        var bytes = Keeping.Replay.Request(message.Raw.Span, RouteHeader.Size, MessageType.NewRoute, MessageFlags.None, CacheinfoAttribute);
        MemoryMarshal.Write(bytes.AsSpan(FlagsPlace), message.Header.Flags & OnLinkFlag);
        return bytes;
    }

    /// <summary>The message for a route of ours.</summary>
    public static RouteMessage ToMessage(Route route, Names names)
    {
        var to = route.To.Value;
        var family = to.Is6 ? Families.Inet6 : Families.Inet;
        return new RouteMessage
        {
            Header = new()
            {
                Family = family,
                DestinationLength = (byte)to.Length,
                Table = (byte)(route.Table < 256 ? route.Table : 0),
                Protocol = route.Protocol,
                Type = Unicast,
                Scope = (byte)(route.Scope is { } scope ? Schema.Scopes.NumberOf(scope) : !to.Is6 && route.Ways.All(way => way.Via is null) ? Schema.Scopes.NumberOf("link") : 0),
                Flags = route.OnLink ? OnLinkFlag : 0,
            },
            Dst = to.IsEverything ? null : InetAddress.From(to.Address),
            Gateway = route.Via is { } via ? InetAddress.From(via.Value) : null,
            Oif = route.Nexthops.IsEmpty && route.Link is { } link ? names.IndexOf(link.Value) : null,
            Multipath = route.Nexthops.IsEmpty ? null : [.. route.Nexthops.Select(hop => ToMessage(hop, names))],
            Priority = route.Metric is { } metric ? (uint)metric.Value : null,
            Prefsrc = route.Source is { } source ? InetAddress.From(source) : null,
            Table = (uint)route.Table,
            Metrics = route.Mtu is { } mtu ? new RouteMetrics { Mtu = (uint)mtu } : null,
        };
    }
}
