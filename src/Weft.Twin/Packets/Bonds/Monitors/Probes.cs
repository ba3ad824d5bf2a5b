// What the ARP monitor sends (bond_arp_send_all, bond_ns_send_all), and with which tags: those of the VLANs between the bond and the link
// over which the target is reached, found by walking up from the bond. Without a route the question goes untagged and from nobody; over
// a link that does not stand on the bond none goes at all.

using System.Buffers.Binary;
using System.Net;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;
using Weft.Twin.Packets.Stacks.Neighbours;

namespace Weft.Twin.Packets.Bonds.Monitors;

internal sealed class Probes(Bond bond)
{
    /// <summary>No stack of links is higher (MAX_NEST_DEV).</summary>
    private const int Highest = 8;

    private readonly int[] tags = new int[Highest];
    private readonly (uint Number, IPAddress Address)[] targets = [.. bond.Options.ArpTargets.Select(target => (BinaryPrimitives.ReadUInt32BigEndian(target.GetAddressBytes()), target))];

    /// <summary>Asks every target over one port.</summary>
    /// <returns>Whether anything was sent.</returns>
    public bool Send(BondPort port)
    {
        var sent = false;
        foreach (var (number, target) in targets)
            if (Way(target, null) is var (levels, source))
            {
                var sender = source is null ? 0 : BinaryPrimitives.ReadUInt32BigEndian(source.GetAddressBytes());
                Go(port, ArpFrame.New(bond.World, ArpPacket.Request, Ethernet.Broadcast, (port.Device.Mac, sender), (0, number)), levels);
                sent = true;
            }
        foreach (var target in bond.Options.NsTargets)
            // The question is asked of the bond's own routes only (flowi6_oif).
            if (Way(target, bond) is var (levels, source))
            {
                Go(port, NeighbourFrame.Solicitation(bond.World, port.Device.Mac, source is null ? default : IpAddr.Of(source), IpAddr.Of(target)), levels);
                sent = true;
            }
        return sent;
    }

    /// <summary>How many links are between the bond and the one that a target is reached over, and the address there; null where that link does not stand on the bond.</summary>
    private (int Levels, IPAddress? Source)? Way(IPAddress target, Netdev? over)
    {
        if (bond.Routes?.RouteTo(target, over) is not var (device, source))
            return (0, null);
        var levels = Walk(bond, device, 0);
        return levels < 0 ? null : (levels, source);
    }

    /// <summary>bond_verify_device_path: the tags from the bond up to a link, the outermost first; 0 for a link without one.</summary>
    private int Walk(Netdev from, Netdev to, int level)
    {
        if (from == to)
            return level;
        if (level == Highest)
            return -1;
        if (from.Master is { } master && Step(master, to, level) is >= 0 and var up)
            return up;
        foreach (var upper in from.Uppers)
            if (Step(upper, to, level) is >= 0 and var higher)
                return higher;
        return -1;
    }

    private int Step(Netdev upper, Netdev to, int level)
    {
        var levels = Walk(upper, to, level + 1);
        if (levels >= 0)
            tags[level] = upper is VlanDev vlan ? vlan.Id | (vlan.IsService ? Ethernet.ServiceBit : 0) : 0;
        return levels;
    }

    /// <summary>bond_handle_vlan: the inner tags among the bytes, and the first link's beside them.</summary>
    private void Go(BondPort port, Frame frame, int levels)
    {
        for (var level = 1; level < levels; level++)
            if (tags[level] != 0)
            {
                frame.Tag = tags[level];
                frame.PushTag();
            }
        if (levels > 0 && tags[0] != 0)
            frame.Tag = tags[0];
        port.Device.Send(frame);
    }

    /// <summary>bond_has_this_ip: the bond or any link above it has the address.</summary>
    public bool IsOurs(Netdev link, ReadOnlySpan<byte> address)
    {
        if (bond.Routes is not { } routes)
            return false;
        if (routes.HasAddress(link, address) || (link.Master is { } master && IsOurs(master, address)))
            return true;
        foreach (var upper in link.Uppers)
            if (IsOurs(upper, address))
                return true;
        return false;
    }
}
