// A VXLAN (drivers/net/vxlan/vxlan_core.c): what it may be made with, what of it changes, and how its MTU leaves room. One that is up
// has a socket, which it shares only with those that take frames as it does.

using System.Net.Sockets;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin.Links;

internal static class Vxlans
{
    /// <summary>VXLAN_F_RCV_FLAGS, as far as the table has them.</summary>
    private static readonly Attribute[] Receives = [VxlanLines.Gbp, VxlanLines.External, VxlanLines.UdpZeroCsum6Rx];

    /// <summary>The most that what it stands on leaves it; without that, anything.</summary>
    public static long Most(Device vxlan) => vxlan.Lower is { } lower ? lower.Mtu - VxlanLines.Overhead(SettingsOf(vxlan)) : long.MaxValue;

    /// <summary>Whether its UDP port is another's who takes frames otherwise (vxlan_find_sock finds none, and the bind fails).</summary>
    public static bool IsTaken(Net net, Device vxlan) => net.Devices.Any(other => other != vxlan && other.Up && other.Is(LinkKind.Vxlan)
        && other.Number(VxlanLines.Port) == vxlan.Number(VxlanLines.Port) && Families(other).Intersect(Families(vxlan)).Any() && !ReceivesAlike(other, vxlan));

    public static (Device?, Refusal?) Make(Net net, string name, Settings settings)
    {
        var lowerName = LowerLines.Said(settings.ValueOf(VxlanLines.Lower));
        var lower = lowerName is null ? null : net.Find(lowerName);
        if (lowerName is not null && lower is null)
            return (null, Error.Of("ENODEV"));
        var vxlan = new Device(name, LinkKind.Vxlan, net.NextIndex()) { Lower = lower, Mac = net.RandomMac() };
        foreach (var line in VxlanLines.All)
            if ((settings.Get(line)?.Value ?? line.Default(Settings.Empty)) is { } value)
                vxlan.Data[line] = value;
        vxlan.Data.TryAdd(VxlanLines.Id, Value.Of(0));
        var families = ((Attribute[])[VxlanLines.Remote, VxlanLines.Group, VxlanLines.Local]).Select(line => VxlanLines.FamilyOf(vxlan.Data[line])).OfType<AddressFamily>().Distinct().Count();
        if (families > 1 || (vxlan.Data[VxlanLines.Group] != Value.Of("") && lower is null))
            return (null, Error.Of("EINVAL"));
        if (net.Devices.Any(other => other.Is(LinkKind.Vxlan) && other.Number(VxlanLines.Id) == vxlan.Number(VxlanLines.Id) && other.Number(VxlanLines.Port) == vxlan.Number(VxlanLines.Port)
            && ReceivesAlike(other, vxlan) && Families(other).SequenceEqual(Families(vxlan))))
            return (null, Error.Of("EEXIST", "A VXLAN device with the specified VNI already exists."));
        if (IsSilent(vxlan))
            return (null, Error.Of("EPERM", "IPv6 support disabled by administrator"));
        vxlan.Mtu = lower is null ? vxlan.Mtu : Most(vxlan);
        return lower is not null && Joining.MayStand(vxlan, lower) is { } tooDeep ? (null, tooDeep) : (vxlan, null);
    }

    /// <summary>vxlan_changelink; of an address the family stays, and none is taken back.</summary>
    public static Refusal? Change(Device vxlan, Settings data)
    {
        foreach (var (line, value) in data)
            if (line.Change == Model.Attributes.Change.Recreate || (vxlan.Data[line] != value.Value && line.Anew(vxlan.Data[line], value.Value)))
                return Error.Of("EOPNOTSUPP", $"Cannot change {line}");
        if (IsSilent(vxlan))
            return Error.Of("EPERM", "IPv6 support disabled by administrator");
        foreach (var (line, value) in data)
            vxlan.Data[line] = value.Value;
        return null;
    }

    /// <summary>It goes over IPv6, and what carries it does not speak that.</summary>
    private static bool IsSilent(Device vxlan) => vxlan.Lower?.Ipv6 == false && VxlanLines.Is6(SettingsOf(vxlan));

    private static bool ReceivesAlike(Device one, Device other) => Receives.All(line => one.Data[line] == other.Data[line]);

    /// <summary>The families that it listens in: both where somebody else says where frames go.</summary>
    private static IEnumerable<AddressFamily> Families(Device vxlan) =>
        vxlan.Data[VxlanLines.External] == Value.Of(true) ? [AddressFamily.InterNetwork, AddressFamily.InterNetworkV6]
        : [((Attribute[])[VxlanLines.Remote, VxlanLines.Group, VxlanLines.Local]).Select(line => VxlanLines.FamilyOf(vxlan.Data[line])).OfType<AddressFamily>().FirstOrDefault(AddressFamily.InterNetwork)];

    private static Settings SettingsOf(Device vxlan) => Settings.Of(vxlan.Data.Select(pair => KeyValuePair.Create(pair.Key, Text.At.Nowhere(pair.Value))));
}
