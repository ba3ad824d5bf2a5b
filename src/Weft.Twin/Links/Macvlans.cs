// A MACVLAN (drivers/net/macvlan.c): it shares a link with others, each under a MAC of its own, or has it alone and its MAC with it.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Twin.Links;

internal static class Macvlans
{
    /// <summary>macvlan_addr_busy: no two that are up, and not the link itself, have one MAC.</summary>
    public static bool IsBusy(Device macvlan, string mac) =>
        !macvlan.IsPassthru && macvlan.Lower is { } lower && (lower.Mac == mac || lower.Tags.Exists(other => other != macvlan && other.Is(LinkKind.Macvlan) && other.Up && other.Mac == mac));

    /// <summary>macvlan_common_newlink.</summary>
    public static (Device?, Refusal?) Make(Net net, string name, Settings settings)
    {
        if (settings.Word(MacvlanLines.Lower) is not { } link)
            return (null, Error.Of("EINVAL"));
        if (net.Find(link) is not { } lower)
            return (null, Error.Of("ENODEV"));
        if (lower.Is(LinkKind.Macvlan))
            lower = lower.Lower!; // It stands on what that one stands on.
        if (settings.Number(Table.Mtu) > lower.Mtu || lower.Is(LinkKind.Vrf) || lower.Kind == LinkKind.Loopback)
            return (null, Error.Of("EINVAL"));
        if (lower.Master is { Kind.SpeaksForPorts: true })
            return (null, Error.Of("EBUSY"));
        var mode = settings.Get(MacvlanLines.Mode)?.Value ?? MacvlanLines.Mode.Default(Settings.Empty)!;
        var others = lower.Tags.Where(tag => tag.Is(LinkKind.Macvlan)).ToList();
        var passthru = MacvlanLines.IsPassthru(mode);
        if (others.Exists(other => other.IsPassthru) || (passthru && others.Count > 0))
            return (null, Error.Of("EINVAL"));
        var macvlan = new Device(name, LinkKind.Macvlan, net.NextIndex()) { Lower = lower, LowerMac = lower.Mac, Mac = passthru ? lower.Mac : net.RandomMac(), MacOrigin = passthru ? lower.MacOrigin : MacOrigin.Random, Mtu = lower.Mtu };
        macvlan.Data[MacvlanLines.Lower] = Value.Of(lower.Name);
        macvlan.Data[MacvlanLines.Mode] = mode;
        macvlan.Data[MacvlanLines.BcQueueLen] = settings.Get(MacvlanLines.BcQueueLen)?.Value ?? MacvlanLines.BcQueueLen.Default(Settings.Empty)!;
        return Joining.MayStand(macvlan, lower) is { } tooDeep ? (null, tooDeep) : (macvlan, null);
    }

    /// <summary>macvlan_changelink.</summary>
    public static Refusal? Change(Device macvlan, Settings data)
    {
        if (data.Get(MacvlanLines.Mode) is { } mode && MacvlanLines.Mode.Anew(macvlan.Data[MacvlanLines.Mode], mode.Value))
            return Error.Of("EINVAL");
        foreach (var (line, value) in data.Where(pair => pair.Key.Change != Model.Attributes.Change.Recreate))
            macvlan.Data[line] = value.Value;
        return null;
    }
}
