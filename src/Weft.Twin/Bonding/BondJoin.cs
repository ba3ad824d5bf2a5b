// A port comes to a bond and leaves it (bond_enslave, __bond_release_one). The first port gives the bond its MAC unless
// somebody set one; every port is given the bond's MTU and MAC and is brought up; leaving, it goes down and gets its own
// back. A bond that its last port leaves makes up a new MAC, even where somebody had set one.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin.Links;

namespace Weft.Twin.Bonding;

internal static class BondJoin
{
    public static Refusal? Enslave(Net net, Device port, Device bond)
    {
        if (port == bond)
            return Error.Of("EPERM", "Cannot enslave bond to itself.");
        if (port.Up)
            return Error.Of("EPERM", "Device can not be enslaved while up.");
        var before = new BondPort(port.Mac, port.Mtu);
        if (bond.Ports.Count == 0 && bond.MacOrigin == MacOrigin.Random)
            Macs.Take(net, bond, port.Mac, MacOrigin.Stolen);
        if (Mtus.Set(net, port, bond.Mtu) is { } tooLong)
            return Undone(net, port, bond, before, tooLong);
        if (!bond.MovesMac)
            Macs.Set(net, port, bond.Mac);
        if (Admin.Open(net, port) is { } lowerIsDown)
            return Undone(net, port, bond, before, lowerIsDown);
        // With balancing every port keeps its own MAC; which of them lends the bond's depends on who is active.
        if (bond.Mode is BondLines.Tlb or BondLines.Alb)
            Macs.Set(net, port, before.Mac);
        if (Joining.MayStand(bond, port) is { } circle)
            return Undone(net, port, bond, before, circle);
        port.Master = bond;
        port.InBond = before;
        bond.Ports.Add(port);
        port.AsPort.Clear();
        foreach (var line in Table.OfPort(LinkKind.Bond))
            if (Features.Has(line) && line.Default(Settings.Empty) is { } value)
                port.AsPort[line] = value;
        return null;
    }

    /// <summary>What was done to the port is taken back; a bond that still has no port, and has this one's MAC, makes up one.</summary>
    private static Refusal Undone(Net net, Device port, Device bond, BondPort before, Refusal why)
    {
        Admin.Close(net, port);
        if (port.Mac != before.Mac)
            Macs.Set(net, port, before.Mac);
        Mtus.Set(net, port, before.Mtu);
        if (bond.Ports.Count == 0 && bond.Mac == port.Mac)
            Macs.Take(net, bond, net.RandomMac(), MacOrigin.Random);
        return why;
    }

    /// <param name="net">The namespace.</param>
    /// <param name="port">The port.</param>
    /// <param name="bond">Its bond.</param>
    /// <param name="goesItself">The bond is being removed: MTUs are given back without asking.</param>
    public static void Let(Net net, Device port, Device bond, bool goesItself)
    {
        var before = port.InBond!;
        bond.Ports.Remove(port);
        port.Master = null;
        port.InBond = null;
        port.AsPort.Clear();
        if (bond.Ports.Count == 0)
            Macs.Take(net, bond, net.RandomMac(), MacOrigin.Random);
        Admin.Close(net, port);
        Macs.Set(net, port, before.Mac);
        if (goesItself)
            Mtus.Take(net, port, before.Mtu);
        else
            Mtus.Set(net, port, before.Mtu);
    }
}
