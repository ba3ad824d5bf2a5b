// RTM_NEWLINK for a link that is not there (rtnl_newlink_create): made with its MAC and MTU, brought up, and only then given
// its master. Whatever fails on the way, the link is not there afterwards.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Twin.Bonding;
using Weft.Twin.Bridging;
using Weft.Twin.Links;

namespace Weft.Twin.Requests;

internal static class LinkCreation
{
    private const int LongestName = 15;

    private static readonly System.Buffers.SearchValues<char> Forbidden = System.Buffers.SearchValues.Create("/: \t\n\v\f\r%");

    public static Refusal? Make(Net net, Step.OfLink step)
    {
        var settings = step.Settings;
        if (Named(step.Name) is { } badName)
            return badName;
        if (settings.Word(Table.Mac) is { } wanted && Macs.Valid(wanted) is { } badMac)
            return badMac;
        if (settings.Number(Table.Mtu) is { } said && Mtus.Valid(step.Kind, said) is { } badMtu)
            return badMtu;
        var (device, refused) = net.Without.Contains(step.Kind) ? (null, Error.Of("EOPNOTSUPP", "Unknown device type"))
            : step.Kind == LinkKind.Bond ? Bond(net, step)
            : step.Kind == LinkKind.Bridge ? Bridge(net, step)
            : step.Kind == LinkKind.Vlan ? Vlan(net, step)
            : step.Kind == LinkKind.Macvlan ? Macvlans.Make(net, step.Name, settings)
            : step.Kind == LinkKind.Vxlan ? Vxlans.Make(net, step.Name, settings)
            : step.Kind == LinkKind.Veth ? Veth(net, step)
            : step.Kind == LinkKind.Dummy ? (new Device(step.Name, step.Kind, net.NextIndex()) { Mac = net.RandomMac() }, null)
            : step.Kind == LinkKind.Vrf ? Vrf(net, step)
            : (null, Error.Of("EOPNOTSUPP", "Unknown device type"));
        if (device is null)
            return refused;
        if (LinkMarks.IsTaken(net, step.Name))
            return Error.Of("EEXIST");
        if (settings.Word(Table.Mac) is { } mac)
            (device.Mac, device.MacOrigin) = (mac, MacOrigin.Set);
        device.Mtu = settings.Number(Table.Mtu) is { } told ? Math.Min(told, device.Is(LinkKind.Vxlan) ? Vxlans.Most(device) : told) : device.Mtu;
        device.Ipv6 = device.Mtu < Table.LeastMtuOfIpv6 ? null : net.NewLinksIpv6;
        foreach (var line in MarkLines.All)
            device.Marks[line] = line != MarkLines.Altnames && settings.ValueOf(line) is { } mark ? mark : device.Marks[line];
        if (device.Peer is { } peer)
            net.Enter(peer);
        net.Enter(device);

        var failed = settings.Flag(Table.Up) == true ? Admin.Open(net, device) : null;
        if (failed is null && settings.Word(Table.Master) is { } master)
            failed = Joining.SetMaster(net, device, master);
        if (failed is not null)
            Departure.Go(net, device);
        return failed;
    }

    /// <summary>dev_valid_name and sysctl_dev_name_is_allowed.</summary>
    private static Refusal? Named(string name) =>
        System.Text.Encoding.UTF8.GetByteCount(name) > LongestName ? Error.Of("ERANGE")
        : name is "" or "." or ".." or "all" or "default" || name.AsSpan().ContainsAny(Forbidden) ? Error.Of("EINVAL")
        : null;

    /// <summary>veth_newlink: the other end is made first, and of its own.</summary>
    private static (Device?, Refusal?) Veth(Net net, Step.OfLink step)
    {
        if (step.Settings.Word(VethLines.Peer) is not { } name || Named(name) is not null)
            return (null, Error.Of("EINVAL"));
        if (net.Find(name) is not null || name == step.Name)
            return (null, Error.Of("EEXIST"));
        var peer = new Device(name, step.Kind, net.NextIndex()) { Mac = net.RandomMac(), Ipv6 = net.NewLinksIpv6 };
        var veth = new Device(step.Name, step.Kind, net.NextIndex()) { Mac = net.RandomMac(), Peer = peer };
        peer.Peer = veth;
        peer.Data[VethLines.Peer] = Value.Of(step.Name);
        veth.Data[VethLines.Peer] = Value.Of(name);
        return (veth, null);
    }

