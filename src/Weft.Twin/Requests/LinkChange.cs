// RTM_NEWLINK for a link that is there: the options of its kind, its options as a port, then MAC, MTU, up, master (do_setlink).
// Each is applied on its own: what stands before a refused one stays. A VLAN's id, protocol and lower link are taken without
// a word and nothing happens.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Twin.Bonding;
using Weft.Twin.Bridging;
using Weft.Twin.Links;

namespace Weft.Twin.Requests;

internal static class LinkChange
{
    /// <summary>BOND_DEFAULT_TX_QUEUES.</summary>
    private const int TxQueues = 16;

    public static Refusal? Make(Net net, Device device, Settings settings, LinkKind told)
    {
        var data = settings.Where(line => line.Home == Home.Data && line != VlanLines.Lower);
        if (data.Count > 0 && OfKind(device, data, told) is { } badData)
            return badData;
        var port = settings.Where(line => line.Home == Home.Port);
        if (port.Count > 0 && AsPort(net, device, port) is { } badPort)
            return badPort;
        if (settings.Word(Table.Mac) is { } mac && Macs.Set(net, device, mac) is { } badMac)
            return badMac;
        if (settings.Number(Table.Mtu) is { } mtu && Mtus.Set(net, device, mtu) is { } badMtu)
            return badMtu;
        if (settings.ValueOf(MarkLines.Alias) is { } alias)
            LinkMarks.Put(net, device, MarkLines.Alias, alias);
        if (settings.Flag(Table.Up) == true && Admin.Open(net, device) is { } notUp)
            return notUp;
        if (settings.Flag(Table.Up) == false)
            Admin.Close(net, device);
        if (settings.Word(Table.Master) is { } master && Joining.SetMaster(net, device, master) is { } notIn)
            return notIn;
        if (settings.ValueOf(MarkLines.Txqueuelen) is { } queue)
            LinkMarks.Put(net, device, MarkLines.Txqueuelen, queue);
        return null;
    }

    private static Refusal? OfKind(Device device, Settings data, LinkKind told)
    {
        if (told != device.Kind || device.Kind.Section is null || device.Is(LinkKind.Nic))
            return Error.Of("EOPNOTSUPP");
        if (device.Is(LinkKind.Bond))
            return BondOptions.Change(device, data);
        if (device.Is(LinkKind.Bridge))
            return BridgeOptions.Change(device, data);
        if (device.Is(LinkKind.Macvlan))
            return Macvlans.Change(device, data);
        if (device.Is(LinkKind.Vxlan))
            return Vxlans.Change(device, data);
        if (!device.Is(LinkKind.Vlan))
            return Error.Of("EOPNOTSUPP");
        foreach (var (line, value) in data.Where(pair => pair.Key.Change != Model.Attributes.Change.Recreate))
            device.Data[line] = VlanLines.IsMap(line) ? Value.Overlaid(device.Data.GetValueOrDefault(line), (Value.Map)value.Value) : value.Value;
        return null;
    }

    private static Refusal? AsPort(Net net, Device device, Settings options)
    {
        if (device.Master is not { } master)
            return Error.Of("EOPNOTSUPP");
        foreach (var (line, value) in options)
        {
            if (!line.Of(master.Kind))
                return Error.Of("EINVAL");
            if (Features.Has(line) && !BondOptions.TakesOfPort(master, line))
                return Error.Of("EACCES", "option not supported in mode", $"linkinfo.slave_data.{line.Wire}");
            if (line == BondPortLines.QueueId && value.Value != Value.Of(0) && (((Value.Number)value.Value).Count > TxQueues || master.Ports.Exists(other => other != device && other.AsPort.GetValueOrDefault(line) == value.Value)))
                return Error.Of("EPERM");
            if (!Features.Has(line))
                continue;
            if (line == BridgePortLines.BackupPort && value.Value is Value.Word { Text: var backup } && net.Find(backup) is { } other && (other == device || other.Master != master))
                return Error.Of(other.Master is { } another && another.Is(LinkKind.Bridge) ? "EINVAL" : "ENOENT"); // nbp_backup_change.
            device.AsPort[line] = value.Value;
        }
        return null;
    }
}
