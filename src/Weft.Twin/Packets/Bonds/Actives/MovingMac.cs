// fail_over_mac: with `active` the bond's MAC becomes the new active port's, with `follow` the old and the new one swap theirs, and with `none`
// all ports have the bond's and nothing moves (bond_do_fail_over_mac).

namespace Weft.Twin.Packets.Bonds.Actives;

internal static class MovingMac
{
    public static void Move(Bond bond, BondPort? before, BondPort now)
    {
        switch (bond.Options.FailOverMac)
        {
            case FailOverMac.Active:
                bond.TakeMac(now.Device.Mac);
                break;
            case FailOverMac.Follow:
                var free = now.Device.Mac;
                before ??= Holder(bond, now);
                now.Device.SetMac(before?.Device.Mac ?? bond.Mac);
                before?.Device.SetMac(free);
                break;
        }
    }

    /// <summary>Another port that still has the bond's MAC, where none was active (bond_get_old_active).</summary>
    private static BondPort? Holder(Bond bond, BondPort now)
    {
        foreach (var port in bond.Ports)
            if (port != now && port.Device.Mac == bond.Mac)
                return port;
        return null;
    }
}