    /// <summary>vrf_newlink. Two of one table are taken.</summary>
    private static (Device?, Refusal?) Vrf(Net net, Step.OfLink step)
    {
        if (step.Settings.Number(VrfLines.RoutingTable) is not { } table)
            return (null, Error.Of("EINVAL", "VRF table id is missing"));
        var vrf = new Device(step.Name, step.Kind, net.NextIndex()) { Mac = net.RandomMac(), Mtu = VrfLines.NaturalMtu };
        vrf.Data[VrfLines.RoutingTable] = Value.Of(table);
        return (vrf, null);
    }

    private static (Device?, Refusal?) Bridge(Net net, Step.OfLink step)
    {
        var bridge = new Device(step.Name, step.Kind, net.NextIndex()) { Mac = net.RandomMac(), OwnVlans = VlanTable.Default };
        BridgeOptions.Begin(bridge);
        return BridgeOptions.Change(bridge, step.Settings.Where(line => line.Home == Home.Data)) is { } refused ? (null, refused) : (bridge, null);
    }

    private static (Device?, Refusal?) Bond(Net net, Step.OfLink step)
    {
        var bond = new Device(step.Name, step.Kind, net.NextIndex()) { Mac = net.RandomMac(), Bond = new() };
        BondOptions.Begin(bond);
        return BondOptions.Change(bond, step.Settings) is { } refused ? (null, refused) : (bond, null);
    }

    /// <summary>vlan_newlink: the MTU and MAC are the lower link's where nothing else was said.</summary>
    private static (Device?, Refusal?) Vlan(Net net, Step.OfLink step)
    {
        var settings = step.Settings;
        if (settings.Number(VlanLines.Id) is not { } id)
            return (null, Error.Of("EINVAL", "VLAN id not specified"));
        if (settings.Word(VlanLines.Lower) is not { } name)
            return (null, Error.Of("EINVAL", "link not specified"));
        if (net.Find(name) is not { } lower)
            return (null, Error.Of("ENODEV", "link does not exist"));
        var protocol = settings.Get(VlanLines.Protocol)?.Value ?? Value.Of("802.1Q");
        if (lower.Kind.Word == "loopback")
            return (null, Error.Of("EOPNOTSUPP", "VLANs not supported on device"));
        if (lower.Tags.Exists(tag => tag.Is(LinkKind.Vlan) && tag.Number(VlanLines.Id) == id && tag.Data[VlanLines.Protocol] == protocol))
            return (null, Error.Of("EEXIST", "VLAN device already exists"));
        if (settings.Number(Table.Mtu) > lower.Mtu)
            return (null, Error.Of("EINVAL"));
        var vlan = new Device(step.Name, step.Kind, net.NextIndex()) { Lower = lower, Mac = lower.Mac, LowerMac = lower.Mac, MacOrigin = MacOrigin.Stolen, Mtu = lower.Mtu };
        if (Joining.MayStand(vlan, lower) is { } tooDeep)
            return (null, tooDeep);
        vlan.Data[VlanLines.Lower] = Value.Of(name);
        vlan.Data[VlanLines.Id] = Value.Of(id);
        vlan.Data[VlanLines.Protocol] = protocol;
        foreach (var line in VlanLines.All.Where(line => line.Change != Change.Recreate))
            if ((settings.Get(line)?.Value ?? line.Default(Settings.Empty)) is { } value)
                vlan.Data[line] = value is Value.Map map ? Value.Overlaid(null, map) : value; // Told in the order of the numbers.
        return (vlan, null);
    }
}
