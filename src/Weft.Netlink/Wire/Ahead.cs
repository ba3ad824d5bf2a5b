// Names every walk that this assembly makes. A set is walked by way of its interface, where the ahead-of-time compiler sees no
// callee and compiles none; named here, each walk is there when the program starts, and none is compiled while a kernel waits.
// Invariant: nothing here is ever executed. A set that is missing is walked all the same, only later and slower.
namespace Weft.Netlink;

internal static class Ahead
{
    public static void Reading(ref ReadPass pass)
    {
        Messages(ref pass);
        Links(ref pass);
        Others(ref pass);
        Hardware(ref pass);
    }

    public static void Writing(ref WritePass pass)
    {
        Messages(ref pass);
        Links(ref pass);
        Others(ref pass);
        Hardware(ref pass);
    }

    private static void Messages<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        new LinkMessage().Walk(ref pass);
        new AddressMessage().Walk(ref pass);
        new RouteMessage().Walk(ref pass);
        new RuleMessage().Walk(ref pass);
        new NeighbourMessage().Walk(ref pass);
        new NexthopMessage().Walk(ref pass);
        new TrafficMessage().Walk(ref pass);
        new GroupMessage().Walk(ref pass);
        new NsidMessage().Walk(ref pass);
        new RawBody().Walk(ref pass);
        new AckAttributes().Walk(ref pass);
    }

    private static void Links<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        new LinkInfo().Walk(ref pass);
        new BondData().Walk(ref pass);
        new BondAdInfo().Walk(ref pass);
        new BondPortData().Walk(ref pass);
        new VlanData().Walk(ref pass);
        new QosMap().Walk(ref pass);
        new BridgeData().Walk(ref pass);
        new BridgePortData().Walk(ref pass);
        new BridgeFamily().Walk(ref pass);
        new McastQuerierState().Walk(ref pass);
        new VethData().Walk(ref pass);
        new MacvlanData().Walk(ref pass);
        new VxlanData().Walk(ref pass);
        new VrfData().Walk(ref pass);
        new AddressFamilies().Walk(ref pass);
        new InetLink().Walk(ref pass);
        new Inet6Link().Walk(ref pass);
        new XdpState().Walk(ref pass);
        new PropertyList().Walk(ref pass);
    }

    private static void Others<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        new RouteMetrics().Walk(ref pass);
        new RouteHop().Walk(ref pass);
        new FdbExtension().Walk(ref pass);
        new NexthopResilience().Walk(ref pass);
        new GroupTable().Walk(ref pass);
        new GroupPorts().Walk(ref pass);
        new GroupMembership().Walk(ref pass);
    }

    private static void Hardware<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        new FamilyMessage().Walk(ref pass);
        new LinkModesMessage().Walk(ref pass);
        new FeaturesMessage().Walk(ref pass);
        new RingsMessage().Walk(ref pass);
        new ChannelsMessage().Walk(ref pass);
        new PauseMessage().Walk(ref pass);
        new EthtoolHeader().Walk(ref pass);
        new EthtoolBits().Walk(ref pass);
        new EthtoolBitList().Walk(ref pass);
        new EthtoolBit().Walk(ref pass);
    }
}
