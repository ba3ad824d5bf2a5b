// IFLA_MASTER (do_set_master): out of the master that a link has, then into the new one. The two are not one: a link that the
// new master refuses has left the old one already.

using Weft.Apply;
using Weft.Model;
using Weft.Twin.Bonding;
using Weft.Twin.Bridging;

namespace Weft.Twin.Links;

internal static class Joining
{
    /// <summary>MAX_NEST_DEV (linux/netdevice.h).</summary>
    private const int Deepest = 8;

    public static Refusal? SetMaster(Net net, Device port, string name)
    {
        if (port.Master is { } before)
        {
            if (before.Name == name)
                return null;
            Leave(net, port);
        }
        if (name.Length == 0)
            return null;
        if (net.Find(name) is not { } master)
            return Error.Of("EINVAL");
        if (master.Kind.SpeaksForPorts && port.Tags.Exists(tag => TakesFrames(tag.Kind)))
            return Error.Of("EBUSY");
        if (master.Kind.SpeaksForPorts && port.Is(LinkKind.Vrf))
            return master.Is(LinkKind.Bond) ? Error.Of("EPERM", "Device type (master device) cannot be enslaved.") : Error.Of("EINVAL"); // IFF_NO_RX_HANDLER
        return master.Is(LinkKind.Vrf) ? VrfJoin.Add(net, port, master)
            : master.Is(LinkKind.Bond) ? BondJoin.Enslave(net, port, master)
            : master.Is(LinkKind.Bridge) ? BridgeJoin.Add(net, port, master)
            : Error.Of("EOPNOTSUPP");
    }

    /// <summary>A link's frames go to one receiver (netdev_rx_handler_register): its master, or what stands on it.</summary>
    public static bool TakesFrames(LinkKind kind) => kind.Word is "macvlan" or "macvtap" or "ipvlan" or "ipvtap";

    public static void Leave(Net net, Device port)
    {
        if (port.Master is not { } master)
            return;
        if (master.Is(LinkKind.Bond))
            BondJoin.Let(net, port, master, goesItself: false);
        else if (master.Is(LinkKind.Bridge))
            BridgeJoin.Remove(net, port, master);
        else
            VrfJoin.Remove(net, port, master);
    }

    /// <summary>Whether one link may stand on another (__netdev_upper_dev_link).</summary>
    public static Refusal? MayStand(Device upper, Device lower) =>
        upper == lower || StandsOn(lower, upper) ? Error.Of("EBUSY")
        : DepthBelow(lower) + DepthAbove(upper) > Deepest ? Error.Of("EMLINK")
        : null;

    private static bool StandsOn(Device one, Device other) => Below(one).Any(below => below == other || StandsOn(below, other));

    /// <summary>lower_level and upper_level: 1 for a link alone.</summary>
    private static int DepthBelow(Device device) => 1 + Below(device).Select(DepthBelow).DefaultIfEmpty(0).Max();

    private static int DepthAbove(Device device) => 1 + Above(device).Select(DepthAbove).DefaultIfEmpty(0).Max();

    private static IEnumerable<Device> Below(Device device) => device.Lower is { } lower ? device.Ports.Append(lower) : device.Ports;

    private static IEnumerable<Device> Above(Device device) => device.Master is { } master ? device.Tags.Append(master) : device.Tags;
}
