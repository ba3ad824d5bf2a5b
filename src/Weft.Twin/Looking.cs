// The state as an observer sees it, in the same words as the real kernel's reader: complete settings, ports by index, the
// kernel's own routes left out, an option that is remembered but has no effect not shown.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Weft.Twin.Bonding;
using Weft.Twin.Layer3;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin;

internal static class Looking
{
    public static Host At(Net net) => new()
    {
        Links = [.. net.Devices.OrderBy(device => device.Index).Select(device => Seen(device, net.PromotesSecondaries))],
        Routes = [.. net.Fib.Routes.Where(route => route.Protocol != Fib.Kernel)],
        Rules = [.. net.Rules],
        Kept = [.. net.Kept],
        Sysctls = net.Sysctls,
    };

    private static IEnumerable<IpPrefix> Listed(Device device) => device.Addresses4.Select(address => address.Prefix).Concat(device.Addresses6);

    private static bool Ends(Device device, IpPrefix address) => device.Lifetimes.GetValueOrDefault(address) is { Ends: true };

    private static Link Seen(Device device, bool promotes) => new(Text.At.Nowhere(device.Name), device.Kind)
    {
        Settings = Settings.Of(Told(device).Select(pair => KeyValuePair.Create(pair.Key, Text.At.Nowhere(pair.Value)))),
        Ports =
        [
            .. device.Ports.OrderBy(port => port.Index).Select(port =>
                new Port(Text.At.Nowhere(port.Name), Settings.Of(port.AsPort.Where(pair => device.Bond is null || !BondOptions.IsOnlyTold(pair.Key) || device.Mode == BondLines.Lacp).Select(pair => KeyValuePair.Create(pair.Key, Text.At.Nowhere(pair.Value))))) { Vlans = port.Vlans }),
        ],
        Vlans = device.OwnVlans,
        Addresses = [.. Listed(device).Where(address => !Ends(device, address)).Select(Text.At.Nowhere)],
        Lifetimes = device.Lifetimes.ToImmutableDictionary(),
        State = (device.Observed ?? new LinkState(device.Index)) with
        {
            Leased = [.. device.Observed?.Leased ?? [], .. Listed(device).Where(address => Ends(device, address))],
            Listed = Listed(device).Any(address => Ends(device, address)) ? [.. Listed(device)] : [],
            Promotes = promotes,
            Index = device.Index,
            Master = device.Master?.Name,
            Carrier = device.Up,
            OperState = device.Up ? "UP" : "DOWN",
            IdentityMac = device.BurntMac ?? device.InBond?.Mac ?? device.Mac,
            MacIsSet = device.MacOrigin == MacOrigin.Set && !IsNatural(device),
            Lower = device.Lower?.Name,
        },
    };

    /// <summary>A MAC that the kernel would have given anyway passes for given by it: a reader of the real kernel sees no difference either.</summary>
    private static bool IsNatural(Device device) => device.Mac == (device.Is(LinkKind.Vlan) ? device.Lower?.Mac
        : device.Is(LinkKind.Bridge) ? device.Ports.Select(port => port.Mac).Min(StringComparer.Ordinal)
        : device.Is(LinkKind.Nic) ? device.BurntMac : null);

    private static IEnumerable<KeyValuePair<Attribute, Value>> Told(Device device)
    {
        yield return new(Table.Up, Value.Of(device.Up));
        yield return new(Table.Mtu, Value.Of(device.Mtu));
        yield return new(Table.Mac, Value.Of(device.Mac));
        if (device.Ipv6 is { } ipv6)
            yield return new(Table.Ipv6, Value.Of(ipv6));
        foreach (var (line, value) in device.Conf)
            if (line.Family == ConfLines.V4 || device.Ipv6 is not null)
                yield return new(line, value);
        foreach (var (line, value) in device.Marks)
            yield return new(line, value);
        foreach (var (line, value) in device.Data)
            if (device.Bond is null || !BondOptions.IsOnlyTold(line) || device.Mode == BondLines.Lacp)
                yield return new(line, value);
        if (device.Bond is not { } bond)
            yield break;
        var interval = device.Number(BondLines.Miimon);
        foreach (var (delay, times) in bond.Times)
            yield return new(delay, Value.Of(times * interval));
        var shown = device.Ports.Exists(port => port.Name == bond.Primary) && device.Mode is BondLines.ActiveBackup or BondLines.Tlb or BondLines.Alb;
        yield return new(BondLines.Primary, Value.Of(shown ? bond.Primary : ""));
    }
}
